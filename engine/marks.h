// Which texts a state still names, so that a table shared by many states can forget the rest (Symbols::sweep).
#pragma once

#include <vector>

#include "engine/finding.h"
#include "engine/state.h"

namespace samrad::engine {

// Sets `live`, by symbol, for every symbol that the state names. What it names already is left set.
void mark(const State&, std::vector<bool>& live);
void mark(const Key&, std::vector<bool>& live);

}  // namespace samrad::engine
