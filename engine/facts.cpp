// Facts: which events of a day begin or end them. A fact holds on the whole of the day on which it begins and not on the day on which it ends;
// where one day has both, their times decide, and without times nobody knows.
#include <algorithm>

#include "engine/day.h"

namespace samrad::engine {
namespace {

using program::none;

Symbol key_of(const program::Fact& fact, std::uint32_t slot, const Event& e) {
  if (fact.kind == none) return 0;
  if (slot == program::subject_slot) return e.subject;
  return slot < e.fields.size() ? e.fields[slot].symbol : 0;
}

// A name that is declared as something else is no member of the fact's kind.
bool of_another_kind(const program::Program& p, const program::Fact& fact, Symbol key) {
  if (fact.kind == none || key == 0) return false;
  return std::any_of(p.members.begin(), p.members.end(), [&](const program::Member& m) { return m.name == key && m.kind != fact.kind; });
}

FactState& state_of(State& state, Index fact, Symbol key) {
  auto at = state.facts.begin();
  while (at != state.facts.end() && at->fact <= fact) {
    if (at->fact == fact && at->key == key) return *at;
    ++at;
  }
  FactState fresh;
  fresh.fact = fact;
  fresh.key = key;
  return *state.facts.insert(at, fresh);
}

// What one day's events do to one fact and key.
struct Toggle {
  const Event* event = nullptr;
  bool begins = false;
  Truth sure = Truth::yes;
};

// Events that do not say whose fact they begin or end may be about anybody: kept under no key, `since` the last that may have begun it,
// `until` the last that may have ended it.
void apply_to_anybody(State& state, Index fact, const std::vector<Toggle>& toggles, Day day) {
  FactState& f = state_of(state, fact, 0);
  if (f.value == Truth::no) f.since = calendar::day_min;
  f.value = Truth::unknown;
  f.cause = toggles.back().event->identity;
  for (const Toggle& t : toggles) (t.begins ? f.since : f.until) = day;
}

// What ends by itself holds for so long from the last event that surely began it (`until`), and perhaps as long from the last that may have.
void apply_lasting(const Machine& m, const program::Fact& row, FactState& f, const std::vector<Toggle>& toggles, Day day) {
  const auto sure = std::find_if(toggles.rbegin(), toggles.rend(), [](const Toggle& t) { return t.sure == Truth::yes; });
  f.since = day;
  if (sure == toggles.rend() && f.value == Truth::yes) return;
  f.value = sure == toggles.rend() ? Truth::unknown : Truth::yes;
  f.cause = (sure == toggles.rend() ? toggles.back() : *sure).event->identity;
  f.until = calendar::plus(day, row.lasting, m.program.holidays) - 1;  // two years from 1 June end on 31 May
}

void apply(const Machine& m, State& state, Index fact, Symbol key, const std::vector<Toggle>& toggles, Day day) {
  const program::Fact& row = m.program.facts[fact];
  if (row.kind != none && key == 0) return apply_to_anybody(state, fact, toggles, day);
  FactState& f = state_of(state, fact, key);
  if (row.lasting.count > 0) return apply_lasting(m, row, f, toggles, day);
  if (f.cause == 0 && f.value == Truth::no && row.from_start) f.value = Truth::yes;
  // The last toggle wins; several that may be last and disagree leave it unknown. Where none is sure, all may be nothing.
  const bool sure = std::any_of(toggles.begin(), toggles.end(), [](const Toggle& t) { return t.sure == Truth::yes; });
  Truth value = f.value;
  const Event* cause = nullptr;
  bool first = sure;
  for (const Toggle& t : toggles) {
    bool last = true;
    for (const Toggle& other : toggles)
      if (&other != &t && other.sure == Truth::yes && order(t.event[0], other.event[0]) == Order::before) last = false;
    if (!last) continue;
    const Truth v = t.begins ? Truth::yes : Truth::no;
    value = first || value == v ? v : Truth::unknown;
    cause = t.event;
    first = false;
  }
  f.value = value;
  f.cause = cause->identity;
  f.since = day;
}

}  // namespace

void Run::judge_facts() {
  const program::Program& p = machine.program;
  for (Index fact = 0; fact < p.facts.size(); ++fact) {
    const program::Fact& row = p.facts[fact];
    std::vector<std::pair<Symbol, std::vector<Toggle>>> by_key;
    const auto note = [&](const Remembered& r, Index pattern, std::uint32_t slot, bool begins) {
      if (pattern == none || (row.from_start && r.event.day < state.term_first)) return;  // what holds from the start begins there
      const Truth sure = both(fit(asking(nullptr), pattern, r.event), r.effect);
      if (sure == Truth::no) return;
      const Symbol key = key_of(row, slot, r.event);
      if (of_another_kind(p, row, key)) return;
      auto at = by_key.begin();
      while (at != by_key.end() && at->first != key) ++at;
      if (at == by_key.end()) at = by_key.insert(at, {key, {}});
      at->second.push_back({&r.event, begins, sure});
    };
    for (const Remembered& r : today) {
      note(r, row.begins, row.begins_key, true);
      note(r, row.ends, row.ends_key, false);
    }
    for (const auto& [key, toggles] : by_key) apply(machine, state, fact, key, toggles, state.today);
  }
}

void Run::end_lasting_facts() {
  for (FactState& f : state.facts) {
    const program::Fact& row = machine.program.facts[f.fact];
    const bool anybodys = row.kind != none && f.key == 0;
    if (row.lasting.count == 0 || anybodys || f.value == Truth::no || f.until >= state.today) continue;
    f.until = calendar::plus(f.since, row.lasting, machine.program.holidays) - 1;
    f.value = f.until < state.today ? Truth::no : Truth::unknown;
    if (f.value == Truth::no) f.cause = 0;
  }
}

}  // namespace samrad::engine
