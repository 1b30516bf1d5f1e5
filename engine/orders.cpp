// Rules that judge an event on its own day: precedence, constraint, prohibition, power, and whose turn it was.
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

Status as_status(Truth t) {
  return t == Truth::yes ? Status::met : t == Truth::no ? Status::broken : Status::cannot_assess;
}

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

// q came after every event that may have been the previous p.
Truth since_previous(const Instance& in, const Event& q) {
  Truth t = Truth::yes;
  for (const Turn& turn : in.previous) {
    if (q.day > turn.day) continue;
    if (q.day < turn.day) return Truth::no;
    if (!q.timed || !turn.timed) t = both(t, Truth::unknown);
    else if (q.earliest < turn.instant) return Truth::no;
  }
  return t;
}

// Whether `q` is, for `p`, what the rule wants to have come before; notes say where it fell short.
struct Judged {
  Truth truth = Truth::yes;
  Note short_of{};
};

Judged precedes(const Run& run, const Instance& in, const Event& q, const Event& p) {
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
  if (!r.prec_at_least && !r.prec_within) demand(before(q, p), Why::too_late, p.day);
  if (r.prec_since_previous) demand(since_previous(in, q), Why::too_long_before, in.previous.empty() ? p.day : in.previous.front().day);
  return j;
}

Truth judge_precedence(Run& run, const Instance& in, Open& open, const Event& p) {
  const Rule& r = run.rule(in);
  const program::Program& program = run.machine.program;
  const Index type = program.patterns[r.answer].type;
  Truth best = Truth::no;
  for (const Remembered& q : run.state.memory[type]) {
    if (q.event.identity == p.identity || q.event.day > p.day) continue;
    const Answer fit = fits(run.asking(&q.event, &p, &in), r.answer, q.event);
    const Truth effect = both(fit.truth, q.effect);
    if (effect == Truth::no && fit.truth == Truth::no && fit.text == 0) continue;
    const Judged j = precedes(run, in, q.event, p);
    const Truth t = both(effect, j.truth);
    if (t == Truth::yes && best != Truth::yes) {
      open.finding.evidence.push_back(q.event.identity);
      open.finding.have = 1;
      run.note(open, {Why::counted, q.event.identity, 0, {}, {}, q.event.day});
    } else if (j.truth != Truth::yes && effect != Truth::no) {
      run.note(open, j.short_of);
    } else if (t != Truth::yes) {
      run.note_unfit(open, q, fit);
    }
    best = either(best, t);
  }
  if (best == Truth::no && run.unrecorded(r.answer, p.day)) {
    run.note(open, {Why::not_recorded, 0, program.event_types[type].name, {}, {}, {}});
    return Truth::unknown;
  }
  if (best == Truth::no && open.finding.notes.empty())
    run.note(open, {Why::nothing_on_record, 0, program.patterns[r.answer].text, {}, {}, {}});
  if (best == Truth::unknown && open.finding.missing.empty())
    open.finding.missing.push_back(run.machine.symbols.find(Symbols::time_of_day));
  return best;
}

