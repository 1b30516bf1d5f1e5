// Demands that hang on another event: answers after it, what must have come before it.
#include <algorithm>

#include "rules/calendar/shift.h"
#include "service/plan/demands.h"

namespace samrad::plan {

using engine::Why;
using program::Within;

namespace {

constexpr int answer_days =
    14;  // how long after what it answers an answer is planned, where there is room
constexpr int prepare_days = 7;  // how long before an event its preparation is planned
constexpr int hours_a_day = 24;

// The last day on which an answer to something on that day is in time.
Day in_time(const program::Program& p, const Rule& r, Day base) {
  switch (r.within) {
  case Within::same_day: return base;
  case Within::end_of_period:
    return calendar::shift(calendar::window_at(r.period, base).last, r.shift, p.holidays);
  case Within::duration:
  case Within::soon:
    // With days alone, only whole days of the hours can be relied on.
    if (r.duration.unit == calendar::Unit::hour) return base + (r.duration.count / hours_a_day - 1);
    return calendar::shift(calendar::plus(base, r.duration, p.holidays), r.shift, p.holidays);
  default: return calendar::day_max;
  }
}

// The due day follows from the day of what is answered, whatever that is.
bool follows(const Rule& r) {
  return r.within == Within::same_day || r.within == Within::end_of_period ||
         r.within == Within::duration || r.within == Within::soon;
}

const engine::Note* note_of(const Finding& f, Why why) {
  for (const engine::Note& n : f.notes)
    if (n.why == why) return &n;
  return nullptr;
}

}  // namespace

bool Demands::meet_response(const Occurrence& o, const Rule& given) {
  const Finding& f = o.finding;
  const Rule& r = f.key.otherwise ? p_.rules[given.otherwise] : given;
  Need need;
  need.purpose = purpose_of(o, r.answer);
  need.first = std::max(f.opens, m_.from);
  need.last = m_.to;
  need.answer = true;
  const engine::Note* opened = note_of(f, Why::triggered);
  const Symbol base = opened != nullptr ? opened->event : f.key.identity;
  const std::optional<SlotRow> after = f.key.otherwise ? std::nullopt : m_.slot_of(base);
  const std::optional<SlotRow> counted = r.of_start ? m_.slot_of(f.key.identity) : after;
  if ((!counted || !follows(r)) && f.due != calendar::day_max) need.last = std::min(f.due, m_.to);
  if (after) need.first = m_.from;
  const engine::Note* next = note_of(f, Why::before_the_next);
  const std::optional<SlotRow> before = next != nullptr ? m_.slot_of(next->event) : std::nullopt;
  if (next != nullptr && !before && f.due != calendar::day_max)
    need.last = std::min(f.due - 1, m_.to);
  need.bind = [this, &r, after, counted, before](SlotRow row, Tag tag) {
    const Variable v = m_.slots[row].date;
    if (after) m_.dates.not_before(v, tag, m_.slots[*after].date, [](Day d) { return d; });
    if (counted && follows(r))
      m_.dates.not_after(v, tag, m_.slots[*counted].date,
                         [this, &r](Day d) { return in_time(p_, r, d); });
    if (before) m_.dates.not_after(v, tag, m_.slots[*before].date, [](Day d) { return d - 1; });
  };
  const Day since = after ? m_.days[*after] : need.first;
  const Day due = counted && follows(r) ? in_time(p_, r, m_.days[*counted]) : f.due;
  const int room = due == calendar::day_max ? answer_days * 2 : std::max(due - since, 0);
  need.aim = {after, since, std::min(room / 2, answer_days)};
  if (!after) need.aim.day = since + std::min(room / 2, answer_days);
  // What has no limit, or one that may fall after the plan, is done in it where there is room.
  if (due != calendar::day_max && due <= m_.to) return serve(need);
  const std::size_t slots = m_.slots.size();
  const bool done = serve(need);
  if (m_.dates.possible()) return done;
  m_.dates.forget([&](Tag t) { return t == m_.tag(need.purpose.rule, o.id); });
  if (m_.slots.size() > slots) m_.drop_last_slot();
  return false;
}

std::optional<Symbol> Demands::previous(Index pattern, SlotRow before, Symbol member) const {
  std::optional<Symbol> found;
  Day day = calendar::day_min;
  const engine::Asking asking{m_.machine, m_.past.state, nullptr, nullptr, m_.days[before], member, {}};
  const auto look = [&](const Event& e, Day on) {
    if (on >= m_.days[before] || on < day || engine::fit(asking, pattern, e) != engine::Truth::yes)
      return;
    found = e.identity;
    day = on;
  };
  for (const Event& e : m_.past.events)
    look(e, e.day);
  for (SlotRow i = 0; i < m_.slots.size(); ++i)
    if (i != before) look(m_.slots[i].event, m_.days[i]);
  return found;
}

bool Demands::meet_precedence(const Occurrence& o, const Rule& r) {
  const auto slot = m_.slot_of(o.finding.key.identity);
  if (!slot || !plannable(r.answer)) return false;
  const calendar::Holidays h = p_.holidays;
  Need need;
  need.purpose = purpose_of(o, r.answer);
  need.first = m_.from;
  need.last = m_.to;
  need.aim = {slot, m_.days[*slot], -prepare_days};
  if (r.prec_at_least)
    need.aim.days = calendar::minus(m_.days[*slot], r.prec_at_least_duration, h) - m_.days[*slot] -
                    prepare_days;
  if (r.prec_within)
    need.aim.days =
        std::max(need.aim.days,
                 (calendar::minus(m_.days[*slot], r.prec_within_duration, h) - m_.days[*slot]) / 2);
  const std::optional<Symbol> last =
      r.prec_since_previous ? previous(r.pattern, *slot, need.purpose.member) : std::nullopt;
  // Bindings of an earlier attempt rested on another order of events.
  const Tag mine = m_.tag(need.purpose.rule, o.id);
  m_.dates.forget([&](Tag t) { return t == mine; });
  need.bind = [this, &r, slot, last, h](SlotRow row, Tag tag) {
    const Variable q = m_.slots[row].date, p = m_.slots[*slot].date;
    const auto whole_days = [](calendar::Duration d) {
      return (d.count + hours_a_day - 1) / hours_a_day;
    };
    m_.dates.not_after(q, tag, p, [&](Day d) {
      if (!r.prec_at_least) return d - 1;
      const calendar::Duration ahead = r.prec_at_least_duration;
      return ahead.unit == calendar::Unit::hour ? d - 1 - whole_days(ahead)
                                                : std::min(d, calendar::minus(d, ahead, h));
    });
    if (r.prec_within)
      m_.dates.not_before(q, tag, p, [&](Day d) {
        const calendar::Duration back = r.prec_within_duration;
        return back.unit == calendar::Unit::hour ? d - (back.count / hours_a_day - 1)
                                                 : calendar::minus(d, back, h);
      });
    if (!last) return;
    if (const auto other = m_.slot_of(*last)) {
      // Which of two meetings comes first was a choice, unless they are alike.
      m_.grounds[tag].assumed =
          m_.slots[*other].purposes.front().rule != m_.slots[*slot].purposes.front().rule;
      m_.dates.not_before(q, tag, m_.slots[*other].date, [](Day d) { return d + 1; });
      m_.dates.not_before(p, tag, m_.slots[*other].date, [](Day d) { return d + 2; });
    } else {
      m_.dates.between(q, tag, *m_.day_of(*last) + 1, m_.to);
    }
  };
  // Its own event, where an earlier attempt made one.
  for (SlotRow i = 0; i < m_.slots.size(); ++i)
    for (const Purpose& p : m_.slots[i].purposes)
      if (p.key == need.purpose.key) return bind(i, need, true);
  // One that must lie near would draw together what it is shared by.
  need.may_share = !r.prec_since_previous && (!r.prec_within || sharing_ == Sharing::all);
  return serve(need);
}

}  // namespace samrad::plan
