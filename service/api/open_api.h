// The OpenAPI 3.1 document: made of the routes' rows and the schemas of docs/schema.
#pragma once

#include <string>
#include <string_view>

#include "service/api/route.h"

namespace samrad::api {

[[nodiscard]] std::string open_api_document(const Routes& routes, std::string_view version);

// The document itself at `/openapi.json`, and the schemas.
void add_open_api(Routes& routes);

}  // namespace samrad::api
