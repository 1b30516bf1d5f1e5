#include "service/alerts/hours.h"

#include <algorithm>

namespace samrad::alerts {

std::int64_t moment_of(const record::Zone& zone, calendar::Day day, MinuteOfDay minute) {
  const std::int64_t first = zone.first_second(day);
  const std::int64_t last = zone.last_second(day);
  const std::int64_t by_clocks = std::int64_t{day.n} * 86400 + std::int64_t{minute} * 60;
  const int before = zone.offset(first);
  const int after = zone.offset(last);
  // As if the offset of the morning lasted; true unless the clocks change before.
  const std::int64_t early = by_clocks - before;
  if (before == after || zone.offset(early) == before) return std::clamp(early, first, last);
  const std::int64_t late = by_clocks - after;
  if (zone.offset(late) == after) return std::clamp(late, first, last);
  // The clocks skip it: the change lies between the two.
  std::int64_t low = late;
  std::int64_t high = early;
  while (high - low > 1) {
    const std::int64_t middle = low + (high - low) / 2;
    (zone.offset(middle) == after ? high : low) = middle;
  }
  return high;
}

std::int64_t seconds_of(Micros moment) {
  const std::int64_t rest = moment % micros_per_second;
  return (moment - (rest < 0 ? rest + micros_per_second : rest)) / micros_per_second;
}

}  // namespace samrad::alerts
