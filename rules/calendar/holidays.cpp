// Turns a day into the Swedish holiday or eve that it is, if any, and its names.
//
// Every rule of lag (1989:253) § 2 is of one of three kinds: a fixed date, a distance from Easter
// Day, or a given weekday in a span of seven dates. Each is computed when asked, with the month as
// the first question, so that most days of the year cost two comparisons and no list has to be kept
// up to date.

#include "rules/calendar/holidays.h"

#include <array>
#include <cstddef>

namespace samrad::calendar {
namespace {

inline constexpr int national_day_from =
    2005;  // SFS 2004:1320: in for 6 June 2005, and Whit Monday out
inline constexpr int whit_monday_until = 2004;

Holiday with_fixed_date(Date date) noexcept {
  switch (date.month * 100 + date.day) {
  case 101: return Holiday::new_years_day;
  case 106: return Holiday::epiphany;
  case 501: return Holiday::may_day;
  case 606: return date.year >= national_day_from ? Holiday::national_day : Holiday::none;
  case 1224: return Holiday::christmas_eve;
  case 1225: return Holiday::christmas_day;
  case 1226: return Holiday::boxing_day;
  case 1231: return Holiday::new_years_eve;
  default: return Holiday::none;
  }
}

Holiday with_weekday(Day day, Date date) noexcept {
  const Weekday today = weekday(day);
  if (date.month == 6) {
    if (today == Weekday::saturday && date.day >= 20 && date.day <= 26)
      return Holiday::midsummer_day;
    if (today == Weekday::friday && date.day >= 19 && date.day <= 25) return Holiday::midsummer_eve;
  }
  if (today == Weekday::saturday &&
      ((date.month == 10 && date.day == 31) || (date.month == 11 && date.day <= 6))) {
    return Holiday::all_saints_day;
  }
  return Holiday::none;
}

// Good Friday falls on 20 March at the earliest, Whit Monday on 14 June at the latest.
Holiday by_easter(Day day, Date date) noexcept {
  if (date.month < 3 || date.month > 6) return Holiday::none;
  switch (day - easter(date.year)) {
  case -2: return Holiday::good_friday;
  case 0: return Holiday::easter_day;
  case 1: return Holiday::easter_monday;
  case 39: return Holiday::ascension_day;
  case 49: return Holiday::whit_sunday;
  case 50: return date.year <= whit_monday_until ? Holiday::whit_monday : Holiday::none;
  default: return Holiday::none;
  }
}

constexpr bool names_an_eve(Holiday holiday) noexcept {
  return holiday == Holiday::midsummer_eve || holiday == Holiday::christmas_eve ||
         holiday == Holiday::new_years_eve;
}

// In the order of Holiday.
struct Names {
  std::string_view sv;
  std::string_view en;
};

constexpr std::array<Names, 18> names{{
    {"", ""},
    {"nyårsdagen", "New Year's Day"},
    {"trettondedag jul", "Epiphany"},
    {"långfredagen", "Good Friday"},
    {"påskdagen", "Easter Day"},
    {"annandag påsk", "Easter Monday"},
    {"första maj", "May Day"},
    {"Kristi himmelsfärdsdag", "Ascension Day"},
    {"pingstdagen", "Whit Sunday"},
    {"annandag pingst", "Whit Monday"},
    {"nationaldagen", "National Day"},
    {"midsommarafton", "Midsummer Eve"},
    {"midsommardagen", "Midsummer Day"},
    {"alla helgons dag", "All Saints' Day"},
    {"julafton", "Christmas Eve"},
    {"juldagen", "Christmas Day"},
    {"annandag jul", "Boxing Day"},
    {"nyårsafton", "New Year's Eve"},
}};
static_assert(names.size() == static_cast<std::size_t>(Holiday::new_years_eve) + 1);

}  // namespace

// The anonymous Gregorian method (Nature, 20 April 1876), its steps named by what they find.
Day easter(int year) noexcept {
  const int y = year < year_min ? year_min : year > year_max ? year_max : year;
  const int golden = y % 19;
  const int century = y / 100;
  const int in_century = y % 100;
  const int moon_correction = (century - (century + 8) / 25 + 1) / 3;
  const int epact = (19 * golden + century - century / 4 - moon_correction + 15) % 30;
  const int to_sunday =
      (32 + 2 * (century % 4) + 2 * (in_century / 4) - epact - in_century % 4) % 7;
  const int late_moon = (golden + 11 * epact + 22 * to_sunday) / 451;
  const int march_days = epact + to_sunday - 7 * late_moon + 114;
  return to_day(
      Date{y, static_cast<unsigned>(march_days / 31), static_cast<unsigned>(march_days % 31 + 1)});
}

Holiday holiday(Day day, Holidays holidays) noexcept {
  if (holidays != Holidays::sweden) return Holiday::none;
  const Date date = to_date(day);
  if (const Holiday found = with_fixed_date(date); found != Holiday::none) return found;
  if (const Holiday found = with_weekday(day, date); found != Holiday::none) return found;
  return by_easter(day, date);
}

bool is_holiday(Day day, Holidays holidays) noexcept {
  const Holiday found = holiday(day, holidays);
  return found != Holiday::none && !names_an_eve(found);
}

bool is_eve(Day day, Holidays holidays) noexcept { return names_an_eve(holiday(day, holidays)); }

bool is_working_day(Day day, Holidays holidays) noexcept {
  return !is_weekend(day) && holiday(day, holidays) == Holiday::none;
}

std::string_view holiday_name(Holiday holiday, Language language) noexcept {
  const auto index = static_cast<std::size_t>(holiday);
  if (index >= names.size()) return {};
  return language == Language::sv ? names[index].sv : names[index].en;
}

std::string_view holiday_name(Day day, Holidays holidays, Language language) noexcept {
  return holiday_name(holiday(day, holidays), language);
}

}  // namespace samrad::calendar
