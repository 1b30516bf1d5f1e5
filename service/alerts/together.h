// Several letters to one address as one: what a person would otherwise find one by one on the same morning.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "service/alerts/page.h"
#include "service/alerts/rule.h"

namespace samrad::alerts {

inline constexpr std::size_t letters_together_max = 50;  // more are another letter

struct Part {
  Kind kind = Kind::warning;
  std::string about;  // the duty; the same in all parts that speak of it
  Page page;
};

// What presses most comes first, and of one duty only that is told; each part keeps its words, and what they all end with stands once.
// One part is its own page.
// Precondition: there is a part, and no digest among several.
[[nodiscard]] Page together(std::vector<Part> parts);

}  // namespace samrad::alerts
