// Exact arithmetic and comparison of values. Numbers are fractions; what does not fit 64 bits or has no meaning is absent.
#pragma once

#include <optional>

#include "rules/program/program.h"

namespace samrad::engine {

// value `op` value for op in + - * / (a Code of that name).
[[nodiscard]] program::Value compute(program::Code op, const program::Value& a, const program::Value& b,
                                     calendar::Holidays);

// -1, 0, 1; nullopt when the two cannot be compared (unlike kinds, currencies, or days against months).
[[nodiscard]] std::optional<int> compare(const program::Value& a, const program::Value& b);

[[nodiscard]] program::Value number(std::int64_t n);
[[nodiscard]] program::Value fraction(std::int64_t a, std::int64_t b);  // b != 0
[[nodiscard]] program::Value date(calendar::Day day);
[[nodiscard]] program::Value text_value(program::Symbol symbol);

}  // namespace samrad::engine
