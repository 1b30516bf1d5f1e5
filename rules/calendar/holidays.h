// Which days are holidays, by rule and not by list: nothing here runs out in some year.
//
// Sources. Lag (1989:253) om allmänna helgdagar §§ 1–2 names the Swedish public holidays and says
// on which day each falls. SFS 2004:1320, in force 2005-04-01, put the National Day in and took
// Whit Monday out. Lag (1930:173) om beräkning av lagstadgad tid § 2 puts Saturdays, Midsummer Eve,
// Christmas Eve and New Year's Eve on a par with public holidays when a time limit ends; Easter Eve
// and Whitsun Eve are Saturdays and need no mention.
//
// Range. Today's rules are used for every year, but for the two days that changed in 2005. They are
// those of the act of 1989, in force from 1990-01-01; for earlier years they are no history of the
// law (until 1953 Midsummer and All Saints were not on Saturdays).

#pragma once

#include "rules/calendar/date.h"

#include <cstdint>
#include <string_view>

namespace samrad::calendar {

// Which days are not working days.
enum class Holidays : std::uint8_t {
  weekends_only,  // Saturdays and Sundays
  sweden,         // those, the Swedish public holidays, and the three eves of lag (1930:173) § 2
};

// A day that the statutes name, in the order of the year.
enum class Holiday : std::uint8_t {
  none,
  new_years_day,   // 1 January
  epiphany,        // 6 January
  good_friday,     // two days before Easter Day
  easter_day,      // the Sunday after the (ecclesiastical) full moon on or after 21 March
  easter_monday,   // the day after Easter Day
  may_day,         // 1 May
  ascension_day,   // the sixth Thursday after Easter Day
  whit_sunday,     // the seventh Sunday after Easter Day
  whit_monday,     // the day after Whit Sunday; to 2004
  national_day,    // 6 June; from 2005
  midsummer_eve,   // the day before Midsummer Day; an eve, not a public holiday
  midsummer_day,   // the Saturday in 20–26 June
  all_saints_day,  // the Saturday in 31 October–6 November
  christmas_eve,   // 24 December; an eve, not a public holiday
  christmas_day,   // 25 December
  boxing_day,      // 26 December
  new_years_eve,   // 31 December; an eve, not a public holiday
};

enum class Language : std::uint8_t { sv, en };

// Easter Day of the Gregorian reckoning, for `year` 1..9999 (years outside are read as the nearer
// end). From 1583 on it is the Easter of the western churches; before that it is only arithmetic.
Day easter(int year) noexcept;

// The named day that `day` is, else Holiday::none; always none for weekends_only. Where two meet,
// the moving one gives way to the one with a fixed date: 2008-05-01 is may_day, not ascension_day.
Holiday holiday(Day day, Holidays holidays) noexcept;

// True for a public holiday that has a name, whatever weekday it falls on. False for the three eves
// and for Saturdays. A Sunday without a name is a public holiday too by lag (1989:253) § 1; it is
// not told here, since no calendar lists it.
bool is_holiday(Day day, Holidays holidays) noexcept;

// True for the three eves: midsommarafton, julafton, nyårsafton.
bool is_eve(Day day, Holidays holidays) noexcept;

// True unless the day is a Saturday, a Sunday, a public holiday or one of the three eves.
bool is_working_day(Day day, Holidays holidays) noexcept;

// The name of the public holiday or the eve, lower case as in running Swedish text
// ("midsommarafton"), capitalised in English ("Midsummer Eve"); empty when the day has none. UTF-8,
// valid for ever.
std::string_view holiday_name(Day day, Holidays holidays, Language language) noexcept;
std::string_view holiday_name(Holiday holiday, Language language) noexcept;

}  // namespace samrad::calendar
