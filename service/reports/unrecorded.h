// Which clauses nothing on record can ever decide, because nobody records the events that they ask about.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "rules/program/program.h"

namespace samrad::reports {

// By the name of a clause, procedure or measure: the event types, none twice, that are `not recorded` on any day of the term and without
// which none of its rules, under any reading, comes to a verdict. What events can decide, or a person, is not listed. Time: in the size of the program.
[[nodiscard]] std::map<std::string, std::vector<std::string>>
unrecorded_of(const program::Program& program);

}  // namespace samrad::reports
