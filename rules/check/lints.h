// The lints, one function a concern: what is legal and probably not what was meant.
#pragma once

#include "rules/check/duties.h"

namespace samrad::rules {

void lint_annexes(Pass& pass);  // annexes that are named, and from which no clause comes
void lint_belonging(
    Pass& pass);  // members to which nothing belongs, where something does to others
// Declared and never used; members that no clause deals with. After the two above: of what they named it is silent.
void lint_unused(Pass& pass);
void lint_triggers(Pass& pass);                       // clauses that no event can trigger
void lint_periods(Pass& pass, const Duties& duties);  // windows, part periods, warnings, due days
void lint_frequencies(Pass& pass, const Duties& duties);  // numbers, periods and months that differ
void lint_lists(Pass& pass, const Duties& duties);        // lists of members that differ
void lint_receivers(Pass& pass);  // what is sent to somebody who may be there no longer
void lint_headings(Pass& pass, const Duties& duties);  // source and owner
void lint_ambiguities(Pass& pass);  // ambiguities that nothing answers, or that two defaults answer differently

// What a member belongs to (`role x of PARTY`), or empty.
[[nodiscard]] std::string_view whole_of(const Pass& pass, NodeId block);

}  // namespace samrad::rules
