// A Program as text: what a test compares and a person reads when the compiled form is in doubt. No format to parse;
// every member of every row is said unless it has its default.

#pragma once

#include "rules/program/program.h"

#include <string>

namespace samrad::program {

[[nodiscard]] std::string dump(const Program& program);

// One rule with what it refers to written out (conditions, patterns, counts, lists), without its row number, its
// interval (`from`, `to`, `tail`, `amended`, `amends`) and its `overridden_by`. Two rules of one Program with the same
// writing demand the same. Precondition: verify(program) finds nothing, or `index` is a rule that the compiler made.
[[nodiscard]] std::string dump_demand(const Program& program, Index index);

// As dump_demand, for what versions of a text may share.
[[nodiscard]] std::string dump_fact(const Program& program, const Fact& fact);
[[nodiscard]] std::string dump_pattern(const Program& program, Index pattern);
[[nodiscard]] std::string dump_expression(const Program& program, Expression expression);

[[nodiscard]] std::string dump(const calendar::Period& period);
[[nodiscard]] std::string dump(Duration duration);
[[nodiscard]] std::string dump(const Program& program, const Value& value);

}  // namespace samrad::program
