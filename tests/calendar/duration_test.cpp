// Aim: "within n days" and its kin end on the day that the words say, in every unit and both
// directions, and never leave the calendar.

#include "rules/calendar/duration.h"
#include "tests/calendar/table.h"

#include <gtest/gtest.h>

#include <limits>

namespace samrad::calendar {
namespace {

constexpr Holidays sweden = Holidays::sweden;
constexpr Holidays weekends = Holidays::weekends_only;

// Aim: each unit by example, forwards and backwards from one day.
TEST(Duration, each_unit_by_example) {
  const struct {
    const char* day;
    Duration duration;
    Holidays holidays;
    const char* after;
    const char* before;
  } rows[] = {
      {"2017-03-01", {0, Unit::day}, weekends, "2017-03-01", "2017-03-01"},
      {"2017-03-01", {1, Unit::day}, weekends, "2017-03-02", "2017-02-28"},
      {"2017-03-01", {30, Unit::day}, weekends, "2017-03-31", "2017-01-30"},
      {"2016-02-28", {2, Unit::day}, weekends, "2016-03-01", "2016-02-26"},
      {"2017-03-01", {2, Unit::week}, weekends, "2017-03-15", "2017-02-15"},
      {"2017-03-01", {0, Unit::hour}, weekends, "2017-03-01", "2017-03-01"},
      {"2017-03-01", {1, Unit::hour}, weekends, "2017-03-02", "2017-02-28"},
      {"2017-03-01", {24, Unit::hour}, weekends, "2017-03-02", "2017-02-28"},
      {"2017-03-01", {25, Unit::hour}, weekends, "2017-03-03", "2017-02-27"},
      {"2017-03-01", {72, Unit::hour}, weekends, "2017-03-04", "2017-02-26"},
      {"2017-12-31", {2, Unit::month}, weekends, "2018-02-28", "2017-10-31"},
      {"2018-05-31", {6, Unit::month}, weekends, "2018-11-30", "2017-11-30"},
      {"2016-02-29", {1, Unit::year}, weekends, "2017-02-28", "2015-02-28"},
      {"2016-02-29", {4, Unit::year}, weekends, "2020-02-29", "2012-02-29"},
      {"2018-05-31", {2, Unit::year}, weekends, "2020-05-31", "2016-05-31"},
      {"2017-03-03", {1, Unit::working_day}, weekends, "2017-03-06", "2017-03-02"},  // a Friday
      {"2017-03-04", {1, Unit::working_day}, weekends, "2017-03-06", "2017-03-03"},  // a Saturday
      {"2017-03-04", {0, Unit::working_day}, weekends, "2017-03-04", "2017-03-04"},
      {"2017-12-22", {1, Unit::working_day}, sweden, "2017-12-27", "2017-12-21"},
      {"2017-12-22", {1, Unit::working_day}, weekends, "2017-12-25", "2017-12-21"},
      {"2018-03-29", {5, Unit::working_day}, sweden, "2018-04-09", "2018-03-22"},  // over Easter
  };
  for (const auto& row : rows) {
    EXPECT_EQ(plus(on(row.day), row.duration, row.holidays), on(row.after))
        << row.day << " + " << row.duration.count;
    EXPECT_EQ(minus(on(row.day), row.duration, row.holidays), on(row.before))
        << row.day << " - " << row.duration.count;
    EXPECT_EQ(try_plus(on(row.day), row.duration, row.holidays), on(row.after));
    EXPECT_EQ(try_minus(on(row.day), row.duration, row.holidays), on(row.before));
    const Duration turned{-row.duration.count, row.duration.unit};
    EXPECT_EQ(plus(on(row.day), turned, row.holidays), on(row.before));
    EXPECT_EQ(minus(on(row.day), turned, row.holidays), on(row.after));
  }
}

// Aim: the n-th working day after and before a day is that of QuantLib.
TEST(Duration, working_days_agree_with_quantlib) {
  for (const Row& row : read_table("working-days-quantlib.csv")) {
    const Duration duration{row.number(1), Unit::working_day};
    EXPECT_EQ(plus(row.day(0), duration, sweden), row.day(2)) << "line " << row.line;
    EXPECT_EQ(minus(row.day(0), duration, sweden), row.day(3)) << "line " << row.line;
  }
}

// Aim: the rounding of month ends is the caller's, and where it gives no day the strict forms say
// so.
TEST(Duration, month_ends) {
  const Day day = on("2017-01-31");
  const Duration month{1, Unit::month};
  EXPECT_EQ(plus(day, month, weekends, MonthEnd::up), on("2017-03-01"));
  EXPECT_EQ(plus(day, month, weekends, MonthEnd::overflow), on("2017-03-03"));
  EXPECT_EQ(plus(day, month, weekends, MonthEnd::exact_or_none), on("2017-02-28"));
  EXPECT_EQ(try_plus(day, month, weekends, MonthEnd::exact_or_none), std::nullopt);
  EXPECT_EQ(try_plus(day, {2, Unit::month}, weekends, MonthEnd::exact_or_none), on("2017-03-31"));
  EXPECT_EQ(minus(on("2018-05-31"), {6, Unit::month}, weekends, MonthEnd::up), on("2017-12-01"));
  EXPECT_EQ(try_minus(on("2018-05-31"), {6, Unit::month}, weekends, MonthEnd::exact_or_none),
            std::nullopt);
}

// Aim: from the end of a period month ends lead to month ends, and other units are not touched.
TEST(Duration, from_the_end_of_a_period) {
  const struct {
    const char* last;
    Duration duration;
    const char* after;
    const char* before;
  } rows[] = {
      {"2023-06-30", {7, Unit::month}, "2024-01-31", "2022-11-30"},
      {"2023-02-28", {7, Unit::month}, "2023-09-30", "2022-07-31"},
      {"2018-05-31", {2, Unit::year}, "2020-05-31", "2016-05-31"},
      {"2018-05-31", {6, Unit::month}, "2018-11-30", "2017-11-30"},
      {"2018-11-30", {6, Unit::month}, "2019-05-31", "2018-05-31"},
      {"2016-02-29", {1, Unit::year}, "2017-02-28", "2015-02-28"},
      {"2017-02-28", {3, Unit::year}, "2020-02-29", "2014-02-28"},
      {"2017-06-30", {20, Unit::day}, "2017-07-20", "2017-06-10"},
      {"2017-06-30", {1, Unit::working_day}, "2017-07-03", "2017-06-29"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(plus_from_end(on(row.last), row.duration), on(row.after)) << row.last;
    EXPECT_EQ(minus_from_end(on(row.last), row.duration), on(row.before)) << row.last;
  }
}

// Aim: whatever the count, the result is in the calendar, and the strict forms tell that it was
// cut.
TEST(Duration, saturates_in_every_unit) {
  const Unit units[] = {Unit::hour, Unit::day,   Unit::working_day,
                        Unit::week, Unit::month, Unit::year};
  for (Unit unit : units) {
    for (const Duration far : {Duration{std::numeric_limits<std::int32_t>::max(), unit},
                               Duration{std::numeric_limits<std::int32_t>::min(), unit}}) {
      const bool forwards = far.count > 0;
      EXPECT_EQ(plus(Day{0}, far), forwards ? day_max : day_min);
      EXPECT_EQ(minus(Day{0}, far), forwards ? day_min : day_max);
      EXPECT_EQ(try_plus(Day{0}, far), std::nullopt);
      EXPECT_EQ(try_minus(Day{0}, far), std::nullopt);
    }
    EXPECT_EQ(plus(day_max, {1, unit}), day_max);
    EXPECT_EQ(minus(day_min, {1, unit}), day_min);
    EXPECT_EQ(try_plus(day_max, {1, unit}), std::nullopt);
    EXPECT_EQ(try_plus(day_max, {0, unit}), day_max);
  }
}

// Aim: longer is never earlier, in any unit, from any day of four years; and days, weeks and hours
// are undone by their mirror.
TEST(Duration, grows_with_its_count) {
  for (Day day = on("2016-01-01"); day <= on("2019-12-31"); day = day + 1) {
    for (Unit unit :
         {Unit::hour, Unit::day, Unit::working_day, Unit::week, Unit::month, Unit::year}) {
      Day later = plus(day, {0, unit}, sweden);
      Day earlier = later;
      for (std::int32_t n = 1; n <= 14; ++n) {
        const Day next = plus(day, {n, unit}, sweden);
        const Day previous = minus(day, {n, unit}, sweden);
        ASSERT_TRUE(unit == Unit::hour ? next >= later : next > later) << iso(day) << ' ' << n;
        ASSERT_TRUE(unit == Unit::hour ? previous <= earlier : previous < earlier)
            << iso(day) << ' ' << n;
        if (unit < Unit::month && (unit != Unit::working_day || is_working_day(day, sweden))) {
          ASSERT_EQ(minus(next, {n, unit}, sweden), day);
        }
        later = next;
        earlier = previous;
      }
    }
  }
}

}  // namespace
}  // namespace samrad::calendar
