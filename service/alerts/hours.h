// Where an hour of a civil day lies in time.
#pragma once

#include <cstdint>

#include "rules/calendar/date.h"
#include "service/alerts/rule.h"
#include "service/clock.h"
#include "service/record/zone.h"

namespace samrad::alerts {

inline constexpr Micros micros_per_second = 1'000'000;

// The first moment of the day at which its clocks show `minute` or later, in seconds since 1970: an hour that the clocks skip is the
// moment of the change, one that comes twice is the first. Of a day skipped wholly, its one second.
[[nodiscard]] std::int64_t moment_of(const record::Zone& zone, calendar::Day day,
                                     MinuteOfDay minute);

// Whole seconds since 1970, rounded down.
[[nodiscard]] std::int64_t seconds_of(Micros moment);

}  // namespace samrad::alerts
