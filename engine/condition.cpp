// Postfix code to a truth value: a stack machine over typed values, three-valued as Kleene has it.
//
// Each truth on the stack carries the operation to blame for it, so that a condition of ten parts that fails can name the one that
// made it fail. Entry points: ask, fits, fit. What looks at past events is in past.cpp.
#include "engine/condition.h"

#include "engine/arithmetic.h"

namespace samrad::engine {
namespace {

using program::Code;
using program::Inclusion;
using program::Op;
using program::ValueKind;

// A value (with the event whose pool its list lives in) or a truth (with the operation to blame).
struct Cell {
  Value value{};
  Range range{};  // of a value that is not known exactly, and absent
  const Event* owner = nullptr;
  Truth truth = Truth::yes;
  Symbol text = 0;
  Value expected{};
  Value actual{};
};

class Stack {
 public:
  explicit Stack(const Asking& asking) : asking_(asking), program_(asking.machine.program) {}

  Answer run(program::Expression code) {
    for (std::uint32_t i = 0; i < code.count; ++i) apply(program_.code[code.first + i]);
    Cell& top = cells_.back();
    Answer answer{top.truth, top.text, top.expected, top.actual, {}};
    if (top.truth == Truth::unknown) {
      if (missing_.empty()) missing_.push_back(top.text);
      answer.missing = std::move(missing_);
    }
    return answer;
  }

  Value value(program::Expression code, std::vector<Symbol>& missing) {
    for (std::uint32_t i = 0; i < code.count; ++i) apply(program_.code[code.first + i]);
    missing = std::move(missing_);
    return cells_.back().value;
  }

 private:
  const Event* frame(std::uint32_t n) const {
    return n == 1 && asking_.origin != nullptr ? asking_.origin : asking_.candidate;
  }

  void push(Value v, const Event* owner = nullptr) {
    Cell c;
    c.value = v;
    c.owner = owner;
    cells_.push_back(c);
  }

  void push(const Range& range) {
    Cell c;
    if (range.exact()) c.value = range.low;
    else c.range = range;
    cells_.push_back(c);
  }

  static Range range_of(const Cell& c) {
    return c.value.kind == ValueKind::absent ? c.range : Range{c.value, c.value, true};
  }

  // What every pair of bounds comes to lies between the least and the most of the four.
  void push_computed(Code op, const Cell& x, const Cell& y) {
    const Range a = range_of(x);
    const Range b = range_of(y);
    if (a.exact() && b.exact()) return push(compute(op, a.low, b.low, program_.holidays));
    if (!a.bounded || !b.bounded || (op == Code::divide && b.low.a <= 0 && b.high.a >= 0)) return push(Value{});
    Range result;
    for (const Value& p : {a.low, a.high})
      for (const Value& q : {b.low, b.high}) {
        const Value v = compute(op, p, q, program_.holidays);
        if (v.kind == ValueKind::absent) return push(Value{});
        if (!result.bounded || compare(v, result.low).value_or(0) < 0) result.low = v;
        if (!result.bounded || compare(v, result.high).value_or(0) > 0) result.high = v;
        result.bounded = true;
      }
    push(result);
  }

  void push(Truth t, const Op& op, Value expected = {}, Value actual = {}) {
    Cell c;
    c.truth = t;
    c.text = op.text;
    c.expected = expected;
    c.actual = actual;
    cells_.push_back(c);
  }

  Cell pop() {
    const Cell c = cells_.back();
    cells_.pop_back();
    return c;
  }

  void miss(Symbol what) {
    for (const Symbol m : missing_)
      if (m == what) return;
    missing_.push_back(what);
  }

  void push_field(const Op& op) {
    const Event* e = frame(op.a);
    Value v;
    if (e != nullptr && op.b < e->fields.size()) v = e->fields[op.b];
    if (v.kind == ValueKind::absent) miss(field_name(e, op));
    push(v, e);
  }

  Symbol field_name(const Event* e, const Op& op) const {
    if (e == nullptr) return op.text;
    const program::EventType& type = program_.event_types[e->type];
    return op.b < type.fields.count ? program_.fields[type.fields.first + op.b].name : op.text;
  }

  void apply(const Op& op) {
    switch (op.code) {
      case Code::constant:
        if (program_.constants[op.a].kind == ValueKind::absent) miss(op.text);  // what an agreement of a template left out
        return push(program_.constants[op.a]);
      case Code::field: return push_field(op);
      case Code::subject: return push_subject(op);
      case Code::event_day: {
        const Event* e = frame(op.a);
        return push(date(e != nullptr ? e->day : asking_.day));
      }
      case Code::event_id: {
        const Event* e = frame(op.a);
        return push(e != nullptr ? text_value(e->id) : Value{});
      }
      case Code::key: return push(text_value(asking_.member));
      case Code::expiry: return push_expiry(op);
      case Code::start: return push(date(asking_.state.term_first));
      case Code::add:
      case Code::subtract:
      case Code::multiply:
      case Code::divide: {
        const Cell b = pop();
        const Cell a = pop();
        return push_computed(op.code, a, b);
      }
      case Code::negate: {
        Cell zero;
        Cell c = pop();
        zero.value = range_of(c).low;
        zero.value.a = 0;
        if (zero.value.kind == ValueKind::number || zero.value.kind == ValueKind::money) return push_computed(Code::subtract, zero, c);
        c.value.a = -c.value.a;
        return push(c.value);
      }
      case Code::days_between: {
        const Cell b = pop();
        const Cell a = pop();
        return push(compute(Code::subtract, b.value, a.value, program_.holidays));
      }
      case Code::count_list: return push_list_size();
      case Code::count_in:
      case Code::share_in: return push_list_among(op);
      case Code::aggregate: return push(count(asking_, program_.aggregates[op.a], missing_));
      default: return apply_truth(op);
    }
  }