// Whether what a prohibition names (`before Q`, `after Q`, `within D after Q`) had come before p.
Truth had_come(Run& run, const Instance& in, Open& open, const Event& p) {
  const Rule& r = run.rule(in);
  const Index type = run.machine.program.patterns[r.next].type;
  Truth t = Truth::no;
  for (const Remembered& q : run.state.memory[type]) {
    if (q.event.identity == p.identity || q.event.day > p.day) continue;
    Truth here = both(both(fit(run.asking(&q.event, &p, &in), r.next, q.event), q.effect), before(q.event, p));
    if (r.limit == Limit::within_after) here = both(here, recent_enough(run.machine, q.event, p, r.duration));
    if (here != Truth::no) run.note(open, {here == Truth::yes ? Why::previous : Why::same_day_unknown, q.event.identity, 0, {}, {}, q.event.day});
    t = either(t, here);
  }
  if (t == Truth::no && run.unrecorded(r.next, p.day)) {
    run.note(open, {Why::not_recorded, 0, run.machine.program.event_types[type].name, {}, {}, {}});
    return Truth::unknown;
  }
  if (t == Truth::unknown) open.finding.missing.push_back(run.machine.symbols.find(Symbols::time_of_day));
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

bool among(const program::Program& p, program::Range members, Symbol s) {
  for (std::uint32_t i = 0; i < members.count; ++i)
    if (p.symbol_lists[members.first + i] == s) return true;
  return false;
}

Symbol field_name(const program::Program& p, const Event& e, std::uint32_t slot) {
  const program::EventType& type = p.event_types[e.type];
  return slot == program::subject_slot ? type.name : p.fields[type.fields.first + slot].name;
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
  bool competent = v.kind != ValueKind::list && among(p, r.members, v.symbol);
  for (std::int64_t i = 0; v.kind == ValueKind::list && i < v.b; ++i)
    competent = competent || among(p, r.members, e.pool[static_cast<std::size_t>(v.a + i)]);
  run.note(open, {competent ? Why::competent : Why::not_competent, e.identity, r.sentence, {}, v, e.day});
  return competent ? Truth::yes : Truth::no;
}

// ---- turns ----------------------------------------------------------------------------------------------------------

Symbol seat_of(const program::Program& p, const Rule& r, Symbol value) {
  if (among(p, r.members, value)) return value;
  for (const program::Member& m : p.members)
    if (m.name == value && m.deputy_of != 0) return m.deputy_of;
  return value;
}

// Whose turn it is after `previous` in a rotation; 0 when the previous was none of those named.
Symbol turn_after(const program::Program& p, program::Range members, Symbol previous) {
  for (std::uint32_t i = 0; i < members.count; ++i)
    if (p.symbol_lists[members.first + i] == previous) return p.symbol_lists[members.first + (i + 1) % members.count];
  return 0;
}

Truth right_turn(const program::Program& p, const Rule& r, Symbol seat, const Turn& previous) {
  if (!previous.known) return Truth::unknown;
  if (r.form == Form::alternation) return seat != previous.value ? Truth::yes : Truth::no;
  const Symbol expected = turn_after(p, r.members, previous.value);
  return expected == 0 || expected == seat ? Truth::yes : Truth::no;
}

Turn turn_of(const program::Program& p, const Rule& r, const Remembered& x) {
  Turn t;
  t.event = x.event.identity;
  t.day = x.event.day;
  t.timed = x.event.timed;
  t.instant = x.event.earliest;
  const Value v = r.slot < x.event.fields.size() ? x.event.fields[r.slot] : Value{};
  t.known = v.kind == ValueKind::member || v.kind == ValueKind::text;
  if (t.known) t.value = seat_of(p, r, v.symbol);
  return t;
}

struct Taker {
  const Remembered* what;
  Turn turn;
  Truth counts;
};

// The events that may directly precede `takers[n]`: those of the day that are not surely followed by another surely before it, and the
// last of earlier days when none of the day is surely before it.
std::vector<Turn> possible_previous(const std::vector<Taker>& takers, std::size_t n, const std::vector<Turn>& earlier) {
  const auto order_of = [&](std::size_t i, std::size_t j) { return order(takers[i].what->event, takers[j].what->event); };
  std::vector<Turn> out;
  bool someone_before = false;
  for (std::size_t i = 0; i < takers.size(); ++i) {
    if (i == n || order_of(i, n) == Order::after) continue;
    bool passed = false;
    for (std::size_t k = 0; k < takers.size(); ++k)
      if (k != i && k != n && takers[k].counts == Truth::yes && order_of(i, k) == Order::before && order_of(k, n) == Order::before) passed = true;
    if (!passed) out.push_back(takers[i].turn);
    if (order_of(i, n) == Order::before && takers[i].counts == Truth::yes) someone_before = true;
  }
  if (!someone_before) out.insert(out.end(), earlier.begin(), earlier.end());
  return out;
}

// Those that may be the last of the day.
std::vector<Turn> possible_last(const std::vector<Taker>& takers, const std::vector<Turn>& earlier) {
  std::vector<Turn> out;
  bool certain = false;
  for (const Taker& t : takers) {
    bool followed = false;
    for (const Taker& o : takers)
      if (&o != &t && o.counts == Truth::yes && order(t.what->event, o.what->event) == Order::before) followed = true;
    if (!followed) out.push_back(t.turn);
    certain = certain || t.counts == Truth::yes;
  }
  if (!certain) out.insert(out.end(), earlier.begin(), earlier.end());
  return out;
}

void note_turn(Run& run, Open& open, const Instance& in, const Turn& mine, const std::vector<Turn>& previous, Truth t) {
  const program::Program& p = run.machine.program;
  const Rule& r = run.rule(in);
  if (previous.empty()) run.note(open, {Why::first_turn, mine.event, 0, {}, {}, mine.day});
  for (const Turn& before : previous) {
    run.note(open, {Why::previous, before.event, 0, {}, before.known ? text_value(before.value) : Value{}, before.day});
    if (!before.known) {
      run.note(open, {Why::previous_unknown, before.event, field_name(p, open.anchor, r.slot), {}, {}, before.day});
      open.finding.missing.push_back(field_name(p, open.anchor, r.slot));
    }
    if (t == Truth::no) {
      const Symbol expected = turn_after(p, r.members, before.value);
      run.note(open, {Why::wrong_turn, mine.event, r.sentence, text_value(expected), text_value(mine.value), mine.day});
    }
  }
  if (t == Truth::unknown && previous.size() > 1 && open.finding.missing.empty()) {
    run.note(open, {Why::same_day_unknown, mine.event, 0, {}, {}, mine.day});
    open.finding.missing.push_back(run.machine.symbols.find(Symbols::time_of_day));
  }
}

}  // namespace

