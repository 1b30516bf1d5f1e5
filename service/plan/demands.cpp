// Demands that name days of their own: windows, due days, facts to keep, chances to use. What hangs on another event is in
// demands_after.cpp, what is wrong with an event itself in demands_mend.cpp.
#include "service/plan/demands.h"

#include <algorithm>

#include "service/plan/plan.h"

namespace samrad::plan {

using program::Quantity;

namespace {

constexpr int tries_max = 12;  // of one occurrence, before it is left as it is
constexpr int deadline_ahead_days =
    21;  // how long before a due day an act is planned, where there is room
constexpr int deadline_look_back = 120;  // how far back the room before a due day is looked at

Day middle(Day first, Day last) { return first + (last - first) / 2; }

// The day that lies farthest from those taken; the ends of the room count for half, since nothing lies beyond them.
Day farthest(const std::vector<Day>& room, const std::vector<Day>& taken) {
  Day best = room.front();
  int distance = -1;
  for (const Day d : room) {
    int here = 2 * std::min(d - room.front(), room.back() - d) + 1;
    for (const Day t : taken)
      here = std::min(here, std::abs(d - t));
    if (here > distance) best = d, distance = here;
  }
  return best;
}

}  // namespace

int Demands::turn_of(const Occurrence& o) const {
  const Rule& r = p_.rules[o.finding.key.rule];
  if (o.finding.key.bound == engine::Bound::event) return 3;
  if (r.form == Form::count) return p_.patterns[r.pattern].condition.count == 0 ? 0 : 1;
  return r.form == Form::deadline ? 1 : 2;
}

bool Demands::again(const engine::Key& key, int times_max) { return ++tried_[key] <= times_max; }

bool Demands::meet(const Occurrence& o) {
  const Rule& r = p_.rules[o.finding.key.rule];
  if (!again(o.finding.key,
             o.finding.key.bound == engine::Bound::event ? tries_max * 4 : tries_max))
    return false;
  if (o.finding.key.otherwise) return meet_response(o, r);
  switch (r.form) {
  case Form::count: return o.finding.have > o.finding.need ? fewer(o, r) : meet_count(o, r);
  case Form::deadline: return meet_deadline(o, r);
  case Form::response:
  case Form::step: return meet_response(o, r);
  case Form::precedence: return meet_precedence(o, r);
  case Form::standing: return meet_standing(o, r);
  case Form::extension: return meet_chance(o, r);
  case Form::attested:
  case Form::validity: return false;
  default: return mend_event(o, r);
  }
}

Purpose Demands::purpose_of(const Occurrence& o, Index pattern) const {
  Purpose purpose;
  purpose.key = o.finding.key;
  purpose.rule = o.finding.key.rule;
  purpose.occurrence = o.id;
  purpose.pattern = pattern;
  purpose.member = o.finding.key.member;
  if (o.finding.key.bound != engine::Bound::event || o.finding.key.identity == 0) return purpose;
  purpose.origin = m_.slot_of(o.finding.key.identity);
  if (!purpose.origin)
    if (const Event* e = m_.past_event(o.finding.key.identity)) purpose.past_origin = *e;
  return purpose;
}

// An event that people make and whose absence would be seen.
bool Demands::plannable(Index pattern) const {
  if (pattern == program::none) return false;
  const Index type = p_.patterns[pattern].type;
  if (type == program::none) return false;
  const program::EventType& t = p_.event_types[type];
  return t.builtin == program::Builtin::ordinary && t.recorded_from <= m_.to;
}

Symbol Demands::subject_for(const Purpose& purpose) const {
  if (purpose.key_slot == program::subject_slot) return purpose.member;
  const program::Pattern& row = p_.patterns[purpose.pattern];
  return row.subjects.count > 0 ? p_.symbol_lists[row.subjects.first] : 0;
}

bool Demands::serves(const Slot& slot, Index rule) const {
  return std::any_of(slot.purposes.begin(), slot.purposes.end(),
                     [&](const Purpose& p) { return p.rule == rule; });
}

// ---- finding or making the event ----------------------------------------------------------------------------------------

bool Demands::bind(SlotRow row, const Need& need, bool keep_if_impossible) {
  Dates before = m_.dates;
  const Tag tag = m_.tag(need.purpose.rule, need.purpose.occurrence);
  const Variable v = m_.slots[row].date;
  m_.dates.limit(v, tag, [&](Day d) {
    return need.first <= d && d <= need.last &&
           (!need.months || need.months->contains(calendar::to_date(d).month));
  });
  if (need.bind) need.bind(row, tag);
  if (keep_if_impossible || m_.dates.possible()) return true;
  m_.dates = std::move(before);
  return false;
}

// An event of the plan that can do this too: the nearest in time.
std::optional<SlotRow> Demands::sharer(const Need& need) {
  if (sharing_ == Sharing::none || !need.may_share) return std::nullopt;
  if (need.answer && sharing_ != Sharing::all) return std::nullopt;
  const program::Pattern& pattern = p_.patterns[need.purpose.pattern];
  std::vector<std::pair<int, SlotRow>> near;
  for (SlotRow i = 0; i < m_.slots.size(); ++i) {
    const Slot& slot = m_.slots[i];
    if (slot.event.type != pattern.type || (need.purpose.origin && *need.purpose.origin == i))
      continue;
    bool fits = pattern.subjects.count == 0;
    for (std::uint32_t k = 0; k < pattern.subjects.count; ++k)
      fits = fits || p_.symbol_lists[pattern.subjects.first + k] == slot.event.subject;
    if (need.purpose.key_slot == program::subject_slot)
      fits = fits && slot.event.subject == need.purpose.member;
    const bool used =
        std::any_of(slot.purposes.begin(), slot.purposes.end(), [&](const Purpose& p) {
          return p.key == need.purpose.key ||
                 (p.rule == need.purpose.rule &&
                  (need.answer || p.key.bound != engine::Bound::event));
        });
    if (!fits || used) continue;
    const Day d = m_.days[i];
    near.emplace_back(d < need.first ? need.first - d : d > need.last ? d - need.last : 0, i);
  }
  std::sort(near.begin(), near.end());
  for (const auto& [distance, row] : near) {
    if (!m_.would_fit(row, need.purpose)) continue;
    if (bind(row, need, false)) return row;
  }
  return std::nullopt;
}

bool Demands::serve(const Need& need) {
  if (!plannable(need.purpose.pattern)) return false;
  const Index type = p_.patterns[need.purpose.pattern].type;
  const Symbol subject = subject_for(need.purpose);
  const Symbol key = need.purpose.key_slot == program::none ? 0 : need.purpose.member;
  if (need.may_share)
    for (const Fresh& f : fresh_)  // what was planned in this round may do it: the engine will tell
      if (f.type == type && (f.subject == subject || subject == 0) && f.key == key && f.first <= need.last &&
          need.first <= f.last)
        return true;
  if (const auto shared = sharer(need)) {
    m_.slots[*shared].purposes.push_back(need.purpose);
    fresh_.push_back({type, m_.slots[*shared].event.subject, key, need.first, need.last});
    return true;
  }
  if (m_.slots.size() >= events_max) return false;
  const SlotRow row = m_.add_slot(type, subject, need.purpose, need.aim);
  fresh_.push_back({type, m_.slots[row].event.subject, key, need.first, need.last});
  return bind(row, need, true);
}

// ---- windows and due days --------------------------------------------------------------------------------------------------

bool Demands::meet_count(const Occurrence& o, const Rule& r) {
  const Finding& f = o.finding;
  const int missing = f.need - f.have;
  if (missing <= 0 || r.quantity == Quantity::at_most || !plannable(r.pattern)) return false;
  const Day first = std::max(f.opens, m_.from);
  const Day last = std::min(f.due, m_.to);
  Need need;
  need.purpose = purpose_of(o, r.pattern);
  need.first = first;
  need.last = last;
  if (r.period.months != calendar::Months::all) need.months = r.period.months;
  // What counts in it already stays in it.
  for (const Symbol counted : f.evidence)
    if (const auto slot = m_.slot_of(counted); slot && !serves(m_.slots[*slot], need.purpose.rule))
      m_.dates.between(m_.slots[*slot].date, m_.tag(need.purpose.rule, o.id), first, last);
  // Evenly over what is left of the window, its days that count.
  std::vector<Day> counting;
  for (Day d = first; d <= last; d = d + 1)
    if (calendar::counts(r.period, d)) counting.push_back(d);
  if (counting.empty()) counting.push_back(first);
  std::vector<Day> taken;
  for (const Symbol counted : f.evidence)
    if (const auto day = m_.day_of(counted)) taken.push_back(*day);
  std::optional<SlotRow> before;
  for (int k = 0; k < missing; ++k) {
    const std::size_t at = counting.size() * static_cast<std::size_t>(2 * k + 1) /
                           static_cast<std::size_t>(2 * missing);
    need.aim.day =
        taken.empty() ? counting[std::min(at, counting.size() - 1)] : farthest(counting, taken);
    if (!taken.empty()) taken.push_back(need.aim.day);
    const std::size_t slots = m_.slots.size();
    if (k > 0)
      fresh_.erase(
          std::remove_if(fresh_.begin(), fresh_.end(),
                         [&](const Fresh& x) { return x.first == first && x.last == last; }),
          fresh_.end());
    if (!serve(need)) return false;
    if (m_.slots.size() == slots) continue;  // served by what there was
    const auto row = static_cast<SlotRow>(slots);
    if (before && taken.empty())
      m_.dates.not_before(m_.slots[row].date, m_.tag(need.purpose.rule, o.id),
                          m_.slots[*before].date, [](Day d) { return d + 1; });
    before = row;
  }
  return true;
}

// One too many: an event of the plan that counts goes elsewhere.
bool Demands::fewer(const Occurrence& o, const Rule& r) {
  (void)r;
  const Finding& f = o.finding;
  const Tag tag = m_.tag(f.key.rule, o.id);
  std::optional<SlotRow> last;
  for (auto at = f.evidence.rbegin(); at != f.evidence.rend(); ++at) {
    const auto slot = m_.slot_of(*at);
    if (!slot) continue;
    if (!last) last = slot;
    const Dates before = m_.dates;
    m_.grounds[tag].assumed = true;  // another one might have gone
    m_.dates.limit(m_.slots[*slot].date, tag, [&](Day d) { return d < f.opens || d > f.due; });
    if (m_.dates.possible()) return true;
    m_.dates = before;
  }
  if (!last) return false;
  m_.grounds[tag].assumed = true;
  m_.dates.limit(m_.slots[*last].date, tag, [&](Day d) { return d < f.opens || d > f.due; });
  return true;
}

bool Demands::meet_deadline(const Occurrence& o, const Rule& r) {
  Need need;
  need.purpose = purpose_of(o, r.pattern);
  need.first = std::max(o.finding.opens, m_.from);
  need.last = std::min(o.finding.due, m_.to);
  const Day room = std::max(need.first, need.last - deadline_look_back);
  need.aim.day = std::max(middle(room, need.last), need.last - deadline_ahead_days);
  return serve(need);
}

// ---- facts and chances -----------------------------------------------------------------------------------------------------

bool Demands::hold(Index fact, Symbol key, Purpose purpose, Day first, Day last,
                   const std::function<void(SlotRow, Tag)>& binding, Aim aim) {
  const program::Fact& row = p_.facts[fact];
  if (row.begins == program::none) return false;
  Need need;
  need.purpose = std::move(purpose);
  need.purpose.pattern = row.begins;
  if (key != 0) {
    need.purpose.member = key;
    need.purpose.key_slot = row.begins_key;
  }
  need.first = std::max(first, m_.from);
  need.last = std::min(last, m_.to);
  need.bind = binding;
  need.aim = aim;
  return serve(need);
}

bool Demands::meet_standing(const Occurrence& o, const Rule& r) {
  const Day broken = o.finding.settled;
  const Symbol key = r.fact_key != 0                          ? r.fact_key
                     : p_.facts[r.fact].kind != program::none ? o.finding.key.member
                                                              : 0;
  return hold(r.fact, key, purpose_of(o, program::none), m_.from, broken, {},
              {std::nullopt, broken - deadline_ahead_days, 0});
}

bool Demands::meet_chance(const Occurrence& o, const Rule& r) {
  bool any = false;
  for (std::uint32_t i = 0; i < r.dated.count; ++i) {
    const program::Aggregate& a = p_.aggregates[p_.indices[r.dated.first + i]];
    Need need;
    need.purpose = purpose_of(o, a.pattern);
    need.purpose.occurrence += i == 0 ? "" : " (" + std::to_string(i + 1) + ")";
    need.first = m_.from;
    need.last = std::min(o.finding.due, m_.to);
    need.aim.day = std::max(middle(need.first, need.last), need.last - 2 * deadline_ahead_days);
    any = serve(need) || any;
  }
  return any;
}

}  // namespace samrad::plan
