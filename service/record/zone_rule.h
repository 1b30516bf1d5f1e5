// The rule by which the clocks of a zone change after the last change that its file lists: the file's last line, a POSIX `TZ` string with
// the wider hours of RFC 8536, 3.3.1. `CET-1CEST,M3.5.0,M10.5.0/3`: one hour east, two in summer, from the last Sunday of March at two to
// the last Sunday of October at three.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace samrad::record {

class ZoneRule {
 public:
  // From the instant on (UTC seconds) the clocks are `offset` seconds east of UTC.
  struct Change {
    std::int64_t at = 0;
    int offset = 0;
  };

  // Nothing where the line is no such rule. An empty line says nothing of what comes after.
  [[nodiscard]] static std::optional<ZoneRule> read(std::string_view line);

  // Seconds east of UTC outside summer, and of all times where the clocks do not change.
  [[nodiscard]] int standard() const { return standard_; }
  [[nodiscard]] bool changes() const { return changes_; }
  // The two changes of a year (1 to 9999), the earlier first. Only where the clocks change.
  [[nodiscard]] std::array<Change, 2> of_year(int year) const;

 private:
  enum class Way { weekday_of_month, day_without_leap_day, day };
  // A time of a year by the clocks that hold until then.
  struct When {
    Way way = Way::day;
    int month = 0, week = 0, weekday = 0;  // 1..12; 1..5, the last; 0..6 from Sunday
    int day = 0;                           // 1..365 or 0..365
    int second = 2 * 3600;                 // of that day, from a week before it to a week after
  };
  friend class ZoneRuleReader;

  [[nodiscard]] static std::int64_t local_second(const When& when, int year);

  int standard_ = 0, summer_ = 0;
  bool changes_ = false;
  When begins_, ends_;  // summer
};

}  // namespace samrad::record
