// Chunks are read as strictly as the header: each line ends in CR LF, a size is hexadecimal digits and nothing before them. Extensions
// and trailers are read past.
#include "service/http/body.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace samrad::http {

namespace {

constexpr std::size_t line_bytes_max = 1024;           // of a chunk's line or a trailer
constexpr std::size_t reserved_bytes_max = 64 * 1024;  // set aside on the word of `content-length`

tl::unexpected<Refusal> malformed(std::string detail) {
  return tl::make_unexpected(Refusal{&refusal::malformed_body, std::move(detail)});
}

tl::unexpected<Refusal> too_large(const Limits& limits) {
  return tl::make_unexpected(
      Refusal{&refusal::body_too_large, fmt::format("at most {} bytes", limits.body_bytes_max)});
}

// `;name`, `;name=token` or `;name="text"`, any number of them.
bool are_extensions(std::string_view text) {
  while (!text.empty()) {
    if (text.front() != ';') return false;
    text.remove_prefix(1);
    const std::size_t name = token_length(text);
    if (name == 0) return false;
    text.remove_prefix(name);
    if (!text.starts_with('=')) continue;
    text.remove_prefix(1);
    std::size_t value = token_length(text);
    if (text.starts_with('"')) {
      value = 1;
      while (value < text.size() && text[value] != '"')
        value += text[value] == '\\' ? 2 : 1;
      if (value >= text.size() || !is_field_value(text.substr(0, ++value))) return false;
    }
    if (value == 0) return false;
    text.remove_prefix(value);
  }
  return true;
}

}  // namespace

tl::expected<BodyReader, Refusal> BodyReader::open(const Head& head, const Limits& limits) {
  if (head.length > limits.body_bytes_max) return too_large(limits);
  BodyReader reader;
  reader.limits_ = &limits;
  if (!head.chunked && head.length == 0) return reader;
  reader.state_ = head.chunked ? State::chunk_line : State::bytes;
  reader.left_ = head.length;
  if (head.coding != Coding::identity)
    reader.inflater_.emplace(head.coding, limits.inflated_bytes_max);
  reader.body_.reserve(std::min<std::size_t>(head.length, reserved_bytes_max));
  return reader;
}

tl::expected<std::size_t, Refusal> BodyReader::take(std::string_view bytes) {
  const std::size_t given = bytes.size();
  while (state_ != State::done) {
    tl::expected<void, Refusal> step;
    if (state_ == State::bytes || state_ == State::chunk_bytes) {
      const std::string_view piece = bytes.substr(0, std::min<std::uint64_t>(left_, bytes.size()));
      step = content(piece);
      bytes.remove_prefix(piece.size());
      if (step && left_ > 0) break;
      if (step && state_ == State::bytes) step = finish();
      if (step && state_ == State::chunk_bytes) state_ = State::chunk_end;
    } else {
      const std::size_t end = bytes.find('\n');
      if (end == std::string_view::npos && bytes.size() < line_bytes_max) break;
      if (end >= line_bytes_max) return malformed("a line between the chunks is too long");
      if (end == 0 || bytes[end - 1] != '\r') return malformed("a line does not end in CR LF");
      step = line(bytes.substr(0, end - 1));
      bytes.remove_prefix(end + 1);
    }
    if (!step) return tl::make_unexpected(std::move(step.error()));
  }
  return given - bytes.size();
}

tl::expected<void, Refusal> BodyReader::content(std::string_view piece) {
  left_ -= piece.size();
  received_ += piece.size();
  if (inflater_) return inflater_->push(piece, body_);
  body_ += piece;
  return {};
}

tl::expected<void, Refusal> BodyReader::line(std::string_view line) {
  overhead_ += line.size() + 2;
  if (overhead_ > limits_->chunk_overhead_bytes_max)
    return malformed(fmt::format("more than {} bytes of chunk lines and trailers",
                                 limits_->chunk_overhead_bytes_max));
  if (state_ == State::chunk_line) return chunk_line(line);
  if (state_ == State::chunk_end) {
    if (!line.empty()) return malformed("a chunk is longer than its size says");
    state_ = State::chunk_line;
    return {};
  }
  if (line.empty()) return finish();
  for (std::string_view name : {"connection", "content-length", "host", "transfer-encoding"})
    if (equals_lowered(line.substr(0, line.find(':')), name))
      return malformed("a trailer that may only be a field");
  if (!is_field(line)) return malformed("a trailer is not `name: value`");
  return {};
}

tl::expected<void, Refusal> BodyReader::chunk_line(std::string_view line) {
  const char* end = line.data() + line.size();
  const auto [at, error] = std::from_chars(line.data(), end, left_, 16);
  if (error == std::errc::result_out_of_range) return too_large(*limits_);
  if (error != std::errc()) return malformed("the size of a chunk is no hexadecimal number");
  if (!are_extensions({at, static_cast<std::size_t>(end - at)}))
    return malformed("what follows the size of a chunk is not `;name=value`");
  if (left_ > limits_->body_bytes_max - received_) return too_large(*limits_);
  state_ = left_ == 0 ? State::trailer : State::chunk_bytes;
  return {};
}

tl::expected<void, Refusal> BodyReader::finish() {
  state_ = State::done;
  if (inflater_) return inflater_->finish();
  return {};
}

}  // namespace samrad::http
