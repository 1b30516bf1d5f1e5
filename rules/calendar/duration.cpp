// Turns a day and a length of time into the day at its other end.
//
// One function lands every unit in both directions; plus and minus differ in a sign, and the try_
// forms in whether a rounded or saturated landing counts. All sums are in 64 bits and cut to the
// calendar's range once, at the end.

#include "rules/calendar/duration.h"

namespace samrad::calendar {
namespace {

struct Landing {
  Day day{};
  bool exact = true;  // false when the rule gave no day or the calendar ended first
};

Landing days_away(Day day, std::int64_t days) noexcept {
  const std::int64_t sum = day.n + days;
  const Day landed = saturated(sum);
  return {landed, landed.n == sum};
}

Landing months_away(Day day, std::int32_t count, int step, MonthEnd end) noexcept {
  if (const auto landed = month_series(day, step, count, end)) return {*landed, true};
  if (const auto landed = month_series(day, step, count, MonthEnd::down)) return {*landed, false};
  return {(count > 0) == (step > 0) ? day_max : day_min, false};
}

Landing working_days_away(Day day, std::int64_t count, Holidays holidays) noexcept {
  const int step = count < 0 ? -1 : 1;
  for (std::int64_t left = count < 0 ? -count : count; left > 0;) {
    const Day next = day + step;
    if (next == day) return {day, false};
    day = next;
    if (is_working_day(day, holidays)) --left;
  }
  return {day, true};
}

// `sign` is 1 or -1: forwards or backwards.
Landing land(Day from, Duration duration, int sign, Holidays holidays, MonthEnd end) noexcept {
  const Day day = saturated(from.n);
  const std::int64_t count = std::int64_t{duration.count} * sign;
  switch (duration.unit) {
  case Unit::hour: return days_away(day, count < 0 ? (count - 23) / 24 : (count + 23) / 24);
  case Unit::day: return days_away(day, count);
  case Unit::working_day: return working_days_away(day, count, holidays);
  case Unit::week: return days_away(day, count * 7);
  case Unit::month: return months_away(day, duration.count, sign, end);
  case Unit::year: return months_away(day, duration.count, 12 * sign, end);
  }
  return {day, false};
}

constexpr bool in_months(Unit unit) noexcept { return unit == Unit::month || unit == Unit::year; }

std::optional<Day> if_exact(Landing landing) noexcept {
  return landing.exact ? std::optional<Day>(landing.day) : std::nullopt;
}

}  // namespace

Day plus(Day day, Duration duration, Holidays holidays, MonthEnd end) noexcept {
  return land(day, duration, 1, holidays, end).day;
}

Day minus(Day day, Duration duration, Holidays holidays, MonthEnd end) noexcept {
  return land(day, duration, -1, holidays, end).day;
}

Day plus_from_end(Day last, Duration duration, Holidays holidays, MonthEnd end) noexcept {
  if (!in_months(duration.unit)) return plus(last, duration, holidays, end);
  return plus(last + 1, duration, holidays, end) - 1;
}

Day minus_from_end(Day last, Duration duration, Holidays holidays, MonthEnd end) noexcept {
  if (!in_months(duration.unit)) return minus(last, duration, holidays, end);
  return minus(last + 1, duration, holidays, end) - 1;
}

std::optional<Day> try_plus(Day day, Duration duration, Holidays holidays, MonthEnd end) noexcept {
  return if_exact(land(day, duration, 1, holidays, end));
}

std::optional<Day> try_minus(Day day, Duration duration, Holidays holidays, MonthEnd end) noexcept {
  return if_exact(land(day, duration, -1, holidays, end));
}

}  // namespace samrad::calendar
