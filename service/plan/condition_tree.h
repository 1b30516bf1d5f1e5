// A condition as a tree over the program's postfix code, for whoever wants to bring it about and not only to ask it.
#pragma once

#include <vector>

#include "engine/condition.h"

namespace samrad::plan {

using program::Index;
using program::Symbol;
using program::Value;

struct Node {
  program::Op op{};
  program::Expression code;             // the run of code that it stands for
  std::vector<std::uint32_t> children;  // rows of Tree::nodes, in the order of the text
};

// Children stand before parents; the last is the root. Empty for an empty expression.
struct Tree {
  std::vector<Node> nodes;
};

[[nodiscard]] Tree tree_of(const program::Program&, program::Expression);

// What a value node comes to; absent where it cannot be told. `list` gets the entries where it is a list.
[[nodiscard]] Value value_of(const engine::Asking&, const Tree&, std::uint32_t node,
                             std::vector<Symbol>& list);

// Whether nothing but the event's own day and fixed dates decide.
[[nodiscard]] bool only_dates(const Tree&);

}  // namespace samrad::plan
