// Postfix code to tests: a symbolic run over the operands, of which each comparison takes its two.

#include "engine/lane/conditions.h"

#include <algorithm>

namespace samrad::engine::lane::detail {
namespace {

using program::Builtin;
using program::Code;
using program::none;
using program::Op;
using program::Range;
using program::ValueKind;

constexpr std::size_t reads_max = 16;  // bits of Row::known

bool alike(ValueKind a, ValueKind b) {
  const auto name = [](ValueKind k) { return k == ValueKind::text || k == ValueKind::member; };
  return a == b || (name(a) && name(b));
}

bool keep_answer(Part& part, Operand& o) {
  if (o.where != Where::candidate) return true;
  std::uint8_t index = 0;
  while (index < part.answer_values && part.answer_from[index] != o.index) ++index;
  if (index == part.answer_from.size()) return false;
  if (index == part.answer_values) part.answer_from[part.answer_values++] = o.index;
  o.index = index;
  return true;
}

}  // namespace

bool Conditions::refuse(std::string_view why) {
  why_ = {rule_, why};
  return false;
}

bool Conditions::pattern(Index row, Fit& out, Index origin, Part* keeper) {
  if (row == none || type_of(row) == none) return refuse("an event of any kind");
  const program::Pattern& pattern = p_.patterns[row];
  const program::EventType& type = p_.event_types[pattern.type];
  if (type.recorded_from != calendar::day_min) return refuse("an event that is not recorded from the beginning");
  if (type.builtin != Builtin::ordinary) return refuse("an event on the record itself");
  if (pattern.subjects.count > 0 && !read(pattern.type, program::subject_slot, plan_.types[pattern.type].subject)) return false;
  keeper_ = keeper;
  return condition(pattern.condition, pattern.type, origin, out.tests);
}

// A value that must be known.
bool Conditions::read(Index type, std::uint32_t slot, std::uint8_t& index) {
  if (!place(type, slot, index)) return false;
  plan_.types[type].needed = static_cast<std::uint16_t>(plan_.types[type].needed | 1U << index);
  return true;
}

bool Conditions::place(Index type, std::uint32_t slot, std::uint8_t& index) {
  std::vector<std::uint32_t>& reads = plan_.types[type].reads;
  auto at = std::find(reads.begin(), reads.end(), slot);
  if (at == reads.end()) {
    if (reads.size() == reads_max) return refuse("too many values of one event");
    at = reads.insert(reads.end(), slot);
  }
  index = static_cast<std::uint8_t>(at - reads.begin());
  return true;
}

bool Conditions::condition(program::Expression code, Index candidate, Index origin, Range& out) {
  out = {static_cast<std::uint32_t>(plan_.tests.size()), 0};
  std::vector<Cell> cells;
  for (std::uint32_t i = 0; i < code.count; ++i)
    if (!apply(p_.code[code.first + i], candidate, origin, cells)) return false;
  out.count = static_cast<std::uint32_t>(plan_.tests.size()) - out.first;
  return true;
}

bool Conditions::apply(const Op& op, Index candidate, Index origin, std::vector<Cell>& cells) {
  switch (op.code) {
    case Code::constant: return push_constant(p_.constants[op.a], cells);
    case Code::field: return push_read(op.a, op.b, candidate, origin, cells);
    case Code::subject: return push_read(op.a, program::subject_slot, candidate, origin, cells);
    case Code::event_day:
      cells.push_back({{op.a == 1 ? Where::origin_day : Where::candidate_day, 0, 0}, ValueKind::date});
      return true;
    case Code::start: cells.push_back({{Where::start, 0, 0}, ValueKind::date}); return true;
    case Code::equal: return compare(Do::equal, cells);
    case Code::not_equal: return compare(Do::not_equal, cells);
    case Code::less: return compare(Do::less, cells);
    case Code::less_equal: return compare(Do::less_equal, cells);
    case Code::greater: return compare(Do::greater, cells);
    case Code::greater_equal: return compare(Do::greater_equal, cells);
    case Code::one_of: return one_of(op.b, cells);
    case Code::truth:
      plan_.tests.push_back({Do::truth, cells.back().from, {}, {}});
      cells.pop_back();
      return true;
    case Code::present: {
      if (op.a == 1 && origin != none) return refuse("what another event leaves out");
      Operand o{Where::candidate, 0, 0};
      if (!place(candidate, op.b, o.index)) return false;
      plan_.tests.push_back({Do::present, o, {}, {}});
      return true;
    }
    case Code::logical_and: plan_.tests.push_back({Do::logical_and, {}, {}, {}}); return true;
    case Code::logical_or: plan_.tests.push_back({Do::logical_or, {}, {}, {}}); return true;
    case Code::logical_not: plan_.tests.push_back({Do::logical_not, {}, {}, {}}); return true;
    default: return refuse("a condition that looks further than the event");
  }
}

bool Conditions::push_constant(const program::Value& v, std::vector<Cell>& cells) {
  Operand o;
  switch (v.kind) {
    case ValueKind::yes_no:
    case ValueKind::date: o.constant = static_cast<Word>(v.a); break;
    case ValueKind::number:
      if (v.b != 1 || v.a > number_max || v.a < -number_max) return refuse("a fraction");
      o.constant = static_cast<Word>(v.a);
      break;
    case ValueKind::text:
    case ValueKind::member: o.constant = word(v.symbol); break;
    default: return refuse("a value that is neither name, number nor date");
  }
  cells.push_back({o, v.kind});
  return true;
}

bool Conditions::push_read(std::uint32_t frame, std::uint32_t slot, Index candidate, Index origin, std::vector<Cell>& cells) {
  const bool of_origin = frame == 1 && origin != none;
  const Index type = of_origin ? origin : candidate;
  ValueKind kind = ValueKind::text;
  if (slot != program::subject_slot) {
    const program::EventType& row = p_.event_types[type];
    if (slot >= row.fields.count) return refuse("a value that is no field");
    const program::Field& field = p_.fields[row.fields.first + slot];
    kind = field.type;
    const bool word = kind == ValueKind::yes_no || kind == ValueKind::number || kind == ValueKind::date || kind == ValueKind::text || kind == ValueKind::member;
    if (field.list || !word) return refuse("a list, an amount or a length of time");
  }
  Operand o;
  if (!read(type, slot, o.index)) return false;
  o.where = of_origin ? Where::origin : Where::candidate;
  if (of_origin && !keep(o.index, o.index)) return false;
  cells.push_back({o, kind});
  return true;
}

// A value of the event that opens a case, kept with the case.
bool Conditions::keep(std::uint8_t value, std::uint8_t& index) {
  Part& part = *keeper_;
  for (index = 0; index < part.origin_values; ++index)
    if (part.origin_from[index] == value) return true;
  if (part.origin_values == part.origin_from.size()) return refuse("too many values of one event");
  part.origin_from[part.origin_values++] = value;
  return true;
}

bool Conditions::compare(Do what, std::vector<Cell>& cells) {
  const Cell b = cells.back();
  cells.pop_back();
  const Cell a = cells.back();
  cells.pop_back();
  const bool ordered = a.kind == ValueKind::number || a.kind == ValueKind::date;
  if (!alike(a.kind, b.kind) || (!ordered && what != Do::equal && what != Do::not_equal)) return refuse("a comparison of unlike values");
  plan_.tests.push_back({what, a.from, b.from, {}});
  return true;
}

bool Conditions::one_of(std::uint32_t count, std::vector<Cell>& cells) {
  const Range options{static_cast<std::uint32_t>(plan_.words.size()), count};
  const Cell looked_at = cells[cells.size() - count - 1];
  for (std::size_t i = cells.size() - count; i < cells.size(); ++i) {
    if (cells[i].from.where != Where::constant || !alike(cells[i].kind, looked_at.kind)) return refuse("a choice among values that are not fixed");
    plan_.words.push_back(cells[i].from.constant);
  }
  cells.resize(cells.size() - count - 1);
  plan_.tests.push_back({Do::one_of, looked_at.from, {}, options});
  return true;
}

bool Conditions::split(Part& part) {
  const std::vector<Test> all(plan_.tests.begin() + part.answer.tests.first, plan_.tests.end());
  // The ends of the operands on the stack, and the conjuncts that each of them consists of.
  struct Span {
    std::size_t first = 0, end = 0;
    std::vector<std::pair<std::size_t, std::size_t>> conjuncts;
  };
  std::vector<Span> stack;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].what == Do::logical_not) {
      stack.back().end = i + 1;
      stack.back().conjuncts = {{stack.back().first, i + 1}};
    } else if (all[i].what == Do::logical_and || all[i].what == Do::logical_or) {
      const Span b = stack.back();
      stack.pop_back();
      Span& a = stack.back();
      a.end = i + 1;
      if (all[i].what == Do::logical_and) a.conjuncts.insert(a.conjuncts.end(), b.conjuncts.begin(), b.conjuncts.end());
      else a.conjuncts = {{a.first, i + 1}};
    } else {
      stack.push_back({i, i + 1, {{i, i + 1}}});
    }
  }
  plan_.tests.resize(part.answer.tests.first);
  const auto speaks_of_both = [&](const std::pair<std::size_t, std::size_t>& c) {
    return std::any_of(all.begin() + static_cast<std::ptrdiff_t>(c.first), all.begin() + static_cast<std::ptrdiff_t>(c.second), [](const Test& t) {
      const auto origin = [](const Operand& o) { return o.where == Where::origin || o.where == Where::origin_day; };
      return origin(t.a) || origin(t.b);
    });
  };
  for (const bool both : {false, true}) {
    Range& range = both ? part.answer.both : part.answer.tests;
    range = {static_cast<std::uint32_t>(plan_.tests.size()), 0};
    bool first = true;
    for (const auto& c : stack.empty() ? std::vector<std::pair<std::size_t, std::size_t>>{} : stack.back().conjuncts) {
      if (speaks_of_both(c) != both) continue;
      for (std::size_t i = c.first; i < c.second; ++i) {
        Test t = all[i];
        if (both && (!keep_answer(part, t.a) || !keep_answer(part, t.b))) return refuse("too many values of one event");
        if (both && t.what == Do::present) return refuse("what is left out, compared with another event");
        plan_.tests.push_back(t);
      }
      if (!first) plan_.tests.push_back({Do::logical_and, {}, {}, {}});
      first = false;
    }
    range.count = static_cast<std::uint32_t>(plan_.tests.size()) - range.first;
  }
  return true;
}

}  // namespace samrad::engine::lane::detail
