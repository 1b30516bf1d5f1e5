// What happened: one event, decoded against a Program, in the form that the engine reads.
#pragma once

#include <cstdint>
#include <vector>

#include "rules/program/program.h"

namespace samrad::engine {

using calendar::Day;
using program::Index;
using program::Symbol;
using program::Value;

// A point at which the engine can be asked or woken: a civil day in the agreement's time zone and the instant in UTC seconds
// since 1970. The two agree: `utc` lies in `day`.
struct Moment {
  Day day{};
  std::int64_t utc = 0;
  auto operator<=>(const Moment&) const = default;
};

// One event. Symbols below program.symbols.size() are the program's own; the rest come from the caller's Symbols table, which must
// outlive every State and Finding that names them.
struct Event {
  Symbol identity = 0;  // `source#id`, unique in the agreement
  Symbol id = 0;        // the CloudEvents id alone: names occurrences
  Index type = program::none;
  Symbol subject = 0;   // 0: none given
  Day day{};            // the civil day on which it counts
  // The instants at which it may have happened, [earliest, latest] in UTC seconds: one instant when the event has a time of day
  // (`timed`), the whole civil day when it has only a date.
  bool timed = false;
  std::int32_t second = 0;  // timed: seconds since the civil day began by the wall clock (for the civil day of a due hour)
  std::int64_t earliest = 0;
  std::int64_t latest = 0;
  std::vector<Value> fields;  // one for each field of the type, absent where not given
  std::vector<Symbol> pool;   // entries of list values: Value::a first, Value::b count
  auto operator<=>(const Event&) const = default;
};

// How two events of one agreement lie in time. Events of one day are ordered only where both have a time of day and the times differ.
enum class Order : std::uint8_t { before, after, unknown };
[[nodiscard]] Order order(const Event& a, const Event& b);

// The order in which the engine is fed: by day, then timed events by instant, then the rest, ties by identity's text being the caller's
// affair. No verdict depends on how ties are broken.
[[nodiscard]] bool feeds_before(const Event& a, const Event& b);

}  // namespace samrad::engine
