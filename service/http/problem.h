// An error answer as RFC 9457 has it: `application/problem+json` with all faults of the request at once.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "service/http/message.h"

namespace samrad::http {

// One thing that is wrong with the request. Where it is: one of the first three, or none of them where it is the request as a whole.
struct Fault {
  std::string pointer;    // into the body, as RFC 6901 has it: `/data/chair`
  std::string parameter;  // of the path or the query
  std::string header;     // its name
  std::string message;
  std::string help;  // empty: none
};

struct Problem {
  std::string
      type;  // its name, stable and one for each kind of fault: `body-too-large` is sent as `/problems/body-too-large`
  std::string title;
  int status = 400;
  std::string detail;  // of this very case; empty: none
  std::vector<Fault> errors;
  // Further members: name, and the value as JSON text. For example `version` of the agreement with a 412.
  std::vector<std::pair<std::string, std::string>> members;
};

// The members `type`, `title`, `status` first. Bytes that are no UTF-8, which a detail may quote from the request, become U+FFFD.
[[nodiscard]] std::string json_of(const Problem& problem);
[[nodiscard]] Response response_of(const Problem& problem);

// `text` as a JSON string with its quotes; as above.
[[nodiscard]] std::string json_quoted(std::string_view text);

}  // namespace samrad::http
