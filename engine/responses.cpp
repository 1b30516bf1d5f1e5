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

bool by_the_clock(const Rule& r) {
  return (r.within == Within::duration || r.within == Within::soon) && r.duration.unit == calendar::Unit::hour;
}

// When the answer to `base` is due; day_max without a limit or before the next event has set it.
void set_due(const Machine& m, const Rule& r, const Event& base, Finding& f) {
  f.due = calendar::day_max;
  switch (r.within) {
    case Within::unlimited:
    case Within::before_next:
    case Within::before_next_day: break;
    case Within::same_day: f.due = base.day; break;
    case Within::end_of_period: f.due = calendar::window_at(r.period, base.day).last; break;
    case Within::duration:
    case Within::soon:
      if (by_the_clock(r)) {
        const std::int64_t hours = std::int64_t{r.duration.count} * hour_seconds;
        const std::int64_t from_midnight = (base.timed ? base.second : day_seconds - 1) + hours;
        f.due = base.day + static_cast<int>(from_midnight / day_seconds);
        f.due_instant = base.latest + hours;
      } else {
        f.due = calendar::plus(base.day, r.duration, m.program.holidays);
      }
      break;
  }
  f.nominal_due = f.due;
  if (f.due == calendar::day_max || by_the_clock(r)) return;
  f.due = calendar::shift(f.due, r.shift, m.program.holidays);
  if (f.due != f.nominal_due) f.notes.push_back({Why::due_moved, 0, 0, {}, {}, f.nominal_due});
}

// Whether an answer on the due day or by the clock was in time.
Truth in_time(const Rule& r, const Open& open, const Event& answer) {
  const Finding& f = open.finding;
  if (by_the_clock(r)) {
    const std::int64_t hours = std::int64_t{r.duration.count} * hour_seconds;
    const Event& base = r.of_start ? open.anchor : open.base;
    if (answer.latest <= base.earliest + hours) return Truth::yes;
    return answer.earliest > base.latest + hours ? Truth::no : Truth::unknown;
  }
  return answer.day <= f.due ? Truth::yes : Truth::no;
}

bool waiting(const Open& open) {
  return open.finding.status == Status::open || open.finding.status == Status::missed ||
         (open.finding.status == Status::cannot_assess && open.finding.evidence.empty());
}

Event without_fields(const Event& e) {
  Event base = e;
  base.fields.clear();
  base.pool.clear();
  return base;
}

}  // namespace

void Run::trigger(Instance& in, const Remembered& r) {
  const Rule& row = rule(in);
  if (!interval(machine, state, in).holds(r.event.day)) return;
  const Answer fit = fits(asking(&r.event, nullptr, &in), row.pattern, r.event);
  const Truth t = both(fit.truth, r.effect);
  if (t == Truth::no || overridden(in, r.event)) return;
  Open open = bound_to(in, r.event);
  open.base = without_fields(r.event);
  Finding& f = open.finding;
  f.presumed = false;
  set_due(machine, row, open.base, f);
  note(open, {Why::triggered, r.event.identity, 0, {}, {}, r.event.day});
  f.status = Status::open;
  if (t == Truth::unknown) {  // whether there is a duty at all turns on what is missing
    note_unfit(open, r, fit);
    cannot_tell(in, open, r.event.day);
    return;
  }
  emit(f);
  in.open.push_back(std::move(open));
}

void Run::start_procedure(Index procedure, const Remembered& r) {
  const program::Procedure& p = machine.program.procedures[procedure];
  const Answer fit = fits(asking(&r.event), p.starts, r.event);
  if (both(fit.truth, r.effect) != Truth::yes || p.steps.count == 0) return;
  const Index first = machine.program.indices[p.steps.first];
  each_instance(first, [&](Instance& in) {
    if (!interval(machine, state, in).holds(r.event.day)) return;
    Open open = bound_to(in, r.event);
    open.base = without_fields(r.event);
    set_due(machine, rule(in), open.base, open.finding);
    note(open, {Why::triggered, r.event.identity, 0, {}, {}, r.event.day});
    emit(open.finding);
    in.open.push_back(std::move(open));
  });
}

void Run::come_next(Instance& in, const Remembered& r) {
  const Rule& row = rule(in);
  for (Open& open : in.open) {
    Finding& f = open.finding;
    if (f.due != calendar::day_max || f.status != Status::open || r.event.identity == open.anchor.identity) continue;
    if (r.event.day < open.anchor.day || order(open.anchor, r.event) == Order::after) continue;
    if (r.event.day == open.anchor.day && order(open.anchor, r.event) == Order::unknown) continue;
    const Answer fit = fits(asking(&r.event, &open.anchor, &in), row.next, r.event);
    if (both(fit.truth, r.effect) != Truth::yes) continue;
    f.due = f.nominal_due = row.within == Within::before_next_day ? r.event.day - 1 : r.event.day;
    open.base = without_fields(r.event);  // from here on the event that sets the limit
    note(open, {Why::before_the_next, r.event.identity, 0, {}, {}, r.event.day});
    emit(f);
  }
}

