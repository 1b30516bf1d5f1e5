// Deadline rules: one occurrence a due day.
//
// The due days of a rule are a sequence; each occurrence opens the day after the one before was due. A late act goes to the missed
// occurrence as long as its own period (the calendar year, the month, …) lasts, and from then on to the coming one.
#include <algorithm>

#include "engine/day.h"

namespace samrad::engine {
namespace {

using calendar::Date;
using program::Due;
using program::DueKind;
using program::Rule;

Day month_day(int year, unsigned month, unsigned day) {
  const auto last = static_cast<unsigned>(calendar::days_in_month(year, month));
  return calendar::to_day({year, month, std::min(day, last)});
}

std::optional<Day> next_yearly(const program::Program& p, const Due& due, Day after) {
  const int year = calendar::to_date(after).year;
  for (int y = year; y <= year + 1; ++y)
    for (std::uint32_t i = 0; i < due.month_days.count; ++i) {
      const program::MonthDay md = p.month_days[due.month_days.first + i];
      const Day d = month_day(y, md.month, md.day);
      if (d > after) return d;
    }
  return std::nullopt;
}

Day next_monthly(const Due& due, Day after) {
  Date at = calendar::to_date(after);
  Day d = month_day(at.year, at.month, due.day_of_month);
  if (d > after) return d;
  at.year += at.month == 12 ? 1 : 0;
  at.month = at.month == 12 ? 1 : at.month + 1;
  return month_day(at.year, at.month, due.day_of_month);
}

// The first window end, or day counted from one, after `after`. `window_end` gets the end it was counted from.
Day next_of_period(const program::Program& p, const Due& due, const calendar::Period& period, Day after, calendar::Window& window) {
  window = calendar::window_at(period, calendar::minus(after, {due.duration.count + 1, due.duration.unit}, p.holidays));
  for (;;) {
    Day d = window.last;
    if (due.kind == DueKind::after_end) d = calendar::plus_from_end(window.last, due.duration, p.holidays);
    if (d > after && calendar::counted(period, window)) return d;
    const auto next = calendar::next_window(period, window);
    if (!next) return calendar::day_max;
    window = *next;
  }
}

struct Nominal {
  Day day{};
  Day opens_no_earlier = calendar::day_min;
  Day credit_until = calendar::day_max;
  Day belongs{};  // the day that must lie in the interval
  bool part = false;
};

std::optional<Nominal> single(Day day, Day after) {
  if (day <= after) return std::nullopt;
  return Nominal{day, calendar::day_min, calendar::day_max, day, false};
}

// The due day after `after`, before any move to a working day.
std::optional<Nominal> next_nominal(const Machine& m, const State& s, const Interval& i, const Rule& r, Day after) {
  const program::Program& p = m.program;
  const Due& due = r.due;
  switch (due.kind) {
    case DueKind::date: return single(due.date, after);
    case DueKind::after_start: return single(calendar::plus(s.term_first, due.duration, p.holidays), after);
    case DueKind::before_expiry:
      if (s.expiry == calendar::day_max) return std::nullopt;
      return single(calendar::minus(s.expiry, due.duration, p.holidays), after);
    case DueKind::yearly: {
      const auto d = next_yearly(p, due, after);
      if (!d) return std::nullopt;
      const Day end = calendar::to_day({calendar::to_date(*d).year, 12, 31});
      return Nominal{*d, calendar::day_min, end, *d, false};
    }
    case DueKind::monthly: {
      const Day d = next_monthly(due, after);
      const Date at = calendar::to_date(d);
      return Nominal{d, calendar::day_min, month_day(at.year, at.month, 31), d, false};
    }
    case DueKind::last_day:
    case DueKind::after_end: {
      calendar::Period period = due.period;
      if (r.period_of_term) period.anchor = s.term_first;
      calendar::Window w;
      const Day d = next_of_period(p, due, period, after, w);
      if (d == calendar::day_max) return std::nullopt;
      Nominal n{d, calendar::day_min, calendar::window_at(period, d).last, w.last, w.first < i.first && w.last >= i.first};
      if (due.kind == DueKind::after_end) n.opens_no_earlier = w.last + 1;
      return n;
    }
  }
  return std::nullopt;
}

bool one_time(DueKind k) { return k == DueKind::date || k == DueKind::after_start || k == DueKind::before_expiry; }

Day moved(const Machine& m, const Rule& r, Day d) { return calendar::shift(d, r.shift, m.program.holidays); }

// The clause that this one replaces still has its one due day before it, and finishes it.
bool finished_by_old_text(const Machine& m, const State& s, const Interval& i, const Rule& r) {
  if (!lets_old_text_finish(m, r)) return false;
  const Rule& old = m.program.rules[m.replaces[static_cast<std::size_t>(&r - m.program.rules.data())]];
  if (old.form != program::Form::deadline || !one_time(old.due.kind)) return false;
  const auto n = next_nominal(m, s, i, old, calendar::day_min);
  return n && moved(m, old, n->day) >= r.from;
}

// An occurrence due on `n`, opening on `opens`.
Open due_on(const Machine& m, const Instance& in, const Nominal& n, Day opens) {
  const Rule& r = m.program.rules[in.rule];
  Open open;
  Finding& f = open.finding;
  f.key = {in.rule, in.member, Bound::due, false, n.day, 0, 0};
  f.opens = opens;
  f.nominal_due = n.day;
  f.due = moved(m, r, n.day);
  f.part = n.part;
  open.unassessed = n.part && r.parts == calendar::PartPolicy::not_assessed;
  if (n.part && !open.unassessed) f.notes.push_back({Why::part_in_full, 0, 0, {}, {}, {}});
  if (f.due != f.nominal_due) f.notes.push_back({Why::due_moved, 0, 0, {}, {}, f.nominal_due});
  return open;
}

}  // namespace

std::optional<Open> next_deadline(const Machine& m, const State& s, Instance& in) {
  const Rule& r = m.program.rules[in.rule];
  const Interval i = interval(m, s, in);
  const Interval cut = finishing(m, s, in);
  if (i.first > i.last) return std::nullopt;
  const bool once = one_time(r.due.kind);
  if (once && finished_by_old_text(m, s, i, r)) return std::nullopt;
  const Day before = in.cursor;  // the due day before, if one was asked for
  // Beginning a good year early, the walk finds every window that ends in the term.
  if (!once) in.cursor = std::max(in.cursor, i.first - 400);
  Day passed = calendar::day_min;  // the due day before the interval, where the walk came by one
  for (;;) {
    const auto n = next_nominal(m, s, i, r, in.cursor);
    if (!n || (!once && n->belongs > cut.last)) return std::nullopt;
    if (n->belongs < i.first) {
      passed = in.cursor = n->day;
      continue;
    }
    const Day opens = std::max({i.first, n->opens_no_earlier, before == calendar::day_min ? i.first : moved(m, r, before) + 1});
    // The text is not in force any more: what begins now is the new one's.
    if (!once && opens > i.last && n->belongs > i.last) return std::nullopt;
    in.cursor = n->day;
    // What began under the old text, which finishes it, is not asked for again.
    const bool begun = before == calendar::day_min && n->opens_no_earlier < r.from && passed != calendar::day_min && passed + 1 < r.from;
    if (!once && begun && lets_old_text_finish(m, r)) {
      passed = n->day;
      continue;
    }
    Open open = due_on(m, in, *n, opens);
    // What is asked once may have been done before the term began.
    open.credit_from = once && before == calendar::day_min ? calendar::day_min : opens;
    const auto after = once ? std::nullopt : next_nominal(m, s, i, r, n->day);
    open.credit_until = std::max(open.finding.due, after ? std::min(n->credit_until, after->day) : n->credit_until);
    return open;
  }
}

void Run::meet_deadline(Instance& in, const Remembered& r) {
  const Rule& row = rule(in);
  const Answer fit = fits(asking(&r.event, nullptr, &in), row.pattern, r.event);
  const Truth t = both(fit.truth, r.effect);
  if (t == Truth::no && fit.truth == Truth::no && fit.text == 0) return;
  const Answer over = overridden(in, r.event);
  if (over.truth == Truth::yes) return;
  const bool sure = t == Truth::yes && over.truth != Truth::unknown;
  const Open* served = nullptr;  // one that another act may have met in time: then this one meets the coming one
  for (Open& open : in.open) {
    Finding& f = open.finding;
    if (r.event.day < open.credit_from || r.event.day > open.credit_until) continue;
    const bool in_doubt = f.status == Status::cannot_assess && f.evidence.empty();
    if (settled(f.status) && f.status != Status::missed && !in_doubt) continue;
    if (served != nullptr || !sure) {
      if (served == nullptr) note_unfit(open, r, t == Truth::yes ? over : fit);
      else for (const Note& n : served->finding.notes) if (n.event != 0 && n.event != r.event.identity) note(open, n);
      if (t == Truth::no || in_doubt) continue;
      if (f.status != Status::missed) ++f.maybe;
      break;
    }
    ++f.have;
    f.evidence.push_back(r.event.identity);
    if (in_doubt) {
      emit(f);
      served = &open;
      continue;
    }
    settle(in, open, r.event.day > f.due ? Status::met_late : Status::met, r.event.day);
    break;
  }
  std::erase_if(in.open, [](const Open& o) {
    return o.finding.status == Status::met || o.finding.status == Status::met_late || o.finding.status == Status::waived;
  });
}

void Run::close_deadlines(Instance& in) {
  const Rule& row = rule(in);
  for (Open& open : in.open) {
    Finding& f = open.finding;
    if (f.status == Status::upcoming && f.opens <= state.today) {
      f.status = Status::open;
      if (!open.unassessed) emit(f);
    }
    if (f.due >= state.today || f.status != Status::open) continue;
    if (open.unassessed) {
      out.part_periods.push_back({f.key, f.opens, f.due, f.have, f.need});
      f.status = Status::waived;
      continue;
    }
    if (unrecorded(row.pattern, f.opens)) {
      const Index type = machine.program.patterns[row.pattern].type;
      note(open, {Why::not_recorded, 0, machine.program.event_types[type].name, {}, {}, {}});
      cannot_tell(in, open, day_after_due(f));
    } else if (f.maybe > 0) {
      cannot_tell(in, open, day_after_due(f));
    } else {
      settle(in, open, Status::missed, day_after_due(f));
    }
  }
  std::erase_if(in.open, [&](const Open& o) {
    return (o.credit_until < state.today || o.unassessed) && settled(o.finding.status);
  });
}

}  // namespace samrad::engine
