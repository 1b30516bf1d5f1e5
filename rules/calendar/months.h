// Month arithmetic with the rounding named: what happens to the 31st in a month of 30 days is
// always written, never implied.
//
// A series of months is computed from its anchor, member by member, and never from the member
// before, so that it cannot drift: 31 Jan, 28 Feb, 31 Mar.

#pragma once

#include "rules/calendar/date.h"

#include <cstdint>
#include <optional>

namespace samrad::calendar {

// What the 31st becomes in a month that has none.
enum class MonthEnd : std::uint8_t {
  down,  // the month's last day: lag (1930:173) § 1; java.time, dateutil, SQL. The default
  up,    // the first day of the next month
  exact_or_none,  // no day at all, as in a RFC 5545 recurrence rule
  overflow,  // counted on into the next month: 31 Jan + 1 month = 3 Mar, or 2 Mar in leap years
};

// The day `day` (1..31) of `month` (1..12) in `year`, rounded by `end` where the month is too
// short. Nothing when the rule gives none, when the result lies outside [day_min, day_max], or when
// month or day are outside their ranges. For "by 31 January every year" and, with its question
// answered, "by 29 February every year".
constexpr std::optional<Day> day_in_month(std::int64_t year, unsigned month, unsigned day,
                                          MonthEnd end = MonthEnd::down) noexcept {
  if (year < year_min - 1 || year > year_max || month < 1 || month > 12 || day < 1 || day > 31)
    return std::nullopt;
  const unsigned last = static_cast<unsigned>(days_in_month(static_cast<int>(year), month));
  std::int64_t n = days_from_civil(year, month, 1) + day - 1;
  if (day > last) {
    if (end == MonthEnd::exact_or_none) return std::nullopt;
    if (end == MonthEnd::down) n -= day - last;
    if (end == MonthEnd::up) n -= day - last - 1;
  }
  if (n < day_min.n || n > day_max.n) return std::nullopt;
  return Day{static_cast<std::int32_t>(n)};
}

// Member `k` of the series anchor, anchor + step months, anchor + 2·step months, …; `k` and `step`
// may be negative. Computed once from the anchor. Nothing when the rule gives no day or the result
// lies outside [day_min, day_max].
constexpr std::optional<Day> month_series(Day anchor, int step, int k,
                                          MonthEnd end = MonthEnd::down) noexcept {
  const Date from = to_date(anchor);
  const std::int64_t months =
      std::int64_t{from.year} * 12 + (from.month - 1) + std::int64_t{step} * k;
  const std::int64_t year = months >= 0 ? months / 12 : (months - 11) / 12;
  return day_in_month(year, static_cast<unsigned>(months - year * 12) + 1, from.day, end);
}

// The same day of the month `months` later, or earlier when negative. Errors as month_series.
constexpr std::optional<Day> add_months(Day anchor, int months,
                                        MonthEnd end = MonthEnd::down) noexcept {
  return month_series(anchor, months, 1, end);
}

}  // namespace samrad::calendar
