// A state at rest: the same content in a tenth of the room, for one that waits among many.
//
// Names are kept as the numbers of the table that the state was made with, so that packed bytes mean something only beside it, and only
// while it forgets none of them (see mark). For what leaves the process there is encode in state.h.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/state.h"

namespace samrad::engine {

[[nodiscard]] std::vector<std::uint8_t> pack(const State&);

// `bytes` must come from pack.
[[nodiscard]] State unpack(std::span<const std::uint8_t> bytes);

}  // namespace samrad::engine
