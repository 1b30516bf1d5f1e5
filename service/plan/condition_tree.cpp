// From the leaves up: what a node comes to, where the event and the state say.
#include "service/plan/condition_tree.h"

#include <algorithm>

#include "engine/arithmetic.h"

namespace samrad::plan {

using engine::Asking;
using program::Code;
using program::ValueKind;

namespace {

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
    const engine::Range range = engine::count(asking, p.aggregates[node.op.a], missing);
    return range.exact() ? range.low : program::Value{};
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
