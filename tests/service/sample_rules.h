// One clause of each form for the sample agreement, with the conditions that need no compiler.
#pragma once

#include "tests/service/sample.h"

namespace samrad::tests {

Sample sample_with_rules();

// Those, and one clause for each way of setting dates that they leave out; for explanations only.
Sample sample_with_more_rules();

}  // namespace samrad::tests
