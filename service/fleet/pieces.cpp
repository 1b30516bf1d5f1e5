// Bytes to the borders of values: line breaks, or in a list the commas outside brackets and texts.
//
// The buffer holds one value and what was read beyond it. Of a value longer than an event may be only the beginning is kept, so that
// a file without line breaks costs no memory.

#include "service/fleet/pieces.h"

#include <cstring>

#include "service/record/limits.h"
#include "service/record/split.h"

namespace samrad::fleet {

namespace {

using record::is_blank;

constexpr std::size_t block_bytes = 1U << 18U;

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

// False at the end of the input.
bool PieceReader::skip_blanks() {
  for (;; ++at_) {
    if (at_ == filled_ && !refill()) return false;
    if (!is_blank(buffer_[at_])) return true;
    if (buffer_[at_] == '\n') ++line_;
  }
}

void PieceReader::begin() {
  shape_ = Shape::lines;
  while (filled_ < 3 && refill()) {
  }
  if (std::string_view(buffer_).starts_with("\xEF\xBB\xBF")) at_ = 3;
  if (!skip_blanks() || buffer_[at_] != '[') return;
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
  if (shape_ == Shape::list && next_element(out)) return true;
  if (shape_ == Shape::behind_list) look_behind_list();
  return false;
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
  record::Nesting nesting;
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
    if (nesting.even() && (c == ',' || c == ']')) {
      out = piece(at_, i, begun_on);
      at_ = i + 1;
      const bool empty_list = c == ']' && !started && first_element_;
      first_element_ = false;
      if (c == ']') shape_ = Shape::behind_list;
      return !empty_list;
    }
    if (!started && !is_blank(c)) started = true, begun_on = line_;
    if (c == '\n') ++line_;
    nesting.take(c);
  }
}

// Not before the last element has been read, since what is beyond the buffer takes its place.
void PieceReader::look_behind_list() {
  shape_ = Shape::ended;
  if (!skip_blanks()) return;
  broken_line_ = line_;
  broken_ = "something stands after the end of the list";
}

}  // namespace samrad::fleet
