// A length of time in the words of an agreement ("30 days", "6 months", "5 working days") and what
// it comes to from a given day.

#pragma once

#include "rules/calendar/date.h"
#include "rules/calendar/holidays.h"
#include "rules/calendar/months.h"

#include <compare>
#include <cstdint>
#include <optional>

namespace samrad::calendar {

enum class Unit : std::uint8_t {
  hour,         // in whole days only, rounded outward: see plus
  day,          // civil days
  working_day,  // days that are working days under the Holidays in use
  week,         // 7 days
  month,        // calendar months, month ends rounded by a MonthEnd
  year,         // 12 months: 29 Feb + 1 year = 28 Feb with MonthEnd::down
};

// Compared member by member, for use as a key: it says nothing about which lasts longer.
struct Duration {
  std::int32_t count = 0;
  Unit unit = Unit::day;
  auto operator<=>(const Duration&) const = default;
};

// The last day that is still within `duration` after `day`: the day of the event is not counted, so
// that 1 day gives the next day, 1 week the same weekday and 1 month the day of the same number
// (lag (1930:173) § 1).
//
// - hours: rounded outward to whole days, 1–24 hours giving the next day, 25–48 the day after.
//   Where the hour matters the caller must have the hour; a day cannot tell.
// - working days: the n-th working day after `day`. 0 gives `day` itself, working or not. Time is
//   proportional to n, and never more than the days left in the calendar.
// - a negative count is minus of the positive one.
// - MonthEnd::exact_or_none is read as down, since a day must come out: use try_plus where that
//   would be silent.
//
// Saturates at day_min and day_max.
Day plus(Day day, Duration duration, Holidays holidays = Holidays::weekends_only,
         MonthEnd end = MonthEnd::down) noexcept;

// The mirror of plus, for "at least D before": the last day from which `day` is still D away.
// minus(31 May, 6 months) is 30 Nov. Hours round outward too, here backwards. The inverse of plus
// for hours, days and weeks; for months only where no end was rounded, for working days only from a
// working day.
Day minus(Day day, Duration duration, Holidays holidays = Holidays::weekends_only,
          MonthEnd end = MonthEnd::down) noexcept;

// "n months from the end of the quarter": as plus and minus for a period that ends with the day
// `last`. Months and years are counted from the day after it, so that a month's end leads to a
// month's end: 30 June and 7 months give 31 January, where plus gives 30 January. So do Swedish
// authorities count (the tables of the annual accounts), and so does an extended term. For all
// other units the same as plus and minus.
Day plus_from_end(Day last, Duration duration, Holidays holidays = Holidays::weekends_only,
                  MonthEnd end = MonthEnd::down) noexcept;
Day minus_from_end(Day last, Duration duration, Holidays holidays = Holidays::weekends_only,
                   MonthEnd end = MonthEnd::down) noexcept;

// As plus and minus, but nothing where MonthEnd::exact_or_none gives no day or where the result
// would saturate.
std::optional<Day> try_plus(Day day, Duration duration, Holidays holidays = Holidays::weekends_only,
                            MonthEnd end = MonthEnd::down) noexcept;
std::optional<Day> try_minus(Day day, Duration duration,
                             Holidays holidays = Holidays::weekends_only,
                             MonthEnd end = MonthEnd::down) noexcept;

}  // namespace samrad::calendar
