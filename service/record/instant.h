// RFC 3339 texts and instants. No time zone but the offset that the text gives.
//
// Strict as the standard is, accepting what it allows: `t` and `z` in lower case, a blank between date and time, any number of decimals
// (kept to the nanosecond, the rest cut), and the leap second :60, which is read as the last instant of its minute since UTC
// seconds since 1970 have no place for it.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "rules/calendar/date.h"

namespace samrad::record {

// Seconds since 1970-01-01T00:00:00Z, leap seconds not counted.
struct Instant {
  std::int64_t seconds = 0;
  std::uint32_t nanos = 0;
  auto operator<=>(const Instant&) const = default;
};

// The years 0001..9999; anything else, an impossible day or hour included, gives nothing. A plain date gives nothing.
[[nodiscard]] std::optional<Instant> parse_rfc3339(std::string_view text) noexcept;

// `2017-07-01T00:00:00+02:00` (`Z` for offset 0); whole seconds.
[[nodiscard]] std::string rfc3339(std::int64_t utc, int offset_seconds);

}  // namespace samrad::record
