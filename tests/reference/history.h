// What happened, as docs/events.md says that it is written: JSON objects in, events out. Shares nothing with service/record.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "tests/reference/value.h"

namespace samrad::reference {

// Microseconds since 1970 in UTC.
using Instant = std::int64_t;

// A civil day, or an instant and the day on which it falls.
struct Moment {
  Day day{};
  std::optional<Instant> instant;
};

// The civil time of a place (language.md §7.3: "An event belongs to its civil day in the agreement's time zone").
class Zone {
 public:
  explicit Zone(std::string area_and_city) : name_(std::move(area_and_city)) {}
  [[nodiscard]] Day day_of(Instant instant) const;
  [[nodiscard]] Instant start_of(Day day) const;
  [[nodiscard]] int second_of_day(Instant instant) const;  // by the clock on the wall
  // `2017-02-21` or RFC 3339.
  [[nodiscard]] Moment read(std::string_view text) const;

 private:
  std::string name_;
};

struct Event {
  std::string source, id, type, subject;
  Moment when;
  nlohmann::json data = nlohmann::json::object();

  [[nodiscard]] Day day() const { return when.day; }
  [[nodiscard]] std::string identity() const { return source + "#" + id; }
};

// When something happened or was recorded, against a moment that is asked about: "a plain date means its last instant".
[[nodiscard]] bool by(const Moment& when, const Moment& asked);

// The events as known at a moment (absent: all): what was recorded later is left out, corrections and withdrawals carried out. Those of
// another agreement are left out. Sorted by day, then instant, then identity.
[[nodiscard]] std::vector<Event> known_events(const std::vector<nlohmann::json>& records,
                                              const std::string& agreement, const Zone& zone,
                                              const std::optional<Moment>& known_at);

// One object a line, or one array of them.
[[nodiscard]] std::vector<nlohmann::json> read_records(const std::string& text);

}  // namespace samrad::reference
