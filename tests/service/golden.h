// Exact outputs kept in files. SAMRAD_GOLDEN=update in the environment writes them anew; the difference is the review.
#pragma once

#include <string>
#include <string_view>

namespace samrad::tests {

// True when `actual` is what tests/service/golden/NAME holds, or after it was written.
bool matches_golden(std::string_view name, const std::string& actual);

std::string read_file(const std::string& path);

}  // namespace samrad::tests
