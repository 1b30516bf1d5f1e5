// The schemas of docs/schema as components of the OpenAPI document.
#pragma once

#include <string>
#include <string_view>

#include "service/api/json.h"

namespace samrad::api {

// Those that `paths` refers to, and all that these refer to. By the name of their file, `audit`; a definition within it is `audit.window`,
// those of `api.schema.json` have their names alone.
[[nodiscard]] Json schema_components(const Json& paths);

// `audit` or `api#problem`, as the routes' rows have it, as a reference into them.
[[nodiscard]] Json reference_to(std::string_view schema);

}  // namespace samrad::api
