// Count and attested rules: one occurrence a window.
//
// An instance walks its windows with a cursor; each window opens once, counts the events of its days, and closes the day after its last.
// Met is said at once, and the window goes on counting until it closes, so that the finding names every event in it.
#include <algorithm>

#include "engine/arithmetic.h"
#include "engine/day.h"

namespace samrad::engine {
namespace {

using program::Form;
using program::Quantity;
using program::Rule;

// Dates and number of a window from what the term leaves of it.
void measure(const Rule& r, const calendar::Clipped& c, Open& open) {
  Finding& f = open.finding;
  f.opens = std::max(c.first, r.starts);
  f.due = f.nominal_due = c.last;
  f.part = c.part;
  const int times = r.form == Form::attested ? 1 : static_cast<int>(r.times);
  f.need = calendar::needed(times, c, r.parts, r.period);
  open.unassessed = f.need < 0;
  if (open.unassessed) f.need = times;
  if (f.part && !open.unassessed) {
    const Why why = r.parts == calendar::PartPolicy::in_full ? Why::part_in_full : Why::part_pro_rata;
    f.notes.push_back({why, 0, 0, {}, {}, {}});
  }
}

Open window_of(const Machine& m, const Instance& in, const calendar::Window& w, const calendar::Clipped& c) {
  Open open;
  open.window = w;
  open.finding.key = {in.rule, in.member, Bound::window, false, w.first, 0, 0};
  measure(m.program.rules[in.rule], c, open);
  return open;
}

std::optional<Open> term_window(const Machine& m, const State& s, Instance& in) {
  const Interval i{interval(m, s, in).first, finishing(m, s, in).last};
  if (in.cursor > i.first || i.first > i.last || lets_old_text_finish(m, m.program.rules[in.rule])) return std::nullopt;
  in.cursor = i.first + 1;
  Open open;
  open.window = {i.first, i.last, 0};
  open.finding.key = {in.rule, in.member, Bound::term, false, i.first, 0, 0};
  open.finding.opens = i.first;
  open.finding.due = open.finding.nominal_due = i.last;
  if (m.program.rules[in.rule].form == Form::count) open.finding.need = static_cast<int>(m.program.rules[in.rule].times);
  return open;
}

}  // namespace

bool lets_old_text_finish(const Machine& m, const Rule& r) {
  if (m.replaces[static_cast<std::size_t>(&r - m.program.rules.data())] == program::none) return false;
  for (const program::Version& v : m.program.versions)
    if (v.in_force == r.from) return v.open_occurrences == program::Tail::finish;
  return false;
}

Interval interval(const Machine& m, const State& s, const Instance& in) {
  const Rule& r = m.program.rules[in.rule];
  return {std::max({r.from, s.term_first, in.from}), std::min({r.to, s.expiry, in.to})};
}

calendar::Period period_of(const State& s, const Rule& r) {
  calendar::Period period = r.period;
  if (r.period_of_term) period.anchor = s.term_first;
  return period;
}

Interval finishing(const Machine& m, const State& s, const Instance& in) {
  Interval i = interval(m, s, in);
  const Rule& r = m.program.rules[in.rule];
  if (r.amended) i.last = std::min(s.expiry, in.to);
  return i;
}

std::optional<Open> next_window(const Machine& m, const State& s, Instance& in) {
  const Rule& r = m.program.rules[in.rule];
  if (!r.has_period) return term_window(m, s, in);
  const Interval applies = interval(m, s, in);
  const Interval cut = finishing(m, s, in);
  const Day begin = std::max(applies.first, r.starts);
  const calendar::Period period = period_of(s, r);
  in.cursor = std::max(in.cursor, begin);
  while (in.cursor <= std::min(applies.last, r.ends) && in.cursor < calendar::day_max) {
    const calendar::Window w = calendar::window_at(period, in.cursor);
    in.cursor = w.last < calendar::day_max ? w.last + 1 : calendar::day_max;
    if (!calendar::counted(period, w)) continue;
    if (lets_old_text_finish(m, r) && w.first < r.from) continue;
    const calendar::Clipped c = calendar::clip(period, w, cut.first, std::min(cut.last, r.ends));
    if (c.empty() || calendar::counting_days(period, std::max(c.first, r.starts), c.last) == 0) continue;
    return window_of(m, in, w, c);
  }
  return std::nullopt;
}

std::optional<Open> next_scheduled(const Machine& m, const State& s, Instance& in) {
  return m.program.rules[in.rule].form == Form::deadline ? next_deadline(m, s, in) : next_window(m, s, in);
}

Instance looking_ahead(const Instance& in) {
  Instance ahead;
  ahead.rule = in.rule;
  ahead.member = in.member;
  ahead.from = in.from;
  ahead.to = in.to;
  ahead.cursor = in.cursor;
  return ahead;
}

void reschedule(const Machine& m, const State& s, Instance& in) {
  Instance ahead = looking_ahead(in);
  const std::optional<Open> next = next_scheduled(m, s, ahead);
  in.next_opens = !next ? calendar::day_max : next->finding.key.bound == Bound::due ? next->credit_from : next->finding.opens;
}

void Run::recut(Instance& in, Open& open) {
  const Rule& row = rule(in);
  const Interval cut = finishing(machine, state, in);
  std::erase_if(open.finding.notes, [](const Note& n) { return n.why == Why::part_in_full || n.why == Why::part_pro_rata; });
  const bool announced = !open.unassessed;
  measure(row, calendar::clip(period_of(state, row), open.window, cut.first, std::min(cut.last, row.ends)), open);
  if (open.unassessed) {
    if (announced) retract(open);
    return;
  }
  const bool enough = row.quantity == Quantity::at_least && row.form == Form::count && open.finding.need > 0 &&
                      open.finding.have >= open.finding.need;
  if (enough && open.finding.status == Status::open) settle(in, open, Status::met, state.today);
  else if (!enough && open.finding.status == Status::met) {
    open.finding.status = Status::open;
    emit(open.finding);
  } else {
    emit(open.finding);
  }
}

void Run::open_scheduled(Instance& in) {
  while (in.next_opens <= state.today) {
    std::optional<Open> next = next_scheduled(machine, state, in);
    if (!next) break;
    next->finding.status = next->finding.opens <= state.today ? Status::open : Status::upcoming;
    if (!next->unassessed) emit(next->finding);
    in.open.push_back(std::move(*next));
    reschedule(machine, state, in);
  }
}

void Run::count_event(Instance& in, const Remembered& r) {
  const Rule& row = rule(in);
  const Answer fit = fits(asking(&r.event, nullptr, &in), row.pattern, r.event);
  const Truth t = both(fit.truth, r.effect);
  if (fit.truth == Truth::no && fit.text == 0) return;
  const Answer over = overridden(in, r.event);
  if (over.truth == Truth::yes) return;
  for (Open& open : in.open) {
    Finding& f = open.finding;
    if (r.event.day < f.opens || r.event.day > f.due) continue;
    if (t != Truth::yes || over.truth == Truth::unknown) {
      note_unfit(open, r, t == Truth::yes ? over : fit);
      if (t != Truth::no && calendar::counts(row.period, r.event.day)) ++f.maybe;
      continue;
    }
    if (!calendar::counts(row.period, r.event.day)) {
      note(open, {Why::excepted_month, r.event.identity, 0, {}, {}, r.event.day});
      continue;
    }
    ++f.have;
    f.evidence.push_back(r.event.identity);
    if (f.status == Status::open && row.quantity == Quantity::at_least && f.need > 0 && f.have >= f.need)
      settle(in, open, Status::met, r.event.day);
    if (f.status == Status::open && row.quantity != Quantity::at_least && f.have > f.need) {
      note(open, {Why::count_exceeded, r.event.identity, 0, {}, {}, r.event.day});
      open.base = without_fields(r.event);  // the breach: neither it nor what came before makes up for it
      settle(in, open, Status::broken, r.event.day);
    }
  }
}

void Run::close_windows(Instance& in) {
  const Rule& row = rule(in);
  for (Open& open : in.open) {
    Finding& f = open.finding;
    if (f.due >= state.today) continue;
    if (open.unassessed) {
      out.part_periods.push_back({f.key, f.opens, f.due, f.have, f.need});
      continue;
    }
    if (f.status != Status::open) {
      emit(f);  // with every event that the window had
      continue;
    }
    if (row.form == Form::attested) {
      note(open, {Why::awaiting_assessment, 0, row.judged_by, {}, {}, {}});
      cannot_tell(in, open, day_after_due(f));
      continue;
    }
    const bool unseen = unrecorded(row.pattern, f.opens);
    if (unseen) {
      const Index type = machine.program.patterns[row.pattern].type;
      note(open, {Why::not_recorded, 0, machine.program.event_types[type].name, {}, {}, {}});
    }
    const bool enough = f.have >= f.need;
    const bool could_suffice = enough || unseen || f.have + f.maybe >= f.need;
    const bool could_exceed = unseen || f.have + f.maybe > f.need;
    bool unknown = could_suffice && !enough;
    bool met = enough;  // at least: only a window that asks for none is not settled before
    if (row.quantity != Quantity::at_least && (enough || row.quantity == Quantity::at_most)) {
      unknown = could_exceed;
      met = !could_exceed;
    }
    const bool too_many = row.quantity != Quantity::at_least && f.have > f.need;  // what is left of a window allows fewer
    if (too_many) settle(in, open, Status::broken, f.due);
    else if (met) settle(in, open, Status::met, f.due);
    else if (unknown) cannot_tell(in, open, day_after_due(f));
    else settle(in, open, Status::missed, day_after_due(f));
  }
  std::erase_if(in.open, [&](const Open& o) { return o.finding.due < state.today; });
}

}  // namespace samrad::engine
