// Fewer rules: those that are kept are renumbered, and with them all that points to a rule.
#pragma once

#include "rules/program/program.h"

#include <vector>

namespace samrad::program {

// `keep[i]` says whether rule i stays. A consequence or an override that goes is no longer pointed to. Precondition: one entry a rule.
void keep_rules(Program& program, const std::vector<bool>& keep);

}  // namespace samrad::program
