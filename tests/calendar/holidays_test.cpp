// Aim: the computed Swedish holidays are those of the statutes' own words and of the lists that
// others publish, for every year.

#include "rules/calendar/holidays.h"
#include "tests/calendar/table.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

namespace samrad::calendar {
namespace {

constexpr Holidays sweden = Holidays::sweden;

// Aim: Easter Day agrees with a printed table and with a program, from the calendar's introduction
// on.
TEST(Holidays, easter_agrees_with_published_tables) {
  for (const Row& row : read_table("easter-ncal.csv"))
    EXPECT_EQ(easter(row.number(0)), row.day(1));
  for (const Row& row : read_table("easter-published.csv"))
    EXPECT_EQ(easter(row.number(0)), row.day(1));
}

// Aim: Easter Day is a Sunday from 22 March to 25 April in every year that can be asked for, and
// asking for others is harmless.
TEST(Holidays, easter_is_a_sunday_in_its_span) {
  for (int year = year_min; year <= year_max; ++year) {
    const Day day = easter(year);
    ASSERT_EQ(weekday(day), Weekday::sunday) << year;
    ASSERT_GE(day, to_day(Date{year, 3, 22}));
    ASSERT_LE(day, to_day(Date{year, 4, 25}));
  }
  EXPECT_EQ(easter(-5), easter(1));
  EXPECT_EQ(easter(123456), easter(9999));
}

// Aim: 1990–2040, day by day, exactly the days that three libraries list are holidays or eves,
// under the same names.
TEST(Holidays, agree_with_three_libraries) {
  std::map<Day, std::set<std::string>> listed;
  std::set<Day> eves;
  for (const Row& row : read_table("holidays-sweden.csv")) {
    listed[row.day(0)].insert(row.text(2));
    if (row.text(1) == "eve") eves.insert(row.day(0));
  }
  for (Day day = on("1990-01-01"); day <= on("2040-12-31"); day = day + 1) {
    const auto found = listed.find(day);
    const bool eve = eves.count(day) != 0;
    ASSERT_EQ(is_holiday(day, sweden), found != listed.end() && !eve) << iso(day);
    ASSERT_EQ(is_eve(day, sweden), eve) << iso(day);
    const std::string name(holiday_name(day, sweden, Language::sv));
    if (found == listed.end()) {
      ASSERT_EQ(name, "") << iso(day);
    } else {
      ASSERT_EQ(found->second.count(name), 1U) << iso(day) << ' ' << name;
    }
  }
}

// Aim: 1990–2040, exactly the Mondays to Fridays that QuantLib takes off are no working days.
TEST(Holidays, working_days_agree_with_quantlib) {
  std::set<Day> off;
  for (const Row& row : read_table("days-off-quantlib.csv"))
    off.insert(row.day(0));
  for (Day day = on("1990-01-01"); day <= on("2040-12-31"); day = day + 1) {
    ASSERT_EQ(is_working_day(day, sweden), !is_weekend(day) && off.count(day) == 0) << iso(day);
    ASSERT_EQ(is_working_day(day, Holidays::weekends_only), !is_weekend(day)) << iso(day);
  }
}

// Aim: the changes that the statutes made, and the days where two rules meet.
TEST(Holidays, statutes_and_meetings) {
  const struct {
    const char* day;
    Holiday holiday;
    bool working;
  } rows[] = {
      {"2004-05-31", Holiday::whit_monday, false},   // the last one
      {"2005-05-16", Holiday::none, true},           // SFS 2004:1320, in force 2005-04-01
      {"2004-06-06", Holiday::none, false},          // a Sunday, not yet a holiday
      {"2003-06-06", Holiday::none, true},           // a Friday
      {"2005-06-06", Holiday::national_day, false},  // the first one
      {"2008-05-01", Holiday::may_day, false},       // and Ascension Day
      {"2049-06-06", Holiday::national_day, false},  // and Whit Sunday
      {"2020-05-31", Holiday::whit_sunday, false},   // the last day of an extended term
      {"2004-01-05", Holiday::none, true},  // Epiphany Eve is no eve of the statute: RÅ 2004 not 40
      {"2016-03-24", Holiday::none, true},   // Maundy Thursday
      {"2016-03-26", Holiday::none, false},  // Easter Eve, a Saturday
      {"2016-04-30", Holiday::none, false},  // Walpurgis, here a Saturday
      {"2018-04-30", Holiday::none, true},   // Walpurgis on a Monday
      {"2016-06-24", Holiday::midsummer_eve, false},
      {"2020-06-19", Holiday::midsummer_eve, false},   // the earliest
      {"2021-06-25", Holiday::midsummer_eve, false},   // the latest
      {"2020-10-31", Holiday::all_saints_day, false},  // the earliest
      {"2021-11-06", Holiday::all_saints_day, false},  // the latest
      {"2021-11-05", Holiday::none, true},
      {"2019-12-24", Holiday::christmas_eve, false},
      {"2019-12-27", Holiday::none, true},
      {"2019-12-31", Holiday::new_years_eve, false},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(holiday(on(row.day), sweden), row.holiday) << row.day;
    EXPECT_EQ(is_working_day(on(row.day), sweden), row.working) << row.day;
    EXPECT_EQ(holiday(on(row.day), Holidays::weekends_only), Holiday::none) << row.day;
    EXPECT_FALSE(is_holiday(on(row.day), Holidays::weekends_only));
    EXPECT_FALSE(is_eve(on(row.day), Holidays::weekends_only));
  }
}

// Aim: each holiday falls as lag (1989:253) § 2 words it, once a year, for three centuries.
TEST(Holidays, fall_as_the_statute_words_it) {
  for (int year = 1900; year <= 2200; ++year) {
    std::map<Holiday, int> times;
    for (Day day = to_day(Date{year, 1, 1}); day <= to_day(Date{year, 12, 31}); day = day + 1)
      ++times[holiday(day, sweden)];
    const bool meets = easter(year) + 39 == to_day(Date{year, 5, 1});
    const bool whit_on_national_day = year >= 2005 && easter(year) + 49 == to_day(Date{year, 6, 6});
    for (int i = 1; i <= static_cast<int>(Holiday::new_years_eve); ++i) {
      const auto which = static_cast<Holiday>(i);
      int expected = 1;
      if (which == Holiday::whit_monday) expected = year <= 2004 ? 1 : 0;
      if (which == Holiday::national_day) expected = year >= 2005 ? 1 : 0;
      if (which == Holiday::ascension_day && meets) expected = 0;
      if (which == Holiday::whit_sunday && whit_on_national_day) expected = 0;
      ASSERT_EQ(times[which], expected) << year << ' ' << holiday_name(which, Language::en);
    }
    ASSERT_EQ(weekday(easter(year) + 39), Weekday::thursday);
  }
}

// Aim: every holiday has a name of its own in both languages, and nothing else has one.
TEST(Holidays, names) {
  std::set<std::string_view> swedish, english;
  for (int i = 1; i <= static_cast<int>(Holiday::new_years_eve); ++i) {
    swedish.insert(holiday_name(static_cast<Holiday>(i), Language::sv));
    english.insert(holiday_name(static_cast<Holiday>(i), Language::en));
  }
  EXPECT_EQ(swedish.size(), 17U);
  EXPECT_EQ(english.size(), 17U);
  EXPECT_EQ(swedish.count(""), 0U);
  EXPECT_EQ(english.count(""), 0U);
  EXPECT_EQ(holiday_name(Holiday::none, Language::sv), "");
  EXPECT_EQ(holiday_name(static_cast<Holiday>(200), Language::sv), "");
  EXPECT_EQ(holiday_name(on("2017-12-31"), sweden, Language::sv), "nyårsafton");
  EXPECT_EQ(holiday_name(on("2017-12-31"), sweden, Language::en), "New Year's Eve");
}

}  // namespace
}  // namespace samrad::calendar
