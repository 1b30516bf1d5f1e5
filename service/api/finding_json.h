// A finding as JSON: what changed, since when, and what brought it.
#pragma once

#include <string_view>

#include "service/api/json.h"
#include "service/store/store.h"

namespace samrad::api {

[[nodiscard]] Json finding_json(const store::Finding& finding, std::string_view agreement);

}  // namespace samrad::api
