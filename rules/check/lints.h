// The lints, one function a concern: what is legal and probably not what was meant.
#pragma once

#include "rules/check/duties.h"

namespace samrad::rules {

void lint_unused(Pass& pass);    // declared and never used; members that no clause deals with
void lint_triggers(Pass& pass);  // clauses that no event can trigger
void lint_periods(Pass& pass, const Duties& duties);   // windows, part periods, warnings, due days
void lint_pairs(Pass& pass, const Duties& duties);     // frequencies and months that differ
void lint_headings(Pass& pass, const Duties& duties);  // source and owner

}  // namespace samrad::rules
