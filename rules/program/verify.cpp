// Tables, vocabulary and expressions of a Program against what program.h guarantees. Rules are in verify_rule.cpp.
//
// An expression is run over a stack that knows only whether an entry is a truth value. Counts inside counts are refused,
// so that nothing here recurses deeper than expression, count, pattern, expression.

#include "rules/program/verify.h"

#include "rules/program/decode.h"

#include <algorithm>

namespace samrad::program {

std::string verify(const Program& program) {
  Verifier verifier(program);
  if (verifier.tables()) verifier.rules();
  return verifier.fault();
}

bool Verifier::fail(std::string what) {
  if (fault_.empty()) fault_ = where_.empty() ? std::move(what) : where_ + ": " + what;
  return false;
}

bool Verifier::period(const calendar::Period& p) {
  return need(calendar::fault(p) == calendar::PeriodFault::none, "a period that cuts no windows") &&
         day(p.anchor);
}

bool Verifier::value(const Value& v) {
  if (!symbol(v.symbol)) return false;
  switch (v.kind) {
  case ValueKind::absent: break;  // what an agreement left out
  case ValueKind::list: return fail("a constant that is a list");
  case ValueKind::yes_no:
    return need(v.a == 0 || v.a == 1, "a truth value that is neither yes nor no");
  case ValueKind::number:
  case ValueKind::money: return need(v.b > 0, "a fraction over nothing");
  case ValueKind::date:
    return need(v.a >= calendar::day_min.n && v.a <= calendar::day_max.n,
                "a day outside the calendar");
  case ValueKind::duration:
    return need(v.b >= 0 && v.b <= static_cast<int>(calendar::Unit::year),
                "a duration without a unit");
  case ValueKind::text:
  case ValueKind::member: break;
  }
  return true;
}

bool Verifier::tables() {
  if (!need(!program_.symbols.empty() && program_.symbols[0].empty(),
            "symbol 0 is not the empty text"))
    return false;
  std::vector<std::string_view> sorted(program_.symbols.begin(), program_.symbols.end());
  std::sort(sorted.begin(), sorted.end());
  if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end())
    return fail("a symbol stands twice");
  for (Symbol s : program_.symbol_lists)
    if (!symbol(s)) return false;
  for (const Value& v : program_.constants)
    if (!value(v)) return false;
  for (const Duration& d : program_.durations)
    if (!need(d.count >= 0, "a negative duration")) return false;
  for (const MonthDay& d : program_.month_days)
    if (!need(d.month >= 1 && d.month <= 12 && d.day >= 1 && d.day <= 31, "a day that no year has"))
      return false;
  if (!symbol(program_.name) || !symbol(program_.title) || !symbol(program_.timezone)) return false;
  for (const Registration& r : program_.registrations)
    if (!symbol(r.number) || !symbol(r.party)) return false;
  if (!day(program_.term_first) || !day(program_.term_last)) return false;
  if (!need(program_.term_first <= program_.term_last, "the term ends before it begins"))
    return false;
  if (!need(!program_.versions.empty(), "no version")) return false;
  for (std::size_t i = 0; i < program_.versions.size(); ++i) {
    if (!day(program_.versions[i].in_force)) return false;
    if (i > 0 && !need(program_.versions[i - 1].in_force < program_.versions[i].in_force,
                       "versions out of order"))
      return false;
  }
  return vocabulary() && parameters() && types_and_fields() && facts();
}

bool Verifier::given(Index parameter, ValueKind type, const char* what) {
  if (!optional_row(parameter, program_.parameters, "parameter")) return false;
  return parameter == none || need(program_.parameters[parameter].type == type && !program_.parameters[parameter].list, what);
}

bool Verifier::parameters() {
  for (const Parameter& p : program_.parameters) {
    if (!symbol(p.name) || !symbol(p.label) || !optional_row(p.kind, program_.kinds, "kind") ||
        !optional_row(p.fallback, program_.constants, "default"))
      return false;
    if (!need(p.type != ValueKind::absent && p.type != ValueKind::list, "a parameter without a type") ||
        !need((p.type == ValueKind::member) == (p.kind != none) && (p.kind != none || !p.list), "a parameter of members without a kind") ||
        !need(p.fallback == none || (program_.constants[p.fallback].kind == p.type && p.kind == none), "a default of another type"))
      return false;
  }
  for (const Filling& f : program_.fillings) {
    const bool date = f.place <= Place::ends || f.place == Place::period_anchor || f.place == Place::due_date;
    if (!need(f.parameter != none, "a place that nothing fills") ||
        !given(f.parameter, f.place == Place::times ? ValueKind::number : date ? ValueKind::date : ValueKind::duration,
               "a place filled with another type"))
      return false;
  }
  for (const Member& m : program_.members)
    if (!optional_row(m.parameter, program_.parameters, "parameter") ||
        !need(m.parameter == none || program_.parameters[m.parameter].kind == m.kind, "a member of another kind than its parameter"))
      return false;
  for (const Registration& r : program_.registrations)
    if (!given(r.number_from, ValueKind::text, "a registration that is no text")) return false;
  return given(program_.term_first_from, ValueKind::date, "a first day that is no date") &&
         given(program_.term_last_from, ValueKind::date, "a last day that is no date");
}

