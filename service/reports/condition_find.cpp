// From the words of a rule to the code behind them: notes of the engine name a condition by its words.

#include "rules/program/tree.h"
#include "service/reports/condition_words.h"

namespace samrad::reports {

using engine::Ground;
using program::Code;
using program::Expression;
using program::Index;
using program::Symbol;

namespace {

// The run of code that ends with row `last`.
Expression ending_at(const program::Program& program, Index last) {
  Index first = last;
  for (std::size_t open = 1;; --first) {
    open += program::operands(program.code[first]) - 1;
    if (open == 0) break;
  }
  return {first, last + 1 - first};
}

// Which event a pattern's condition looks back at.
Index origin_of(const program::Program& program, Index pattern) {
  for (const program::Rule& rule : program.rules)
    if ((rule.answer == pattern || rule.next == pattern) && rule.pattern != program::none)
      return program.patterns[rule.pattern].type;
  return program::none;
}

bool within(Expression expression, Index op) {
  return op >= expression.first && op - expression.first < expression.count;
}

// Who asks the operation, and of which events.
std::optional<Scope> scope_at(const program::Program& program, Index op) {
  for (Index i = 0; i < program.patterns.size(); ++i)
    if (within(program.patterns[i].condition, op))
      return Scope{program.patterns[i].type, origin_of(program, i), false};
  for (const program::Rule& rule : program.rules)
    if (within(rule.condition, op) || within(rule.exception, op) || within(rule.until_day, op)) {
      const Index type =
          rule.pattern == program::none ? program::none : program.patterns[rule.pattern].type;
      return Scope{type, type, !within(rule.until_day, op)};
    }
  return std::nullopt;
}

}  // namespace

Scope scope_of(const Ground& ground, Index pattern) {
  const program::Program& program = ground.program();
  return {program.patterns[pattern].type, origin_of(program, pattern), false};
}

std::optional<Found> find_expression(const Ground& ground, Symbol text, Index rule) {
  const program::Program& program = ground.program();
  const auto yields_truth = [](Code code) { return code >= Code::equal; };
  std::optional<Found> found;
  for (Index i = 0; i < program.code.size(); ++i) {
    if (program.code[i].text != text || !yields_truth(program.code[i].code)) continue;
    const std::optional<Scope> scope = scope_at(program, i);
    if (!scope) continue;
    const bool own = rule < program.rules.size() && (within(program.rules[rule].condition, i) ||
                                                     within(program.rules[rule].exception, i));
    if (!found || own) found = Found{ending_at(program, i), *scope};
    if (own) break;
  }
  return found;
}

}  // namespace samrad::reports
