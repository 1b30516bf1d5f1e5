// Deadlines as a calendar that people subscribe to: what it shows now, and what it must say of what it showed before.
//
// Each deadline is an all-day event under a UID that stays. A calendar program takes a change for true only where SEQUENCE has grown, so a
// feed remembers what it has shown: a deadline that moves, comes back, vanishes or is settled gets the next number. Pure.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "service/clock.h"
#include "service/reports/upcoming.h"

namespace samrad::api {

// One deadline as the feed has shown it.
struct ShownDeadline {
  calendar::Day due{};
  int sequence = 0;
  bool cancelled = false;
  Micros changed = 0;
  std::string title;
  bool operator==(const ShownDeadline&) const = default;
};
using Shown = std::map<std::string, ShownDeadline>;  // by occurrence

[[nodiscard]] std::string json_of(const Shown& shown);
[[nodiscard]] Shown parse_shown(std::string_view json);  // empty where it is none

struct Feed {
  std::string text;  // iCalendar
  Shown shown;       // to be kept where it differs from what was given
};

// `audit` is as of now, all clauses. `owners` empty: all. Deadlines from calendar_days_back ago to calendar_days_ahead on.
[[nodiscard]] Feed feed_of(const reports::AuditResult& audit, const std::string& agreement,
                           const std::vector<std::string>& owners, calendar::Language language,
                           const Shown& before, Micros now);

}  // namespace samrad::api
