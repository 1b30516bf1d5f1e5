// Agreements as JSON.
#pragma once

#include <string>

#include "service/api/json.h"
#include "service/registry/rulebook.h"
#include "service/store/store.h"

namespace samrad::api {

// A row of the list.
[[nodiscard]] Json brief_json_of(const store::Agreement& agreement);

// All that the agreement and its rules say: parties, roles, forums, clauses, event types. `closing`: who closed it and why, or null. A
// function of version and closing alone.
[[nodiscard]] std::string agreement_json(const store::Agreement& agreement,
                                         const registry::Rulebook& rules, Json closing = {});

}  // namespace samrad::api