bool Verifier::vocabulary() {
  for (const Kind& kind : program_.kinds)
    if (!symbol(kind.name) || !symbol(kind.label)) return false;
  for (const Member& m : program_.members) {
    if (!symbol(m.name) || !symbol(m.label) || !symbol(m.of) || !symbol(m.deputy_of)) return false;
    if (!row(m.kind, program_.kinds, "kind")) return false;
  }
  for (const Ambiguity& a : program_.ambiguities)
    for (Symbol s : {a.name, a.title, a.source, a.settled})
      if (!symbol(s)) return false;
  for (const MeasureRow& m : program_.measures) {
    if (!symbol(m.name) || !symbol(m.label) || !symbol(m.unit) || !symbol(m.source)) return false;
    if (!range(m.baselines, program_.constants, "baselines") ||
        !need(m.baselines.count % 2 == 0, "a baseline without its year"))
      return false;
  }
  return true;
}

bool Verifier::types_and_fields() {
  for (const Field& f : program_.fields) {
    if (!symbol(f.name) || !symbol(f.label) || !optional_row(f.kind, program_.kinds, "kind"))
      return false;
    if (!need(f.type != ValueKind::absent && f.type != ValueKind::list, "a field without a type"))
      return false;
    if (!need((f.type == ValueKind::member) == (f.kind != none),
              "a field of members without a kind"))
      return false;
  }
  for (const EventType& type : program_.event_types) {
    if (!symbol(type.name) || !symbol(type.label) || !day(type.recorded_from)) return false;
    if (!range(type.subject_kinds, program_.indices, "subject kinds") ||
        !range(type.fields, program_.fields, "fields"))
      return false;
    for (std::uint32_t i = 0; i < type.subject_kinds.count; ++i)
      if (!row(program_.indices[type.subject_kinds.first + i], program_.kinds, "kind"))
        return false;
  }
  for (std::size_t i = 0; i < program_.patterns.size(); ++i) {
    const Pattern& p = program_.patterns[i];
    where_ = "pattern " + std::to_string(i);
    if (!row(p.type, program_.event_types, "event type") || !symbols(p.subjects) || !symbol(p.text))
      return false;
    if (!range(p.condition, program_.code, "condition")) return false;
  }
  where_.clear();
  return true;
}

bool Verifier::facts() {
  const auto key = [this](Index pattern, std::uint32_t slot) {
    if (slot == subject_slot) return true;
    const EventType& type = program_.event_types[type_of(pattern)];
    return need(slot < type.fields.count, "a key in no field");
  };
  for (std::size_t i = 0; i < program_.facts.size(); ++i) {
    const Fact& f = program_.facts[i];
    where_ = "fact " + std::to_string(i);
    if (!symbol(f.name) || !symbol(f.label) || !optional_row(f.kind, program_.kinds, "kind"))
      return false;
    if (!need(f.begins != none || f.from_start, "a fact that never begins")) return false;
    if (f.begins != none && !pattern(f.begins, none, true)) return false;
    if (f.ends != none && !pattern(f.ends, none, true)) return false;
    if (!need(f.lasting.count >= 0, "a fact that ends before it begins")) return false;
    if (!given(f.lasting_from, ValueKind::duration, "a fact that lasts what is no duration")) return false;
    if (f.kind == none) continue;
    if (f.begins != none && !key(f.begins, f.begins_key)) return false;
    if (f.ends != none && !key(f.ends, f.ends_key)) return false;
  }
  where_.clear();
  return true;
}

bool Verifier::pattern(Index index, Index sentence, bool plain) {
  if (!row(index, program_.patterns, "pattern")) return false;
  const Pattern& p = program_.patterns[index];
  return expression(p.condition, {p.type, sentence, plain});
}

