// Turns a due day into the day it moves to when it may not fall on a weekend or a holiday.
//
// A plain walk day by day: the longest run of days off in Sweden is five (Christmas and a weekend
// on one side of it), so that nothing cleverer would be faster.

#include "rules/calendar/shift.h"

namespace samrad::calendar {
namespace {

// The first working day from `day` in steps of `step`, or the end of the calendar.
Day walk(Day day, int step, Holidays holidays) noexcept {
  while (!is_working_day(day, holidays)) {
    const Day next = day + step;
    if (next == day) break;
    day = next;
  }
  return day;
}

bool same_month(Day a, Day b) noexcept {
  const Date one = to_date(a);
  const Date two = to_date(b);
  return one.year == two.year && one.month == two.month;
}

}  // namespace

Day shift(Day day, Shift shift, Holidays holidays) noexcept {
  const Day from = saturated(day.n);
  switch (shift) {
  case Shift::none: return from;
  case Shift::following: return walk(from, 1, holidays);
  case Shift::preceding: return walk(from, -1, holidays);
  case Shift::modified_following: {
    const Day after = walk(from, 1, holidays);
    return same_month(from, after) ? after : walk(from, -1, holidays);
  }
  }
  return from;
}

}  // namespace samrad::calendar
