// The body of a request: its length or its chunks, its coding, its limits. Pure, as head.h is.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "service/http/coding.h"
#include "service/http/head.h"
#include "service/http/limits.h"

namespace samrad::http {

class BodyReader {
 public:
  BodyReader() = default;  // of no body: done
  // Refused: a length beyond the limit, before any byte of it has come. `limits` must stay.
  [[nodiscard]] static tl::expected<BodyReader, Refusal> open(const Head& head,
                                                              const Limits& limits);

  // Takes what of `bytes` belongs to the body, and says how many bytes that were; the rest is the next request's. What is left over
  // though the body is not done (a line of which not all is there) is to come again, with more behind it.
  [[nodiscard]] tl::expected<std::size_t, Refusal> take(std::string_view bytes);

  [[nodiscard]] bool done() const { return state_ == State::done; }
  [[nodiscard]] std::string& body() { return body_; }                 // inflated
  [[nodiscard]] std::uint64_t received() const { return received_; }  // without what chunks add

 private:
  enum class State : std::uint8_t { bytes, chunk_line, chunk_bytes, chunk_end, trailer, done };

  tl::expected<void, Refusal> content(std::string_view piece);
  tl::expected<void, Refusal> line(std::string_view line);
  tl::expected<void, Refusal> chunk_line(std::string_view line);
  tl::expected<void, Refusal> finish();

  const Limits* limits_ = nullptr;
  State state_ = State::done;
  std::uint64_t left_ = 0;  // of the body, or of the chunk
  std::uint64_t received_ = 0;
  std::size_t overhead_ = 0;  // bytes of chunk lines and trailers
  std::optional<Inflater> inflater_;
  std::string body_;
};

}  // namespace samrad::http
