// The header of a request, read strictly: what two servers in a row could understand in two ways is refused (RFC 9112, sections 2.2, 5
// and 6). Pure: bytes in, a value or a refusal out.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <tl/expected.hpp>

#include "service/http/limits.h"
#include "service/http/message.h"
#include "service/http/refusal.h"

namespace samrad::http {

enum class Coding : std::uint8_t { identity, gzip, deflate };

struct Head {
  Request request;  // without body, peer and id
  bool http_1_0 = false;
  bool keep_alive = true;
  bool chunked = false;
  std::uint64_t length = 0;  // of the body as sent; 0 where chunked
  bool expects_continue = false;
  Coding coding = Coding::identity;  // of the body
  bool accepts_gzip = false;
};

// Finds where a header ends while its bytes come in.
class HeadEnd {
 public:
  // `bytes` begins with the request line and has grown since the last call. How many of them are the header with its empty line; 0: not
  // all is there. A line that ends without CR, and a header beyond its limits, is refused as soon as it is seen.
  [[nodiscard]] tl::expected<std::size_t, Refusal> find(std::string_view bytes,
                                                        const Limits& limits);

 private:
  std::size_t seen_ = 0;  // bytes looked at
  std::size_t line_ = 0;  // where the line begins that has not ended yet
};

// `bytes`: what `HeadEnd` found.
[[nodiscard]] tl::expected<Head, Refusal> read_head(std::string_view bytes, const Limits& limits);

// The pieces of which headers, trailers and chunk lines are made: whether `text` is `lowered` but for capitals, how many characters of a
// token it begins with, whether all of it may be a field's value (no control characters), and whether it is a field without its CR LF.
[[nodiscard]] bool equals_lowered(std::string_view text, std::string_view lowered);
[[nodiscard]] std::size_t token_length(std::string_view text);
[[nodiscard]] bool is_field_value(std::string_view text);
[[nodiscard]] bool is_field(std::string_view line);

}  // namespace samrad::http
