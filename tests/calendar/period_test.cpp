// Aim: whatever the period, its windows tile the calendar, have names of their own, and are found
// by day and by number alike.

#include "rules/calendar/months.h"
#include "rules/calendar/period.h"
#include "tests/calendar/table.h"

#include <gtest/gtest.h>

#include <limits>
#include <set>
#include <vector>

namespace samrad::calendar {
namespace {

Period calendar_period(PeriodUnit unit, std::int32_t count = 1, Months months = Months::all) {
  return Period{unit, count, false, Day{}, months};
}

Period anchored(PeriodUnit unit, const char* anchor, std::int32_t count = 1,
                Months months = Months::all) {
  return Period{unit, count, true, on(anchor), months};
}

std::vector<Period> many_periods() {
  std::vector<Period> periods;
  for (PeriodUnit unit : {PeriodUnit::day, PeriodUnit::week, PeriodUnit::month, PeriodUnit::quarter,
                          PeriodUnit::half_year, PeriodUnit::year, PeriodUnit::months}) {
    periods.push_back(calendar_period(unit));
  }
  for (std::int32_t count : {2, 3, 4, 6, 12})
    periods.push_back(calendar_period(PeriodUnit::months, count));
  for (const char* anchor :
       {"2016-06-01", "2016-01-31", "2016-02-29", "2016-12-31", "1969-12-30", "2017-08-30"}) {
    for (PeriodUnit unit :
         {PeriodUnit::day, PeriodUnit::week, PeriodUnit::fortnight, PeriodUnit::month,
          PeriodUnit::quarter, PeriodUnit::half_year, PeriodUnit::year, PeriodUnit::months}) {
      for (std::int32_t count : {1, 2, 5, 18})
        periods.push_back(anchored(unit, anchor, count));
    }
  }
  return periods;
}

// Aim: no gap, no overlap, ordinals one by one, and the three ways to a window agree.
TEST(Period, windows_tile_the_calendar) {
  for (const Period& period : many_periods()) {
    ASSERT_EQ(fault(period), PeriodFault::none);
    Window window = window_at(period, on("1899-12-31"));
    std::set<std::string> labels;
    while (window.first <= on("2200-12-31")) {
      ASSERT_LE(window.first, window.last);
      ASSERT_EQ(window_number(period, window.ordinal), window);
      ASSERT_EQ(window_at(period, window.first), window) << iso(window.first);
      ASSERT_EQ(window_at(period, window.last), window) << iso(window.last);
      ASSERT_TRUE(counted(period, window));
      const std::string name = label(period, window);
      ASSERT_LE(name.size(), 10U);
      ASSERT_TRUE(labels.insert(name).second) << name;
      const auto next = next_window(period, window);
      ASSERT_TRUE(next);
      ASSERT_EQ(next->first, window.last + 1);
      ASSERT_EQ(next->ordinal, window.ordinal + 1);
      ASSERT_EQ(next_counted(period, window), next);
      window = *next;
    }
  }
}

// Aim: every day lies in the window that its day gives.
TEST(Period, each_day_lies_in_its_window) {
  for (const Period& period : many_periods()) {
    for (Day day = on("2014-01-01"); day <= on("2020-12-31"); day = day + 1) {
      const Window window = window_at(period, day);
      ASSERT_TRUE(window.first <= day && day <= window.last) << iso(day);
    }
  }
}

// Aim: calendar windows are those of the almanac and of ISO 8601, with these names.
TEST(Period, calendar_windows_by_example) {
  const struct {
    PeriodUnit unit;
    std::int32_t count;
    const char* day;
    const char* first;
    const char* last;
    const char* name;
  } rows[] = {
      {PeriodUnit::day, 1, "2017-03-05", "2017-03-05", "2017-03-05", "2017-03-05"},
      {PeriodUnit::week, 1, "2017-02-05", "2017-01-30", "2017-02-05", "2017-W05"},
      {PeriodUnit::week, 1, "2021-01-01", "2020-12-28", "2021-01-03", "2020-W53"},
      {PeriodUnit::week, 1, "2019-12-30", "2019-12-30", "2020-01-05", "2020-W01"},
      {PeriodUnit::month, 1, "2016-02-29", "2016-02-01", "2016-02-29", "2016-02"},
      {PeriodUnit::months, 1, "2017-03-31", "2017-03-01", "2017-03-31", "2017-03"},
      {PeriodUnit::quarter, 1, "2017-01-01", "2017-01-01", "2017-03-31", "2017-Q1"},
      {PeriodUnit::quarter, 1, "2017-12-31", "2017-10-01", "2017-12-31", "2017-Q4"},
      {PeriodUnit::half_year, 1, "2017-06-30", "2017-01-01", "2017-06-30", "2017-H1"},
      {PeriodUnit::half_year, 1, "2016-07-01", "2016-07-01", "2016-12-31", "2016-H2"},
      {PeriodUnit::year, 1, "2017-06-30", "2017-01-01", "2017-12-31", "2017"},
      {PeriodUnit::months, 4, "2017-06-30", "2017-05-01", "2017-08-31", "2017-05-01"},
      {PeriodUnit::quarter, 2, "2017-06-30", "2017-01-01", "2017-06-30", "2017-01-01"},
  };
  for (const auto& row : rows) {
    const Period period = calendar_period(row.unit, row.count);
    const Window window = window_at(period, on(row.day));
    EXPECT_EQ(window.first, on(row.first)) << row.name;
    EXPECT_EQ(window.last, on(row.last)) << row.name;
    EXPECT_EQ(label(period, window), row.name);
  }
}

// Aim: anchored windows are counted from the term's first day, month ends included.
TEST(Period, anchored_windows_by_example) {
  const struct {
    PeriodUnit unit;
    std::int32_t count;
    const char* anchor;
    std::int32_t ordinal;
    const char* first;
    const char* last;
  } rows[] = {
      {PeriodUnit::half_year, 1, "2016-06-01", 0, "2016-06-01", "2016-11-30"},
      {PeriodUnit::half_year, 1, "2016-06-01", 1, "2016-12-01", "2017-05-31"},
      {PeriodUnit::half_year, 1, "2016-06-01", 3, "2017-12-01", "2018-05-31"},
      {PeriodUnit::half_year, 1, "2016-06-01", -1, "2015-12-01", "2016-05-31"},
      {PeriodUnit::year, 1, "2016-06-01", 1, "2017-06-01", "2018-05-31"},
      {PeriodUnit::fortnight, 1, "2016-06-01", 0, "2016-06-01", "2016-06-14"},
      {PeriodUnit::fortnight, 1, "2016-06-01", 2, "2016-06-29", "2016-07-12"},
      {PeriodUnit::week, 2, "2016-06-01", 2, "2016-06-29", "2016-07-12"},
      {PeriodUnit::week, 1, "2016-06-01", 0, "2016-06-01", "2016-06-07"},
      {PeriodUnit::day, 10, "2016-06-01", 1, "2016-06-11", "2016-06-20"},
      {PeriodUnit::months, 18, "2016-06-01", 1, "2017-12-01", "2019-05-31"},
      {PeriodUnit::month, 1, "2016-01-31", 0, "2016-01-31", "2016-02-28"},
      {PeriodUnit::month, 1, "2016-01-31", 1, "2016-02-29", "2016-03-30"},
      {PeriodUnit::month, 1, "2016-01-31", 2, "2016-03-31", "2016-04-29"},
      {PeriodUnit::month, 1, "2016-01-31", 13, "2017-02-28", "2017-03-30"},
      {PeriodUnit::year, 1, "2016-02-29", 1, "2017-02-28", "2018-02-27"},
      {PeriodUnit::year, 1, "2016-02-29", 4, "2020-02-29", "2021-02-27"},
      {PeriodUnit::month, 1, "2016-06-16", 0, "2016-06-16", "2016-07-15"},
  };
  for (const auto& row : rows) {
    const Period period = anchored(row.unit, row.anchor, row.count);
    const Window window = window_number(period, row.ordinal);
    EXPECT_EQ(window, (Window{on(row.first), on(row.last), row.ordinal})) << row.first;
    EXPECT_EQ(label(period, window), row.first);
  }
}

// Aim: windows of anchored months begin where the month series of the anchor has its members,
// hundreds of windows away.
TEST(Period, anchored_months_do_not_drift) {
  for (const Row& row : read_table("month-end-series-quantlib.csv")) {
    EXPECT_EQ(window_number(anchored(PeriodUnit::month, "2016-01-31"), row.number(0)).first,
              row.day(1));
  }
  for (const char* anchor : {"2016-01-29", "2016-01-30", "2016-01-31", "2016-02-29"}) {
    for (std::int32_t step : {1, 3, 5, 12}) {
      for (int k = -400; k <= 400; ++k) {
        ASSERT_EQ(window_number(anchored(PeriodUnit::months, anchor, step), k).first,
                  month_series(on(anchor), step, k));
      }
    }
  }
}

// Aim: a period that means nothing is told apart from one that does.
TEST(Period, faults) {
  const struct {
    Period period;
    PeriodFault fault;
  } rows[] = {
      {calendar_period(PeriodUnit::fortnight), PeriodFault::needs_anchor},
      {calendar_period(PeriodUnit::week, 2), PeriodFault::needs_anchor},
      {calendar_period(PeriodUnit::day, 10), PeriodFault::needs_anchor},
      {calendar_period(PeriodUnit::months, 5), PeriodFault::needs_anchor},
      {calendar_period(PeriodUnit::months, 18), PeriodFault::needs_anchor},
      {calendar_period(PeriodUnit::year, 2), PeriodFault::needs_anchor},
      {calendar_period(PeriodUnit::quarter, 3), PeriodFault::needs_anchor},
      {calendar_period(PeriodUnit::month, 0), PeriodFault::count_out_of_range},
      {calendar_period(PeriodUnit::month, -1), PeriodFault::count_out_of_range},
      {anchored(PeriodUnit::month, "2016-06-01", period_count_max + 1),
       PeriodFault::count_out_of_range},
      {anchored(PeriodUnit::month, "2016-06-01", period_count_max), PeriodFault::none},
      {calendar_period(PeriodUnit::month, 1, Months::no_month), PeriodFault::no_months},
      {anchored(PeriodUnit::months, "2016-06-01", 18), PeriodFault::none},
      {anchored(PeriodUnit::fortnight, "2016-06-01"), PeriodFault::none},
      {calendar_period(PeriodUnit::quarter, 2), PeriodFault::none},
      {calendar_period(PeriodUnit::month), PeriodFault::none},
  };
  for (const auto& row : rows)
    EXPECT_EQ(fault(row.period), row.fault) << static_cast<int>(row.period.unit);
}

// Aim: a month exception drops the month; a longer window only when all its months are dropped, its
// days in them not counting.
TEST(Period, month_exceptions) {
  const Months not_july = Months::all.without(7);
  const Months not_summer = Months::all.without(6).without(7).without(8);
  const Months summer = Months::no_month.with(6).with(7).with(8);
  EXPECT_FALSE(not_july.contains(7));
  EXPECT_TRUE(not_july.contains(8));
  EXPECT_FALSE(not_july.contains(0));
  EXPECT_FALSE(not_july.contains(13));
  const struct {
    Period period;
    const char* day;
    bool window_counts;
    int days;
  } rows[] = {
      {calendar_period(PeriodUnit::month, 1, not_july), "2017-07-15", false, 0},
      {calendar_period(PeriodUnit::month, 1, not_july), "2017-06-15", true, 30},
      {calendar_period(PeriodUnit::quarter, 1, not_july), "2017-07-15", true, 61},
      {calendar_period(PeriodUnit::quarter, 1, summer), "2017-04-15", true, 30},
      {calendar_period(PeriodUnit::quarter, 1, summer), "2017-10-15", false, 0},
      {calendar_period(PeriodUnit::half_year, 1, not_july), "2017-07-15", true, 153},
      {calendar_period(PeriodUnit::year, 1, not_summer), "2017-07-15", true, 273},
      {calendar_period(PeriodUnit::week, 1, not_july), "2017-07-01", true, 5},  // 26 Jun–2 Jul
      {calendar_period(PeriodUnit::week, 1, not_july), "2017-07-05", false, 0},
      {calendar_period(PeriodUnit::day, 1, not_july), "2017-07-31", false, 0},
      {anchored(PeriodUnit::month, "2016-06-16", 1, not_july), "2016-07-01", true, 15},
      {anchored(PeriodUnit::months, "2016-06-16", 18, summer), "2016-06-16", true, 169},
  };
  for (const auto& row : rows) {
    const Window window = window_at(row.period, on(row.day));
    EXPECT_EQ(counted(row.period, window), row.window_counts) << row.day;
    EXPECT_EQ(counting_days(row.period, window.first, window.last), row.days) << row.day;
    int days = 0;
    for (Day day = window.first; day <= window.last; day = day + 1)
      days += counts(row.period, day) ? 1 : 0;
    EXPECT_EQ(days, row.days) << row.day;
  }
  EXPECT_EQ(counting_days(calendar_period(PeriodUnit::month), on("2017-02-01"), on("2017-01-31")),
            0);
  EXPECT_EQ(counting_days(calendar_period(PeriodUnit::month), day_max - 40, day_max), 41);
}

// Aim: the monthly duties of the model agreement have the windows that were counted by hand.
TEST(Period, duties_of_the_first_term) {
  const auto windows = [](const Period& period, const char* from, const char* to) {
    int n = 0;
    for (std::optional<Window> w = window_at(period, on(from)); w && w->first <= on(to);
         w = next_window(period, *w)) {
      n += counted(period, *w) ? 1 : 0;
    }
    return n;
  };
  EXPECT_EQ(windows(calendar_period(PeriodUnit::month, 1, Months::all.without(7)), "2016-06-16",
                    "2018-05-31"),
            22);
  EXPECT_EQ(windows(calendar_period(PeriodUnit::month), "2016-09-01", "2018-05-31"), 21);
  EXPECT_EQ(
      windows(calendar_period(PeriodUnit::month, 1, Months::all.without(6).without(7).without(8)),
              "2016-09-01", "2018-05-31"),
      18);
  EXPECT_EQ(windows(anchored(PeriodUnit::half_year, "2016-06-01"), "2016-06-01", "2018-05-31"), 4);
  EXPECT_EQ(windows(calendar_period(PeriodUnit::half_year), "2016-06-01", "2018-05-31"),
            5);  // three whole, two parts
}

// Aim: next_counted jumps over what is excluded, and ends when nothing is left.
TEST(Period, next_counted_skips_excluded_windows) {
  const Period monthly =
      calendar_period(PeriodUnit::month, 1, Months::all.without(6).without(7).without(8));
  const auto next = next_counted(monthly, window_at(monthly, on("2017-05-10")));
  ASSERT_TRUE(next);
  EXPECT_EQ(label(monthly, *next), "2017-09");
  const Period daily = calendar_period(PeriodUnit::day, 1, Months::no_month.with(1));
  EXPECT_EQ(next_counted(daily, window_at(daily, on("2017-01-31")))->first, on("2018-01-01"));
  const Period never = calendar_period(PeriodUnit::day, 1, Months::no_month);
  EXPECT_EQ(next_counted(never, window_at(never, on("2017-01-31"))), std::nullopt);
}

// Aim: at the ends of the calendar windows are cut, the last has no next, and absurd numbers and
// periods stay inside.
TEST(Period, ends_of_the_calendar) {
  constexpr auto huge = std::numeric_limits<std::int32_t>::max();
  constexpr auto tiny = std::numeric_limits<std::int32_t>::min();
  std::vector<Period> periods = many_periods();
  periods.push_back(anchored(PeriodUnit::year, "9999-12-31", period_count_max));
  periods.push_back(anchored(PeriodUnit::month, "0001-01-01"));
  periods.push_back(Period{PeriodUnit::year, huge, true, Day{tiny}, Months::all});
  periods.push_back(Period{PeriodUnit::fortnight, tiny, false, Day{}, Months::no_month});
  for (const Period& period : periods) {
    const Window last = window_number(period, huge);
    const Window first = window_number(period, tiny);
    EXPECT_EQ(last.last, day_max);
    EXPECT_EQ(first.first, day_min);
    EXPECT_EQ(window_at(period, day_max), last);
    EXPECT_EQ(window_at(period, day_min), first);
    EXPECT_EQ(window_at(period, Day{huge}), last);
    EXPECT_EQ(next_window(period, last), std::nullopt);
    EXPECT_EQ(next_counted(period, last), std::nullopt);
    EXPECT_LE(label(period, last).size(), 10U);
  }
}

}  // namespace
}  // namespace samrad::calendar
