// An agreement with one duty, those who are told of it, and an outbox that only keeps keys: what the tests of alerts are played on.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "service/alerts/digest.h"
#include "service/alerts/planner.h"

namespace samrad::tests {

// `2017-06-30`
[[nodiscard]] calendar::Day day(std::string_view iso);
// `2017-06-30T07:00` by the clocks of Stockholm; of an hour that comes twice the first, unless an offset is given: `…+01:00`.
[[nodiscard]] Micros at(std::string_view local);
// The same way back, with the offset.
[[nodiscard]] std::string clock(Micros moment);

[[nodiscard]] record::Zone stockholm();

// Two meetings every half-year: due on 30 June 2017, warned of on 1 May and 16 June.
[[nodiscard]] alerts::Duty meetings();
[[nodiscard]] alerts::Agreement norrmalm(std::vector<alerts::Duty> duties);

// `chief` and `director` act for the owners, `secretary` for nobody but is there; `superior` acts for the next role.
[[nodiscard]] alerts::Configuration configuration(std::vector<alerts::Rule> rules);
[[nodiscard]] alerts::Rule every_kind();

// Asks the planner as the service does: at the moments it names and at those given, keeping each key.
class Outbox {
 public:
  explicit Outbox(alerts::Configuration configuration) : directory(std::move(configuration)) {}

  // One line a message: `2017-06-16T07:00:00+02:00 warning chief`.
  std::vector<std::string> ask(const alerts::Agreement& agreement, Micros now);
  // Asks at `from`, then at each moment the planner names, through `to`.
  std::vector<std::string> watch(const alerts::Agreement& agreement, Micros from, Micros to);

  const alerts::Directory directory;
  std::set<std::string, std::less<>> keys;
  std::optional<Micros> next;  // of the last time asked
};

}  // namespace samrad::tests
