// A whole file in its canonical layout.
#pragma once

#include "rules/syntax/token.h"
#include "rules/tree/tree.h"

#include <string>
#include <string_view>
#include <vector>

namespace samrad::rules::layout {

// Of the file that `tokens`, `comments` and `tree` were read from without a fault.
std::string file(std::string_view text, const std::vector<Token>& tokens, const std::vector<Comment>& comments,
                 const Tree& tree);

}  // namespace samrad::rules::layout
