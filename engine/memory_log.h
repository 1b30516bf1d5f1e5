// What the states of one history remember of past events, kept once instead of in each of them. Internal to engine/.
//
// A state adds to its memory at one end and forgets at the other, and what it remembered before today never changes. So a log of all
// that was remembered and two numbers for each type tell what a state held, however much that was.
#pragma once

#include <utility>
#include <vector>

#include "engine/state.h"

namespace samrad::engine {

class MemoryLog {
 public:
  using Memory = std::vector<std::vector<Remembered>>;            // State::memory
  using Mark = std::vector<std::pair<std::size_t, std::size_t>>;  // by type: from, to

  // A mark of `memory`, that of a state none of whose events of today are judged yet. It must have come by steps from that of the
  // last mark that was made or gone back to; what it costs is what was added since.
  [[nodiscard]] Mark mark(const Memory& memory);

  // Makes `memory`, which must have come by steps from that of `mark`, what it was then. Forgets all later marks.
  void go_back(const Mark& mark, Memory& memory);

 private:
  Memory log_;
};

}  // namespace samrad::engine
