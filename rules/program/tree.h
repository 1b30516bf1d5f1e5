// An expression as a tree over its postfix code, for whoever wants to word it or bring it about and not only to ask it.
#pragma once

#include "rules/program/program.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace samrad::program {

// How many entries of the stack the operation takes.
[[nodiscard]] std::size_t operands(const Op& op);

struct Node {
  Op op{};
  Expression code;                      // the run of code that it stands for
  std::vector<std::uint32_t> children;  // rows of Tree::nodes, in the order of the text
};

// Children stand before parents; the last is the root. Empty for an empty expression.
struct Tree {
  std::vector<Node> nodes;
};

[[nodiscard]] Tree tree_of(const Program&, Expression);

}  // namespace samrad::program