bool Verifier::aggregate(Index index, Frames frames) {
  if (!need(!frames.plain, "a count inside a count")) return false;
  if (!row(index, program_.aggregates, "count")) return false;
  if (!seen_.insert({'a', index, 0, frames.sentence, none, false}).second) return true;
  const Aggregate& a = program_.aggregates[index];
  if (!pattern(a.pattern, frames.sentence, true)) return false;
  if (a.since != none && !pattern(a.since, frames.sentence, true)) return false;
  if (!need((a.since != none) == (a.reach == Reach::since_last), "a count since nothing"))
    return false;
  if (a.reach == Reach::same_period && !period(a.period)) return false;
  if (!day(a.day) || !need(a.duration.count >= 0, "a negative duration")) return false;
  if (!given(a.duration_from, ValueKind::duration, "a range that is no duration") ||
      !given(a.day_from, ValueKind::date, "a range from what is no date"))
    return false;
  const Index type = type_of(a.pattern);
  if (a.measure == Measure::sum &&
      !need(a.slot < program_.event_types[type].fields.count, "a sum of no field"))
    return false;
  return expression(a.that, {type, frames.sentence, true});
}

bool Verifier::slot(std::uint32_t frame, std::uint32_t slot, Frames frames) {
  if (!need(frame < 2, "a third event")) return false;
  const Index type = frame == 0 ? frames.looked_at : frames.sentence;
  if (!need(type != none, "a field of no event")) return false;
  return need(slot < program_.event_types[type].fields.count, "a field that the event has not");
}

bool Verifier::expression(Expression e, Frames frames, bool condition) {
  if (!range(e, program_.code, "an expression")) return false;
  if (e.count == 0) return true;
  if (!seen_.insert({condition ? 'e' : 'v', e.first, e.count, frames.looked_at, frames.sentence, frames.plain})
           .second)
    return true;
  std::vector<bool> stack;
  for (std::uint32_t i = 0; i < e.count; ++i)
    if (!op(program_.code[e.first + i], frames, stack)) return false;
  return need(stack.size() == 1 && stack[0] == condition,
              condition ? "an expression that leaves not one truth value"
                        : "an expression that leaves not one value");
}

// Truth values are `true` on the stack, all others `false`.
bool Verifier::op(const Op& op, Frames frames, std::vector<bool>& stack) {
  if (!symbol(op.text)) return false;
  std::size_t values = 0;
  std::size_t truths = 0;
  bool truth = false;
  switch (op.code) {
  case Code::constant:
    if (!row(op.a, program_.constants, "constant")) return false;
    break;
  case Code::parameter:
    if (!row(op.a, program_.parameters, "parameter") ||
        !need(program_.parameters[op.a].kind == none && op.b <= 1, "a member where a value stands"))
      return false;
    break;
  case Code::field:
    if (!slot(op.a, op.b, frames)) return false;
    break;
  case Code::subject:
  case Code::event_day:
  case Code::event_id:
    if (!need(op.a < 2, "a third event")) return false;
    break;
  case Code::key:
  case Code::expiry:
  case Code::start: break;
  case Code::add:
  case Code::subtract:
  case Code::multiply:
  case Code::divide:
  case Code::days_between: values = 2; break;
  case Code::negate:
  case Code::count_list: values = 1; break;
  case Code::count_in:
  case Code::share_in: values = std::size_t{op.a} + 1; break;
  case Code::aggregate:
    if (!aggregate(op.a, frames)) return false;
    break;
  case Code::equal:
  case Code::not_equal:
  case Code::less:
  case Code::less_equal:
  case Code::greater:
  case Code::greater_equal: values = 2, truth = true; break;
  case Code::includes:
    if (!need((op.a & 0xff) <= static_cast<std::uint32_t>(Inclusion::at_least_n),
              "an unknown inclusion"))
      return false;
    [[fallthrough]];
  case Code::one_of: values = std::size_t{op.b} + 1, truth = true; break;
  case Code::present:
    if (!slot(op.a, op.b, frames)) return false;
    truth = true;
    break;
  case Code::truth: values = 1, truth = true; break;
  case Code::holds:
    if (!need(!frames.plain, "a fact inside a count") || !row(op.a, program_.facts, "fact") ||
        !need(op.b == (program_.facts[op.a].kind != none ? 1U : 0U), "a fact without its key"))
      return false;
    values = op.b, truth = true;
    break;
  case Code::happened:
    if (!aggregate(op.a, frames)) return false;
    truth = true;
    break;
  case Code::logical_and:
  case Code::logical_or: truths = 2, truth = true; break;
  case Code::logical_not: truths = 1, truth = true; break;
  }
  if (!need(stack.size() >= values + truths, "an expression that takes more than it has"))
    return false;
  for (std::size_t i = 0; i < values + truths; ++i) {
    if (!need(stack.back() == (truths > 0), "a value where a condition stands, or the reverse"))
      return false;
    stack.pop_back();
  }
  stack.push_back(truth);
  return true;
}

}  // namespace samrad::program
