// Rows are copied where they are needed and not before, so that nothing of the template is left over. A condition is copied as one
// unbroken run of code: the counts in it are copied first.
#include "rules/program/bind_rows.h"

#include <algorithm>
#include <utility>

namespace samrad::program {

namespace {

// Where the next `count` entries of a pool will lie.
template <class Pool>
Range behind(const Pool& pool, std::uint32_t count) {
  return count == 0 ? Range{} : Range{static_cast<std::uint32_t>(pool.size()), count};
}

}  // namespace

Rows::Rows(const Program& in, const MemberNames& names)
    : in_(in), names_(names), texts_(in.symbols.size(), none), now_(in.rules.size()) {
  symbols_.emplace(std::string(), 0);
  for (const Member& m : in.members) {
    if (m.parameter == none) continue;
    const bool list = in.parameters[m.parameter].list;
    stands_.emplace(m.name, Stands{m.parameter, list});
    if (!list) continue;
    const auto at_hand = std::find(in.symbols.begin(), in.symbols.end(), in.symbols[m.name] + "#");
    if (at_hand != in.symbols.end())
      stands_.emplace(static_cast<Symbol>(at_hand - in.symbols.begin()),
                      Stands{m.parameter, false});
  }
}

Program Rows::copy() {
  agreement();
  vocabulary();
  members();
  facts();
  for (Index i = 0; i < in_.rules.size(); ++i) {
    const Index list = in_.rules[i].instances_of;
    const bool consequence = i + 1 < in_.rules.size() && in_.rules[i].otherwise == i + 1;
    const std::size_t times = list == none ? 1 : count(list);
    for (std::size_t at = 0; at < times; ++at) {
      entry_ = {list, at};
      rule(i);
      if (consequence) rule(i + 1);
    }
    if (consequence) ++i;
  }
  for (Index i = 0; i < in_.rules.size(); ++i)
    for (std::size_t at = 0; at < now_[i].size(); ++at)
      overrides(i, now_[i][at], {in_.rules[i].instances_of, at});
  entry_ = {};
  procedures();
  return std::move(out_);
}

// -- names and values ----------------------------------------------------------------------------------------------------

Symbol Rows::symbol(const std::string& text) {
  const auto [at, fresh] = symbols_.emplace(text, static_cast<Symbol>(out_.symbols.size()));
  if (fresh) out_.symbols.push_back(text);
  return at->second;
}

Symbol Rows::text(Symbol s) {
  if (texts_[s] == none) texts_[s] = symbol(in_.symbols[s]);
  return texts_[s];
}

Symbol Rows::member(Symbol s) {
  const auto at = stands_.find(s);
  if (at == stands_.end() || at->second.for_all) return text(s);
  const std::vector<Named>& named = names_[at->second.parameter];
  const std::size_t entry = in_.parameters[at->second.parameter].list ? entry_.at : 0;
  return entry < named.size() ? symbol(named[entry].name) : text(s);
}

void Rows::each_name(Symbol s, std::vector<Symbol>& out) {
  const auto at = stands_.find(s);
  if (at == stands_.end() || !at->second.for_all) {
    out.push_back(member(s));
    return;
  }
  for (const Named& one : names_[at->second.parameter])
    out.push_back(symbol(one.name));
}

Range Rows::names(Range list, Empty empty) {
  std::vector<Symbol> all;
  for (std::uint32_t i = 0; i < list.count; ++i) {
    const Symbol s = in_.symbol_lists[list.first + i];
    const auto at = stands_.find(s);
    const bool left_out = at != stands_.end() && names_[at->second.parameter].empty();
    if (!left_out) each_name(s, all);
  }
  if (all.empty() && list.count > 0 && empty == Empty::nobody)
    all.push_back(text(in_.symbol_lists[list.first]));
  if (all.empty()) return {};
  const Range out{static_cast<std::uint32_t>(out_.symbol_lists.size()),
                  static_cast<std::uint32_t>(all.size())};
  out_.symbol_lists.insert(out_.symbol_lists.end(), all.begin(), all.end());
  return out;
}

Value Rows::value(const Value& v) {
  Value out = v;
  out.symbol = v.kind == ValueKind::member ? member(v.symbol) : text(v.symbol);
  return out;
}

Index Rows::constant(const Value& v) {
  out_.constants.push_back(v);
  return static_cast<Index>(out_.constants.size() - 1);
}

// -- conditions ------------------------------------------------------------------------------------------------------------

Expression Rows::expression(Expression e) {
  std::vector<Op> ops;
  std::uint32_t more =
      0;  // entries that the list under way has beyond those of the template; wraps round where it has fewer
  for (std::uint32_t i = 0; i < e.count; ++i) {
    Op op = in_.code[e.first + i];
    op.text = text(op.text);
    switch (op.code) {
    case Code::constant: {
      const Value& v = in_.constants[op.a];
      const auto at = stands_.find(v.symbol);
      if (v.kind != ValueKind::member || at == stands_.end() || !at->second.for_all) {
        op.a = constant(value(v));
        break;
      }
      std::vector<Symbol> all;
      each_name(v.symbol, all);
      for (const Symbol one : all) {
        op.a = constant({ValueKind::member, one, v.a, v.b});
        ops.push_back(op);
      }
      more += static_cast<std::uint32_t>(all.size()) - 1;
      continue;
    }
    case Code::aggregate:
    case Code::happened: op.a = aggregate(op.a); break;
    case Code::includes:
    case Code::one_of: op.b += std::exchange(more, 0U); break;
    case Code::count_in:
    case Code::share_in: op.a += std::exchange(more, 0U); break;
    default: break;
    }
    ops.push_back(op);
  }
  if (ops.empty()) return {};
  const Expression out{static_cast<std::uint32_t>(out_.code.size()),
                       static_cast<std::uint32_t>(ops.size())};
  out_.code.insert(out_.code.end(), ops.begin(), ops.end());
  return out;
}

Index Rows::pattern(Index row) {
  if (row == none) return none;
  const auto known = patterns_.find({row, entry_});
  if (known != patterns_.end()) return known->second;
  Pattern p = in_.patterns[row];
  p.subjects = names(p.subjects, Empty::nobody);
  p.condition = expression(p.condition);
  p.text = text(p.text);
  const auto index = static_cast<Index>(out_.patterns.size());
  out_.patterns.push_back(p);
  patterns_.emplace(std::tuple(row, entry_), index);
  return index;
}

Index Rows::aggregate(Index row) {
  const auto known = aggregates_.find({row, entry_});
  if (known != aggregates_.end()) return known->second;
  Aggregate a = in_.aggregates[row];
  a.pattern = pattern(a.pattern);
  a.since = pattern(a.since);
  a.that = expression(a.that);
  a.duration_from = a.day_from = none;
  const auto index = static_cast<Index>(out_.aggregates.size());
  out_.aggregates.push_back(a);
  aggregates_.emplace(std::tuple(row, entry_), index);
  return index;
}

// -- the agreement and its vocabulary ----------------------------------------------------------------------------------------

void Rows::agreement() {
  out_.name = text(in_.name);
  out_.title = text(in_.title);
  out_.timezone = text(in_.timezone);
  for (const Registration& r : in_.registrations)
    if (r.number_from == none) out_.registrations.push_back({text(r.number), member(r.party)});
  out_.term_first = in_.term_first;
  out_.term_last = in_.term_last;
  out_.holidays = in_.holidays;
  out_.language = in_.language;
  out_.versions = in_.versions;
  out_.durations = in_.durations;
  out_.month_days = in_.month_days;
  for (const Ambiguity& a : in_.ambiguities)
    out_.ambiguities.push_back({text(a.name), text(a.title), text(a.source), text(a.settled)});
}

void Rows::vocabulary() {
  for (const Kind& kind : in_.kinds)
    out_.kinds.push_back({text(kind.name), text(kind.label), kind.open});
  for (const Field& field : in_.fields) {
    out_.fields.push_back(field);
    out_.fields.back().name = text(field.name);
    out_.fields.back().label = text(field.label);
  }
  for (EventType type : in_.event_types) {
    type.name = text(type.name);
    type.label = text(type.label);
    const Range kinds = type.subject_kinds;
    type.subject_kinds = behind(out_.indices, kinds.count);
    for (std::uint32_t i = 0; i < kinds.count; ++i)
      out_.indices.push_back(in_.indices[kinds.first + i]);
    out_.event_types.push_back(type);
  }
  for (MeasureRow m : in_.measures) {
    m.name = text(m.name), m.label = text(m.label), m.unit = text(m.unit),
    m.source = text(m.source);
    const Range baselines = m.baselines;
    m.baselines = behind(out_.constants, baselines.count);
    for (std::uint32_t i = 0; i < baselines.count; ++i)
      constant(value(in_.constants[baselines.first + i]));
    out_.measures.push_back(m);
  }
}

void Rows::members() {
  for (const Member& m : in_.members) {
    Member made{0, text(m.label), m.kind, member(m.of), member(m.deputy_of)};
    if (m.parameter == none) {
      made.name = text(m.name);
      out_.members.push_back(made);
      continue;
    }
    const bool list = in_.parameters[m.parameter].list;
    for (const Named& one : names_[m.parameter]) {
      made.name = symbol(one.name);
      if (!one.label.empty() || list) made.label = symbol(one.label);
      out_.members.push_back(made);
    }
  }
}

void Rows::facts() {
  for (Fact fact : in_.facts) {
    fact.name = text(fact.name);
    fact.label = text(fact.label);
    fact.begins = pattern(fact.begins);
    fact.ends = pattern(fact.ends);
    fact.lasting_from = none;
    out_.facts.push_back(fact);
  }
}

// -- rules -------------------------------------------------------------------------------------------------------------------

void Rows::rule(Index row) {
  Rule r = in_.rules[row];
  for (Symbol* s : {&r.clause, &r.step, &r.title, &r.source, &r.sentence, &r.reading,
                    &r.reading_label, &r.attests, &r.otherwise_text})
    *s = text(*s);
  for (Symbol* s : {&r.key, &r.judged_by, &r.fact_key})
    *s = member(*s);
  r.owners = names(r.owners, Empty::allowed);
  r.waived_by = names(r.waived_by, Empty::nobody);
  r.members = names(r.members, Empty::nobody);
  r.pattern = pattern(r.pattern);
  r.answer = pattern(r.answer);
  r.next = pattern(r.next);
  r.exception = expression(r.exception);
  r.condition = expression(r.condition);
  r.until_day = expression(r.until_day);
  std::vector<Index> dated;
  for (std::uint32_t i = 0; i < r.dated.count; ++i)
    dated.push_back(aggregate(in_.indices[r.dated.first + i]));
  r.dated = behind(out_.indices, r.dated.count);
  out_.indices.insert(out_.indices.end(), dated.begin(), dated.end());
  if (r.otherwise != none) r.otherwise = static_cast<Index>(out_.rules.size() + 1);
  r.overridden_by = r.override_conditions = r.fillings = r.needs = {};
  r.instances_of = none;
  now_[row].push_back(static_cast<Index>(out_.rules.size()));
  out_.rules.push_back(r);
}

// A rule for one member of a list is overridden by the one for the same member; a rule for all, by those for each.
void Rows::overrides(Index row, Index copied, Entry entry) {
  const Rule& of = in_.rules[row];
  std::vector<std::pair<Index, Expression>> by;
  for (std::uint32_t i = 0; i < of.overridden_by.count; ++i) {
    const Index winner = in_.indices[of.overridden_by.first + i];
    const Index list = in_.rules[winner].instances_of;
    for (std::size_t at = 0; at < now_[winner].size(); ++at) {
      if (list != none && list == entry.list && at != entry.at) continue;
      const Rule& w = out_.rules[now_[winner][at]];
      if (w.to < of.from || of.to < w.from) continue;
      entry_ = {list, at};
      by.emplace_back(now_[winner][at],
                      expression(in_.expressions[of.override_conditions.first + i]));
    }
  }
  if (by.empty()) return;
  const auto count = static_cast<std::uint32_t>(by.size());
  Rule& rule = out_.rules[copied];
  rule.overridden_by = behind(out_.indices, count);
  rule.override_conditions = behind(out_.expressions, count);
  for (const auto& [index, condition] : by) {
    out_.indices.push_back(index);
    out_.expressions.push_back(condition);
  }
}

void Rows::procedures() {
  for (Procedure p : in_.procedures) {
    p.name = text(p.name);
    p.title = text(p.title);
    p.starts = pattern(p.starts);
    const Range steps = p.steps;
    p.steps = behind(out_.indices, steps.count);
    for (std::uint32_t i = 0; i < steps.count; ++i)
      out_.indices.push_back(now_[in_.indices[steps.first + i]].front());
    out_.procedures.push_back(p);
  }
}

}  // namespace samrad::program
