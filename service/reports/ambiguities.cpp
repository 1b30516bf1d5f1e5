// The readings of a program, gathered by what they are a choice of. Entry point: ambiguities_of.

#include "service/reports/ambiguities.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "service/reports/catalogue.h"

namespace samrad::reports {

namespace {

using program::Program;
using program::Symbol;

// A reading of a clause, once, in the order of the text.
struct Reading {
  Symbol clause = 0, title = 0, source = 0, name = 0, label = 0;
  bool by_default = false;
  program::Index ambiguity = program::none;
};

std::vector<Reading> readings_of(const Program& program) {
  std::vector<Reading> readings;
  for (const program::Rule& rule : program.rules) {
    if (rule.reading == 0) continue;
    const auto same = [&](const Reading& one) {
      return one.clause == rule.clause && one.name == rule.reading;
    };
    if (std::none_of(readings.begin(), readings.end(), same))
      readings.push_back({rule.clause, rule.title, rule.source, rule.reading, rule.reading_label,
                          rule.reading_default, rule.ambiguity});
  }
  return readings;
}

// Puts the reading to the alternative of its name. One is the default when all its readings are.
void add(std::vector<Alternative>& alternatives, const Program& program, const Reading& reading) {
  const std::string name(program.text(reading.name));
  auto alternative = std::find_if(alternatives.begin(), alternatives.end(),
                                  [&](const Alternative& one) { return one.name == name; });
  if (alternative == alternatives.end())
    alternative = alternatives.insert(alternatives.end(),
                                      {name, std::string(program.text(reading.label)), true, {}});
  alternative->by_default = alternative->by_default && reading.by_default;
  alternative->choices.push_back({std::string(program.text(reading.clause)), name});
}

// Where no alternative is the default, because other readings of the same clauses are, those together are one more.
void complete(Ambiguity& ambiguity, const Program& program, const std::vector<Reading>& readings) {
  std::vector<Alternative>& alternatives = ambiguity.alternatives;
  if (std::any_of(alternatives.begin(), alternatives.end(),
                  [](const Alternative& one) { return one.by_default; }))
    return;
  Alternative rest{"", "", true, {}};
  for (const Reading& one : readings) {
    if (!one.by_default || !ambiguity.concerns(program.text(one.clause))) continue;
    const std::string name(program.text(one.name));
    const auto same = [&](const program::Choice& choice) { return choice.reading == name; };
    if (std::none_of(rest.choices.begin(), rest.choices.end(), same)) {
      rest.name += (rest.name.empty() ? "" : "/") + name;
      rest.label += (rest.label.empty() ? "" : "; ") + std::string(program.text(one.label));
    }
    rest.choices.push_back({std::string(program.text(one.clause)), name});
  }
  alternatives.insert(alternatives.begin(), std::move(rest));
}

// What the clauses of one duty have in common, each rule's share of it.
// Whose duty, what kind of events, which of them, and what fields of theirs decide.
using Duty = std::set<std::tuple<program::Form, program::Index, std::vector<Symbol>,
                                 std::vector<Symbol>, std::set<std::uint32_t>>>;

std::vector<Symbol> symbols_of(const Program& program, program::Range range) {
  const auto first = program.symbol_lists.begin() + range.first;
  return {first, first + range.count};
}

std::set<std::uint32_t> fields_of(const Program& program, program::Expression a,
                                  program::Expression b) {
  std::set<std::uint32_t> slots;
  for (const program::Expression& one : {a, b})
    for (std::uint32_t i = 0; i < one.count; ++i) {
      const program::Op& op = program.code[one.first + i];
      if (op.code == program::Code::field || op.code == program::Code::present) slots.insert(op.b);
    }
  return slots;
}

struct Citing {
  Duty duty;
  bool comparable = true;  // all its rules count or constrain, and none answers the ambiguity
};

bool cites(const Program& program, const program::Rule& rule, std::string_view name) {
  const std::vector<std::string_view> cited = cited_in(program.text(rule.source));
  return std::find(cited.begin(), cited.end(), name) != cited.end();
}

void add(Citing& citing, const Program& program, const program::Rule& rule,
         program::Index ambiguity) {
  const bool form = rule.form == program::Form::count || rule.form == program::Form::constraint;
  if (!form || rule.pattern == program::none || rule.ambiguity == ambiguity) {
    citing.comparable = false;
    return;
  }
  const program::Pattern& pattern = program.patterns[rule.pattern];
  citing.duty.emplace(rule.form, pattern.type, symbols_of(program, pattern.subjects),
                      symbols_of(program, rule.owners),
                      fields_of(program, pattern.condition, rule.condition));
}

}  // namespace

bool Ambiguity::concerns(std::string_view clause) const {
  return std::any_of(alternatives.begin(), alternatives.end(), [&](const Alternative& one) {
    return std::any_of(one.choices.begin(), one.choices.end(),
                       [&](const program::Choice& choice) { return choice.clause == clause; });
  });
}

std::vector<Ambiguity> ambiguities_of(const Program& program) {
  const std::vector<Reading> readings = readings_of(program);
  std::vector<Ambiguity> ambiguities;
  for (const Reading& reading : readings) {
    const bool shared = reading.ambiguity != program::none;
    const Symbol name = shared ? program.ambiguities[reading.ambiguity].name : reading.clause;
    auto ambiguity =
        std::find_if(ambiguities.begin(), ambiguities.end(),
                     [&](const Ambiguity& one) { return one.name == program.text(name); });
    if (ambiguity == ambiguities.end()) {
      const program::Ambiguity none_such{name, reading.title, reading.source, 0};
      const program::Ambiguity& row = shared ? program.ambiguities[reading.ambiguity] : none_such;
      ambiguity = ambiguities.insert(ambiguities.end(), {std::string(program.text(row.name)),
                                                         std::string(program.text(row.title)),
                                                         std::string(program.text(row.source)),
                                                         {}});
    }
    add(ambiguity->alternatives, program, reading);
  }
  for (Ambiguity& one : ambiguities)
    complete(one, program, readings);
  std::erase_if(ambiguities, [](const Ambiguity& one) { return one.alternatives.size() < 2; });
  return ambiguities;
}

std::vector<Unchosen> unchosen_of(const Program& program) {
  std::vector<Unchosen> list;
  for (program::Index i = 0; i < program.ambiguities.size(); ++i) {
    const program::Ambiguity& row = program.ambiguities[i];
    std::vector<std::string> names;  // in the order of the text
    std::map<std::string, Citing> clauses;
    for (const program::Rule& rule : program.rules) {
      if (rule.is_otherwise || !cites(program, rule, program.text(row.name))) continue;
      const std::string name(program.text(rule.clause));
      if (!clauses.contains(name)) names.push_back(name);
      add(clauses[name], program, rule, i);
    }
    std::vector<std::pair<Duty, std::vector<std::string>>> groups;
    for (const std::string& name : names) {
      const Citing& citing = clauses[name];
      if (!citing.comparable) continue;
      auto group = std::find_if(groups.begin(), groups.end(),
                                [&](const auto& one) { return one.first == citing.duty; });
      if (group == groups.end()) group = groups.insert(group, {citing.duty, {}});
      group->second.push_back(name);
    }
    for (auto& [duty, members] : groups)
      if (members.size() > 1)
        list.push_back({std::string(program.text(row.name)), std::string(program.text(row.title)),
                        std::string(program.text(row.source)), std::move(members)});
  }
  return list;
}

bool exclude(const Ambiguity& one, const Ambiguity& other) {
  return std::any_of(one.alternatives.begin(), one.alternatives.end(), [&](const Alternative& a) {
    return std::any_of(a.choices.begin(), a.choices.end(), [&](const program::Choice& choice) {
      return other.concerns(choice.clause);
    });
  });
}

}  // namespace samrad::reports
