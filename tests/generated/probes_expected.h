// What a run must have reached.
#pragma once

#include <string_view>
#include <vector>

namespace samrad::generated {

inline const std::vector<std::string_view> expected_probes{
};

}  // namespace samrad::generated
