// Aim: a window that the term covers only in part asks for what its written policy says, by integer
// arithmetic, on the same day everywhere.

#include "rules/calendar/period.h"
#include "tests/calendar/table.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace samrad::calendar {
namespace {

constexpr PartPolicy not_assessed = PartPolicy::not_assessed;
constexpr PartPolicy in_full = PartPolicy::in_full;
constexpr PartPolicy up = PartPolicy::pro_rata_up;
constexpr PartPolicy down = PartPolicy::pro_rata_down;
constexpr PartPolicy nearest = PartPolicy::pro_rata_nearest;

const Period half_years{PeriodUnit::half_year, 1, false, Day{}, Months::all};

// Aim: cutting a window to a term keeps the window, says what is left and whether anything was
// lost.
TEST(Part, clip_by_example) {
  const struct {
    const char* day;
    const char* first;
    const char* last;
    bool part;
  } rows[] = {
      {"2016-06-01", "2016-06-01", "2016-06-30", true},
      {"2016-07-01", "2016-07-01", "2016-12-31", false},
      {"2017-07-01", "2017-07-01", "2017-12-31", false},
      {"2018-02-01", "2018-01-01", "2018-05-31", true},
  };
  for (const auto& row : rows) {
    const Window window = window_at(half_years, on(row.day));
    const Clipped clipped = clip(window, on("2016-06-01"), on("2018-05-31"));
    EXPECT_EQ(clipped, (Clipped{window, on(row.first), on(row.last), row.part}));
    EXPECT_EQ(clip(half_years, window, on("2016-06-01"), on("2018-05-31")), clipped);
    EXPECT_FALSE(clipped.empty());
  }
  const Clipped outside =
      clip(window_at(half_years, on("2015-03-01")), on("2016-06-01"), on("2018-05-31"));
  EXPECT_TRUE(outside.empty());
  EXPECT_TRUE(outside.part);
}

// Aim: each policy for parts of 1 to all of a window's days; shares by hand.
TEST(Part, needed_by_example) {
  const struct {
    const char* first;
    const char* last;
    int n;
    int not_assessed, in_full, up, down, nearest;
  } rows[] = {
      {"2017-07-01", "2017-12-31", 2, 2, 2, 2, 2, 2},   // 184 of 184 days
      {"2017-07-02", "2017-12-31", 2, -1, 2, 2, 1, 2},  // 183
      {"2017-10-01", "2017-12-31", 2, -1, 2, 1, 1, 1},  // 92, exactly a half
      {"2017-10-01", "2017-12-31", 1, -1, 1, 1, 0, 1},  // a half of one, rounded up
      {"2017-10-02", "2017-12-31", 1, -1, 1, 1, 0, 0},  // 91, just under
      {"2017-12-31", "2017-12-31", 2, -1, 2, 1, 0, 0},  // one day
      {"2017-12-31", "2017-12-31", 0, -1, 0, 0, 0, 0},
      {"2017-07-01", "2017-11-30", 6, -1, 6, 5, 4, 5},  // 153: 4.99
      {"2017-07-01", "2017-12-31", -3, 0, 0, 0, 0, 0},
  };
  const Window window = window_at(half_years, on("2017-07-01"));
  for (const auto& row : rows) {
    const Clipped clipped = clip(window, on(row.first), on(row.last));
    EXPECT_EQ(needed(row.n, clipped, not_assessed), row.not_assessed) << row.first;
    EXPECT_EQ(needed(row.n, clipped, in_full), row.in_full) << row.first;
    EXPECT_EQ(needed(row.n, clipped, up), row.up) << row.first;
    EXPECT_EQ(needed(row.n, clipped, down), row.down) << row.first;
    EXPECT_EQ(needed(row.n, clipped, nearest), row.nearest) << row.first;
  }
  const Clipped empty = clip(window, on("2019-01-01"), on("2019-12-31"));
  for (PartPolicy policy : {not_assessed, in_full, up, down, nearest}) {
    EXPECT_EQ(needed(2, empty, policy), -1);
    EXPECT_EQ(needed(2, empty, policy, half_years), -1);
  }
}

// Aim: the oracle of the first term: calendar half-years give 2+2+2 in whole windows and two parts,
// agreement half-years 4 × 2.
TEST(Part, chief_meetings_of_the_first_term) {
  const Day first = on("2016-06-01");
  const Day last = on("2018-05-31");
  const auto total = [&](const Period& period, PartPolicy policy, int& parts) {
    int sum = 0;
    parts = 0;
    for (std::optional<Window> w = window_at(period, first); w && w->first <= last;
         w = next_window(period, *w)) {
      const Clipped clipped = clip(period, *w, first, last);
      parts += clipped.part ? 1 : 0;
      sum += std::max(0, needed(2, clipped, policy, period));
    }
    return sum;
  };
  int parts = 0;
  EXPECT_EQ(total(half_years, not_assessed, parts), 6);
  EXPECT_EQ(parts, 2);
  EXPECT_EQ(total(half_years, in_full, parts), 10);
  EXPECT_EQ(total(half_years, up, parts), 9);  // 30 of 182 days ask 1, 151 of 181 ask 2
  EXPECT_EQ(total(half_years, down, parts), 7);
  EXPECT_EQ(total(half_years, nearest, parts), 8);
  const Period of_the_agreement{PeriodUnit::half_year, 1, true, first, Months::all};
  EXPECT_EQ(total(of_the_agreement, not_assessed, parts), 8);
  EXPECT_EQ(parts, 0);
}

// Aim: with month exceptions only days that count are shared, and cutting off days that do not
// count cuts nothing.
TEST(Part, month_exceptions) {
  Period period = half_years;
  period.months = Months::all.without(7);
  const Window window = window_at(period, on("2017-07-01"));
  const Clipped from_mid_july = clip(period, window, on("2017-07-15"), on("2018-12-31"));
  EXPECT_FALSE(from_mid_july.part);
  EXPECT_EQ(needed(2, from_mid_july, not_assessed, period), 2);
  EXPECT_EQ(needed(2, clip(window, on("2017-07-15"), on("2018-12-31")), not_assessed, period), 2);
  EXPECT_EQ(needed(2, clip(window, on("2017-07-15"), on("2018-12-31")), not_assessed), -1);
  const Clipped only_july = clip(period, window, on("2017-01-01"), on("2017-07-31"));
  EXPECT_TRUE(only_july.part);
  EXPECT_EQ(needed(2, only_july, in_full, period), -1);
  const Clipped from_october =
      clip(period, window, on("2017-10-01"), on("2018-12-31"));  // 92 of 153 days
  EXPECT_EQ(needed(2, from_october, up, period), 2);
  EXPECT_EQ(needed(2, from_october, down, period), 1);
  EXPECT_EQ(needed(2, from_october, nearest, period), 1);
  EXPECT_EQ(needed(2, from_october, up), 1);
}

// Aim: shares stay in order and in bounds for every cut of a window and for huge numbers.
TEST(Part, shares_are_ordered) {
  const Window window = window_at(half_years, on("2017-07-01"));
  for (Day first = window.first; first <= window.last; first = first + 1) {
    const Clipped clipped = clip(window, first, on("2020-01-01"));
    for (int n : {0, 1, 2, 3, 7, 100, 2147483647}) {
      const int least = needed(n, clipped, down);
      const int middle = needed(n, clipped, nearest);
      const int most = needed(n, clipped, up);
      ASSERT_TRUE(0 <= least && least <= middle && middle <= most && most <= n);
      ASSERT_LE(most - least, 1);
    }
  }
}

}  // namespace
}  // namespace samrad::calendar
