// Conditions in three values: true, false, unknown, and why.
#pragma once

#include <vector>

#include "engine/machine.h"
#include "engine/state.h"

namespace samrad::engine {

// Who asks, about what, and when. The pointers must live through the call.
struct Asking {
  const Machine& machine;
  const State& state;
  const Event* candidate = nullptr;  // frame 0; null: fields are unknown
  const Event* origin = nullptr;     // frame 1; null: as frame 0
  Day day{};                         // the day being judged: histories reach back from it
  Symbol member = 0;                 // of an open `for each`
  calendar::Shift shift = calendar::Shift::none;  // of the rule: moves the days that `before expiry` gives
  bool anew = false;                 // of a chance to extend: what happened up to the last extension does not serve again
  bool judged = true;                // the candidate is what is judged; else it is asked at the end of `day`, and is past like the others
};

struct Answer {
  Truth truth = Truth::yes;
  // truth no: the smallest part of the condition that made it so, and the values met there (absent when not of one value)
  Symbol text = 0;
  Value expected{};
  Value actual{};
  // truth unknown: names of the fields, facts and event types that would decide; never empty then
  std::vector<Symbol> missing;
};

// An empty expression is true.
[[nodiscard]] Answer ask(const Asking&, program::Expression);

// What an expression that ends in a value comes to; absent, with what is missing, where it cannot be told.
[[nodiscard]] Value value_of(const Asking&, program::Expression, std::vector<Symbol>& missing);

// Whether `event` fits the pattern: type, subject, condition. `effect` is not considered.
[[nodiscard]] Answer fits(const Asking&, Index pattern, const Event& event);

// As above without reasons, for the fast path.
[[nodiscard]] Truth fit(const Asking&, Index pattern, const Event& event);

[[nodiscard]] constexpr Truth both(Truth a, Truth b) { return a < b ? a : b; }
[[nodiscard]] constexpr Truth either(Truth a, Truth b) { return a < b ? b : a; }
[[nodiscard]] constexpr Truth negated(Truth t) {
  return t == Truth::unknown ? t : t == Truth::yes ? Truth::no : Truth::yes;
}

// A value that is known to lie between two bounds. `low` absent: nothing is known of it.
struct Range {
  Value low{};
  Value high{};
  bool bounded = false;  // else there is no upper bound
  [[nodiscard]] bool exact() const { return bounded && low == high; }
};

// What an aggregate comes to, as far as can be told. `missing` gets what is missing.
[[nodiscard]] Range count(const Asking&, const program::Aggregate&, std::vector<Symbol>& missing);

// Whether at least one is counted: may be certain where the number is not.
[[nodiscard]] Truth any(const Asking&, const program::Aggregate&, std::vector<Symbol>& missing);

// The last day that `at least D before ANCHOR` leaves, or day_max where the term has no end.
[[nodiscard]] Day latest_before(const Asking&, const program::Aggregate&);

// The state of a fact as far as is on record, whatever nobody records.
[[nodiscard]] Truth on_record(const Asking&, Index fact, Symbol key);

// The state of a fact at the end of `asking.day`.
[[nodiscard]] Truth holds(const Asking&, Index fact, Symbol key, std::vector<Symbol>& missing);

}  // namespace samrad::engine
