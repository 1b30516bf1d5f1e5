// Aim: deadlines that Swedish authorities and courts have published come out of month arithmetic,
// holidays and shift together.

#include "rules/calendar/duration.h"
#include "rules/calendar/shift.h"
#include "tests/calendar/table.h"

#include <gtest/gtest.h>

namespace samrad::calendar {
namespace {

// Aim: a day that a statute names, moved by lag (1930:173) § 2, is the day that was published.
TEST(Deadlines, of_taxes_and_appeals) {
  for (const Row& row : read_table("deadlines-tax-and-courts.csv")) {
    EXPECT_EQ(shift(row.day(0), Shift::following, Holidays::sweden), row.day(1))
        << row.text(0) << ' ' << row.text(2);
  }
}

// Aim: an appeal within three weeks ends on the weekday of the service (lag (1930:173) § 1; RÅ 1999
// not 181, RÅ 2004 not 40).
TEST(Deadlines, within_three_weeks) {
  EXPECT_EQ(plus(on("1999-03-16"), {3, Unit::week}), on("1999-04-06"));
  EXPECT_EQ(plus(on("2003-12-15"), {3, Unit::week}), on("2004-01-05"));
}

// Aim: "seven months from the end of the accounting year" is counted from the day after the end, so
// that month ends stay month ends.
TEST(Deadlines, of_annual_accounts) {
  for (const Row& row : read_table("deadlines-annual-accounts.csv")) {
    const Day last = plus_from_end(row.day(0), {7, Unit::month});
    EXPECT_EQ(shift(last, Shift::following, Holidays::sweden), row.day(1)) << row.text(0);
  }
  EXPECT_EQ(shift(on("2024-12-31"), Shift::following, Holidays::sweden), on("2025-01-02"));
}

}  // namespace
}  // namespace samrad::calendar
