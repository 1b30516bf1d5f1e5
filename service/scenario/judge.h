// One expectation against one audit.
#pragma once

#include "service/reports/audit.h"
#include "service/scenario/run.h"

namespace samrad::scenario {

// Whether it holds and, where it does not, what was expected, what was found and why. `line`, `on`
// and `statement` are the caller's.
[[nodiscard]] Result judge(const reports::AuditResult& audit, const Expectation& expectation,
                           calendar::Language language);

}  // namespace samrad::scenario
