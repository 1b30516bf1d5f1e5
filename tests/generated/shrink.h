// A failing case made small: blocks, lines and words of the texts, events and their fields are left out as long as it still fails.
#pragma once

#include <functional>

#include "tests/generated/case.h"

namespace samrad::generated {

// `fails` is asked at most `tries` times; it must say false of what is no case (does not compile, cannot be read).
[[nodiscard]] Case shrunk(Case it, const std::function<bool(const Case&)>& fails, int tries = 4000);

}  // namespace samrad::generated
