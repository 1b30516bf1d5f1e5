// How the dates of an occurrence came about: the part of an explanation that knows the calendar.
#pragma once

#include "engine/explain.h"

namespace samrad::engine {

// A reason of kind `time` with its steps. `rule` is row `row` of the Ground's program and the one that the finding is about.
[[nodiscard]] Reason explain_time(const Ground& ground, const program::Rule& rule, Index row,
                                  const Finding& finding);

}  // namespace samrad::engine
