// Renumbering writes new ranges and leaves the old ones in their pools: two ranges may share their entries.
#include "rules/program/keep.h"

namespace samrad::program {

namespace {

// Writes the entries of `range` whose rule is kept, renumbered, to the end of the pool, and `range` to stand there;
// `beside` is a parallel range of expressions, or null. Never in place: two ranges may share their entries.
void renumber(Program& program, const std::vector<Index>& now, Range& range, Range* beside) {
  if (range.count == 0) return;
  const Range old = range;
  const Range old_beside = beside != nullptr ? *beside : Range{};
  range = {static_cast<std::uint32_t>(program.indices.size()), 0};
  if (beside != nullptr) *beside = {static_cast<std::uint32_t>(program.expressions.size()), 0};
  for (std::uint32_t i = 0; i < old.count; ++i) {
    const Index rule = now[program.indices[old.first + i]];
    if (rule == none) continue;
    program.indices.push_back(rule);
    ++range.count;
    if (beside == nullptr) continue;
    const Expression condition = program.expressions[old_beside.first + i];
    program.expressions.push_back(condition);
    ++beside->count;
  }
}

}  // namespace

void keep_rules(Program& program, const std::vector<bool>& keep) {
  std::vector<Index> now(program.rules.size(), none);
  std::vector<Rule> rules;
  for (std::size_t i = 0; i < program.rules.size(); ++i) {
    if (!keep[i]) continue;
    now[i] = static_cast<Index>(rules.size());
    rules.push_back(program.rules[i]);
  }
  if (rules.size() == program.rules.size()) return;
  program.rules = std::move(rules);
  for (Rule& rule : program.rules) {
    renumber(program, now, rule.overridden_by, &rule.override_conditions);
    if (rule.otherwise != none) rule.otherwise = now[rule.otherwise];
  }
  for (Procedure& procedure : program.procedures)
    renumber(program, now, procedure.steps, nullptr);
}

}  // namespace samrad::program
