// Where engine and reference are known to differ, each by the shape of the difference so that nothing else hides behind it.
#pragma once

#include <string>

#include "tests/reference/compare.h"

namespace samrad::tests {

// The name of the known difference that this is, or nothing.
std::string known(const Difference& difference);

}  // namespace samrad::tests
