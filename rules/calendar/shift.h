// Moving a due day off weekends and holidays.

#pragma once

#include "rules/calendar/date.h"
#include "rules/calendar/holidays.h"

#include <cstdint>

namespace samrad::calendar {

// The business day conventions of the 2006 ISDA Definitions § 4.12, under their own names.
// `following` is also what lag (1930:173) § 2 does with time limits set by statute; agreements have
// no such rule unless they say so.
enum class Shift : std::uint8_t {
  none,                // the day stays
  following,           // the first working day on or after it
  modified_following,  // as following, but as preceding where following would leave the month
  preceding,           // the last working day on or before it
};

// The day moved by `shift`; a working day is never moved. At the ends of the calendar, where no
// working day is left on that side, day_min or day_max.
Day shift(Day day, Shift shift, Holidays holidays) noexcept;

}  // namespace samrad::calendar
