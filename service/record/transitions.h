// When the clocks of a zone change, from the machine's compiled time zone database (RFC 8536).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace samrad::record {

class ZoneRule;

class Transitions {
 public:
  // A stretch of time with one offset: UTC seconds, `end` excluded; offset in seconds east of UTC.
  struct Interval {
    std::int64_t begin = 0;
    std::int64_t end = 0;
    int offset = 0;
  };

  // Null where the database has no such zone. Each is read once and lives as long as the program. Any thread.
  [[nodiscard]] static const Transitions* of(const std::string& zone);

  // The stretch in which the instant lies.
  [[nodiscard]] const Interval& at(std::int64_t utc) const;

  // The first instant at which the wall clock shows that second (counted from 1970 as if it were UTC); where the clocks skip it, the
  // instant at which they do.
  [[nodiscard]] std::int64_t first_shown(std::int64_t local) const;

 private:
  Transitions() = default;
  [[nodiscard]] static std::unique_ptr<const Transitions> read(const std::string& zone);

  // From `at` on, which is not before the last change.
  void change(std::int64_t at, int offset);
  // What the rule says of the time after the last listed change.
  void follow(const ZoneRule& rule, std::int64_t after);

  std::vector<Interval> intervals_;  // one behind the other, from the beginning of time to its end
};

}  // namespace samrad::record
