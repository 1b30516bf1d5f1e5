// Periods ("every half-year", "every 2 weeks", "every month except July") and the windows that they
// cut time into.
//
// The windows of a period tile the calendar: each day lies in exactly one, and window_at,
// window_number and next_window agree. All three take constant time.
//
// Two kinds. A calendar period follows the calendar's own borders: days, ISO weeks (ISO 8601, from
// Monday), months, quarters, half-years January–June and July–December, years. An anchored period
// is counted from a day, such as the first day of a term: anchored at 2016-06-01, half-years are 1
// Jun–30 Nov and 1 Dec–31 May. Borders of anchored months are computed once from the anchor with
// MonthEnd::down, so that they do not drift.

#pragma once

#include "rules/calendar/date.h"

#include <compare>
#include <cstdint>
#include <optional>
#include <string>

namespace samrad::calendar {

enum class PeriodUnit : std::uint8_t {
  day,
  week,       // calendar: ISO week; anchored: 7 days
  fortnight,  // 14 days; always anchored, since no standard says which ISO weeks make a pair
  month,
  quarter,    // 3 months
  half_year,  // 6 months
  year,       // 12 months
  months,     // n months at a time, n being the count: "every 18 months"
};

// A set of months, bit 0 being January. A period counts only in these.
struct Months {
  std::uint16_t mask = 0x0fff;

  // 1..12; any other number is in no set.
  constexpr bool contains(unsigned month) const noexcept {
    return month >= 1 && month <= 12 && (mask >> (month - 1) & 1) != 0;
  }
  constexpr Months with(unsigned month) const noexcept {
    return month >= 1 && month <= 12 ? Months{static_cast<std::uint16_t>(mask | 1U << (month - 1))}
                                     : *this;
  }
  constexpr Months without(unsigned month) const noexcept {
    return month >= 1 && month <= 12
               ? Months{static_cast<std::uint16_t>(mask & ~(1U << (month - 1)))}
               : *this;
  }
  auto operator<=>(const Months&) const = default;

  static const Months all;
  static const Months no_month;
};

inline constexpr Months Months::all{0x0fff};
inline constexpr Months Months::no_month{0};

inline constexpr std::int32_t period_count_max = 1200;  // units: the longest period is 1,200 years

struct Period {
  PeriodUnit unit = PeriodUnit::month;
  std::int32_t count = 1;  // windows are `count` units long, 1..period_count_max
  bool anchored = false;
  Day anchor{};  // the first day of window 0; read only when anchored
  Months months = Months::all;
  auto operator<=>(const Period&) const = default;
};

// What is wrong with a period, for whoever builds one.
enum class PeriodFault : std::uint8_t {
  none,
  count_out_of_range,  // count is not 1..period_count_max
  needs_anchor,        // not anchored, and the calendar has no borders for it: a fortnight, several
                       // days or weeks, or a number of months that does not divide 12
  no_months,           // no month is left to count in
};
PeriodFault fault(const Period& period) noexcept;

// The functions below expect fault(period) == none. A faulty period is not refused: the count is
// read as the nearest allowed, and a missing anchor as Monday 1969-12-29 for weeks and fortnights
// and 1970-01-01 for all else.

// First and last day inclusive. `ordinal` is the window's number: 0 holds 1970-01-01 for a calendar
// period and begins with the anchor for an anchored one; it grows by one from window to window and
// is negative before. Windows are cut at day_min and day_max.
struct Window {
  Day first{};
  Day last{};
  std::int32_t ordinal = 0;
  auto operator<=>(const Window&) const = default;
};

// The window that holds `day`.
Window window_at(const Period& period, Day day) noexcept;

// The window of that number; one wholly outside the calendar is read as the calendar's first or
// last window.
Window window_number(const Period& period, std::int32_t ordinal) noexcept;

// The window after; nothing when `window` reaches day_max. Does not skip windows that are not
// counted.
std::optional<Window> next_window(const Period& period, const Window& window) noexcept;

// The first window after `window` that counted() accepts; nothing when none is left. Looks at no
// more than a year of windows.
std::optional<Window> next_counted(const Period& period, const Window& window) noexcept;

// True when the day's month is one in which the period counts.
bool counts(const Period& period, Day day) noexcept;

// True when some day of the window counts. A calendar month is thus excluded with its month; a
// longer window only when all its months are, and then its days in excluded months do not count; a
// week across two months only when both are excluded.
bool counted(const Period& period, const Window& window) noexcept;

// How many days in [first, last] count; 0 when first > last. Time is proportional to the months
// between them.
int counting_days(const Period& period, Day first, Day last) noexcept;

// The window's stable name, unique within its period: for single calendar windows "2017-03-05"
// (day), "2017-W05", "2017-03", "2017-Q1", "2017-H1", "2017"; for anchored windows and those of
// several units the first day, "2016-06-01". At most ten characters.
std::string label(const Period& period, const Window& window) noexcept;

// What is asked of a window that the term covers only in part.
enum class PartPolicy : std::uint8_t {
  not_assessed,  // nothing is asked, and the finding says so; the default
  in_full,       // as much as in a whole window
  pro_rata_up,  // n × days inside ÷ days of the whole window, rounded up: any part asks at least 1
  pro_rata_down,     // the same, rounded down: may ask 0
  pro_rata_nearest,  // the same, to the nearest whole number, a half rounded up
};

// A window and the part of it inside a term, both inclusive. `part` is true when something was cut
// off. Nothing is left when first > last.
struct Clipped {
  Window full{};
  Day first{};
  Day last{};
  bool part = false;
  auto operator<=>(const Clipped&) const = default;

  constexpr bool empty() const noexcept { return first > last; }
};

Clipped clip(const Window& window, Day term_first, Day term_last) noexcept;

// As above, but `part` is true only when a day that counts was cut off: July–December except July
// is whole for a term from 15 July.
Clipped clip(const Period& period, const Window& window, Day term_first, Day term_last) noexcept;

// How many of `n` per window are asked of a clipped one; -1 when it is not to be assessed, which is
// so for a part window under not_assessed and for an empty one always. Integer arithmetic only. A
// negative n is read as 0.
int needed(int n, const Clipped& clipped, PartPolicy policy) noexcept;

// As above, but pro rata to the days that count; -1 also when none inside does.
int needed(int n, const Clipped& clipped, PartPolicy policy, const Period& period) noexcept;

}  // namespace samrad::calendar
