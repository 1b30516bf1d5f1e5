// What happens to a record: time passes, then an event is taken by the rules that look at events of its type.
//
// The engine judges a day as a whole when the next begins; here each event is judged as it comes. The two agree because whatever two events of
// one day could do to each other is found when the second of them comes, and makes the agreement odd unless their times tell.
#include "engine/lane/course.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace samrad::engine::lane::detail {
namespace {

using program::Form;
using program::Quantity;
using program::Rule;
using program::Within;

constexpr std::int64_t day_seconds = 86400;

std::int32_t offset_of(const Row& row) {
  return row.instant == Row::no_time ? no_offset : static_cast<std::int32_t>(row.instant - row.day * day_seconds);
}

std::int32_t after(std::int32_t due) { return due >= calendar::day_max.n ? INT32_MAX : due + 1; }

bool surely_before(std::int32_t a, std::int32_t b) { return a != no_offset && b != no_offset && a < b; }

}  // namespace

bool Course::begin(Term term) {
  std::memset(record_, 0, plan_.bytes);
  head_ = {};
  head_.today = calendar::day_min.n - 1;
  head_.wake = never;
  head_.term_first = term.first.n;
  head_.expiry = term.last.n;
  for (const Part& part : plan_.parts) {
    if (part.form == Form::count) {
      Window& window = *new (record_ + part.at) Window;
      first_window(plan_, part, head_, window);
      if (window.ended == 0) wake_at(part, after(window.due));
    } else if (part.form == Form::response) {
      new (record_ + part.at) Waiting;
    } else if (part.form == Form::extension) {
      Chance& chance = *new (record_ + part.at) Chance;
      chance.status = static_cast<std::uint8_t>(Status::open);
      if (term.last == calendar::day_max) continue;
      State state;
      state.term_first = term.first;
      state.expiry = term.last;
      const Asking about{plan_.machine, state, nullptr, nullptr, {}, 0, plan_.rule(part).shift};
      Day due = term.last;
      for (std::uint32_t i = 0; i < part.dated.count; ++i)
        due = std::min(due, latest_before(about, plan_.machine.program.aggregates[plan_.dated[part.dated.first + i]]));
      if (due < term.first) return false;
      chance.due = due.n;
      wake_at(part, after(due.n));
    }
  }
  return term.first <= term.last;
}

Verdict& Course::say(const Part& part, Status status, Bound bound) {
  Verdict& v = out_.emplace_back();
  v.agreement = agreement_;
  v.rule = static_cast<std::uint16_t>(part.rule);
  v.status = status;
  v.bound = bound;
  return v;
}

// ---- time -------------------------------------------------------------------------------------------------------------

void Course::pass(std::int32_t today) {
  head_.today = std::max(head_.today, today);
  if (today < head_.wake) return;
  head_.wake = never;
  if (plan_.live_words == 0) {
    std::uint32_t live = head_.live;
    for (head_.live = 0; live != 0; live &= live - 1) close(plan_.parts[plan_.timed[static_cast<std::uint32_t>(std::countr_zero(live))]], today);
    return;
  }
  for (std::uint32_t i = 0; i < plan_.live_words; ++i) {
    Word live = std::exchange(live_word(i), 0);
    for (; live != 0; live &= live - 1) close(plan_.parts[plan_.timed[i * 64 + static_cast<std::uint32_t>(std::countr_zero(live))]], today);
  }
}

void Course::close(const Part& part, std::int32_t today) {
  if (part.form == Form::count) wake_at(part, close_windows(part, today));
  else if (part.form == Form::response) wake_at(part, close_cases(part, today));
  else wake_at(part, close_chance(part, today));
}

std::int32_t Course::close_windows(const Part& part, std::int32_t today) {
  const Rule& r = plan_.rule(part);
  Window& w = at<Window>(record_, part.at);
  while (w.ended == 0 && w.due < today) {
    if (w.need >= 0 && w.settled == 0) {
      const bool met = r.quantity == Quantity::at_most || w.have >= w.need;
      full_ = full_ || !count_up(met ? w.met : w.missed);
      if (!met) {
        Verdict& v = say(part, Status::missed, r.has_period ? Bound::window : Bound::term);
        v.opens = Day{w.opens};
        v.due = Day{w.due};
        v.settled = Day{w.due} + 1;
        v.day = first_day(plan_, part, head_, w);
      }
    }
    next_window(plan_, part, head_, w);
  }
  return w.ended != 0 ? never : after(w.due);
}

std::int32_t Course::close_cases(const Part& part, std::int32_t today) {
  Waiting& waiting = at<Waiting>(record_, part.at);
  std::int32_t wake = never;
  Cases(part, record_, overflow_).each([&](Case& c) {
    if (c.missed != 0) return Cases::Then::go_on;
    const std::int32_t due = c.due();
    if (due >= today) {
      wake = std::min(wake, after(due));
      return Cases::Then::go_on;
    }
    c.missed = 1;
    full_ = full_ || !count_up(waiting.missed);
    Verdict& v = say(part, Status::missed, Bound::event);
    v.opens = Day{c.day};
    v.due = Day{due};
    v.settled = Day{std::max(due + 1, c.day)};
    v.ordinal = c.ordinal;
    return Cases::Then::go_on;
  });
  return wake;
}

