// Aim: adding months rounds as its name says, agrees with five other implementations, and never
// drifts.

#include "rules/calendar/months.h"
#include "tests/calendar/table.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <map>
#include <utility>
#include <vector>

namespace samrad::calendar {
namespace {

static_assert(add_months(to_day(Date{2018, 5, 31}), -6) == to_day(Date{2017, 11, 30}));

// Aim: each rule at the ends of short months and around leap days.
TEST(Months, each_rule_at_the_month_end) {
  const struct {
    const char* anchor;
    int months;
    const char* down;
    const char* up;
    const char* exact;
    const char* overflow;
  } rows[] = {
      {"2017-01-31", 1, "2017-02-28", "2017-03-01", "", "2017-03-03"},
      {"2016-01-31", 1, "2016-02-29", "2016-03-01", "", "2016-03-02"},
      {"2016-01-30", 1, "2016-02-29", "2016-03-01", "", "2016-03-01"},
      {"2016-01-29", 1, "2016-02-29", "2016-02-29", "2016-02-29", "2016-02-29"},
      {"2017-01-29", 1, "2017-02-28", "2017-03-01", "", "2017-03-01"},
      {"2018-05-31", -6, "2017-11-30", "2017-12-01", "", "2017-12-01"},
      {"2020-05-31", -6, "2019-11-30", "2019-12-01", "", "2019-12-01"},
      {"2016-02-29", 12, "2017-02-28", "2017-03-01", "", "2017-03-01"},
      {"2016-02-29", 48, "2020-02-29", "2020-02-29", "2020-02-29", "2020-02-29"},
      {"2096-02-29", 48, "2100-02-28", "2100-03-01", "", "2100-03-01"},
      {"2016-02-29", -12, "2015-02-28", "2015-03-01", "", "2015-03-01"},
      {"2017-10-31", 4, "2018-02-28", "2018-03-01", "", "2018-03-03"},
      {"2017-12-31", 0, "2017-12-31", "2017-12-31", "2017-12-31", "2017-12-31"},
  };
  for (const auto& row : rows) {
    const Day anchor = on(row.anchor);
    EXPECT_EQ(add_months(anchor, row.months), on(row.down)) << row.anchor;
    EXPECT_EQ(add_months(anchor, row.months, MonthEnd::up), on(row.up)) << row.anchor;
    EXPECT_EQ(add_months(anchor, row.months, MonthEnd::overflow), on(row.overflow)) << row.anchor;
    EXPECT_EQ(add_months(anchor, row.months, MonthEnd::exact_or_none), parse_iso(row.exact))
        << row.anchor;
  }
}

// Aim: down agrees with java.time, luxon and date-fns, overflow with JavaScript's own dates.
TEST(Months, down_and_overflow_agree_with_others) {
  for (const Row& row : read_table("months-java.csv")) {
    EXPECT_EQ(add_months(row.day(0), row.number(1)), row.day(2)) << "line " << row.line;
    EXPECT_EQ(add_months(row.day(0), row.number(1), MonthEnd::overflow), row.day(3))
        << "line " << row.line;
  }
}

// Aim: exact_or_none gives the members that a recurrence rule gives, and none in between.
TEST(Months, exact_or_none_agrees_with_recurrence_rules) {
  std::map<std::pair<Day, int>, std::vector<Day>> series;
  for (const Row& row : read_table("months-rrule.csv"))
    series[{row.day(0), row.number(1)}].push_back(row.day(2));
  ASSERT_EQ(series.size(), 4U);
  for (const auto& [key, members] : series) {
    std::vector<Day> ours;
    for (int k = 0; ours.size() < members.size() && k < 400; ++k) {
      if (const auto day = month_series(key.first, key.second, k, MonthEnd::exact_or_none))
        ours.push_back(*day);
    }
    EXPECT_EQ(ours, members) << iso(key.first);
  }
}

// Aim: a month-end series is that of QuantLib, member by member.
TEST(Months, series_from_31_january_agrees_with_quantlib) {
  for (const Row& row : read_table("month-end-series-quantlib.csv")) {
    EXPECT_EQ(month_series(on("2016-01-31"), 1, row.number(0)), row.day(1)) << "line " << row.line;
  }
}

// Aim: a member depends on the anchor and its number only, always lies in its own month, and keeps
// the anchor's day where it can.
TEST(Months, a_series_never_drifts) {
  for (Day anchor = on("2015-12-25"); anchor <= on("2016-03-05"); anchor = anchor + 1) {
    const Date from = to_date(anchor);
    for (int step : {1, 3, 6, 12, 18}) {
      for (int k = -200; k <= 200; ++k) {
        const auto member = month_series(anchor, step, k);
        ASSERT_TRUE(member);
        ASSERT_EQ(member, add_months(anchor, step * k));
        const Date date = to_date(*member);
        ASSERT_EQ(date.year * 12 + static_cast<int>(date.month),
                  from.year * 12 + static_cast<int>(from.month) + step * k);
        const int last = days_in_month(date.year, date.month);
        ASSERT_EQ(static_cast<int>(date.day), std::min(static_cast<int>(from.day), last));
      }
    }
  }
}

// Aim: the rules are ordered: down is never after overflow, up never before down, and they meet
// where the day exists.
TEST(Months, the_rules_are_ordered) {
  for (Day anchor = on("2015-01-01"); anchor <= on("2016-12-31"); anchor = anchor + 1) {
    for (int k = -25; k <= 25; ++k) {
      const auto down = add_months(anchor, k);
      const auto up = add_months(anchor, k, MonthEnd::up);
      const auto overflow = add_months(anchor, k, MonthEnd::overflow);
      const auto exact = add_months(anchor, k, MonthEnd::exact_or_none);
      ASSERT_LE(*down, *up);
      ASSERT_LE(*up, *overflow);
      ASSERT_EQ(exact.has_value(), *down == *overflow);
      ASSERT_EQ(*up - *down, exact ? 0 : 1);
    }
  }
}

// Aim: what lies outside the calendar, or is no day at all, is nothing, never a wrapped number.
TEST(Months, outside_the_calendar_there_is_nothing) {
  constexpr int huge = std::numeric_limits<int>::max();
  constexpr int tiny = std::numeric_limits<int>::min();
  EXPECT_EQ(add_months(day_max, 0), day_max);
  EXPECT_EQ(add_months(day_max, 1), std::nullopt);
  EXPECT_EQ(add_months(day_min, -1), std::nullopt);
  EXPECT_EQ(add_months(Day{0}, huge), std::nullopt);
  EXPECT_EQ(add_months(Day{0}, tiny), std::nullopt);
  EXPECT_EQ(month_series(Day{0}, huge, huge), std::nullopt);
  EXPECT_EQ(month_series(Day{0}, huge, tiny), std::nullopt);
  EXPECT_EQ(month_series(Day{0}, tiny, tiny), std::nullopt);
  EXPECT_EQ(day_in_month(2017, 2, 0), std::nullopt);
  EXPECT_EQ(day_in_month(2017, 2, 32), std::nullopt);
  EXPECT_EQ(day_in_month(2017, 0, 1), std::nullopt);
  EXPECT_EQ(day_in_month(2017, 13, 1), std::nullopt);
  EXPECT_EQ(day_in_month(std::numeric_limits<std::int64_t>::max(), 1, 1), std::nullopt);
}

// Aim: "by 29 February every year" has an answer in every year, the one that was asked for.
TEST(Months, a_leap_day_every_year) {
  EXPECT_EQ(day_in_month(2016, 2, 29), on("2016-02-29"));
  EXPECT_EQ(day_in_month(2017, 2, 29), on("2017-02-28"));
  EXPECT_EQ(day_in_month(2017, 2, 29, MonthEnd::up), on("2017-03-01"));
  EXPECT_EQ(day_in_month(2017, 2, 29, MonthEnd::exact_or_none), std::nullopt);
  EXPECT_EQ(day_in_month(2017, 1, 31), on("2017-01-31"));
}

}  // namespace
}  // namespace samrad::calendar
