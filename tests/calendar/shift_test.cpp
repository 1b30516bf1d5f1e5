// Aim: a due day on a day off moves where the conventions and the Swedish calendar of others say,
// and a working day never moves.

#include "rules/calendar/months.h"
#include "rules/calendar/shift.h"
#include "tests/calendar/table.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace samrad::calendar {
namespace {

constexpr Holidays sweden = Holidays::sweden;

Shift shift_named(const std::string& name) {
  if (name == "following") return Shift::following;
  if (name == "modified_following") return Shift::modified_following;
  if (name == "preceding") return Shift::preceding;
  EXPECT_EQ(name, "none");
  return Shift::none;
}

// Aim: every weekend, holiday and eve 2016–2030, with the day to which a deadline on it moves; all
// other days stay.
TEST(Shift, every_day_off_agrees_with_quantlib) {
  std::set<Day> off;
  for (const Row& row : read_table("shifts-quantlib.csv")) {
    const Day day = row.day(0);
    off.insert(day);
    EXPECT_EQ(shift(day, Shift::none, sweden), day);
    EXPECT_EQ(shift(day, Shift::following, sweden), row.day(1)) << row.text(0);
    EXPECT_EQ(shift(day, Shift::modified_following, sweden), row.day(2)) << row.text(0);
    EXPECT_EQ(shift(day, Shift::preceding, sweden), row.day(3)) << row.text(0);
  }
  for (Day day = on("2016-01-01"); day <= on("2030-12-31"); day = day + 1) {
    if (off.count(day) != 0) continue;
    for (Shift how : {Shift::none, Shift::following, Shift::modified_following, Shift::preceding}) {
      ASSERT_EQ(shift(day, how, sweden), day) << iso(day);
    }
  }
}

// Aim: a month-end series under each rule, the shift taken from the unshifted member so that it
// does not feed back into the series.
TEST(Shift, month_end_series_agrees_with_quantlib) {
  for (const Row& row : read_table("month-end-series-quantlib.csv")) {
    const Day day = month_series(on("2016-01-31"), 1, row.number(0)).value();
    EXPECT_EQ(shift(day, Shift::following, sweden), row.day(2)) << "line " << row.line;
    EXPECT_EQ(shift(day, Shift::modified_following, sweden), row.day(3)) << "line " << row.line;
    EXPECT_EQ(shift(day, Shift::preceding, sweden), row.day(4)) << "line " << row.line;
  }
}

// Aim: month steps and conventions together, as others assert them and as the model agreement needs
// them.
TEST(Shift, published_rows) {
  for (const Row& row : read_table("shifts-published.csv")) {
    const Day day = add_months(row.day(0), row.number(1)).value();
    EXPECT_EQ(day, row.day(2)) << "line " << row.line;
    EXPECT_EQ(static_cast<int>(weekday(day)), row.number(3)) << "line " << row.line;
    EXPECT_EQ(shift(day, shift_named(row.text(4)), sweden), row.day(5)) << "line " << row.line;
  }
}

// Aim: what a shift promises holds for three centuries: a working day, the nearest on its side, at
// most five days off in a row.
TEST(Shift, lands_on_the_nearest_working_day) {
  int longest = 0;
  int run = 0;
  for (Day day = on("1900-01-01"); day <= on("2200-12-31"); day = day + 1) {
    run = is_working_day(day, sweden) ? 0 : run + 1;
    longest = std::max(longest, run);
    const Day after = shift(day, Shift::following, sweden);
    const Day before = shift(day, Shift::preceding, sweden);
    const Day modified = shift(day, Shift::modified_following, sweden);
    ASSERT_TRUE(is_working_day(after, sweden) && is_working_day(before, sweden));
    ASSERT_TRUE(before <= day && day <= after);
    for (Day between = before + 1; between < after; between = between + 1)
      ASSERT_FALSE(is_working_day(between, sweden));
    ASSERT_EQ(to_date(modified).month, to_date(day).month);
    ASSERT_TRUE(modified == after || modified == before);
  }
  EXPECT_EQ(longest, 5);
}

// Aim: at the ends of the calendar a shift stops instead of leaving it.
TEST(Shift, stops_at_the_ends_of_the_calendar) {
  EXPECT_EQ(shift(day_max, Shift::following, sweden), day_max);  // New Year's Eve, nothing after it
  EXPECT_EQ(shift(day_max, Shift::modified_following, sweden), day_max);
  EXPECT_EQ(shift(day_max, Shift::preceding, sweden), on("9999-12-30"));
  EXPECT_EQ(shift(day_min, Shift::preceding, sweden),
            day_min);  // New Year's Day, nothing before it
  EXPECT_EQ(shift(day_min, Shift::following, sweden), on("0001-01-02"));
}

}  // namespace
}  // namespace samrad::calendar
