// The canonical layout of a rule file.
//
// Two spaces of indentation, one blank line between blocks (none between one-line declarations of the same kind, which
// stand in columns), a sentence on one line if it fits in 110 columns and otherwise broken before its joints with four
// more spaces. Words, their order and comments stay as they were written: only the space between them changes.
#pragma once

#include "rules/diagnostics/diagnostic.h"
#include "rules/diagnostics/source.h"

#include <string>
#include <tl/expected.hpp>

namespace samrad::rules {

// Proves itself: the result is parsed again and must mean the same and format to itself. A source with a fault of
// syntax comes back as its diagnostics; a result that fails the proof is refused with not_reversible. Pure.
tl::expected<std::string, Diagnostics> format(const Source& source);

}  // namespace samrad::rules
