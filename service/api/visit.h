// One request from the moment it comes until it is answered: who asks, how often, which row, what it may; then the handler.
#pragma once

#include <memory>

#include "service/api/service.h"

namespace samrad::api {

void visit(Service& service, http::Request request, http::Respond respond);

}  // namespace samrad::api