// Whether `r` came in time for `open`, and a note where only its hour could tell.
Truth Run::timeliness(const Instance& in, Open& open, const Event& e) const {
  const Rule& row = rule(in);
  const Finding& f = open.finding;
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

// Opens the step after `done`, counted from the event that met it (or from the start).
void Run::hand_over(const Rule& row, const Open& done, const Event& by) {
  const program::Procedure& p = machine.program.procedures[row.procedure];
  if (row.step_number + 1 >= p.steps.count) return;
  each_instance(machine.program.indices[p.steps.first + row.step_number + 1], [&](Instance& next) {
    Open open = bound_to(next, done.anchor);
    open.finding.opens = by.day;
    open.base = without_fields(by);
    set_due(machine, rule(next), rule(next).of_start ? done.anchor : open.base, open.finding);
    note(open, {Why::triggered, by.identity, 0, {}, {}, by.day});
    emit(open.finding);
    next.open.push_back(std::move(open));
  });
}

bool Run::answer(Instance& in, const Remembered& r) {
  const Rule& row = rule(in);
  for (std::size_t i = 0; i < in.open.size(); ++i) {
    Open& open = in.open[i];
    Finding& f = open.finding;
    if (!waiting(open) || (open.has_anchor && r.event.identity == open.anchor.identity) || r.event.day < f.opens) continue;
    const Event& follows = row.form == Form::step ? open.base : open.anchor;
    if (open.has_anchor && order(follows, r.event) == Order::after) continue;
    const Answer fit = fits(asking(&r.event, open.has_anchor ? &open.anchor : nullptr, &in), row.answer, r.event);
    const Truth t = both(fit.truth, r.effect);
    if (t != Truth::yes) {
      if (fit.truth != Truth::no || fit.text != 0) note_unfit(open, r, fit);
      if (t == Truth::unknown) ++f.maybe;
      continue;
    }
    const Truth timely = timeliness(in, open, r.event);
    ++f.have;
    f.evidence.push_back(r.event.identity);
    f.presumed = row.within == Within::soon && timely != Truth::yes;
    if (timely == Truth::unknown) {
      f.missing.push_back(machine.symbols.find(Symbols::time_of_day));
      cannot_tell(in, open, r.event.day);
    } else {
      settle(in, open, timely == Truth::yes ? Status::met : Status::met_late, r.event.day);
    }
    const Open done = std::move(open);
    in.open.erase(in.open.begin() + static_cast<std::ptrdiff_t>(i));
    if (row.form == Form::step) hand_over(row, done, r.event);
    return true;
  }
  return false;
}

void Run::close_responses(Instance& in) {
  const Rule& row = rule(in);
  for (Open& open : in.open) {
    Finding& f = open.finding;
    if (f.status != Status::open || f.due >= state.today) continue;
    f.presumed = row.within == Within::soon;
    if (f.presumed) note(open, {Why::presumed_late, 0, 0, {}, {}, f.due + 1});
    if (unrecorded(row.answer, f.opens)) {
      const Index type = machine.program.patterns[row.answer].type;
      note(open, {Why::not_recorded, 0, machine.program.event_types[type].name, {}, {}, {}});
      cannot_tell(in, open, state.today);
    } else if (f.maybe > 0) {
      cannot_tell(in, open, state.today);
    } else {
      settle(in, open, Status::missed, state.today);
    }
  }
  std::erase_if(in.open, [](const Open& o) { return o.finding.status == Status::waived; });
}

void Run::open_consequence(const Instance& in, const Open& breached, Day on) {
  const Index consequence = rule(in).otherwise;
  Open open;
  open.has_anchor = breached.has_anchor;
  open.anchor = breached.anchor;
  open.base.day = on;
  Finding& f = open.finding;
  f.key = breached.finding.key;
  f.key.otherwise = true;
  f.opens = on;
  f.status = Status::open;
  note(open, {Why::consequence_of, 0, 0, {}, {}, on});
  each_instance(consequence, [&](Instance& target) {
    set_due(machine, rule(target), open.base, open.finding);
    emit(open.finding);
    target.open.push_back(open);
  });
}

}  // namespace samrad::engine
