// What a block must have that its grammar cannot say: one sentence, one start, nothing twice, days that exist.
#pragma once

#include "rules/syntax/report.h"
#include "rules/tree/tree.h"

#include <cstddef>

namespace samrad::rules {

// Looks at the rows from `first_row` on, which are one block. True if nothing was reported.
// `cut`: the block may have been cut short by a line that was meant to be part of it, so nothing is missed.
bool check_structure(const Tree& tree, std::size_t first_row, bool cut, Report& report);

}  // namespace samrad::rules
