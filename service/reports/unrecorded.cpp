// What each rule asks about, held against what is recorded. Entry point: unrecorded_of.

#include "service/reports/unrecorded.h"

#include <algorithm>
#include <optional>

namespace samrad::reports {

namespace {

using program::Code;
using program::Form;
using program::Index;
using program::Program;
using program::Rule;
using Names = std::vector<std::string>;

// The type when nobody records it on any day of the term as the text has it.
std::optional<std::string> unrecorded(const Program& program, Index pattern) {
  if (pattern == program::none || program.patterns[pattern].type == program::none) return {};
  const program::EventType& type = program.event_types[program.patterns[pattern].type];
  const bool after_term =
      program.term_last_from == program::none && type.recorded_from > program.term_last;
  if (type.recorded_from != calendar::day_max && !after_term) return {};
  return std::string(program.text(type.name));
}

// A fact whose beginning nobody records never holds for certain; one from the start holds for certain only while its end would be seen.
std::optional<std::string> unrecorded_fact(const Program& program, Index fact) {
  if (fact == program::none) return {};
  const program::Fact& row = program.facts[fact];
  return unrecorded(program, row.from_start ? row.ends : row.begins);
}

// The types when a condition asks about nothing else; none when it asks about anything that is recorded, a field of the event included.
Names unrecorded_condition(const Program& program, program::Expression condition) {
  Names names;
  for (std::uint32_t i = 0; i < condition.count; ++i) {
    const program::Op& op = program.code[condition.first + i];
    std::optional<std::string> name;
    switch (op.code) {
    case Code::holds: name = unrecorded_fact(program, op.a); break;
    case Code::happened:
    case Code::aggregate: name = unrecorded(program, program.aggregates[op.a].pattern); break;
    case Code::field:
    case Code::subject:
    case Code::event_day:
    case Code::event_id:
    case Code::present: break;
    default: continue;
    }
    if (!name) return {};
    names.push_back(*name);
  }
  return names;
}

// The types for want of which the rule never comes to a verdict; none: it can.
Names unrecorded_rule(const Program& program, const Rule& rule) {
  Names names;
  const auto add = [&](std::optional<std::string> name) {
    if (name) names.push_back(*std::move(name));
  };
  add(unrecorded(program, rule.pattern));
  add(unrecorded(program, rule.answer));
  if (rule.form == Form::standing) add(unrecorded_fact(program, rule.fact));
  add(unrecorded_fact(program, rule.instances));
  if (rule.form == Form::step && rule.procedure != program::none)
    add(unrecorded(program, program.procedures[rule.procedure].starts));
  if (rule.form == Form::constraint || rule.form == Form::validity)
    for (std::string& name : unrecorded_condition(program, rule.condition))
      names.push_back(std::move(name));
  return names;
}

}  // namespace

std::map<std::string, Names> unrecorded_of(const Program& program) {
  std::map<std::string, Names> all;
  std::map<std::string, bool> judged;
  for (const Rule& rule : program.rules) {
    if (rule.is_otherwise) continue;
    const std::string clause(program.text(rule.clause));
    const bool by_person = rule.judged_by != 0 || rule.form == Form::attested;
    const Names names = by_person ? Names{} : unrecorded_rule(program, rule);
    judged[clause] = judged[clause] || names.empty();
    Names& list = all[clause];
    for (const std::string& name : names)
      if (std::find(list.begin(), list.end(), name) == list.end()) list.push_back(name);
  }
  std::erase_if(all, [&](const auto& entry) { return judged[entry.first]; });
  return all;
}

}  // namespace samrad::reports
