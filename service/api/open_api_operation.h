// One row of the routes as an operation of the OpenAPI document.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "service/api/json.h"
#include "service/api/route.h"

namespace samrad::api {

// The path as the document writes it: `{occurrence...}` is `{occurrence}`.
[[nodiscard]] std::string open_api_path(std::string_view path);
[[nodiscard]] Json operation_of(const Route& route);

// Every status that the row's operation can answer with a problem, with the names of the problems.
[[nodiscard]] std::map<int, std::vector<std::string_view>> problems_of(const Route& route);

}  // namespace samrad::api
