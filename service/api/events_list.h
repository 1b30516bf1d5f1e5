#pragma once

#include "service/api/route.h"

namespace samrad::api {

// The log of an agreement, read.
void add_event_lists(Routes& routes);

}  // namespace samrad::api
