// How the dates of an occurrence came about: the part of an explanation that knows the calendar.
#pragma once

#include "engine/explain.h"

namespace samrad::engine {

// The beginning of a reason about a finding of rule `row`: the caller adds what its kind tells.
[[nodiscard]] inline Reason reason_of(ReasonKind kind, Index row, const Finding& finding) {
  Reason reason;
  reason.kind = kind;
  reason.rule = row;
  reason.status = finding.status;
  return reason;
}

// A reason of kind `time` with its steps. `rule` is row `row` of the Ground's program and the one that the finding is about.
[[nodiscard]] Reason explain_time(const Ground& ground, const program::Rule& rule, Index row,
                                  const Finding& finding);

}  // namespace samrad::engine