  void apply_truth(const Op& op) {
    switch (op.code) {
      case Code::equal:
      case Code::not_equal:
      case Code::less:
      case Code::less_equal:
      case Code::greater:
      case Code::greater_equal: return push_comparison(op);
      case Code::includes: return push_inclusion(op);
      case Code::one_of: return push_one_of(op);
      case Code::present: {
        const Event* e = frame(op.a);
        const bool there = e != nullptr && op.b < e->fields.size() && e->fields[op.b].kind != ValueKind::absent;
        return push(there ? Truth::yes : Truth::no, op);
      }
      case Code::truth: {
        const Cell c = pop();
        const Truth t = c.value.kind != ValueKind::yes_no ? Truth::unknown : c.value.a != 0 ? Truth::yes : Truth::no;
        return push(t, op, {}, c.value);
      }
      case Code::holds: {
        const Symbol key = op.b == 1 ? pop().value.symbol : 0;
        return push(holds(asking_, op.a, key, missing_), op);
      }
      case Code::happened: return push(any(asking_, program_.aggregates[op.a], missing_), op);
      case Code::logical_not: {
        const Cell c = pop();
        return push(negated(c.truth), op, c.expected, c.actual);
      }
      case Code::logical_and:
      case Code::logical_or: return push_joined(op);
      default: return;
    }
  }

  void push_subject(const Op& op) {
    const Event* e = frame(op.a);
    if (e == nullptr || e->subject == 0) {
      miss(op.text);
      return push(Value{});
    }
    push(text_value(e->subject));
  }

  void push_expiry(const Op& op) {
    if (asking_.state.expiry == calendar::day_max) {
      miss(op.text);
      return push(Value{});
    }
    push(date(asking_.state.expiry));
  }

  void push_list_size() {
    const Cell c = pop();
    if (c.value.kind == ValueKind::absent) return push(Value{});
    push(number(c.value.kind == ValueKind::list ? c.value.b : 1));
  }

  // Pops `n` members from the top of the stack and then what stands below them. A field with several values stands for all of them; one
  // that is not given makes the whole unknown (an absent cell comes back).
  Cell pop_below(std::uint32_t n, std::vector<Symbol>& members) {
    bool known = true;
    for (std::uint32_t i = 0; i < n; ++i) {
      const Cell c = pop();
      if (c.value.kind == ValueKind::absent) known = false;
      if (c.value.kind != ValueKind::list) members.insert(members.begin(), c.value.symbol);
      for (std::int64_t k = 0; c.value.kind == ValueKind::list && k < c.value.b; ++k)
        members.insert(members.begin() + static_cast<std::ptrdiff_t>(k), c.owner->pool[static_cast<std::size_t>(c.value.a + k)]);
    }
    Cell below = pop();
    if (!known) below.value = {};
    return below;
  }

  static bool contains(const Cell& c, Symbol s) {
    if (c.value.kind != ValueKind::list) return c.value.symbol == s;
    for (std::int64_t i = 0; i < c.value.b; ++i)
      if (c.owner->pool[static_cast<std::size_t>(c.value.a + i)] == s) return true;
    return false;
  }

  static std::int64_t among(const Cell& c, const std::vector<Symbol>& members) {
    std::int64_t n = 0;
    const std::int64_t size = c.value.kind == ValueKind::list ? c.value.b : 1;
    for (std::int64_t i = 0; i < size; ++i) {
      const Symbol s = c.value.kind == ValueKind::list ? c.owner->pool[static_cast<std::size_t>(c.value.a + i)] : c.value.symbol;
      for (const Symbol m : members)
        if (m == s) {
          ++n;
          break;
        }
    }
    return n;
  }

  void push_list_among(const Op& op) {
    std::vector<Symbol> members;
    const Cell c = pop_below(op.a, members);
    if (c.value.kind == ValueKind::absent) return push(Value{});
    const std::int64_t size = c.value.kind == ValueKind::list ? c.value.b : 1;
    const std::int64_t n = among(c, members);
    if (op.code == Code::count_in) return push(number(n));
    push(size == 0 ? Value{} : fraction(n, size));
  }

  static bool is_so(Code op, int sign) {
    switch (op) {
      case Code::equal: return sign == 0;
      case Code::not_equal: return sign != 0;
      case Code::less: return sign < 0;
      case Code::less_equal: return sign <= 0;
      case Code::greater: return sign > 0;
      default: return sign >= 0;
    }
  }

