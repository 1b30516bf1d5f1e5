// The choice among the readings of a clause: rules of readings not chosen go, and what pointed past them is renumbered.

#include "rules/program/program.h"

#include <map>

namespace samrad::program {

namespace {

// Which reading to keep for each clause that has readings. Nothing when a choice names none that exists.
bool chosen(const Program& program, std::span<const Choice> choices, std::map<Symbol, Symbol>& out,
            std::string& unknown) {
  std::map<std::string_view, std::map<std::string_view, Symbol>> readings;
  std::map<std::string_view, Symbol> clauses;
  for (const Rule& rule : program.rules) {
    if (rule.reading == 0) continue;
    clauses.emplace(program.text(rule.clause), rule.clause);
    readings[program.text(rule.clause)].emplace(program.text(rule.reading), rule.reading);
    if (rule.reading_default) out.emplace(rule.clause, rule.reading);
  }
  for (const Choice& choice : choices) {
    const auto clause = readings.find(choice.clause);
    if (clause == readings.end()) {
      unknown = choice.clause;
      return false;
    }
    const auto reading = clause->second.find(choice.reading);
    if (reading == clause->second.end()) {
      unknown = choice.clause + "=" + choice.reading;
      return false;
    }
    out[clauses.find(choice.clause)->second] = reading->second;
  }
  return true;
}

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

bool choose_readings(Program& program, std::span<const Choice> choices, std::string& unknown) {
  std::map<Symbol, Symbol> keep;
  if (!chosen(program, choices, keep, unknown)) return false;
  std::vector<Index> now(program.rules.size(), none);
  std::vector<Rule> rules;
  for (std::size_t i = 0; i < program.rules.size(); ++i) {
    const Rule& rule = program.rules[i];
    if (rule.reading != 0) {
      const auto choice = keep.find(rule.clause);
      if (choice == keep.end() || choice->second != rule.reading) continue;
    }
    now[i] = static_cast<Index>(rules.size());
    rules.push_back(rule);
  }
  program.rules = std::move(rules);
  for (Rule& rule : program.rules) {
    renumber(program, now, rule.overridden_by, &rule.override_conditions);
    if (rule.otherwise != none) rule.otherwise = now[rule.otherwise];
  }
  for (Procedure& procedure : program.procedures)
    renumber(program, now, procedure.steps, nullptr);
  return true;
}

}  // namespace samrad::program
