// Rules that judge an event on its own day: precedence, constraint, prohibition, power.
//
// Each event gives one occurrence, settled at once. Where the order of two events of one day would decide and neither has a time,
// the verdict is cannot-assess: every order that is possible is tried, and only what all of them agree on is said.
#include <algorithm>

#include "engine/arithmetic.h"
#include "engine/day.h"

namespace samrad::engine {
namespace {

using program::Form;
using program::Limit;
using program::none;
using program::Rule;
using program::ValueKind;

constexpr std::int64_t hour_seconds = 3600;

// q lies at least `d` before p.
Truth early_enough(const Machine& m, const Event& q, const Event& p, calendar::Duration d) {
  if (d.unit == calendar::Unit::hour) {
    const std::int64_t s = std::int64_t{d.count} * hour_seconds;
    if (q.latest <= p.earliest - s) return Truth::yes;
    return q.earliest > p.latest - s ? Truth::no : Truth::unknown;
  }
  return q.day <= calendar::minus(p.day, d, m.program.holidays) ? Truth::yes : Truth::no;
}

// q lies at most `d` before p.
Truth recent_enough(const Machine& m, const Event& q, const Event& p, calendar::Duration d) {
  if (d.unit == calendar::Unit::hour) {
    const std::int64_t s = std::int64_t{d.count} * hour_seconds;
    if (q.earliest >= p.latest - s) return Truth::yes;
    return q.latest < p.earliest - s ? Truth::no : Truth::unknown;
  }
  return q.day >= calendar::minus(p.day, d, m.program.holidays) ? Truth::yes : Truth::no;
}

Truth before(const Event& q, const Event& p) {
  switch (order(q, p)) {
    case Order::before: return Truth::yes;
    case Order::after: return Truth::no;
    default: return Truth::unknown;
  }
}

Truth came_after(const Event& q, const Turn& turn, Day term_first) {
  if (turn.event == 0) return q.day >= term_first ? Truth::yes : Truth::no;
  if (turn.event == q.identity) return Truth::no;  // nothing comes after itself
  if (q.day != turn.day) return q.day > turn.day ? Truth::yes : Truth::no;
  if (!q.timed || !turn.timed || q.earliest == turn.instant) return Truth::unknown;
  return q.earliest > turn.instant ? Truth::yes : Truth::no;
}

// q came after the previous p, whichever of the possible ones that was; without one, since the term began.
Truth since_previous(const std::vector<Turn>& previous, Day term_first, const Event& q) {
  if (previous.empty()) return q.day >= term_first ? Truth::yes : Truth::no;
  const Truth first = came_after(q, previous.front(), term_first);
  for (const Turn& turn : previous)
    if (came_after(q, turn, term_first) != first) return Truth::unknown;
  return first;
}

// Whether `q` is, for `p`, what the rule wants to have come before; notes say where it fell short.
struct Judged {
  Truth truth = Truth::yes;
  Note short_of{};
};

Judged precedes(const Run& run, const Instance& in, const std::vector<Turn>& previous, const Event& q, const Event& p) {
  const Machine& m = run.machine;
  const Rule& r = run.rule(in);
  const calendar::Holidays h = m.program.holidays;
  Judged j;
  const auto demand = [&](Truth t, Why why, Day day) {
    if (t != Truth::yes && j.truth == Truth::yes) j.short_of = {t == Truth::unknown ? Why::same_day_unknown : why, q.identity, 0, {}, {}, day};
    j.truth = both(j.truth, t);
  };
  if (r.prec_at_least)
    demand(early_enough(m, q, p, r.prec_at_least_duration), Why::not_early_enough, calendar::minus(p.day, r.prec_at_least_duration, h));
  if (r.prec_within) {
    demand(order(q, p) == Order::after ? Truth::no : Truth::yes, Why::too_late, p.day);
    demand(recent_enough(m, q, p, r.prec_within_duration), Why::too_long_before, calendar::minus(p.day, r.prec_within_duration, h));
  }
  if (!r.prec_at_least && (!r.prec_within || r.prec_since_previous)) demand(before(q, p), Why::too_late, p.day);
  if (r.prec_since_previous) demand(since_previous(previous, run.state.term_first, q), Why::too_long_before, previous.empty() ? run.state.term_first : previous.front().day);
  return j;
}

Truth fit_of_pattern(const Run& run, const Instance& in, const Event& e) {
  return fit(run.asking(&e, nullptr, &in), run.rule(in).pattern, e);
}

Truth judge_precedence(Run& run, const Instance& in, Open& open, const Event& p) {
  const Rule& r = run.rule(in);
  const program::Program& program = run.machine.program;
  const Index type = program.patterns[r.answer].type;
  const std::vector<Turn> previous = r.prec_since_previous ? run.previous_of(in, p) : std::vector<Turn>{};
  Day since = run.state.term_first;  // the earliest day on which what is asked for may lie, as far as records matter
  if (!previous.empty()) {
    Day earliest = calendar::day_max;  // on which the previous one may have been; where there may be none, the term's first
    for (const Turn& turn : previous) earliest = std::min(earliest, turn.event == 0 ? run.state.term_first : turn.day);
    since = std::max(since, earliest);
  }
  if (r.prec_within) since = std::max(since, calendar::minus(p.day, r.prec_within_duration, program.holidays));
  Truth best = Truth::no;
  const std::vector<Remembered>& past = run.state.memory[type];
  // The nearest first: what counts is found soon, and what did not count is told from the nearest on.
  for (auto at = past.rbegin(); at != past.rend() && best != Truth::yes; ++at) {
    const Remembered& q = *at;
    if (q.event.identity == p.identity || q.event.day > p.day) continue;
    if (r.prec_since_previous && q.event.day < since && !open.finding.notes.empty()) break;
    const Answer fit = fits(run.asking(&q.event, &p, &in), r.answer, q.event);
    const Truth effect = both(fit.truth, q.effect);
    if (effect == Truth::no && fit.truth == Truth::no && fit.text == 0) continue;
    Judged j = precedes(run, in, previous, q.event, p);
    // What is itself one of those events comes no later than the previous of them.
    const bool may_be = q.event.day == p.day || std::any_of(previous.begin(), previous.end(), [&](const Turn& t) { return t.event != 0 && t.day == q.event.day; });
    if (r.prec_since_previous && may_be) {
      const Truth same = both(both(fit_of_pattern(run, in, q.event), q.effect), negated(run.overridden(in, q.event).truth));
      if (same != Truth::no) j.short_of = {Why::too_long_before, q.event.identity, 0, {}, {}, q.event.day};
      j.truth = both(j.truth, negated(same));
    }
    const Truth t = both(effect, j.truth);
    if (t == Truth::yes) {
      open.finding.evidence.push_back(q.event.identity);
      open.finding.have = 1;
      run.note(open, {Why::counted, q.event.identity, 0, {}, {}, q.event.day});
    } else if (j.truth != Truth::yes && effect != Truth::no) {
      // What is in doubt decides, and is told first.
      const bool news = run.note(open, j.short_of);
      if (news && j.truth == Truth::unknown) std::rotate(open.finding.notes.begin(), open.finding.notes.end() - 1, open.finding.notes.end());
    } else if (t != Truth::yes) {
      run.note_unfit(open, q, fit);
    }
    best = either(best, t);
  }
  if (best == Truth::no && run.unrecorded(r.answer, since)) {
    run.note(open, {Why::not_recorded, 0, program.event_types[type].name, {}, {}, {}});
    return Truth::unknown;
  }
  if (best == Truth::no && open.finding.notes.empty())
    run.note(open, {Why::nothing_on_record, 0, program.patterns[r.answer].text, {}, {}, {}});
  return best;
}

// Whether what a prohibition names (`before Q`, `after Q`, `within D after Q`) had come before p.
Truth had_come(Run& run, const Instance& in, Open& open, const Event& p) {
  const Rule& r = run.rule(in);
  const Index type = run.machine.program.patterns[r.next].type;
  Truth t = Truth::no;
  for (const Remembered& q : run.state.memory[type]) {
    if (q.event.identity == p.identity || q.event.day > p.day) continue;
    const Answer fitting = fits(run.asking(&q.event, &p, &in), r.next, q.event);
    Truth here = both(both(fitting.truth, q.effect), before(q.event, p));
    if (r.limit == Limit::within_after) here = both(here, recent_enough(run.machine, q.event, p, r.duration));
    if (here == Truth::unknown && fitting.truth == Truth::unknown) run.note_unfit(open, q, fitting);
    else if (here != Truth::no) run.note(open, {here == Truth::yes ? Why::previous : Why::same_day_unknown, q.event.identity, 0, {}, {}, q.event.day});
    t = either(t, here);
  }
  const bool recent = r.limit == Limit::within_after;
  const Day since = recent ? calendar::minus(p.day, r.duration, run.machine.program.holidays) : run.state.term_first;
  if (t == Truth::no && run.unrecorded(r.next, since)) {
    run.note(open, {Why::not_recorded, 0, run.machine.program.event_types[type].name, {}, {}, {}});
    return Truth::unknown;
  }
  return t;
}

Truth judge_condition(Run& run, const Instance& in, Open& open, const Event& e, program::Expression condition) {
  const Answer a = ask(run.asking(&e, &e, &in), condition);
  if (a.truth == Truth::no) run.note(open, {Why::condition_false, e.identity, a.text, a.expected, a.actual, e.day});
  if (a.truth == Truth::unknown) {
    open.finding.missing = a.missing;
    run.note(open, {Why::condition_unknown, e.identity, a.text, text_value(a.missing.front()), {}, e.day});
  }
  return a.truth;
}

// True when nothing prohibited happened.
Truth judge_prohibition(Run& run, const Instance& in, Open& open, const Event& e) {
  const Rule& r = run.rule(in);
  switch (r.limit) {
    case Limit::always: return Truth::no;
    case Limit::unless: return judge_condition(run, in, open, e, r.condition);
    case Limit::whenever: {
      const Answer a = ask(run.asking(&e, &e, &in), r.condition);
      const std::uint32_t last = r.condition.first + r.condition.count - 1;
      if (a.truth == Truth::yes) run.note(open, {Why::prohibited, e.identity, run.machine.program.code[last].text, {}, {}, e.day});
      if (a.truth == Truth::unknown) {
        open.finding.missing = a.missing;
        run.note(open, {Why::condition_unknown, e.identity, a.text, text_value(a.missing.front()), {}, e.day});
      }
      return negated(a.truth);
    }
    case Limit::before: return had_come(run, in, open, e);
    case Limit::after:
    case Limit::within_after: return negated(had_come(run, in, open, e));
    case Limit::months: return r.months.contains(calendar::to_date(e.day).month) ? Truth::no : Truth::yes;
  }
  return Truth::unknown;
}

Truth judge_power(Run& run, const Instance& in, Open& open, const Event& e) {
  const program::Program& p = run.machine.program;
  const Rule& r = run.rule(in);
  const Value v = r.slot < e.fields.size() ? e.fields[r.slot] : Value{};
  if (v.kind == ValueKind::absent) {
    const Symbol name = field_name(p, e, r.slot);
    open.finding.missing.push_back(name);
    run.note(open, {Why::field_missing, e.identity, name, {}, {}, e.day});
    return Truth::unknown;
  }
  // Of several, all must be among those named: only they may.
  bool competent = v.kind == ValueKind::list || among(p, r.members, v.symbol);
  for (std::int64_t i = 0; v.kind == ValueKind::list && i < v.b; ++i)
    competent = competent && among(p, r.members, e.pool[static_cast<std::size_t>(v.a + i)]);
  run.note(open, {competent ? Why::competent : Why::not_competent, e.identity, r.sentence, {}, v, e.day});
  return competent ? Truth::yes : Truth::no;
}

}  // namespace

void Run::judge_event(Instance& in, const Remembered& r) {
  const Rule& row = rule(in);
  if (!interval(machine, state, in).holds(r.event.day)) return;
  const Answer fit = fits(asking(&r.event, nullptr, &in), row.pattern, r.event);
  const Truth fitting = both(fit.truth, r.effect);
  const Answer over = overridden(in, r.event);
  if (fitting == Truth::no || over.truth == Truth::yes) return;
  Open open = bound_to(in, r.event);
  if (row.form != Form::precedence) open.finding.evidence.push_back(r.event.identity);
  if (fitting == Truth::unknown || over.truth == Truth::unknown) {
    note_unfit(open, r, fitting == Truth::unknown ? fit : over);
    cannot_tell(in, open, r.event.day);
    return;
  }
  Truth t = Truth::unknown;
  switch (row.form) {
    case Form::constraint: t = judge_condition(*this, in, open, r.event, row.condition); break;
    case Form::precedence:
      t = judge_precedence(*this, in, open, r.event);
      open.finding.evidence.push_back(r.event.identity);
      break;
    case Form::prohibition: t = judge_prohibition(*this, in, open, r.event); break;
    case Form::power: t = judge_power(*this, in, open, r.event); break;
    default: return;
  }
  if (row.form != Form::precedence) open.finding.have = t == Truth::yes ? 1 : 0;
  if (t == Truth::unknown) cannot_tell(in, open, r.event.day);
  else settle(in, open, as_status(t), r.event.day);
}

}  // namespace samrad::engine