std::int32_t Course::close_chance(const Part& part, std::int32_t today) {
  Chance& chance = at<Chance>(record_, part.at);
  if (head_.expiry == calendar::day_max.n || chance.status != static_cast<std::uint8_t>(Status::open)) return never;
  if (chance.due >= today) return after(chance.due);
  chance.status = static_cast<std::uint8_t>(Status::lapsed);
  Verdict& v = say(part, Status::lapsed, Bound::expiry);
  v.opens = Day{head_.term_first};
  v.due = Day{chance.due};
  v.settled = Day{chance.due} + 1;
  v.day = Day{head_.expiry};
  return never;
}

// ---- events -----------------------------------------------------------------------------------------------------------

bool Course::take(const Row& row) {
  const OfType& type = plan_.types[row.type];
  if (row.day < head_.today || type.odd || (row.known & type.needed) != type.needed) return false;
  pass(row.day);
  const Frames f{row.values(), row.day, row.values(), row.day, head_.term_first, row.known};
  const Act* const acts = plan_.acts.data();
  for (std::uint32_t i = 0; i < type.acts.count; ++i)
    if (!act(acts[type.acts.first + i], row, f)) return false;
  if (type.by_subject.empty()) return !full_;
  const Word subject = row.values()[type.subject];
  const auto at = std::lower_bound(type.by_subject.begin(), type.by_subject.end(), subject, [](const OfSubject& s, Word w) { return s.subject < w; });
  if (at == type.by_subject.end() || at->subject != subject) return !full_;
  for (std::uint32_t i = 0; i < at->acts.count; ++i)
    if (!act(acts[at->acts.first + i], row, f)) return false;
  return !full_;
}

bool Course::act(const Act& act, const Row& row, const Frames& f) {
  const Part& part = plan_.parts[act.part];
  if (act.role == Role::dated) return consult(part, act, f);
  if (act.role == Role::answer) return answer(part, row, f);
  switch (part.form) {
    case Form::count: return count(part, f);
    case Form::response: return open_case(part, row, f);
    case Form::alternation:
    case Form::rotation: return turn(part, row, f);
    default: return judge(part, row, f);
  }
}

bool Course::count(const Part& part, const Frames& f) {
  const Rule& r = plan_.rule(part);
  Window& w = at<Window>(record_, part.at);
  if (w.ended != 0 || f.candidate_day < w.opens || f.candidate_day > w.due || !fits(plan_, part.main.tests, f)) return true;
  if (!calendar::counts(r.period, Day{f.candidate_day})) return true;
  if (!count_up(w.have)) return false;
  if (w.settled != 0 || w.need < 0) return true;
  if (r.quantity == Quantity::at_least && w.have >= w.need) {
    w.settled = 1;
    return count_up(w.met);
  }
  if (r.quantity != Quantity::at_least && w.have > w.need) {
    w.settled = 1;
    Verdict& v = say(part, Status::broken, r.has_period ? Bound::window : Bound::term);
    v.opens = Day{w.opens};
    v.due = Day{w.due};
    v.settled = Day{f.candidate_day};
    v.day = first_day(plan_, part, head_, w);
    return count_up(w.broken);
  }
  return true;
}

// A verdict on the event itself.
bool Course::judged(const Part& part, Tally& tally, const Row& row, bool met) {
  if (met) return count_up(tally.met);
  Verdict& v = say(part, Status::broken, Bound::event);
  v.opens = v.due = v.settled = Day{row.day};
  v.ordinal = row.ordinal;
  return count_up(tally.broken);
}

namespace {

std::uint8_t seat_of(const Plan& plan, const Part& part, Word name) {
  const Seat* const first = plan.seats.data() + part.seats.first;
  const Seat* const end = first + part.seats.count;
  const Seat* const at = std::find_if(first, end, [&](const Seat& s) { return s.name == name; });
  return at == end ? stranger : at->seat;
}

}  // namespace

bool Course::judge(const Part& part, const Row& row, const Frames& f) {
  if (!in_term(row.day) || !fits(plan_, part.main.tests, f)) return true;
  bool met = false;
  if (part.form == Form::power) met = seat_of(plan_, part, row.values()[part.field]) != stranger;
  else met = (part.condition.count == 0 || holds(plan_, part.condition, f)) == part.wanted;
  return judged(part, at<Tally>(record_, part.at), row, met);
}

