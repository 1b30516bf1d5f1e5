// Postfix to tree: each operation takes its operands from the end of what stands open.
#include "rules/program/tree.h"

#include <algorithm>

namespace samrad::program {

std::size_t operands(const Op& op) {
  switch (op.code) {
  case Code::negate:
  case Code::count_list:
  case Code::truth:
  case Code::logical_not: return 1;
  case Code::add:
  case Code::subtract:
  case Code::multiply:
  case Code::divide:
  case Code::days_between:
  case Code::equal:
  case Code::not_equal:
  case Code::less:
  case Code::less_equal:
  case Code::greater:
  case Code::greater_equal:
  case Code::logical_and:
  case Code::logical_or: return 2;
  case Code::count_in:
  case Code::share_in: return std::size_t{op.a} + 1;
  case Code::includes:
  case Code::one_of: return std::size_t{op.b} + 1;
  case Code::holds: return op.b == 1 ? 1 : 0;
  default: return 0;
  }
}

Tree tree_of(const Program& p, Expression code) {
  Tree tree;
  std::vector<std::uint32_t> open;
  for (std::uint32_t i = 0; i < code.count; ++i) {
    Node node;
    node.op = p.code[code.first + i];
    const std::size_t n = std::min(operands(node.op), open.size());
    node.children.assign(open.end() - static_cast<std::ptrdiff_t>(n), open.end());
    open.resize(open.size() - n);
    node.code.first = n == 0 ? code.first + i : tree.nodes[node.children.front()].code.first;
    node.code.count = code.first + i + 1 - node.code.first;
    open.push_back(static_cast<std::uint32_t>(tree.nodes.size()));
    tree.nodes.push_back(std::move(node));
  }
  return tree;
}

}  // namespace samrad::program
