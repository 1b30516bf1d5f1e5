// What follows the word `expect`.
#pragma once

#include "service/scenario/words.h"

namespace samrad::scenario {

// Reads to the end of the statement. `about` is the occurrence named last: an expectation that
// names none is about it, and one that does replaces it. `on` and `known_at` of the result are the
// caller's.
[[nodiscard]] Expectation expect(Reader& read, std::string& about);

}  // namespace samrad::scenario
