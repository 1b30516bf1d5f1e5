// JSON as the API writes it: compact, one line break at the end, members in the order in which they are given.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "service/clock.h"

namespace samrad::api {

using Json = nlohmann::ordered_json;

// Bytes that are no UTF-8 become U+FFFD.
[[nodiscard]] inline std::string line_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n';
}
[[nodiscard]] inline Json text_or_null(std::string_view text) {
  return text.empty() ? Json() : Json(text);
}

// `2016-06-01T00:00:00.000001Z`, as the log has it.
[[nodiscard]] std::string time_text(Micros at);
[[nodiscard]] inline Json time_or_null(const std::optional<Micros>& at) {
  return at ? Json(time_text(*at)) : Json();
}

}  // namespace samrad::api