void Run::judge_turns(Instance& in) {
  const Rule& row = rule(in);
  const program::Program& p = machine.program;
  const Interval applies = interval(machine, state, in);
  std::vector<Taker> takers;
  for (const Remembered& r : today) {
    if (!applies.holds(r.event.day)) continue;
    const Answer fit = fits(asking(&r.event, nullptr, &in), row.pattern, r.event);
    const Truth t = both(fit.truth, r.effect);
    if (t != Truth::no && !overridden(in, r.event)) takers.push_back({&r, turn_of(p, row, r), t});
  }
  for (std::size_t n = 0; n < takers.size(); ++n) {
    const Taker& taker = takers[n];
    Open open = bound_to(in, taker.what->event);
    if (taker.counts == Truth::unknown) {
      note_unfit(open, *taker.what, fits(asking(&taker.what->event, nullptr, &in), row.pattern, taker.what->event));
      cannot_tell(in, open, state.today);
      continue;
    }
    const std::vector<Turn> previous = possible_previous(takers, n, in.previous);
    Truth t = Truth::yes;
    bool agreed = true;
    if (!taker.turn.known) {
      t = Truth::unknown;
      const Symbol name = field_name(p, taker.what->event, row.slot);
      note(open, {Why::field_missing, taker.turn.event, name, {}, {}, taker.turn.day});
      open.finding.missing.push_back(name);
    } else if (!among(p, row.members, taker.turn.value)) {
      t = Truth::no;
      note(open, {Why::not_a_member, taker.turn.event, row.sentence, {}, text_value(taker.turn.value), taker.turn.day});
    } else {
      for (std::size_t i = 0; i < previous.size(); ++i) {
        const Truth one = right_turn(p, row, taker.turn.value, previous[i]);
        agreed = agreed && (i == 0 || one == t);
        t = i == 0 ? one : t;
      }
      if (!agreed) t = Truth::unknown;
      const Symbol written = taker.what->event.fields[row.slot].symbol;
      if (written != taker.turn.value)
        note(open, {Why::deputy, taker.turn.event, 0, text_value(taker.turn.value), text_value(written), taker.turn.day});
      note_turn(*this, open, in, taker.turn, previous, t);
    }
    open.finding.evidence.push_back(taker.turn.event);
    open.finding.have = t == Truth::yes ? 1 : 0;
    if (t == Truth::unknown) cannot_tell(in, open, state.today);
    else settle(in, open, as_status(t), state.today);
  }
  if (!takers.empty()) in.previous = possible_last(takers, in.previous);
}

void Run::judge_event(Instance& in, const Remembered& r) {
  const Rule& row = rule(in);
  if (!interval(machine, state, in).holds(r.event.day)) return;
  const Answer fit = fits(asking(&r.event, nullptr, &in), row.pattern, r.event);
  const Truth fitting = both(fit.truth, r.effect);
  if (fitting == Truth::no || overridden(in, r.event)) return;
  Open open = bound_to(in, r.event);
  open.finding.evidence.push_back(r.event.identity);
  if (fitting == Truth::unknown) {
    note_unfit(open, r, fit);
    cannot_tell(in, open, r.event.day);
    return;
  }
  Truth t = Truth::unknown;
  switch (row.form) {
    case Form::constraint: t = judge_condition(*this, in, open, r.event, row.condition); break;
    case Form::precedence: t = judge_precedence(*this, in, open, r.event); break;
    case Form::prohibition: t = judge_prohibition(*this, in, open, r.event); break;
    case Form::power: t = judge_power(*this, in, open, r.event); break;
    default: return;
  }
  if (row.form != Form::precedence) open.finding.have = t == Truth::yes ? 1 : 0;
  if (t == Truth::unknown) cannot_tell(in, open, r.event.day);
  else settle(in, open, as_status(t), r.event.day);
}

void Run::remember_previous(Instance& in) {
  const Rule& row = rule(in);
  if (row.form != Form::precedence || !row.prec_since_previous) return;
  std::vector<Taker> takers;
  for (const Remembered& r : today) {
    const Truth t = both(fit(asking(&r.event, nullptr, &in), row.pattern, r.event), r.effect);
    if (t != Truth::no) takers.push_back({&r, turn_of(machine.program, row, r), t});
  }
  if (!takers.empty()) in.previous = possible_last(takers, in.previous);
}

}  // namespace samrad::engine
