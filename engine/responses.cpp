// Responses, steps of procedures and consequences: an event (or a breach) opens an occurrence and a later event meets it.
//
// Occurrences stand in the order in which they opened; an answer serves the oldest it fits. A missed one stays, so that it can still
// be met late. Steps hand over: when one is met, the next opens, counted from the event that met it.
#include <algorithm>

#include "engine/arithmetic.h"
#include "engine/day.h"

namespace samrad::engine {
namespace {

using program::Form;
using program::Rule;
using program::Within;

constexpr std::int64_t hour_seconds = 3600;
constexpr std::int64_t day_seconds = 86400;

// Hours run from an event; what follows a breach is counted in whole days, since a breach has no hour.
bool by_the_clock(const Rule& r, const Event& base) {
  return (r.within == Within::duration || r.within == Within::soon) && r.duration.unit == calendar::Unit::hour && base.identity != 0 &&
         !r.is_otherwise;
}

std::int64_t hours_from_midnight(const Rule& r, const Event& base) {
  return (base.timed ? base.second : day_seconds - 1) + std::int64_t{r.duration.count} * hour_seconds;
}

// The due hour is the last of its day: where the clock is changed on the way, it may lie in the next.
bool in_the_last_hour(const Rule& r, const Open& open) {
  return hours_from_midnight(r, r.of_start ? open.anchor : open.base) % day_seconds >= day_seconds - hour_seconds;
}

void set_due_day(const Machine& m, const Rule& r, Day day, Finding& f) {
  f.nominal_due = day;
  f.due = calendar::shift(day, r.shift, m.program.holidays);
  if (f.due != f.nominal_due) f.notes.push_back({Why::due_moved, 0, 0, {}, {}, f.nominal_due});
}

// When the answer to `base` is due; day_max without a limit or before the next event has set it.
void set_due(const Machine& m, const Rule& r, const Event& base, Finding& f) {
  f.due = calendar::day_max;
  switch (r.within) {
    case Within::unlimited:
    case Within::before_next:
    case Within::before_next_day:
    case Within::date: break;  // set_due_by_field
    case Within::same_day: f.due = base.day; break;
    case Within::end_of_period: f.due = calendar::window_at(r.period, base.day).last; break;
    case Within::duration:
    case Within::soon:
      if (by_the_clock(r, base)) {
        f.due = base.day + static_cast<int>(hours_from_midnight(r, base) / day_seconds);
        f.due_instant = base.latest + std::int64_t{r.duration.count} * hour_seconds;
      } else {
        f.due = calendar::plus(base.day, r.duration, m.program.holidays);
      }
      break;
  }
  if (f.due == calendar::day_max || by_the_clock(r, base)) f.nominal_due = f.due;
  else set_due_day(m, r, f.due, f);
}

// Whether an answer on the due day or by the clock was in time.
Truth in_time(const Rule& r, const Open& open, const Event& answer) {
  const Finding& f = open.finding;
  const Event& base = r.of_start ? open.anchor : open.base;
  if (by_the_clock(r, base)) {
    const std::int64_t hours = std::int64_t{r.duration.count} * hour_seconds;
    if (answer.latest <= base.earliest + hours) return Truth::yes;
    return answer.earliest > base.latest + hours ? Truth::no : Truth::unknown;
  }
  return answer.day <= f.due ? Truth::yes : Truth::no;
}

bool waiting(const Open& open) {
  return open.finding.status == Status::open || open.finding.status == Status::missed ||
         (open.finding.status == Status::cannot_assess && open.finding.evidence.empty());
}

// Among those that acts serve first; what the next event has cut off this very day comes before what that event opens.
bool served_first(const Rule& r, const Open& open, Day today) {
  if (open.finding.status == Status::open) return true;
  return r.within == Within::before_next_day && open.base.day == today && open.base.identity != open.anchor.identity;
}

}  // namespace

// The day that the event of the sentence gives. False, with what is missing, where it gives none: then nobody can tell what was in time.
bool Run::set_due_by_field(const Instance& in, Open& open) const {
  const Rule& row = rule(in);
  if (row.within != Within::date) return true;
  std::vector<Symbol> missing;
  const Value day = value_of(asking(&open.anchor, &open.anchor, &in), row.until_day, missing);
  if (day.kind == program::ValueKind::date) {
    set_due_day(machine, row, Day{static_cast<std::int32_t>(day.a)}, open.finding);
    return true;
  }
  for (const Symbol what : missing) note(open, {Why::field_missing, open.anchor.identity, what, {}, {}, open.anchor.day});
  return false;
}

// Opens what `r` begins. Where it is unknown whether it begins anything, the occurrence cannot be assessed.
void Run::open_case(Instance& in, const Remembered& r, const Answer& fit) {
  if (!interval(machine, state, in).holds(r.event.day)) return;
  const Truth t = both(fit.truth, r.effect);
  const Answer over = overridden(in, r.event);
  if (t == Truth::no || over.truth == Truth::yes) return;
  Open open = bound_to(in, r.event);
  open.base = without_fields(r.event);
  set_due(machine, rule(in), open.base, open.finding);
  note(open, {Why::triggered, r.event.identity, 0, {}, {}, r.event.day});
  const bool uncertain = t == Truth::unknown || over.truth == Truth::unknown;
  if (uncertain) note_unfit(open, r, t == Truth::unknown ? fit : over);
  if (!set_due_by_field(in, open) || uncertain) return cannot_tell(in, open, r.event.day);
  emit(open.finding);
  in.open.push_back(std::move(open));
  if (in.open.back().finding.due < state.today && in.open.back().finding.due_instant == 0) fall_due(in, in.open.back());
}

void Run::trigger(Instance& in, const Remembered& r) {
  open_case(in, r, fits(asking(&r.event, nullptr, &in), rule(in).pattern, r.event));
}

void Run::start_procedure(Index procedure, const Remembered& r) {
  const program::Procedure& p = machine.program.procedures[procedure];
  if (p.steps.count == 0) return;
  const Answer fit = fits(asking(&r.event), p.starts, r.event);
  each_instance(machine.program.indices[p.steps.first], [&](Instance& in) { open_case(in, r, fit); });
}

void Run::come_next(Instance& in, const Remembered& r) {
  const Rule& row = rule(in);
  for (Open& open : in.open) {
    Finding& f = open.finding;
    if (f.due != calendar::day_max || f.status != Status::open || r.event.identity == open.anchor.identity) continue;
    const Order o = order(open.anchor, r.event);
    if (o == Order::after) continue;
    const Answer fit = fits(asking(&r.event, &open.anchor, &in), row.next, r.event);
    const Truth t = both(fit.truth, r.effect);
    if (t == Truth::no) continue;
    if (t == Truth::unknown || o == Order::unknown) {
      // It may have been the next: what comes from now on is in time only if it was not.
      if (t == Truth::unknown) note_unfit(open, r, fit);
      else note(open, {Why::same_day_unknown, r.event.identity, 0, {}, {}, r.event.day});
      open.doubt_from = std::min(open.doubt_from, r.event.day);
      continue;
    }
    f.due = f.nominal_due = row.within == Within::before_next_day ? r.event.day - 1 : r.event.day;
    open.base = without_fields(r.event);  // from here on the event that sets the limit
    note(open, {Why::before_the_next, r.event.identity, 0, {}, {}, r.event.day});
    emit(f);
    if (f.due < state.today) fall_due(in, open);
  }
}

// Whether `r` came in time for `open`, and a note where only its hour could tell.
Truth Run::timeliness(const Instance& in, Open& open, const Event& e) const {
  const Rule& row = rule(in);
  const Finding& f = open.finding;
  if (row.within == Within::before_next && f.due != calendar::day_max && e.identity == open.base.identity) return Truth::no;  // it is the next one
  if (e.day >= open.doubt_from && (f.due == calendar::day_max || e.day <= f.due)) return Truth::unknown;
  if (f.due == calendar::day_max) return Truth::yes;
  if (row.within != Within::before_next || e.day != f.due) {
    const Truth t = in_time(row, open, e);
    if (t == Truth::unknown) note(open, {Why::same_day_unknown, e.identity, 0, {}, {}, e.day});
    return t;
  }
  switch (order(e, open.base)) {
    case Order::before: return Truth::yes;
    case Order::after: return Truth::no;
    default: note(open, {Why::same_day_unknown, open.base.identity, 0, {}, {}, e.day}); return Truth::unknown;
  }
}

// Opens the step after `done`, counted from the event that met it (or from the start). `passed_on`: an act that met `done`, or this step
// where another act had met `done` before.
void Run::hand_over(const Rule& row, const Open& done, const Event& by, const Remembered* passed_on) {
  const program::Procedure& p = machine.program.procedures[row.procedure];
  if (row.step_number + 1 >= p.steps.count) return;
  each_instance(machine.program.indices[p.steps.first + row.step_number + 1], [&](Instance& next) {
    Open open = bound_to(next, done.anchor);
    open.finding.opens = by.day;
    open.base = without_fields(by);
    set_due(machine, rule(next), rule(next).of_start ? done.anchor : open.base, open.finding);
    note(open, {Why::triggered, by.identity, 0, {}, {}, by.day});
    if (passed_on != nullptr && answer_fit(next, open, *passed_on).truth == Truth::yes) doubt(open, done);
    if (!set_due_by_field(next, open)) return cannot_tell(next, open, by.day);
    emit(open.finding);
    next.open.push_back(std::move(open));
    if (next.open.back().finding.due < state.today && next.open.back().finding.due_instant == 0) fall_due(next, next.open.back());
  });
}

// Whether `e` comes at a time at which it could be the answer of `open`.
bool Run::may_answer(const Instance& in, const Open& open, const Event& e) const {
  const Rule& row = rule(in);
  const bool step = row.form == Form::step;
  if (!waiting(open) || e.day < open.finding.opens) return false;
  if (open.has_anchor && e.identity == open.anchor.identity) return false;
  const bool after_base = step || row.is_otherwise;  // the step before, the event that was the breach
  if (after_base && open.base.identity != 0 && (e.identity == open.base.identity || order(open.base, e) == Order::after)) return false;
  if (step && std::find(served_cases.begin(), served_cases.end(), std::pair{e.identity, open.anchor.identity}) != served_cases.end())
    return false;
  return after_base || order(open.anchor, e) != Order::after;
}

// An act that may count serves, where it does, the oldest that no other such act serves. False when there is none.
bool Run::answer_maybe(Open& open, const Remembered& r, const Answer& fit) const {
  if (!note_unfit(open, r, fit)) return true;
  if (open.finding.maybe > 0) return false;
  ++open.finding.maybe;
  return true;
}

// `r` serves `done`, which another act may have served: then it serves the next one.
void Run::pass_on(Instance& in, std::size_t next, const Open& done, const Remembered& r) const {
  for (; next < in.open.size(); ++next) {
    Open& open = in.open[next];
    if (open.finding.status != Status::open || open.finding.maybe > 0 || !may_answer(in, open, r.event)) continue;
    if (answer_fit(in, open, r).truth != Truth::yes) continue;
    return doubt(open, done);
  }
}

// For the reasons for which nobody knows what served `done`, it may be that this one is served.
void Run::doubt(Open& open, const Open& done) const {
  ++open.finding.maybe;
  for (const Note& n : done.finding.notes)
    if (n.why == Why::condition_unknown || n.why == Why::effect_unknown) note(open, n);
}

Answer Run::answer_fit(const Instance& in, const Open& open, const Remembered& r) const {
  Asking about = asking(&r.event, open.has_anchor ? &open.anchor : nullptr, &in);
  if (open.finding.key.member != 0) about.member = open.finding.key.member;
  return fits(about, rule(in).answer, r.event);
}

// Settles `open` by the act that serves it. False where an exception has taken it away by then.
bool Run::serve(Instance& in, Open& open, const Event& act) {
  const Rule& row = rule(in);
  Finding& f = open.finding;
  const Truth timely = timeliness(in, open, act);
  // By the clock it was missed when the hour had passed.
  if (timely == Truth::no && f.status == Status::open && f.due_instant != 0) fall_due(in, open);
  if (f.status == Status::waived) return false;
  ++f.have;
  f.evidence.push_back(act.identity);
  f.presumed = row.within == Within::soon && timely != Truth::yes;
  if (f.status == Status::cannot_assess) emit(f);  // what is not known may have met it in time
  else if (timely == Truth::unknown || (timely == Truth::no && f.status == Status::open && unrecorded(row.answer, f.opens))) cannot_tell(in, open, act.day);
  else settle(in, open, timely == Truth::yes ? Status::met : Status::met_late, act.day);
  return true;
}

// Meets the oldest occurrence of that standing: open, or missed and the like.
bool Run::answer(Instance& in, const Remembered& r, Status standing) {
  const Rule& row = rule(in);
  for (std::size_t i = 0; i < in.open.size(); ++i) {
    Open& open = in.open[i];
    const Finding& f = open.finding;
    const bool first = served_first(row, open, state.today);
    if (first != (standing == Status::open) || !may_answer(in, open, r.event)) continue;
    if (!row.one_for_all && std::find(served_members.begin(), served_members.end(), f.key.member) != served_members.end()) continue;
    const Answer fit = answer_fit(in, open, r);
    const Truth t = both(fit.truth, r.effect);
    if (t == Truth::unknown && first && !row.one_for_all) {
      if (timeliness(in, open, r.event) == Truth::no) return false;
      const auto spent = std::tuple{r.event.identity, row.clause, row.step, row.is_otherwise, f.key.member};
      if (std::find(spent_in_doubt.begin(), spent_in_doubt.end(), spent) != spent_in_doubt.end() || !answer_maybe(open, r, fit)) continue;
      spent_in_doubt.push_back(spent);
      return false;
    }
    if (t != Truth::yes) {
      const bool news = (fit.truth != Truth::no || fit.text != 0) && note_unfit(open, r, fit);
      if (t == Truth::unknown && news && first) ++open.finding.maybe;
      continue;
    }
    const bool maybe = open.finding.maybe > 0;
    if (!serve(in, open, r.event)) continue;
    const Open done = std::move(open);
    in.open.erase(in.open.begin() + static_cast<std::ptrdiff_t>(i));
    served_members.push_back(done.finding.key.member);
    if (maybe) pass_on(in, i, done, r);
    if (row.form == Form::step) {
      served_cases.emplace_back(r.event.identity, done.anchor.identity);
      hand_over(row, done, r.event, maybe ? &r : nullptr);
    }
    return true;
  }
  return false;
}

// The due moment has passed and nothing came for certain.
void Run::fall_due(Instance& in, Open& open) {
  const Rule& row = rule(in);
  Finding& f = open.finding;
  const Day on = f.due_instant != 0 ? f.due : day_after_due(f);
  f.presumed = row.within == Within::soon;
  if (f.presumed) note(open, {Why::presumed_late, 0, 0, {}, {}, on});
  const bool unseen = unrecorded(row.answer, f.opens);
  if (unseen) {
    const Index type = machine.program.patterns[row.answer].type;
    note(open, {Why::not_recorded, 0, machine.program.event_types[type].name, {}, {}, {}});
  }
  if (unseen || f.maybe > 0) cannot_tell(in, open, on);
  else settle(in, open, Status::missed, on);
}

// Whether the due moment lies before this day, or before the end of it.
bool Run::past_due(const Instance& in, const Open& open, bool day_over) const {
  const Finding& f = open.finding;
  if (f.status != Status::open || f.due == calendar::day_max) return false;
  if (f.due_instant == 0) return f.due < state.today;
  return f.due + (in_the_last_hour(rule(in), open) ? 1 : 0) < (day_over ? state.today + 1 : state.today);
}

void Run::close_responses(Instance& in, bool day_over) {
  std::vector<Open> waived;
  for (Open& open : in.open) {
    if (past_due(in, open, day_over)) fall_due(in, open);
    if (rule(in).form == Form::step && open.finding.status == Status::waived) waived.push_back(open);
  }
  std::erase_if(in.open, [](const Open& o) { return o.finding.status == Status::waived; });
  for (const Open& open : waived) {  // an excused step does not stop the case
    Event day;
    day.day = open.finding.due;
    hand_over(rule(in), open, day, nullptr);
  }
}

// What was due by an hour that has passed at `utc`.
void Run::close_by_the_clock(Instance& in, std::int64_t utc) {
  for (Open& open : in.open)
    if (open.finding.status == Status::open && open.finding.due_instant != 0 && open.finding.due_instant < utc) fall_due(in, open);
  close_responses(in, false);
}

// Opens on the day of the breach, which for an hour in the last of a day may be the next.
void Run::open_consequence(const Instance& in, const Open& breached) {
  const bool missed = breached.finding.status == Status::missed;
  Open open;
  open.has_anchor = breached.has_anchor;
  open.anchor = breached.anchor;
  if (!missed) open.base = without_fields(breached.has_anchor ? breached.anchor : breached.base);
  open.base.day = missed ? breached.finding.due : breached.finding.settled;
  Finding& f = open.finding;
  f.key = breached.finding.key;
  f.key.otherwise = true;
  f.opens = breached.finding.settled;
  if (missed && breached.finding.due_instant != 0 && in_the_last_hour(rule(in), breached)) f.opens = f.opens + 1;
  f.status = f.opens <= state.today ? Status::open : Status::upcoming;
  note(open, {Why::consequence_of, 0, 0, {}, {}, open.base.day});
  each_instance(rule(in).otherwise, [&](Instance& target) {
    set_due(machine, rule(target), open.base, open.finding);
    emit(open.finding);
    target.open.push_back(open);
    Open& consequence = target.open.back();
    if (consequence.finding.status == Status::open && consequence.finding.due < state.today) fall_due(target, consequence);
  });
}

}  // namespace samrad::engine
