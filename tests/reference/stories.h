// Scenarios as material for comparison: all that happens in each, asked at each moment at which it expects something.
#pragma once

#include "tests/reference/compare.h"

namespace samrad::tests {

struct Story {
  Material material;
  std::vector<std::string> moments;
};

// The scenarios of a file. `files` goes before the disk, as in text_of().
std::vector<Story> stories_of(const std::string& path,
                              const std::map<std::string, std::string>& files = {});

}  // namespace samrad::tests
