// Cross-origin resource sharing: pages of other sites may call only where the configuration names them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "service/http/message.h"

namespace samrad::api {

// What `origin` of the request says, where it is one of those; else empty.
[[nodiscard]] std::string allowed_origin(const std::vector<std::string>& origins,
                                         const http::Request& request);

void allow_origin(http::Response& response, const std::string& origin);

// The answer to OPTIONS: `allow`, and what a page may send where its origin is allowed.
[[nodiscard]] http::Response preflight(const http::Request& request, const std::string& allow,
                                       const std::string& origin);

}  // namespace samrad::api
