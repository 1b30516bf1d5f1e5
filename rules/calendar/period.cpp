// Turns a period into windows that tile the calendar, and a window into its name.
//
// A calendar period is an anchored one whose anchor happens to lie on the calendar's borders:
// 1970-01-01 for days, months, quarters, half-years and years, Monday 1969-12-29 for weeks. So
// there are only two kinds of window, of n days and of n months, and both find their number by one
// division. Month borders come from the anchor's own day each time, which is what keeps them from
// drifting.

#include "rules/calendar/period.h"

#include <algorithm>

namespace samrad::calendar {
namespace {

// A period boiled down to its anchor and its step, of which one is not 0.
struct Grid {
  Day anchor{};
  std::int64_t days = 0;
  std::int64_t months = 0;
  // Of the anchor, where the step is in months: its month as month_index has it, and its day.
  std::int64_t anchor_month = std::int64_t{1970} * 12;
  unsigned anchor_day = 1;
};

constexpr std::int64_t floor_div(std::int64_t a, std::int64_t b) noexcept {
  return a >= 0 ? a / b : -((-a + b - 1) / b);
}

constexpr int days_in_unit(PeriodUnit unit) noexcept {
  switch (unit) {
  case PeriodUnit::day: return 1;
  case PeriodUnit::week: return 7;
  case PeriodUnit::fortnight: return 14;
  default: return 0;
  }
}

constexpr int months_in_unit(PeriodUnit unit) noexcept {
  switch (unit) {
  case PeriodUnit::quarter: return 3;
  case PeriodUnit::half_year: return 6;
  case PeriodUnit::year: return 12;
  default: return 1;
  }
}

constexpr std::int64_t month_index(Date date) noexcept {
  return std::int64_t{date.year} * 12 + date.month - 1;
}

Grid grid_of(const Period& period) noexcept {
  const std::int64_t count = std::clamp<std::int32_t>(period.count, 1, period_count_max);
  const int days = days_in_unit(period.unit);
  const Day calendar_anchor{days >= 7 ? -3 : 0};
  Grid grid;
  grid.anchor = period.anchored ? saturated(period.anchor.n) : calendar_anchor;
  if (days != 0) {
    grid.days = days * count;
  } else {
    grid.months = months_in_unit(period.unit) * count;
    if (period.anchored) {
      const Date from = to_date(grid.anchor);
      grid.anchor_month = month_index(from);
      grid.anchor_day = from.day;
    }
  }
  return grid;
}

// The first day of window `k`, in days since 1970-01-01. Not cut to the calendar; far outside it,
// only on the right side of it.
std::int64_t start_of(const Grid& grid, std::int64_t k) noexcept {
  if (grid.days != 0) return grid.anchor.n + k * grid.days;
  constexpr std::int64_t far = 12 * 20000;
  const std::int64_t index = std::clamp(grid.anchor_month + k * grid.months, -far, far);
  const std::int64_t year = floor_div(index, 12);
  const auto month = static_cast<unsigned>(index - year * 12) + 1;
  const auto last = static_cast<unsigned>(days_in_month(static_cast<int>(year), month));
  return days_from_civil(year, month, std::min(grid.anchor_day, last));
}

std::int64_t ordinal_of(const Grid& grid, Day day) noexcept {
  if (grid.days != 0) return floor_div(day - grid.anchor, grid.days);
  const std::int64_t k =
      floor_div(month_index(to_date(day)) - grid.anchor_month, grid.months);
  return start_of(grid, k) > day.n ? k - 1 : k;
}

Window window_of(const Grid& grid, std::int64_t k) noexcept {
  return Window{saturated(start_of(grid, k)), saturated(start_of(grid, k + 1) - 1),
                static_cast<std::int32_t>(k)};
}

// Writes `number` with at least `width` digits after `text`.
void append_number(std::string& text, int number, int width) noexcept {
  int power = 1;
  for (int i = 1; i < width; ++i)
    power *= 10;
  for (; power != 0; power /= 10)
    text += static_cast<char>('0' + number / power % 10);
}

std::string with_year(int year, std::string_view mark, unsigned number, int width) noexcept {
  std::string text;
  append_number(text, year, 4);
  text += mark;
  if (width != 0) append_number(text, static_cast<int>(number), width);
  return text;
}

}  // namespace

PeriodFault fault(const Period& period) noexcept {
  if (period.count < 1 || period.count > period_count_max) return PeriodFault::count_out_of_range;
  if ((period.months.mask & Months::all.mask) == 0) return PeriodFault::no_months;
  if (period.anchored) return PeriodFault::none;
  const Grid grid = grid_of(period);
  const bool borders = grid.days != 0 ? grid.days == 1 || grid.days == 7
                                      : grid.months <= 12 && 12 % grid.months == 0;
  return borders ? PeriodFault::none : PeriodFault::needs_anchor;
}

Window window_at(const Period& period, Day day) noexcept {
  const Grid grid = grid_of(period);
  return window_of(grid, ordinal_of(grid, saturated(day.n)));
}

Window window_number(const Period& period, std::int32_t ordinal) noexcept {
  const Grid grid = grid_of(period);
  return window_of(grid, std::clamp<std::int64_t>(ordinal, ordinal_of(grid, day_min),
                                                  ordinal_of(grid, day_max)));
}

std::optional<Window> next_window(const Period& period, const Window& window) noexcept {
  if (window.last >= day_max) return std::nullopt;
  return window_number(period, window.ordinal + 1);
}

std::optional<Window> next_counted(const Period& period, const Window& window) noexcept {
  if ((period.months.mask & Months::all.mask) == 0) return std::nullopt;
  std::optional<Window> next = next_window(period, window);
  while (next && !counted(period, *next))
    next = next_window(period, *next);
  return next;
}

std::string label(const Period& period, const Window& window) noexcept {
  if (period.anchored || period.count != 1) return iso(window.first);
  const Date date = to_date(window.first);
  switch (period.unit) {
  case PeriodUnit::week: {
    const IsoWeek week = iso_week(window.first);
    return with_year(week.year, "-W", static_cast<unsigned>(week.week), 2);
  }
  case PeriodUnit::month:
  case PeriodUnit::months: return with_year(date.year, "-", date.month, 2);
  case PeriodUnit::quarter: return with_year(date.year, "-Q", (date.month - 1) / 3 + 1, 1);
  case PeriodUnit::half_year: return with_year(date.year, "-H", (date.month - 1) / 6 + 1, 1);
  case PeriodUnit::year: return with_year(date.year, "", 0, 0);
  case PeriodUnit::day:
  case PeriodUnit::fortnight: return iso(window.first);
  }
  return iso(window.first);
}

}  // namespace samrad::calendar
