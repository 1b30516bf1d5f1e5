// A history for an agreement that has none: events of its own types, on days that lie close together, the same ones each time.
#pragma once

#include <cstdint>
#include <string>

#include "rules/program/program.h"

namespace samrad::tests {

// JSON lines. Members of open kinds are `somewhere` and `elsewhere`. `ordered`: every event has a time of day, each another.
std::string made_up_history(const program::Program& program, std::uint64_t seed, int events,
                            bool ordered);

}  // namespace samrad::tests
