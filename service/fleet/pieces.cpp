// Bytes to the borders of values: line breaks, or in a list the commas outside brackets and texts.
//
// The buffer holds one value and what was read beyond it. Of a value longer than an event may be only the beginning is kept, so that
// a file without line breaks costs no memory.

#include "service/fleet/pieces.h"

#include <cstring>

#include "service/record/limits.h"

namespace samrad::fleet {

namespace {

constexpr std::size_t block_bytes = 1U << 18U;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

}  // namespace

// Appends a block behind what is not yet used; false at the end of the input.
bool PieceReader::refill() {
  if (at_ > 0) {
    buffer_.erase(0, at_);
    filled_ -= at_;
    passed_ += at_;
    at_ = 0;
  }
  // What is too long to be read is not kept: the bytes between its beginning and here say nothing.
  constexpr std::size_t kept = record::event_bytes_max + 1;
  if (filled_ > 2 * kept) {
    passed_ += filled_ - kept;
    filled_ = kept;
  }
  buffer_.resize(filled_ + block_bytes);
  fresh_ = filled_;
  const std::size_t n = input_.read(buffer_.data() + filled_, block_bytes);
  filled_ += n;
  buffer_.resize(filled_);
  return n > 0;
}

void PieceReader::begin() {
  shape_ = Shape::lines;
  while (filled_ < 3 && refill()) {
  }
  if (std::string_view(buffer_).starts_with("\xEF\xBB\xBF")) at_ = 3;
  for (;; ++at_) {
    if (at_ == filled_ && !refill()) return;
    if (!is_blank(buffer_[at_])) break;
    if (buffer_[at_] == '\n') ++line_;
  }
  if (buffer_[at_] != '[') return;
  shape_ = Shape::list;
  ++at_;
}

StreamPiece PieceReader::piece(std::size_t from, std::size_t to, std::size_t line) const {
  while (from < to && is_blank(buffer_[from]))
    ++from;
  while (to > from && is_blank(buffer_[to - 1]))
    --to;
  return {std::string_view(buffer_).substr(from, to - from), line};
}

bool PieceReader::next(StreamPiece& out) {
  if (shape_ == Shape::unknown) begin();
  if (shape_ == Shape::lines) return next_line(out);
  return shape_ == Shape::list && next_element(out);
}

bool PieceReader::next_line(StreamPiece& out) {
  for (;;) {
    std::size_t seen = 0;  // bytes of the line that hold no line break
    const char* end = nullptr;
    for (;;) {
      end = static_cast<const char*>(
          std::memchr(buffer_.data() + at_ + seen, '\n', filled_ - at_ - seen));
      if (end != nullptr) break;
      if (!refill()) break;
      seen = fresh_ - at_;
    }
    const std::size_t stop =
        end == nullptr ? filled_ : static_cast<std::size_t>(end - buffer_.data());
    if (end == nullptr && at_ == stop) return false;
    out = piece(at_, stop, line_);
    at_ = end == nullptr ? stop : stop + 1;
    ++line_;
    if (!out.text.empty()) return true;
  }
}

bool PieceReader::next_element(StreamPiece& out) {
  int depth = 0;
  bool in_text = false;
  bool escaped = false;
  bool started = false;
  std::size_t begun_on = line_;
  for (std::size_t i = at_;; ++i) {
    if (i == filled_) {
      if (!refill()) {
        shape_ = Shape::ended;
        broken_line_ = line_;
        broken_ = "the list is not ended by `]`";
        out = piece(at_, filled_, begun_on);
        at_ = filled_;
        return started;
      }
      i = fresh_;
    }
    const char c = buffer_[i];
    const bool even = depth == 0 && !in_text;
    if (even && (c == ',' || c == ']')) {
      out = piece(at_, i, begun_on);
      at_ = i + 1;
      const bool empty_list = c == ']' && !started && first_element_;
      first_element_ = false;
      if (c == ']') look_behind_list();
      return !empty_list;
    }
    if (!started && !is_blank(c)) started = true, begun_on = line_;
    if (c == '\n') ++line_;
    if (in_text) {
      if (!escaped && c == '"') in_text = false;
      escaped = !escaped && c == '\\';
    } else if (c == '"') {
      in_text = true;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if (c == '}' || c == ']') {
      --depth;
    }
  }
}

// The last element lies before at_ and stays where it is: only what is in the buffer already can be looked at without moving it.
void PieceReader::look_behind_list() {
  shape_ = Shape::ended;
  std::size_t line = line_;
  for (std::size_t i = at_; i < filled_; ++i) {
    if (buffer_[i] == '\n') ++line;
    if (is_blank(buffer_[i])) continue;
    broken_line_ = line;
    broken_ = "something stands after the end of the list";
    return;
  }
}

}  // namespace samrad::fleet