bool Course::turn(const Part& part, const Row& row, const Frames& f) {
  if (!in_term(row.day) || !fits(plan_, part.main.tests, f)) return true;
  Turn& last = at<Turn>(record_, part.at);
  const std::int32_t offset = offset_of(row);
  if (last.seat != 0 && last.day == row.day && !surely_before(last.offset, offset)) return false;
  const std::uint8_t seat = seat_of(plan_, part, row.values()[part.field]);
  bool right = seat != stranger;
  if (right && last.seat != 0 && last.seat != stranger) right = part.form == Form::alternation ? seat != last.seat : seat == last.seat % part.members + 1;
  last.day = row.day;
  last.offset = offset;
  last.seat = seat;
  return judged(part, last.tally, row, right);
}

std::int32_t Course::due_of(const Rule& r, Day day) const {
  Day due = calendar::day_max;
  const calendar::Holidays holidays = plan_.machine.program.holidays;
  switch (r.within) {
    case Within::same_day: due = day; break;
    case Within::end_of_period: due = calendar::window_at(r.period, day).last; break;
    case Within::duration: due = calendar::plus(day, r.duration, holidays); break;
    default: return due.n;
  }
  return calendar::shift(due, r.shift, holidays).n;
}

bool Course::open_case(const Part& part, const Row& row, const Frames& f) {
  if (!in_term(row.day) || !fits(plan_, part.main.tests, f)) return true;
  const Rule& r = plan_.rule(part);
  Waiting& waiting = at<Waiting>(record_, part.at);
  const std::int32_t offset = offset_of(row);
  Cases cases(part, record_, overflow_);
  // Which of two of one day is the older, nobody can tell.
  bool plain = true;
  if (!r.one_for_all) cases.each([&](const Case& c) {
      plain = plain && c.day != row.day;
      return Cases::Then::go_on;
    });
  Case& c = cases.add();
  c.ordinal = row.ordinal;
  c.day = row.day;
  c.offset = offset;
  const std::int32_t due = due_of(r, Day{row.day});
  c.span = due >= calendar::day_max.n ? Case::no_due : static_cast<std::uint16_t>(due - row.day);
  for (std::uint8_t i = 0; i < part.origin_values; ++i) values_of(c)[i] = row.values()[part.origin_from[i]];
  wake_at(part, after(due));
  if (waiting.answered == row.day && !surely_before(waiting.offset, offset)) {
    // An answer that came earlier in the file, and perhaps not earlier in the day. Only the last one is kept.
    plain = plain && waiting.several == 0;
    const Word* const values = reinterpret_cast<const Word*>(&waiting + 1);
    plain = plain && !fits(plan_, part.answer.both, {values, row.day, values_of(c), row.day, head_.term_first, 0});
  }
  return plain;
}

bool Course::answer(const Part& part, const Row& row, const Frames& f) {
  if (!fits(plan_, part.answer.tests, f)) return true;
  std::array<Word, 16> values{};
  for (std::uint8_t i = 0; i < part.answer_values; ++i) values[i] = f.candidate[part.answer_from[i]];
  const Rule& r = plan_.rule(part);
  Waiting& waiting = at<Waiting>(record_, part.at);
  const std::int32_t offset = offset_of(row);
  const bool again = waiting.answered == row.day;
  bool plain = true;
  bool met = false;
  const auto serve = [&](bool missed) {
    Cases(part, record_, overflow_).each([&](Case& c) {
      if ((c.missed != 0) != missed || (c.day == row.day && surely_before(offset, c.offset))) return Cases::Then::go_on;
      if (!fits(plan_, part.answer.both, {values.data(), row.day, values_of(c), c.day, head_.term_first, 0})) return Cases::Then::go_on;
      met = true;
      if (!missed) {
        plain = plain && count_up(waiting.met);
      } else {
        --waiting.missed;
        plain = plain && count_up(waiting.late);
        Verdict& v = say(part, Status::met_late, Bound::event);
        v.opens = Day{c.day};
        v.due = Day{c.due()};
        v.settled = Day{row.day};
        v.ordinal = c.ordinal;
      }
      return r.one_for_all ? Cases::Then::leave : Cases::Then::leave_and_stop;
    });
  };
  serve(false);
  if (r.one_for_all || !met) serve(true);
  plain = plain && (!again || r.one_for_all);  // of two of one day the order decides which meets which
  waiting.several = again ? 1 : 0;
  waiting.answered = row.day;
  waiting.offset = offset;
  std::copy_n(values.data(), part.answer_values, reinterpret_cast<Word*>(&waiting + 1));
  return plain;
}

bool Course::consult(const Part& part, const Act& act, const Frames& f) {
  Chance& chance = at<Chance>(record_, part.at);
  if (chance.status != static_cast<std::uint8_t>(Status::open) || head_.expiry == calendar::day_max.n) return true;
  if (!fits(plan_, plan_.dated_fits[part.dated.first + act.dated].tests, f)) return true;
  chance.satisfied = static_cast<std::uint16_t>(chance.satisfied | 1U << act.dated);
  if (chance.satisfied == (1U << part.dated.count) - 1) chance.status = static_cast<std::uint8_t>(Status::met);
  return true;
}

}  // namespace samrad::engine::lane::detail
