// Program to Machine: one pass over the rules, facts and aggregates that notes, for each event type, whom it concerns and how
// long its events may still be asked about.
#include "engine/machine.h"

#include <algorithm>

namespace samrad::engine {
namespace {

using program::none;
using program::Form;
using program::Reach;

// Days that surely cover a duration backwards; hours round up, working days leave room for holidays.
std::int32_t days_covering(calendar::Duration d) {
  const std::int64_t n = d.count;
  std::int64_t days = 0;
  switch (d.unit) {
    case calendar::Unit::hour: days = n / 24 + 2; break;
    case calendar::Unit::day: days = n + 1; break;
    case calendar::Unit::working_day: days = n * 3 + 14; break;
    case calendar::Unit::week: days = n * 7 + 1; break;
    case calendar::Unit::month: days = n * 31 + 1; break;
    case calendar::Unit::year: days = n * 366 + 1; break;
  }
  return static_cast<std::int32_t>(std::min<std::int64_t>(days, Machine::keep_for_ever));
}

bool changes_by_time(const program::Program& p, program::Expression condition) {
  for (std::uint32_t i = 0; i < condition.count; ++i) {
    const program::Code code = p.code[condition.first + i].code;
    if (code == program::Code::aggregate || code == program::Code::happened || code == program::Code::event_day) return true;
  }
  return false;
}

// The rule of an older text that `r` replaces.
Index replaced_by(const program::Program& p, const program::Rule& r) {
  if (!r.amends) return none;
  for (Index i = 0; i < p.rules.size(); ++i) {
    const program::Rule& old = p.rules[i];
    if (old.amended && old.to + 1 == r.from && old.clause == r.clause && old.key == r.key && old.step == r.step &&
        old.is_otherwise == r.is_otherwise)
      return i;
  }
  return none;
}

struct Builder {
  Machine& m;

  Index type_of(Index pattern) const { return pattern == none ? none : m.program.patterns[pattern].type; }

  void concern(Index pattern, Index row, Part part) const {
    const Index type = type_of(pattern);
    if (type != none) m.concerns[type].push_back({row, part});
  }

  void keep(Index pattern, std::int32_t days) const {
    const Index type = type_of(pattern);
    if (type != none) m.keep_days[type] = std::max(m.keep_days[type], days);
  }

  void rule(Index i) const {
    const program::Rule& r = m.program.rules[i];
    if (r.form == Form::validity) {
      if (const Index type = type_of(r.pattern); type != none) m.validity[type].push_back(i);
      return;
    }
    if (r.form == Form::extension) m.extensions.push_back(i);
    if (!r.is_otherwise && r.form != Form::step) concern(r.pattern, i, Part::main);
    if (r.form == Form::response || r.form == Form::step) {
      concern(r.answer, i, Part::answer);
      m.consequences = m.consequences || r.is_otherwise;
      const bool runs = r.within == program::Within::duration || r.within == program::Within::soon;
      if (runs && r.duration.unit == calendar::Unit::hour && !r.is_otherwise) m.by_the_clock.push_back(i);
    }
    if (r.within == program::Within::before_next || r.within == program::Within::before_next_day)
      concern(r.next, i, Part::next);
    if (r.form == Form::precedence) {
      if (r.prec_since_previous && r.instances == none) {
        keep(r.answer, 0);
        m.since_previous[type_of(r.answer)].push_back(i);
      } else {
        const bool bounded = r.prec_within && !r.prec_since_previous;
        keep(r.answer, bounded ? days_covering(r.prec_within_duration) : Machine::keep_for_ever);
      }
    }
    if (r.form == Form::prohibition && r.next != none)
      keep(r.next, r.limit == program::Limit::within_after ? days_covering(r.duration) : Machine::keep_for_ever);
  }

  void aggregate(const program::Aggregate& a) const {
    const bool bounded = a.reach == Reach::last && a.measure != program::Measure::in_a_row;
    keep(a.pattern, bounded ? days_covering(a.duration) : Machine::keep_for_ever);
    if (a.reach == Reach::since_last) keep(a.since, Machine::keep_for_ever);
  }
};

// Leaves the newest text of each clause among those whom an event of the type may answer, with the older ones behind it.
void chain_texts(Machine& m, Index type) {
  std::vector<Concern>& all = m.concerns[type];
  const auto answers = [&](Index row) {
    return std::any_of(all.begin(), all.end(), [&](const Concern& c) { return c.part == Part::answer && c.row == row; });
  };
  std::vector<Index> older;
  for (const Concern& c : all) {
    if (c.part != Part::answer) continue;
    std::vector<Index>& chain = m.same_clause[c.row];
    chain.assign(1, c.row);
    for (Index row = m.replaces[c.row]; row != none && answers(row); row = m.replaces[row]) {
      chain.insert(chain.begin(), row);
      older.push_back(row);
    }
  }
  std::erase_if(all, [&](const Concern& c) { return c.part == Part::answer && std::find(older.begin(), older.end(), c.row) != older.end(); });
}

}  // namespace

Machine::Machine(const program::Program& p, const Symbols& s) : program(p), symbols(s) {
  const std::size_t types = p.event_types.size();
  concerns.resize(types);
  validity.resize(types);
  facts.resize(types);
  keep_days.assign(types, -1);
  since_previous.resize(types);
  const Builder build{*this};
  instance_of.assign(p.rules.size(), none);
  for (Index i = 0; i < p.rules.size(); ++i) {
    const program::Rule& r = p.rules[i];
    build.rule(i);
    replaces.push_back(replaced_by(p, r));
    daily.push_back(r.form == Form::standing && changes_by_time(p, r.condition));
    if (r.form != Form::validity && (r.instances == none || r.is_otherwise)) instance_of[i] = fixed_instances++;
  }
  same_clause.resize(p.rules.size());
  for (Index type = 0; type < types; ++type) chain_texts(*this, type);
  for (const program::Aggregate& a : p.aggregates) build.aggregate(a);
  for (Index i = 0; i < p.procedures.size(); ++i) build.concern(p.procedures[i].starts, i, Part::starts);
  for (Index i = 0; i < p.facts.size(); ++i) {
    const Index begins = build.type_of(p.facts[i].begins);
    const Index ends = build.type_of(p.facts[i].ends);
    if (begins != none) facts[begins].push_back(i);
    if (ends != none && ends != begins) facts[ends].push_back(i);
  }
}

}  // namespace samrad::engine
