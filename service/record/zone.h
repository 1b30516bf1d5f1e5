// A time zone: where instants become civil days. The only place in the house that knows the time zone database.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "engine/event.h"
#include "service/record/instant.h"

namespace samrad::record {

// A small value; copies are cheap. Keeps the last interval of constant offset, so one object belongs to one thread at a time.
class Zone {
 public:
  // `Europe/Stockholm`. The error is a sentence: no such zone, or no time zone database on this machine.
  [[nodiscard]] static tl::expected<Zone, std::string> open(std::string_view name);

  [[nodiscard]] std::string_view name() const { return name_; }

  // Seconds east of UTC at `utc`.
  [[nodiscard]] int offset(std::int64_t utc) const;

  // The civil day in which the instant lies: 23:30Z on 30 June is 1 July in Stockholm.
  [[nodiscard]] calendar::Day day_of(std::int64_t utc) const;

  // Seconds since that civil day began by the wall clock: 0..86399.
  [[nodiscard]] std::int32_t second_of_day(std::int64_t utc) const;

  // First and last second of the civil day. A day that the clocks skip wholly is one second long.
  [[nodiscard]] std::int64_t first_second(calendar::Day day) const;
  [[nodiscard]] std::int64_t last_second(calendar::Day day) const;

  // `2017-07-01T23:59:59+02:00`
  [[nodiscard]] std::string rfc3339(std::int64_t utc) const;

 private:
  Zone() = default;
  const void* zone_ = nullptr;  // lives as long as the program
  std::string name_;
  mutable std::int64_t begin_ = 1;  // the interval in which offset_ is the offset; empty at first
  mutable std::int64_t end_ = 0;
  mutable int offset_ = 0;
};

// The version of the time zone database, such as "2025b"; "unknown" when it does not tell.
[[nodiscard]] std::string tzdata_version();

// A moment that a person asked about: `2017-07-01` (the whole day, so its last second) or an RFC 3339 instant.
struct Asked {
  engine::Moment moment;
  bool whole_day = true;
  auto operator<=>(const Asked&) const = default;

  [[nodiscard]] Instant instant() const { return {moment.utc, 999'999'999U}; }
  // As asked: the plain date, or the instant in the zone.
  [[nodiscard]] std::string text(const Zone& zone) const;
};
[[nodiscard]] std::optional<Asked> parse_asked(std::string_view text, const Zone& zone);
[[nodiscard]] Asked asked(calendar::Day day, const Zone& zone);

}  // namespace samrad::record
