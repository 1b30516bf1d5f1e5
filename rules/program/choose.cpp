// The choice among the readings of a clause: rules of readings not chosen go.

#include "rules/program/keep.h"

#include <map>

namespace samrad::program {

namespace {

// By name of a clause or an ambiguity and name of a reading: the reading that each clause then takes.
using Offers = std::map<std::string_view, std::map<std::string_view, std::map<Symbol, Symbol>>>;

// Which reading to keep for each clause that has readings. Nothing when a choice names none that exists.
bool chosen(const Program& program, std::span<const Choice> choices, std::map<Symbol, Symbol>& out,
            std::string& unknown) {
  Offers by_clause;
  Offers by_ambiguity;
  for (const Rule& rule : program.rules) {
    if (rule.reading == 0) continue;
    const std::string_view reading = program.text(rule.reading);
    by_clause[program.text(rule.clause)][reading][rule.clause] = rule.reading;
    if (rule.ambiguity != none)
      by_ambiguity[program.text(program.ambiguities[rule.ambiguity].name)][reading][rule.clause] =
          rule.reading;
    if (rule.reading_default) out.emplace(rule.clause, rule.reading);
  }
  std::map<Symbol, Symbol> of_clauses;  // these go before what is chosen for an ambiguity
  for (const Choice& choice : choices) {
    const bool clause = by_clause.contains(choice.clause);
    const Offers& offers = clause ? by_clause : by_ambiguity;
    const auto named = offers.find(choice.clause);
    if (named == offers.end()) {
      unknown = choice.clause;
      return false;
    }
    const auto reading = named->second.find(choice.reading);
    if (reading == named->second.end()) {
      unknown = choice.clause + "=" + choice.reading;
      return false;
    }
    for (const auto& [of, taken] : reading->second)
      (clause ? of_clauses : out)[of] = taken;
  }
  for (const auto& [of, taken] : of_clauses)
    out[of] = taken;
  return true;
}

}  // namespace

bool choose_readings(Program& program, std::span<const Choice> choices, std::string& unknown) {
  std::map<Symbol, Symbol> keep;
  if (!chosen(program, choices, keep, unknown)) return false;
  std::vector<bool> kept;
  for (const Rule& rule : program.rules) {
    const auto choice = keep.find(rule.clause);
    kept.push_back(rule.reading == 0 || (choice != keep.end() && choice->second == rule.reading));
  }
  keep_rules(program, kept);
  return true;
}

}  // namespace samrad::program
