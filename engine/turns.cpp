// Whose turn it was: alternation and rotation, and which event was the previous one.
//
// Where the order of two events of one day would decide and neither has a time, every order that is possible is tried: the state keeps
// all the turns that may have been the last, and a verdict is said only where all of them agree.
#include <algorithm>

#include "engine/arithmetic.h"
#include "engine/day.h"

namespace samrad::engine {
namespace {

using program::Form;
using program::Rule;
using program::ValueKind;

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
  if (previous.event == 0) return Truth::yes;
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

// Those of today's events that take a turn, or may.
std::vector<Taker> takers_of(const Run& run, const Instance& in) {
  const Rule& row = run.rule(in);
  const Interval applies = interval(run.machine, run.state, in);
  std::vector<Taker> takers;
  for (const Remembered& r : run.today) {
    if (!applies.holds(r.event.day)) continue;
    const Truth t = both(fit(run.asking(&r.event, nullptr, &in), row.pattern, r.event), r.effect);
    const Truth counts = both(t, negated(run.overridden(in, r.event).truth));
    if (counts != Truth::no) takers.push_back({&r, turn_of(run.machine.program, row, r), counts});
  }
  return takers;
}

// Those of earlier days may be it too; where there are none, so may nobody.
void add_earlier(std::vector<Turn>& out, const std::vector<Turn>& earlier) {
  if (earlier.empty() && !out.empty()) out.push_back({});
  out.insert(out.end(), earlier.begin(), earlier.end());
}

// The latest of those that surely count and surely come before `limit`, where that is given; null: there is none. Events of one day, of
// which only those with a time have an order.
const Event* latest_certain(const std::vector<Taker>& takers, const Event* limit) {
  const Event* latest = nullptr;
  for (const Taker& t : takers) {
    const Event& e = t.what->event;
    if (t.counts != Truth::yes || !e.timed) continue;
    if (limit && order(e, *limit) != Order::before) continue;
    if (!latest || order(*latest, e) == Order::before) latest = &e;
  }
  return latest;
}

// The events that may directly precede `takers[n]`: those of the day that are not surely followed by another surely before it, and the
// last of earlier days when none of the day is surely before it.
std::vector<Turn> possible_previous(const std::vector<Taker>& takers, std::size_t n, const std::vector<Turn>& earlier) {
  const Event& mine = takers[n].what->event;
  const Event* const between = latest_certain(takers, &mine);
  std::vector<Turn> out;
  for (std::size_t i = 0; i < takers.size(); ++i) {
    const Event& other = takers[i].what->event;
    if (i == n || order(other, mine) == Order::after) continue;
    if (!between || order(other, *between) != Order::before) out.push_back(takers[i].turn);
  }
  if (!between) add_earlier(out, earlier);
  return out;
}

// Those that may be the last of the day.
std::vector<Turn> possible_last(const std::vector<Taker>& takers, const std::vector<Turn>& earlier) {
  const Event* const latest = latest_certain(takers, nullptr);
  std::vector<Turn> out;
  bool certain = false;
  for (const Taker& t : takers) {
    if (!latest || order(t.what->event, *latest) != Order::before) out.push_back(t.turn);
    certain = certain || t.counts == Truth::yes;
  }
  if (!certain) add_earlier(out, earlier);
  return out;
}

// How many of those that may have been before are named: a day with thousands whose order nobody knows must not name them all for each.
constexpr std::size_t previous_named_max = 32;

void note_turn(Run& run, Open& open, const Instance& in, const Turn& mine, const std::vector<Turn>& previous, Truth t) {
  const program::Program& p = run.machine.program;
  const Rule& r = run.rule(in);
  if (previous.empty()) run.note(open, {Why::first_turn, mine.event, 0, {}, {}, mine.day});
  for (std::size_t i = 0; i < std::min(previous.size(), previous_named_max); ++i) {
    const Turn& before = previous[i];
    if (before.event == 0) {
      run.note(open, {Why::first_turn, mine.event, 0, {}, {}, mine.day});
      continue;
    }
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
  }
}

}  // namespace

// The verdict on one taker against every turn that may have been before.
Truth Run::judge_taker(Instance& in, Open& open, const Event& e, const Turn& turn, const std::vector<Turn>& previous) {
  const Rule& row = rule(in);
  const program::Program& p = machine.program;
  if (!turn.known) {
    const Symbol name = field_name(p, e, row.slot);
    note(open, {Why::field_missing, turn.event, name, {}, {}, turn.day});
    open.finding.missing.push_back(name);
    return Truth::unknown;
  }
  if (!among(p, row.members, turn.value)) {
    note(open, {Why::not_a_member, turn.event, row.sentence, {}, text_value(turn.value), turn.day});
    return Truth::no;
  }
  Truth t = Truth::yes;
  for (std::size_t i = 0; i < previous.size(); ++i) {
    const Truth one = right_turn(p, row, turn.value, previous[i]);
    t = i == 0 || one == t ? one : Truth::unknown;
    if (t == Truth::unknown) break;
  }
  const Symbol written = e.fields[row.slot].symbol;
  if (written != turn.value)
    note(open, {Why::deputy, turn.event, 0, text_value(turn.value), text_value(written), turn.day});
  note_turn(*this, open, in, turn, previous, t);
  return t;
}

void Run::judge_turns(Instance& in) {
  const Rule& row = rule(in);
  const std::vector<Taker> takers = takers_of(*this, in);
  for (std::size_t n = 0; n < takers.size(); ++n) {
    const Taker& taker = takers[n];
    Open open = bound_to(in, taker.what->event);
    open.finding.evidence.push_back(taker.turn.event);
    if (taker.counts == Truth::unknown) {
      const Answer fit = fits(asking(&taker.what->event, nullptr, &in), row.pattern, taker.what->event);
      note_unfit(open, *taker.what, both(fit.truth, taker.what->effect) == Truth::yes ? overridden(in, taker.what->event) : fit);
      cannot_tell(in, open, state.today);
      continue;
    }
    const Truth t = judge_taker(in, open, taker.what->event, taker.turn, possible_previous(takers, n, in.previous));
    open.finding.have = t == Truth::yes ? 1 : 0;
    if (t == Truth::unknown) cannot_tell(in, open, state.today);
    else settle(in, open, as_status(t), state.today);
  }
  if (!takers.empty()) in.previous = possible_last(takers, in.previous);
}

std::vector<Turn> Run::previous_of(const Instance& in, const Event& e) const {
  const std::vector<Taker> takers = takers_of(*this, in);
  for (std::size_t n = 0; n < takers.size(); ++n)
    if (takers[n].what->event.identity == e.identity) return possible_previous(takers, n, in.previous);
  return in.previous;
}

void Run::remember_previous(Instance& in) {
  const Rule& row = rule(in);
  if (row.form != Form::precedence || !row.prec_since_previous) return;
  const std::vector<Taker> takers = takers_of(*this, in);
  if (!takers.empty()) in.previous = possible_last(takers, in.previous);
}

}  // namespace samrad::engine
