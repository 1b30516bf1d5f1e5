// A civil day as one integer, and its names: year-month-day, weekday, ISO week.
//
// All of samrad::calendar is values and pure functions: nothing allocates beyond a short string,
// nothing keeps state, nothing throws, and every function may be called from any thread at any
// time.
//
// The calendar is the proleptic Gregorian one from 0001-01-01 (day_min) to 9999-12-31 (day_max).
// There is no time of day and no time zone here: whoever turns an instant into a civil day does so
// at the edge of the program.

#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace samrad::calendar {

// Days since 1970-01-01, which is 0. The functions of this library return days in [day_min,
// day_max] only; a day outside that range, which a caller can only have made by hand, is read as
// the nearer end.
struct Day {
  std::int32_t n = 0;
  auto operator<=>(const Day&) const = default;
};

inline constexpr Day day_min{-719162};  // 0001-01-01, a Monday
inline constexpr Day day_max{2932896};  // 9999-12-31, a Friday

inline constexpr int year_min = 1;
inline constexpr int year_max = 9999;

// Month 1..12, day 1..31. May hold an impossible date: ask valid().
struct Date {
  int year = 1970;
  unsigned month = 1;
  unsigned day = 1;
  auto operator<=>(const Date&) const = default;
};

// Numbered as in ISO 8601.
enum class Weekday : std::uint8_t {
  monday = 1,
  tuesday,
  wednesday,
  thursday,
  friday,
  saturday,
  sunday
};

// ISO 8601 week: begins on Monday; week 1 holds the year's first Thursday. `year` is the week's
// year, which differs from the date's around New Year (2021-01-01 lies in 2020-W53). `week` is
// 1..53.
struct IsoWeek {
  int year = 1970;
  int week = 1;
  auto operator<=>(const IsoWeek&) const = default;
};

// The nearest day in [day_min, day_max] to that many days since 1970-01-01.
constexpr Day saturated(std::int64_t days) noexcept {
  if (days < day_min.n) return day_min;
  if (days > day_max.n) return day_max;
  return Day{static_cast<std::int32_t>(days)};
}

// Saturate at day_min and day_max.
constexpr Day operator+(Day day, int days) noexcept {
  return saturated(std::int64_t{day.n} + days);
}
constexpr Day operator-(Day day, int days) noexcept {
  return saturated(std::int64_t{day.n} - days);
}

// Days from `b` to `a`: 1 when `a` is the day after `b`.
constexpr int operator-(Day a, Day b) noexcept { return saturated(a.n).n - saturated(b.n).n; }

// Any year, also outside year_min..year_max.
constexpr bool is_leap(int year) noexcept {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

// 28..31; 0 when `month` is not 1..12.
constexpr int days_in_month(int year, unsigned month) noexcept {
  if (month < 1 || month > 12) return 0;
  if (month == 2) return is_leap(year) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

// True for a date that exists, in years 1..9999.
constexpr bool valid(Date date) noexcept {
  return date.year >= year_min && date.year <= year_max && date.day >= 1 &&
         date.day <= static_cast<unsigned>(days_in_month(date.year, date.month));
}

// Days since 1970-01-01 of a month 1..12 and a day 1..31 in any year within a million of now,
// unsaturated: the ground that month arithmetic stands on. The year is taken to begin in March, so
// that the leap day comes last.
constexpr std::int64_t days_from_civil(std::int64_t year, unsigned month, unsigned day) noexcept {
  const std::int64_t y = month <= 2 ? year - 1 : year;
  const std::int64_t era = (y >= 0 ? y : y - 399) / 400;
  const std::int64_t year_of_era = y - era * 400;
  const std::int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
         719468;
}

// Precondition: valid(date). An impossible date is not refused: excess days spill over and years
// saturate.
constexpr Day to_day(Date date) noexcept {
  const unsigned month = date.month < 1 ? 1 : date.month > 12 ? 12 : date.month;
  const int year = date.year < -9999 ? -9999 : date.year > 19999 ? 19999 : date.year;
  return saturated(days_from_civil(year, month, 1) + static_cast<std::int64_t>(date.day) - 1);
}

// The inverse of to_day.
constexpr Date to_date(Day day) noexcept {
  const std::int32_t since_march_0 =
      saturated(day.n).n + 719468;  // days since 0000-03-01, positive
  const std::int32_t era = since_march_0 / 146097;
  const std::int32_t day_of_era = since_march_0 - era * 146097;
  const std::int32_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const std::int32_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int32_t month_from_march = (5 * day_of_year + 2) / 153;
  const unsigned dom = static_cast<unsigned>(day_of_year - (153 * month_from_march + 2) / 5 + 1);
  const unsigned month =
      static_cast<unsigned>(month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
  return Date{year_of_era + era * 400 + (month <= 2 ? 1 : 0), month, dom};
}

constexpr Weekday weekday(Day day) noexcept {
  return static_cast<Weekday>((saturated(day.n).n - day_min.n) % 7 + 1);
}

constexpr bool is_weekend(Day day) noexcept { return weekday(day) >= Weekday::saturday; }

// ISO 8601: a week belongs to the year of its Thursday.
constexpr IsoWeek iso_week(Day day) noexcept {
  const std::int64_t thursday =
      std::int64_t{saturated(day.n).n} + 4 - static_cast<int>(weekday(day));
  const int year = to_date(saturated(thursday)).year;
  return IsoWeek{year, static_cast<int>((thursday - days_from_civil(year, 1, 1)) / 7 + 1)};
}

// Exactly YYYY-MM-DD, ASCII digits, years 0001..9999, the day existing; anything else, blanks
// included, gives nothing.
std::optional<Day> parse_iso(std::string_view text) noexcept;

// "2017-03-05", ten characters always.
std::string iso(Day day) noexcept;

}  // namespace samrad::calendar
