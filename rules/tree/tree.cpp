// Two trees mean the same when they are equal node by node, texts compared and places ignored. Children stand before
// their parents in both, so one pass that pairs nodes from the roots down suffices; the stack is a vector.
#include "rules/tree/tree.h"

#include <utility>

namespace samrad::rules {

bool same_meaning(const Tree& a, const Tree& b) {
  if (a.rows.empty() || b.rows.empty()) return a.rows.empty() == b.rows.empty();
  std::vector<std::pair<NodeId, NodeId>> open{{a.root(), b.root()}};
  while (!open.empty()) {
    const auto [x, y] = open.back();
    open.pop_back();
    const auto of_x = a.of(x);
    const auto of_y = b.of(y);
    if (a.kind(x) != b.kind(y) || a.text(x) != b.text(y) || of_x.size() != of_y.size()) return false;
    for (std::size_t i = 0; i < of_x.size(); ++i) open.emplace_back(of_x[i], of_y[i]);
  }
  return true;
}

}  // namespace samrad::rules
