// What a request asks for: path and query of its target.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace samrad::http {

// Only visible ASCII without `#`, and two hexadecimal digits after each `%`.
[[nodiscard]] bool is_sound_target(std::string_view text);

// Each `%41` becomes its byte; what is no such escape stays. For one segment of a path, after it has been split at `/`.
[[nodiscard]] std::string percent_decoded(std::string_view text);

// Of what stands after `?`: `a=1&b` gives `a`, `1` and `b`, ``. Empty pieces are left out; `+` is a blank.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> query_of(std::string_view text);

}  // namespace samrad::http
