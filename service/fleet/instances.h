// What each agreement of a fleet filled in, read from a table or from JSON and held against the template's parameters.
//
// A table has the columns `agreement`, `title` (may be missing), one for each parameter, and `PARAMETER label` for what reports call a
// member; lists are separated by `;`. JSON is one object a line or a list of them: `{"agreement": "a1", "title": "…", "PARAMETER": …}`,
// a member as its name or `{"name": …, "label": …}`, a list as an array. Which of the two it is, the first character tells.
#pragma once

#include <string_view>

#include "service/fleet/input.h"
#include "service/fleet/roster.h"
#include "service/record/fault.h"

namespace samrad::fleet {

// Adds every agreement without a fault to the roster; all faults come at once, with their lines. Memory: one row.
void read_instances(Input& input, std::string_view file, Roster& roster, record::Faults& faults);

}  // namespace samrad::fleet
