// Postfix to tree: each operation takes its operands from the end of what stands open.
#include "service/plan/condition_tree.h"

#include <algorithm>

#include "engine/arithmetic.h"

namespace samrad::plan {

using engine::Asking;
using engine::Event;
using program::Code;
using program::ValueKind;

namespace {

std::size_t operands(const program::Op& op) {
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

const Event* frame(const Asking& asking, std::uint32_t n) {
  return n == 1 && asking.origin != nullptr ? asking.origin : asking.candidate;
}

Value field_of(const Event* e, std::uint32_t slot, std::vector<Symbol>& list) {
  if (e == nullptr || slot >= e->fields.size()) return {};
  const Value v = e->fields[slot];
  for (std::int64_t i = 0; v.kind == ValueKind::list && i < v.b; ++i)
    list.push_back(e->pool[static_cast<std::size_t>(v.a + i)]);
  return v;
}

}  // namespace

Tree tree_of(const program::Program& p, program::Expression code) {
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

Value value_of(const Asking& asking, const Tree& tree, std::uint32_t row,
               std::vector<Symbol>& list) {
  const program::Program& p = asking.machine.program;
  const Node& node = tree.nodes[row];
  std::vector<Symbol> ignored;
  const auto child = [&](std::size_t i) {
    return value_of(asking, tree, node.children[i], ignored);
  };
  switch (node.op.code) {
  case Code::constant: return p.constants[node.op.a];
  case Code::field: return field_of(frame(asking, node.op.a), node.op.b, list);
  case Code::subject: {
    const Event* e = frame(asking, node.op.a);
    return e != nullptr && e->subject != 0 ? engine::text_value(e->subject) : Value{};
  }
  case Code::event_day: {
    const Event* e = frame(asking, node.op.a);
    return engine::date(e != nullptr ? e->day : asking.day);
  }
  case Code::event_id: {
    const Event* e = frame(asking, node.op.a);
    return e != nullptr ? engine::text_value(e->id) : Value{};
  }
  case Code::key: return engine::text_value(asking.member);
  case Code::expiry:
    return asking.state.expiry == calendar::day_max ? Value{} : engine::date(asking.state.expiry);
  case Code::start: return engine::date(asking.state.term_first);
  case Code::add:
  case Code::subtract:
  case Code::multiply:
  case Code::divide: return engine::compute(node.op.code, child(0), child(1), p.holidays);
  case Code::days_between: return engine::compute(Code::subtract, child(1), child(0), p.holidays);
  case Code::negate: {
    Value v = child(0);
    v.a = -v.a;
    return v;
  }
  case Code::aggregate: {
    std::vector<Symbol> missing;
    return engine::count(asking, p.aggregates[node.op.a], missing);
  }
  default: return {};
  }
}

bool only_dates(const Tree& tree) {
  return std::none_of(tree.nodes.begin(), tree.nodes.end(), [](const Node& n) {
    const Code c = n.op.code;
    return c == Code::field || c == Code::present || c == Code::subject || c == Code::event_id ||
           c == Code::aggregate || c == Code::happened || c == Code::holds || c == Code::expiry;
  });
}

}  // namespace samrad::plan
