// Which rare paths a run has reached. A run that is long enough and misses one that is expected fails.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "tests/generated/case.h"

namespace samrad::generated {

// Counts one more of that name.
void reach(const std::string& probe);

// Everything that an audit shows: each status by each form, each reason, part policies, moves of due days, orders of two events of a day.
void probe(const Prepared& prepared);

[[nodiscard]] const std::map<std::string, std::uint64_t>& reached();
// The expected ones that were not reached.
[[nodiscard]] std::vector<std::string> missed();

}  // namespace samrad::generated
