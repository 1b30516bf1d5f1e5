// Values, expressions, patterns, facts and the vocabulary as text. Rules are in dump_rule.cpp.

#include "rules/program/dump.h"

namespace samrad::program {

namespace {

constexpr std::array<std::string_view, 9> kind_words = {
    "absent", "yes/no", "number", "money", "date", "duration", "text", "member", "list"};
constexpr std::array<std::string_view, 6> unit_words = {"hours", "days",   "working days",
                                                        "weeks", "months", "years"};
constexpr std::array<std::string_view, 8> period_words = {
    "day", "week", "fortnight", "month", "quarter", "half-year", "year", "months"};
constexpr std::array<std::string_view, 9> reach_words = {
    "ever",        "last",        "since_date",      "since_start",  "since_last",
    "same_period", "before_date", "at_least_before", "within_before"};
constexpr std::array<std::string_view, 4> anchor_words = {"day", "expiry", "start", "date"};
constexpr std::array<std::string_view, 4> measure_words = {"count", "share", "sum", "in_a_row"};
constexpr std::array<std::string_view, 6> inclusion_words = {"one",  "all",  "any",
                                                             "none", "only", "at_least"};

std::string quoted(const Program& p, Symbol s) { return "\"" + std::string(p.text(s)) + "\""; }

std::string fraction(const Value& v) {
  return v.b == 1 ? std::to_string(v.a) : std::to_string(v.a) + "/" + std::to_string(v.b);
}

std::string parameter(const Program& p, Index index) { return std::string(p.text(p.parameters[index].name)); }

std::string place(const Op& op) { return std::to_string(op.a) + "." + std::to_string(op.b); }

std::string dump_aggregate(const Program& p, Index index) {
  const Aggregate& a = p.aggregates[index];
  std::string out = std::string(measure_words[static_cast<std::size_t>(a.measure)]) + "{";
  out += dump_pattern(p, a.pattern) + " " +
         std::string(reach_words[static_cast<std::size_t>(a.reach)]);
  if (a.duration.count != 0) out += " " + dump(a.duration);
  if (a.reach >= Reach::at_least_before)
    out += " before " + std::string(anchor_words[static_cast<std::size_t>(a.anchor)]);
  const bool dated =
      a.reach == Reach::since_date || a.reach == Reach::before_date || a.anchor == Anchor::date;
  if (dated) out += " " + calendar::iso(a.day);
  if (a.reach == Reach::same_period) out += " " + dump(a.period);
  if (a.since != none) out += " " + dump_pattern(p, a.since);
  if (a.that.count > 0) out += " that (" + dump_expression(p, a.that) + ")";
  if (a.duration_from != none) out += " duration from " + parameter(p, a.duration_from);
  if (a.day_from != none) out += " day from " + parameter(p, a.day_from);
  if (a.measure == Measure::sum) out += " slot " + std::to_string(a.slot);
  return out + "}";
}

std::string dump_op(const Program& p, const Op& op) {
  switch (op.code) {
  case Code::constant: return dump(p, p.constants[op.a]);
  case Code::field: return "field" + place(op);
  case Code::subject: return "subject" + std::to_string(op.a);
  case Code::event_day: return "day" + std::to_string(op.a);
  case Code::event_id: return "id" + std::to_string(op.a);
  case Code::key: return "key";
  case Code::expiry: return "expiry";
  case Code::parameter: return "parameter:" + parameter(p, op.a) + (op.b == 1 ? ":given" : "");
  case Code::start: return "start";
  case Code::add: return "+";
  case Code::subtract: return "-";
  case Code::multiply: return "*";
  case Code::divide: return "/";
  case Code::negate: return "negate";
  case Code::days_between: return "days_between";
  case Code::count_list: return "count_list";
  case Code::count_in: return "count_in:" + std::to_string(op.a);
  case Code::share_in: return "share_in:" + std::to_string(op.a);
  case Code::aggregate: return dump_aggregate(p, op.a);
  case Code::equal: return "=";
  case Code::not_equal: return "!=";
  case Code::less: return "<";
  case Code::less_equal: return "<=";
  case Code::greater: return ">";
  case Code::greater_equal: return ">=";
  case Code::includes: {
    std::string how(inclusion_words[op.a & 0xff]);
    if ((op.a & 0xff) == static_cast<std::uint32_t>(Inclusion::at_least_n))
      how += std::to_string(op.a >> 8);
    return "includes:" + how + ":" + std::to_string(op.b);
  }
  case Code::one_of: return "one_of:" + std::to_string(op.b);
  case Code::present: return "present" + place(op);
  case Code::truth: return "true?";
  case Code::holds:
    return "holds:" + std::string(p.text(p.facts[op.a].name)) + "#" + std::to_string(op.a) +
           (op.b == 1 ? ":key" : "");
  case Code::happened: return "happened" + dump_aggregate(p, op.a);
  case Code::logical_and: return "and";
  case Code::logical_or: return "or";
  case Code::logical_not: return "not";
  }
  return "?";
}

}  // namespace

std::string dump(Duration duration) {
  return std::to_string(duration.count) + " " +
         std::string(unit_words[static_cast<std::size_t>(duration.unit)]);
}

std::string dump(const calendar::Period& period) {
  std::string out;
  if (period.count != 1) out = std::to_string(period.count) + " ";
  out += period_words[static_cast<std::size_t>(period.unit)];
  if (period.anchored) out += " from " + calendar::iso(period.anchor);
  if (period.months == calendar::Months::all) return out;
  out += " in";
  for (unsigned m = 1; m <= 12; ++m)
    if (period.months.contains(m)) out += " " + std::to_string(m);
  return out;
}

std::string dump(const Program& program, const Value& value) {
  switch (value.kind) {
  case ValueKind::absent:
  case ValueKind::list: break;
  case ValueKind::yes_no: return value.a != 0 ? "yes" : "no";
  case ValueKind::number: return fraction(value);
  case ValueKind::money: return fraction(value) + " " + std::string(program.text(value.symbol));
  case ValueKind::date: return calendar::iso(calendar::saturated(value.a));
  case ValueKind::duration:
    return dump(Duration{static_cast<std::int32_t>(value.a), static_cast<calendar::Unit>(value.b)});
  case ValueKind::text: return quoted(program, value.symbol);
  case ValueKind::member: return std::string(program.text(value.symbol));
  }
  return std::string(kind_words[static_cast<std::size_t>(value.kind)]);
}

std::string dump_expression(const Program& program, Expression expression) {
  std::string out;
  for (std::uint32_t i = 0; i < expression.count; ++i) {
    if (i > 0) out += ' ';
    out += dump_op(program, program.code[expression.first + i]);
  }
  return out;
}

std::string dump_pattern(const Program& program, Index pattern) {
  const Pattern& p = program.patterns[pattern];
  std::string out(program.text(program.event_types[p.type].name));
  for (std::uint32_t i = 0; i < p.subjects.count; ++i)
    out += (i == 0 ? " of " : " or ") +
           std::string(program.text(program.symbol_lists[p.subjects.first + i]));
  if (p.condition.count > 0) out += " where (" + dump_expression(program, p.condition) + ")";
  return out;
}

std::string dump_fact(const Program& program, const Fact& fact) {
  std::string out =
      "fact " + std::string(program.text(fact.name)) + " " + quoted(program, fact.label);
  if (fact.kind != none) out += " of " + std::string(program.text(program.kinds[fact.kind].name));
  if (fact.from_start) out += " from start";
  if (fact.begins != none) out += " from " + dump_pattern(program, fact.begins);
  if (fact.ends != none) out += " until " + dump_pattern(program, fact.ends);
  if (fact.lasting.count != 0) out += " for " + dump(fact.lasting);
  if (fact.lasting_from != none) out += " for " + parameter(program, fact.lasting_from);
  if (fact.kind != none) {
    const auto key = [](std::uint32_t slot) {
      return slot == subject_slot ? std::string("subject") : std::to_string(slot);
    };
    if (fact.begins != none) out += " begins_key " + key(fact.begins_key);
    if (fact.ends != none) out += " ends_key " + key(fact.ends_key);
  }
  return out;
}

namespace {

std::string dump_parameter(const Program& p, const Parameter& row) {
  std::string out = "parameter " + std::string(p.text(row.name)) + " " + (row.list ? "list of " : "");
  out += row.kind == none ? std::string(kind_words[static_cast<std::size_t>(row.type)]) : std::string(p.text(p.kinds[row.kind].name));
  out += " " + quoted(p, row.label) + (row.optional ? " optional" : "");
  if (row.fallback != none) out += " default " + dump(p, p.constants[row.fallback]);
  return out + "\n";
}

std::string dump_vocabulary(const Program& p) {
  std::string out;
  for (const Parameter& row : p.parameters)
    out += dump_parameter(p, row);
  for (const Kind& k : p.kinds)
    out += "kind " + std::string(p.text(k.name)) + " " + quoted(p, k.label) +
           (k.open ? " open" : "") + "\n";
  for (const Member& m : p.members) {
    out += std::string(p.text(p.kinds[m.kind].name)) + " " + std::string(p.text(m.name)) + " " +
           quoted(p, m.label);
    if (m.of != 0) out += " of " + std::string(p.text(m.of));
    if (m.deputy_of != 0) out += " deputy of " + std::string(p.text(m.deputy_of));
    if (m.parameter != none) out += " parameter " + parameter(p, m.parameter);
    out += "\n";
  }
  for (const EventType& type : p.event_types) {
    out += "event " + std::string(p.text(type.name)) + " " + quoted(p, type.label);
    for (std::uint32_t i = 0; i < type.subject_kinds.count; ++i)
      out += (i == 0 ? " of " : ", ") +
             std::string(p.text(p.kinds[p.indices[type.subject_kinds.first + i]].name));
    if (type.recorded_from != calendar::day_min)
      out += " recorded from " + calendar::iso(type.recorded_from);
    if (type.builtin != Builtin::ordinary) out += " builtin";
    out += "\n";
    for (std::uint32_t i = 0; i < type.fields.count; ++i) {
      const Field& f = p.fields[type.fields.first + i];
      out += "  " + std::string(p.text(f.name)) + " " + (f.list ? "list of " : "");
      out += f.kind == none ? std::string(kind_words[static_cast<std::size_t>(f.type)])
                            : std::string(p.text(p.kinds[f.kind].name));
      out += f.required ? "" : " optional";
      out += f.label == 0 ? "\n" : " " + quoted(p, f.label) + "\n";
    }
  }
  for (const Fact& f : p.facts)
    out += dump_fact(p, f) + "\n";
  for (const MeasureRow& m : p.measures) {
    out += "measure " + std::string(p.text(m.name)) + " " + quoted(p, m.label) + " unit " +
           quoted(p, m.unit) + " source " + quoted(p, m.source);
    for (std::uint32_t i = 0; i + 1 < m.baselines.count; i += 2)
      out += " baseline " + dump(p, p.constants[m.baselines.first + i]) + " in " +
             dump(p, p.constants[m.baselines.first + i + 1]);
    out += "\n";
  }
  return out;
}

std::string dump_interval(const Program& p, const Rule& r) {
  std::string out;
  if (r.from != calendar::day_min)
    out += "  from " + calendar::iso(r.from) + (r.amends ? " (amends)" : "") + "\n";
  if (r.to != calendar::day_max)
    out += "  to " + calendar::iso(r.to) + (r.amended ? " (amended)" : "") + "\n";
  if (r.tail == Tail::lapse) out += "  tail lapse\n";
  for (std::uint32_t i = 0; i < r.overridden_by.count; ++i) {
    out += "  overridden by rule " + std::to_string(p.indices[r.overridden_by.first + i]);
    const Expression condition = p.expressions[r.override_conditions.first + i];
    if (condition.count > 0) out += " while (" + dump_expression(p, condition) + ")";
    out += "\n";
  }
  return out;
}

}  // namespace

std::string dump(const Program& program) {
  const Program& p = program;
  std::string out = "agreement " + std::string(p.text(p.name)) + " " + quoted(p, p.title) + "\n";
  out += "  timezone " + std::string(p.text(p.timezone)) + "\n";
  for (const Registration& r : p.registrations)
    out += "  registered " + (r.number_from == none ? quoted(p, r.number) : parameter(p, r.number_from)) + " by " +
           std::string(p.text(r.party)) + "\n";
  out += "  term " + (p.term_first_from == none ? calendar::iso(p.term_first) : parameter(p, p.term_first_from)) + " to " +
         (p.term_last_from == none ? calendar::iso(p.term_last) : parameter(p, p.term_last_from)) + "\n";
  if (p.language == calendar::Language::en) out += "  language english\n";
  out += p.holidays == calendar::Holidays::sweden ? "  holidays sweden\n"
                                                  : "  holidays weekends only\n";
  for (const Version& v : p.versions)
    out += "  version " + calendar::iso(v.in_force) +
           (v.open_occurrences == Tail::lapse ? " lapse\n" : " continue\n");
  out += dump_vocabulary(p);
  for (const Ambiguity& a : p.ambiguities)
    out += "ambiguity " + std::string(p.text(a.name)) + " " + quoted(p, a.title) + " source " +
           quoted(p, a.source) + " settled " + quoted(p, a.settled) + "\n";
  for (const Procedure& procedure : p.procedures) {
    out += "procedure " + std::string(p.text(procedure.name)) + " " + quoted(p, procedure.title) +
           " starts " + dump_pattern(p, procedure.starts) + " steps";
    for (std::uint32_t i = 0; i < procedure.steps.count; ++i)
      out += " " + std::to_string(p.indices[procedure.steps.first + i]);
    out += "\n";
  }
  for (Index i = 0; i < p.rules.size(); ++i)
    out += "rule " + std::to_string(i) + " " + dump_demand(p, i) + dump_interval(p, p.rules[i]);
  return out;
}

}  // namespace samrad::program
