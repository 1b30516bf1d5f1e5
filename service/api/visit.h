// One request from the moment it comes until it is answered: who asks, how often, which row, what it may; then the handler.
#pragma once

#include <memory>

#include "service/api/service.h"

namespace samrad::api {

void visit(Service& service, http::Request request, http::Respond respond);

// Whether `visit` will look at the body of the request, of which the head is here.
[[nodiscard]] bool wants_body(Service& service, const http::Request& request);

}  // namespace samrad::api
