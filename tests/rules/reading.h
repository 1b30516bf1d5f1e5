// Reading a rule text in a test, and the tree as a text that a test can be compared with.
#pragma once

#include "rules/syntax/parse.h"

#include <string>
#include <string_view>

namespace samrad::tests {

rules::Parsed read(std::string_view text);

// The node with everything below it, as `kind(text child child)`; the words of Node, spans left out.
std::string shown(const rules::Tree& tree, rules::NodeId node);

// The one sentence of `clause c` with that sentence, shown; the messages if it was not understood.
std::string sentence(std::string_view text);

// The messages of the text, one a line: `S0101 2:3 message`.
std::string messages(std::string_view text);

}  // namespace samrad::tests
