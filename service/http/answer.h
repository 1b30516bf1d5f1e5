// The header of an answer as bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "service/http/message.h"

namespace samrad::http {

// What the session adds to an answer.
struct Framing {
  std::string_view date;
  std::string_view id;
  std::optional<std::uint64_t>
      length;  // of the body; nothing where it comes in chunks, or ends with the connection
  bool chunked = false;
  bool close = false;
  bool gzip = false;
  bool varies = false;  // with `accept-encoding`
};

// Whether an answer of that status has a body.
[[nodiscard]] bool has_body(int status);

// Appends the status line, the fields and the empty line. Fields of the answer that are the session's business (lengths, `connection`,
// `date`, `server`, `request-id`) are left out; a control character in a value becomes a blank.
void append_head(std::string& out, const Response& response, const Framing& framing);

// `Sun, 06 Nov 1994 08:49:37 GMT`
[[nodiscard]] std::string http_date(std::int64_t seconds_since_1970);

}  // namespace samrad::http
