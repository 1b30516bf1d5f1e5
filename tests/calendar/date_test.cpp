// Aim: a day and its names (date, weekday, ISO week, text) are one and the same thing over the
// whole calendar, and agree with two other implementations around every New Year of two centuries.

#include "rules/calendar/date.h"
#include "tests/calendar/table.h"

#include <gtest/gtest.h>

#include <limits>

namespace samrad::calendar {
namespace {

static_assert(to_day(Date{1970, 1, 1}) == Day{0});
static_assert(to_day(Date{1, 1, 1}) == day_min && to_day(Date{9999, 12, 31}) == day_max);
static_assert(to_date(day_min) == Date{1, 1, 1} && to_date(day_max) == Date{9999, 12, 31});
static_assert(weekday(to_day(Date{2019, 11, 30})) == Weekday::saturday);
static_assert(iso_week(to_day(Date{2021, 1, 1})) == IsoWeek{2020, 53});

// Aim: walking day by day, with the month lengths as the only knowledge, meets the same dates,
// weekdays and texts as the formulas.
TEST(Date, walking_the_calendar_meets_every_day_once) {
  Date date{1, 1, 1};
  int day_of_week = 1;
  for (Day day = day_min;; day = day + 1) {
    ASSERT_EQ(to_date(day), date) << day.n;
    ASSERT_EQ(to_day(date), day);
    ASSERT_EQ(static_cast<int>(weekday(day)), day_of_week) << iso(day);
    if (day == day_max) break;
    day_of_week = day_of_week % 7 + 1;
    if (static_cast<int>(++date.day) > days_in_month(date.year, date.month)) {
      date.day = 1;
      if (++date.month > 12) {
        date.month = 1;
        ++date.year;
      }
    }
  }
  EXPECT_EQ(date, (Date{9999, 12, 31}));
}

// Aim: text and day are inverse over the years in which agreements live.
TEST(Date, text_round_trips_from_1900_to_2200) {
  std::string before;
  for (Day day = on("1900-01-01"); day <= on("2200-12-31"); day = day + 1) {
    const std::string text = iso(day);
    ASSERT_EQ(parse_iso(text), day) << text;
    ASSERT_LT(before, text);
    before = text;
  }
}

// Aim: only the one form of a date is read, and only days that exist.
TEST(Date, reads_exactly_one_form) {
  const char* const refused[] = {"",           "2017",        "2017-3-05",   "2017-03-5",
                                 "17-03-05",   "2017-03-05 ", " 2017-03-05", "2017/03/05",
                                 "20170305",   "2017-13-01",  "2017-00-01",  "2017-01-00",
                                 "2017-02-29", "1900-02-29",  "2100-02-29",  "2017-04-31",
                                 "0000-01-01", "2017-03-05T", "+017-03-05",  "-017-03-05",
                                 "2017-0a-05", "２017-03-05", "2017-03--5"};
  for (const char* text : refused)
    EXPECT_FALSE(parse_iso(text)) << '"' << text << '"';
  const char* const read[] = {"0001-01-01", "1900-02-28", "2000-02-29",
                              "2016-02-29", "2017-03-05", "9999-12-31"};
  for (const char* text : read) {
    ASSERT_TRUE(parse_iso(text)) << text;
    EXPECT_EQ(iso(*parse_iso(text)), text);
  }
}

// Aim: a date that does not exist is never called valid.
TEST(Date, valid_knows_the_month_lengths) {
  const struct {
    Date date;
    bool exists;
  } rows[] = {
      {{2016, 2, 29}, true},           {{2017, 2, 29}, false}, {{2000, 2, 29}, true},
      {{1900, 2, 29}, false},          {{2017, 4, 30}, true},  {{2017, 4, 31}, false},
      {{2017, 0, 1}, false},           {{2017, 13, 1}, false}, {{2017, 1, 0}, false},
      {{2017, 1, 32}, false},          {{0, 12, 31}, false},   {{1, 1, 1}, true},
      {{9999, 12, 31}, true},          {{10000, 1, 1}, false}, {{-1, 1, 1}, false},
      {{2017, 1, 4000000000U}, false},
  };
  for (const auto& row : rows)
    EXPECT_EQ(valid(row.date), row.exists) << row.date.year << '-' << row.date.month;
  EXPECT_EQ(days_in_month(2017, 0), 0);
  EXPECT_EQ(days_in_month(2017, 13), 0);
}

// Aim: sums of days stop at the ends of the calendar and never wrap.
TEST(Date, sums_saturate) {
  constexpr int huge = std::numeric_limits<int>::max();
  constexpr int tiny = std::numeric_limits<int>::min();
  EXPECT_EQ(day_max + 1, day_max);
  EXPECT_EQ(day_min - 1, day_min);
  EXPECT_EQ(Day{0} + huge, day_max);
  EXPECT_EQ(Day{0} - tiny, day_max);
  EXPECT_EQ(Day{0} + tiny, day_min);
  EXPECT_EQ(Day{0} - huge, day_min);
  EXPECT_EQ(on("2016-03-01") - on("2016-02-28"), 2);
  EXPECT_EQ(day_max - day_min, 3652058);
  EXPECT_EQ(Day{huge} - Day{tiny}, 3652058);
  EXPECT_EQ(iso(Day{huge}), "9999-12-31");
  EXPECT_EQ(iso(Day{tiny}), "0001-01-01");
  EXPECT_EQ(weekday(Day{huge}), Weekday::friday);
  EXPECT_EQ(to_day(Date{huge, 1, 1}), day_max);
  EXPECT_EQ(to_day(Date{tiny, 1, 1}), day_min);
}

// Aim: ISO weeks and weekdays around New Year are those of strftime and of CPython.
TEST(Date, iso_weeks_agree_with_strftime) {
  for (const Row& row : read_table("iso-weeks-strftime.csv")) {
    const IsoWeek week = iso_week(row.day(0));
    EXPECT_EQ(week.year, std::stoi(row.text(1).substr(0, 4))) << row.text(0);
    EXPECT_EQ(week.week, std::stoi(row.text(1).substr(6))) << row.text(0);
    EXPECT_EQ(static_cast<int>(weekday(row.day(0))), row.number(2)) << row.text(0);
  }
}

// Aim: weeks follow one another, each of seven days from Monday, 52 or 53 a year, 71 long years in
// 400 (ISO 8601).
TEST(Date, iso_weeks_follow_one_another) {
  int long_years = 0;
  IsoWeek week = iso_week(on("2001-01-01"));
  for (Day monday = on("2001-01-08"); monday <= on("2401-01-01"); monday = monday + 7) {
    const IsoWeek next = iso_week(monday);
    if (next.week == 1) {
      ASSERT_EQ(next.year, week.year + 1);
      ASSERT_TRUE(week.week == 52 || week.week == 53);
      long_years += week.week == 53 ? 1 : 0;
    } else {
      ASSERT_EQ(next, (IsoWeek{week.year, week.week + 1}));
    }
    for (int i = 0; i < 7; ++i)
      ASSERT_EQ(iso_week(monday + i), next);
    week = next;
  }
  EXPECT_EQ(long_years, 71);
}

}  // namespace
}  // namespace samrad::calendar
