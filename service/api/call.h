// A request on its way to its handler: who asks, which row it is, and what its path and query say.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/calendar/holidays.h"
#include "service/access/rights.h"
#include "service/api/route.h"
#include "service/clock.h"

namespace samrad::api {

using calendar::Language;

struct Call {
  http::Request request;
  const Route* route = nullptr;
  std::vector<std::string> parts;   // what the names in the path stand for, decoded, in their order
  std::vector<http::Fault> faults;  // of the query; empty where the route takes no body
  access::Principal principal;      // nobody where the door is open
  Micros now = 0;
  Language language = Language::sv;
  std::string_view media;  // of the forms that the route's replies offer; empty: there are none

  // Set by handlers of cached routes: until when the answer stays as it is; 0: it must not be kept.
  Micros fresh_until = 0;

  [[nodiscard]] std::string_view agreement() const { return parts.front(); }
  // The value of a parameter of the query, or nothing.
  [[nodiscard]] std::optional<std::string_view> one(std::string_view name) const {
    return request.parameter(name);
  }
  [[nodiscard]] std::vector<std::string> all(std::string_view name) const;
  [[nodiscard]] bool yes(std::string_view name) const;
  [[nodiscard]] std::size_t limit() const;
  [[nodiscard]] bool may(access::Right right) const;  // for the agreement of the path
};

// Reads the query by the row's parameters: every fault of it.
[[nodiscard]] std::vector<http::Fault> query_faults(const Route& route,
                                                    const http::Request& request);

// JSON of the parameter's schema, for the OpenAPI document.
[[nodiscard]] std::string schema_of(const Parameter& parameter);

}  // namespace samrad::api
