// Periods as a sentence says them (docs/language.md §3.1).
#pragma once

#include "tests/reference/agreement.h"

namespace samrad::reference {

// "As they stand they are calendar periods … `of the term` counts them from the term's first day, `counted from DATE` from that day …
// Fortnights and periods of several days or weeks have no place in the calendar: they are counted from `from DATE` if given, else from
// the term's first day; so are numbers of months that do not divide a year." With the months in which it counts.
[[nodiscard]] calendar::Period read_period(const Tree& tree, NodeId period, Day term_first);

}  // namespace samrad::reference