  // The least and the most that the comparison can come to; nothing where the two cannot be compared.
  static std::optional<std::pair<int, int>> signs(const Range& a, const Range& b) {
    if (a.low.kind == ValueKind::absent || b.low.kind == ValueKind::absent) return std::nullopt;
    const auto least = b.bounded ? compare(a.low, b.high) : std::optional(-1);
    const auto most = a.bounded ? compare(a.high, b.low) : std::optional(1);
    if (!least || !most) return std::nullopt;
    return std::pair{*least, *most};
  }

  void push_comparison(const Op& op) {
    const Cell b = pop();
    const Cell a = pop();
    const auto sign = signs(range_of(a), range_of(b));
    if (!sign) return push(Truth::unknown, op, b.value, a.value);
    Truth t = is_so(op.code, sign->first) ? Truth::yes : Truth::no;
    for (int s = sign->first; s <= sign->second; ++s)
      if (is_so(op.code, s) != (t == Truth::yes)) t = Truth::unknown;
    push(t, op, b.value, a.value);
  }

  void push_inclusion(const Op& op) {
    std::vector<Symbol> members;
    const Cell c = pop_below(op.b, members);
    if (c.value.kind == ValueKind::absent) return push(Truth::unknown, op);
    std::uint32_t found = 0;
    Symbol lacking = 0;
    for (const Symbol m : members) {
      if (contains(c, m)) ++found;
      else if (lacking == 0) lacking = m;
    }
    const std::int64_t size = c.value.kind == ValueKind::list ? c.value.b : 1;
    bool yes = false;
    switch (static_cast<Inclusion>(op.a & 0xFFU)) {
      case Inclusion::one:
      case Inclusion::all: yes = found == members.size(); break;
      case Inclusion::any: yes = found > 0; break;
      case Inclusion::no: yes = found == 0; break;
      case Inclusion::only: yes = among(c, members) == size; break;
      case Inclusion::at_least_n: yes = found >= op.a >> 8U; break;
    }
    push(yes ? Truth::yes : Truth::no, op, lacking != 0 ? text_value(lacking) : Value{});
  }

  void push_one_of(const Op& op) {
    std::vector<Symbol> ignored;
    std::vector<Value> options(op.b);
    for (std::uint32_t i = op.b; i-- > 0;) options[i] = pop().value;
    const Cell c = pop();
    if (c.value.kind == ValueKind::absent) return push(Truth::unknown, op);
    Truth t = Truth::no;
    for (const Value& option : options) {
      const auto equal = compare(c.value, option);
      t = either(t, !equal ? Truth::unknown : *equal == 0 ? Truth::yes : Truth::no);
    }
    push(t, op, {}, c.value);
  }

  void push_joined(const Op& op) {
    const Cell b = pop();
    const Cell a = pop();
    const bool conjunction = op.code == Code::logical_and;
    const Truth t = conjunction ? both(a.truth, b.truth) : either(a.truth, b.truth);
    // A conjunction fails by one of its parts; a disjunction by all of them together.
    if (conjunction && t != Truth::yes) {
      cells_.push_back(a.truth == t ? a : b);
      return;
    }
    push(t, op);
  }

  const Asking& asking_;
  const program::Program& program_;
  std::vector<Cell> cells_;
  std::vector<Symbol> missing_;
};

bool subject_fits(const program::Program& p, const program::Pattern& pattern, const Event& event) {
  if (pattern.subjects.count == 0) return true;
  for (std::uint32_t i = 0; i < pattern.subjects.count; ++i)
    if (p.symbol_lists[pattern.subjects.first + i] == event.subject) return true;
  return false;
}

}  // namespace

Answer ask(const Asking& asking, program::Expression condition) {
  if (condition.count == 0) return {};
  return Stack(asking).run(condition);
}

Value value_of(const Asking& asking, program::Expression expression, std::vector<Symbol>& missing) {
  return Stack(asking).value(expression, missing);
}

Answer fits(const Asking& asking, Index pattern, const Event& event) {
  const program::Program& p = asking.machine.program;
  const program::Pattern& row = p.patterns[pattern];
  Answer no;
  no.truth = Truth::no;
  if (row.type != event.type) return no;
  if (!subject_fits(p, row, event)) {
    no.expected = text_value(p.symbol_lists[row.subjects.first]);
    no.actual = text_value(event.subject);
    return no;
  }
  if (row.condition.count == 0) return {};
  Asking about = asking;
  about.candidate = &event;
  if (about.origin == nullptr) about.origin = &event;
  return Stack(about).run(row.condition);
}

Truth fit(const Asking& asking, Index pattern, const Event& event) {
  const program::Program& p = asking.machine.program;
  const program::Pattern& row = p.patterns[pattern];
  if (row.type != event.type || !subject_fits(p, row, event)) return Truth::no;
  if (row.condition.count == 0) return Truth::yes;
  return fits(asking, pattern, event).truth;
}

}  // namespace samrad::engine
