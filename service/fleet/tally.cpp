// Findings to counters. An occurrence is counted when the engine has let go of it, since its last finding was then the last word;
// until then its last finding is kept.

#include "service/fleet/tally.h"

#include <algorithm>

#include "engine/marks.h"
#include "engine/packed.h"

namespace samrad::fleet {

namespace {

using engine::Finding;
using engine::Key;

// What the agreement itself calls a member that parameters name.
std::string_view own_name(const Variant& variant, const Agreement& agreement,
                          program::Symbol member) {
  std::string_view names = agreement.names;
  for (const program::Symbol shared : variant.shared) {
    const std::size_t end = names.find('\0');
    if (shared == member) return names.substr(0, end);
    names.remove_prefix(end + 1);
  }
  return variant.symbols.text(member);
}

bool violates(const Variant& variant, const Key& key, Status status) {
  return (status == Status::missed || status == Status::broken) &&
         variant.program.rules[key.rule].severity == program::Severity::error;
}

bool in_state(const Variant& variant, const engine::State& state, const Key& key) {
  const program::Rule& rule = variant.program.rules[key.rule];
  const Index row = key.otherwise ? rule.otherwise : key.rule;
  const auto holds = [&](const engine::Instance& in) {
    return in.rule == row && std::any_of(in.open.begin(), in.open.end(),
                                         [&](const auto& open) { return open.finding.key == key; });
  };
  const Index fixed = variant.machine.instance_of[row];
  if (fixed != program::none)
    return fixed < state.instances.size() && holds(state.instances[fixed]);
  return std::any_of(state.instances.begin(), state.instances.end(), holds);
}

// The term is over and nothing is open or still to be done.
bool over(const engine::State& state) {
  if (state.today <= state.expiry || !state.pending.empty()) return false;
  return std::all_of(state.instances.begin(), state.instances.end(), [](const auto& in) {
    return in.open.empty() && in.next_opens == calendar::day_max;
  });
}

}  // namespace

std::string id_of(const Variant& variant, const Agreement& agreement, const Key& key) {
  std::string id = engine::occurrence_id(variant.program, variant.symbols, key);
  const program::Rule& rule = variant.program.rules[key.rule];
  std::size_t at = variant.program.text(rule.clause).size() + 1;
  const program::Symbol second = key.member == rule.key ? 0 : key.member;
  for (const program::Symbol member : {rule.key, second}) {
    if (member == 0) continue;
    const std::string_view own = own_name(variant, agreement, member);
    id.replace(at, variant.symbols.text(member).size(), own);
    at += own.size() + 1;
  }
  return id;
}

void Tally::count(std::uint32_t clause, Status status, std::uint32_t number) {
  for (Entry& entry : entries_)
    if (entry.clause == clause && entry.status == status) {
      entry.number += number;
      return;
    }
  entries_.push_back({static_cast<std::uint16_t>(clause), status, number});
}

void Tally::sort() {
  std::sort(violations_.begin(), violations_.end(), [](const Violation& a, const Violation& b) {
    return a.due != b.due ? a.due < b.due : a.id < b.id;
  });
}

Counts Tally::counts() const {
  Counts counts{};
  for (const Entry& entry : entries_)
    counts[static_cast<std::size_t>(entry.status)] += entry.number;
  return counts;
}

void Tally::add_to(std::vector<Counts>& by_clause) const {
  for (const Entry& entry : entries_)
    by_clause[entry.clause][static_cast<std::size_t>(entry.status)] += entry.number;
}

Running::Running(const Variant& variant, const Agreement& agreement) {
  rest(engine::begin(variant.machine, agreement.term));
}

void Running::rest(const engine::State& state) {
  resting_ = engine::pack(state);
  today_ = state.today;
  expiry_ = state.expiry;
  finished_ = over(state);
}

void Running::take(const Variant& variant, const Agreement& agreement, const engine::Event& event,
                   engine::Findings& findings, Tally& tally) {
  findings.clear();
  engine::State state = engine::unpack(resting_);
  engine::step(variant.machine, state, {{event.day, event.earliest}, &event}, findings);
  absorb(variant, agreement, state, findings.changes, tally);
  rest(state);
}

void Running::pass(const Variant& variant, const Agreement& agreement, Day day,
                   engine::Findings& findings, Tally& tally) {
  if (day <= today_) return;
  findings.clear();
  engine::State state = engine::unpack(resting_);
  engine::step(variant.machine, state, {{day, 0}, nullptr}, findings);
  absorb(variant, agreement, state, findings.changes, tally);
  count_settled(variant, agreement, state, tally);
  rest(state);
}

void Running::end(const Variant& variant, const Agreement& agreement, engine::Moment as_of,
                  engine::Findings& findings, Tally& tally) {
  findings.clear();
  engine::State state = engine::unpack(resting_);
  engine::conclude(variant.machine, state, as_of, findings);
  absorb(variant, agreement, state, findings.changes, tally);
  findings.clear();
  const Day until = state.expiry != calendar::day_max ? state.expiry : as_of.day + days_ahead;
  engine::forecast(variant.machine, state, until, findings);
  for (const Finding& f : findings.changes) {
    const auto same = [&](const Said& said) { return said.key == f.key; };
    if (std::none_of(said_.begin(), said_.end(), same))
      said_.push_back({f.key, f.status, f.opens, f.due, f.settled});
  }
  count_settled(variant, agreement, {}, tally);
  resting_ = {};
}

void Running::absorb(const Variant& variant, const Agreement& agreement, const engine::State& state,
                     const std::vector<Finding>& changes, Tally& tally) {
  for (const Finding& f : changes) {
    const auto at = std::find_if(said_.begin(), said_.end(),
                                 [&](const Said& said) { return said.key == f.key; });
    if (f.gone) {
      if (at != said_.end()) said_.erase(at);
    } else if (at != said_.end()) {
      *at = {f.key, f.status, f.opens, f.due, f.settled};
    } else {
      said_.push_back({f.key, f.status, f.opens, f.due, f.settled});
    }
  }
  if (said_.size() < settled_at_) return;
  count_settled(variant, agreement, state, tally);
  settled_at_ = std::max<std::size_t>(16, said_.size() + said_.size() / 2);
}

// Counts those that the state does not hold any more.
void Running::count_settled(const Variant& variant, const Agreement& agreement, const engine::State& state, Tally& tally) {
  std::erase_if(said_, [&](const Said& said) {
    if (in_state(variant, state, said.key)) return false;
    const std::uint32_t clause = variant.clause_of[said.key.rule];
    tally.count(clause, said.status);
    if (violates(variant, said.key, said.status))
      tally.violate({id_of(variant, agreement, said.key), clause, said.status, said.opens, said.due,
                     said.settled});
    return true;
  });
}

void Running::mark(std::vector<bool>& live) const {
  if (!resting_.empty()) engine::mark(engine::unpack(resting_), live);
  for (const Said& said : said_)
    engine::mark(said.key, live);
}

}  // namespace samrad::fleet
