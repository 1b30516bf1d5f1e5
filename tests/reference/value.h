// Truth in three values and the values that conditions compare (docs/language.md §6).
#pragma once

#include <cstdint>
#include <numeric>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/calendar/date.h"
#include "rules/calendar/duration.h"

namespace samrad::reference {

using calendar::Day;

// §6: "Three-valued: true, false, unknown … `and`, `or`, `not` follow Kleene."
enum class Truth { no, unknown, yes };

constexpr Truth both(Truth a, Truth b) { return a < b ? a : b; }
constexpr Truth either(Truth a, Truth b) { return a > b ? a : b; }
constexpr Truth opposite(Truth a) {
  return a == Truth::unknown ? a : a == Truth::yes ? Truth::no : Truth::yes;
}
constexpr Truth sure(bool b) { return b ? Truth::yes : Truth::no; }

// An exact fraction. Small on purpose: what an agreement counts fits.
struct Number {
  std::int64_t top = 0;
  std::int64_t bottom = 1;

  static Number of(std::int64_t top, std::int64_t bottom = 1);
  static Number read(std::string_view decimal);  // `12.50`

  friend Number operator+(Number a, Number b);
  friend Number operator-(Number a, Number b);
  friend Number operator*(Number a, Number b);
  friend Number operator/(Number a, Number b);  // b is not 0
  friend bool operator<(Number a, Number b);
  friend bool operator==(Number a, Number b) = default;
};

// What a field holds or a condition comes to. A number that is known only to lie between two bounds (a count in which some events may or
// may not belong) has low < high.
struct Value {
  enum class Is { missing, truth, number, money, date, duration, text, list };
  Is is = Is::missing;
  Truth truth = Truth::unknown;
  Number low, high;
  bool unbounded = false;  // no upper bound is known
  std::string text;        // text, the name of a member, the currency of money
  Day day{};
  calendar::Duration duration{};
  std::vector<std::string> list;

  static Value of(Truth truth);
  static Value of(Number low, Number high);
  static Value of(Number number) { return of(number, number); }
  static Value of(Day day);
  static Value of(calendar::Duration duration);
  static Value of(std::string text);
  static Value money(Number amount, std::string currency);

  [[nodiscard]] bool missing() const { return is == Is::missing; }
};

// `a OP b` for `=`, `!=`, `<`, `<=`, `>`, `>=`. Unknown where a side is missing or the two cannot be compared.
[[nodiscard]] Truth compare(std::string_view op, const Value& a, const Value& b);

// `a + b` and so on, `-a` as `0 - a`.
enum class Sum { add, subtract, multiply, divide };
[[nodiscard]] Value calculate(Sum sum, const Value& a, const Value& b, calendar::Holidays holidays);

// `30 days`: the unit as the tree has it (`day`, `working_day`, `half_year` …).
[[nodiscard]] calendar::Duration duration(std::int32_t count, std::string_view unit);

}  // namespace samrad::reference
