// Which combinations of readings matter, the audit of each, and what they say differently. The runs are few and share nothing, so each is
// a whole audit; one that several comparisons need is made once. Entry point: judge_readings.

#include "service/reports/readings.h"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "rules/diagnostics/near.h"

namespace samrad::reports {

namespace {

using program::Program;

struct Judged {
  std::string clause;
  program::Severity severity = program::Severity::error;
  Verdict verdict;
  bool operator==(const Judged&) const = default;
};
using Judgement = std::map<std::string, Judged>;  // by occurrence

// What is judged together beside the base: none, one or two, ascending.
using Combination = std::vector<Taken>;

Judgement judgement_of(const AuditResult& result) {
  Judgement judgement;
  for (const Occurrence* o : result.listed)
    judgement[o->id] = {std::string(result.program().text(result.rule(*o).clause)),
                        o->severity,
                        {o->finding.status, o->finding.due}};
  return judgement;
}

void count(Outcome& outcome, Status status) {
  ++outcome.total;
  switch (status) {
  case Status::met:
  case Status::met_late: ++outcome.met; break;
  case Status::missed: ++outcome.missed; break;
  case Status::broken: ++outcome.broken; break;
  case Status::cannot_assess: ++outcome.unknown; break;
  case Status::open:
  case Status::upcoming: ++outcome.pending; break;
  default: break;
  }
}

// Everything that was judged, and what was asked.
class Bench {
 public:
  Bench(const record::History& history, const ReadingsRequest& request)
      : history_(history), request_(request), ambiguities_(ambiguities_of(history.program())) {
    Program asked = history.program();
    std::string unknown;  // the audit tells
    if (program::choose_readings(asked, request.audit.readings, unknown))
      for (const program::Rule& rule : asked.rules)
        asked_.emplace(asked.text(rule.clause), asked.text(rule.reading));
    for (const Ambiguity& one : ambiguities_)
      base_.push_back(base_of(one));
  }

  const std::vector<Ambiguity>& ambiguities() const { return ambiguities_; }
  std::size_t base(std::size_t ambiguity) const { return base_[ambiguity]; }
  std::size_t runs() const { return runs_.size(); }

  // Null when the audit is refused; `refusal` then says why.
  const Judgement* judge(const Combination& combination) {
    const auto known = runs_.find(combination);
    if (known != runs_.end()) return &known->second;
    AuditRequest request = request_.audit;
    request.clauses.clear();
    request.statuses.clear();
    for (const Taken& taken : combination)
      choose(request.readings, ambiguities_[taken.ambiguity].alternatives[taken.alternative]);
    auto result = audit(history_, request);
    if (!result) {
      refusal = std::move(result.error());
      return nullptr;
    }
    if (runs_.empty()) warnings = std::move(result->warnings);
    return &(runs_[combination] = judgement_of(*result));
  }

  // What was judged before. Precondition: it was.
  const Judgement& found(const Combination& combination) const { return runs_.at(combination); }

  // The combination without what the base has anyway.
  Combination beyond_base(Combination combination) const {
    std::erase_if(combination, [&](const Taken& t) { return t.alternative == base_[t.ambiguity]; });
    std::sort(combination.begin(), combination.end());
    return combination;
  }

  Refusal refusal;
  record::Faults warnings;

 private:
  static void choose(std::vector<program::Choice>& choices, const Alternative& alternative) {
    for (const program::Choice& one : alternative.choices) {
      std::erase_if(choices, [&](const program::Choice& c) { return c.clause == one.clause; });
      choices.push_back(one);
    }
  }

  // The alternative by which the question judges; where it chose for single clauses, that may be none, and each is tried.
  std::size_t base_of(const Ambiguity& ambiguity) const {
    for (std::size_t i = 0; i < ambiguity.alternatives.size(); ++i) {
      const std::vector<program::Choice>& choices = ambiguity.alternatives[i].choices;
      if (std::all_of(choices.begin(), choices.end(),
                      [&](const program::Choice& one) { return judges(one); }))
        return i;
    }
    return ambiguity.alternatives.size();
  }

  // Whether the question judges the clause by that reading: it chose so for the clause, else for an ambiguity, else by default.
  bool judges(const program::Choice& one) const {
    return asked_.contains({one.clause, one.reading});
  }

  const record::History& history_;
  const ReadingsRequest& request_;
  std::vector<Ambiguity> ambiguities_;
  std::set<std::pair<std::string, std::string>> asked_;  // clause and reading in the base
  std::vector<std::size_t> base_;
  std::map<Combination, Judgement> runs_;
};

// Whether one clause of the first overrides one of the second.
bool overrides(const Program& program, const Ambiguity& over, const Ambiguity& under) {
  return std::any_of(program.rules.begin(), program.rules.end(), [&](const program::Rule& rule) {
    if (!under.concerns(program.text(rule.clause))) return false;
    for (std::uint32_t i = 0; i < rule.overridden_by.count; ++i)
      if (over.concerns(
              program.text(program.rules[program.indices[rule.overridden_by.first + i]].clause)))
        return true;
    return false;
  });
}

bool same_of(const Judgement& a, const Judgement& b, const Ambiguity& ambiguity) {
  const auto covered = [&](const Judgement& these, const Judgement& those) {
    return std::all_of(these.begin(), these.end(), [&](const auto& entry) {
      if (!ambiguity.concerns(entry.second.clause)) return true;
      const auto other = those.find(entry.first);
      return other != those.end() && other->second == entry.second;
    });
  };
  return covered(a, b) && covered(b, a);
}

// Whether a reading of the first changes what is found of the second.
bool touches(const Bench& bench, const Program& program, std::size_t first, std::size_t second) {
  const Ambiguity& one = bench.ambiguities()[first];
  const Ambiguity& other = bench.ambiguities()[second];
  if (overrides(program, one, other)) return true;
  for (std::size_t i = 0; i < one.alternatives.size(); ++i)
    if (!same_of(bench.found({}), bench.found(bench.beyond_base({{first, i}})), other)) return true;
  return false;
}

Combination combination_of(const Bench& bench, std::size_t ambiguity, const Column& column) {
  Combination combination{{ambiguity, column.alternative}};
  if (column.beside) combination.push_back(*column.beside);
  return bench.beyond_base(std::move(combination));
}

// Each alternative alone, then each together with what touches it.
std::vector<Column> columns_of(const Bench& bench, const Program& program, std::size_t ambiguity,
                               bool together) {
  const std::size_t alternatives = bench.ambiguities()[ambiguity].alternatives.size();
  std::vector<Column> columns;
  for (std::size_t i = 0; i < alternatives; ++i)
    columns.push_back({i, std::nullopt, i == bench.base(ambiguity)});
  for (std::size_t other = 0; together && other < bench.ambiguities().size(); ++other) {
    if (other == ambiguity || exclude(bench.ambiguities()[ambiguity], bench.ambiguities()[other]) ||
        !touches(bench, program, other, ambiguity))
      continue;
    for (std::size_t i = 0; i < bench.ambiguities()[other].alternatives.size(); ++i)
      for (std::size_t k = 0; i != bench.base(other) && k < alternatives; ++k)
        columns.push_back({k, Taken{other, i}, false});
  }
  return columns;
}

// Rows for the occurrences of one side (its own clauses, or the others) under the first `columns` of them.
std::vector<ComparedOccurrence> compared(const Ambiguity& ambiguity, bool own,
                                         const std::vector<const Judgement*>& columns) {
  std::map<std::string, ComparedOccurrence> rows;
  for (std::size_t i = 0; i < columns.size(); ++i)
    for (const auto& [id, judged] : *columns[i]) {
      if (ambiguity.concerns(judged.clause) != own) continue;
      ComparedOccurrence& row = rows[id];
      if (row.verdicts.empty()) {
        row.id = id;
        row.clause = judged.clause;
        row.severity = judged.severity;
        row.due = judged.verdict.due;
        row.verdicts.resize(columns.size());
      }
      row.verdicts[i] = judged.verdict;
    }
  std::vector<ComparedOccurrence> list;
  for (auto& [id, row] : rows) {
    row.differs = std::any_of(row.verdicts.begin(), row.verdicts.end(),
                              [&first = row.verdicts.front()](const auto& v) { return v != first; });
    if (own || row.differs) list.push_back(std::move(row));
  }
  std::stable_sort(list.begin(), list.end(),
                   [](const auto& a, const auto& b) { return a.due < b.due; });
  return list;
}

ClauseOutcomes outcomes_of(const std::string& clause,
                           const std::vector<const Judgement*>& columns) {
  ClauseOutcomes outcomes{clause, program::Severity::note, std::vector<Outcome>(columns.size())};
  for (std::size_t i = 0; i < columns.size(); ++i)
    for (const auto& [id, judged] : *columns[i]) {
      if (judged.clause != clause) continue;
      outcomes.severity = std::max(outcomes.severity, judged.severity);
      count(outcomes.by_column[i], judged.verdict.status);
    }
  return outcomes;
}

// Leaves out what another ambiguity's alternative changes nothing of.
void prune(const Bench& bench, std::size_t ambiguity, std::vector<Column>& columns) {
  const Ambiguity& one = bench.ambiguities()[ambiguity];
  std::set<Taken> telling;
  for (const Column& column : columns)
    if (column.beside &&
        !same_of(bench.found(combination_of(bench, ambiguity, column)),
                 bench.found(bench.beyond_base({{ambiguity, column.alternative}})), one))
      telling.insert(*column.beside);
  std::erase_if(columns, [&](const Column& column) {
    return column.beside && !telling.contains(*column.beside);
  });
}

Comparison compare(const Bench& bench, std::size_t ambiguity, std::vector<Column> columns) {
  Comparison comparison{ambiguity, std::move(columns), {}, {}, {}};
  const Ambiguity& one = bench.ambiguities()[ambiguity];
  std::vector<const Judgement*> all;
  for (const Column& column : comparison.columns)
    all.push_back(&bench.found(combination_of(bench, ambiguity, column)));
  const std::vector<const Judgement*> alone(
      all.begin(), all.begin() + static_cast<std::ptrdiff_t>(one.alternatives.size()));
  comparison.own = compared(one, true, all);
  comparison.others = compared(one, false, alone);
  std::vector<std::string> clauses;
  const auto add_clause = [&](const std::string& clause) {
    if (std::find(clauses.begin(), clauses.end(), clause) == clauses.end())
      clauses.push_back(clause);
  };
  for (const Alternative& alternative : one.alternatives)
    for (const program::Choice& choice : alternative.choices)
      add_clause(choice.clause);
  const std::size_t own = clauses.size();
  for (const ComparedOccurrence& row : comparison.others)
    add_clause(row.clause);
  for (std::size_t i = 0; i < clauses.size(); ++i)
    comparison.outcomes.push_back(outcomes_of(clauses[i], i < own ? all : alone));
  return comparison;
}

Unsettled unsettled_of(const Bench& bench, Unchosen ambiguity) {
  const Judgement& base = bench.found({});
  Unsettled one{std::move(ambiguity), {}, {}};
  const std::vector<std::string>& clauses = one.ambiguity.clauses;
  for (const std::string& clause : clauses)
    one.outcomes.push_back(outcomes_of(clause, {&base}));
  for (const auto& [id, judged] : base)
    if (std::find(clauses.begin(), clauses.end(), judged.clause) != clauses.end())
      one.occurrences.push_back(
          {id, judged.clause, judged.severity, judged.verdict.due, {judged.verdict}, false});
  std::stable_sort(one.occurrences.begin(), one.occurrences.end(),
                   [](const auto& a, const auto& b) { return a.due < b.due; });
  return one;
}

tl::unexpected<Refusal> no_readings(const std::string& clause,
                                    const std::vector<Ambiguity>& ambiguities) {
  std::vector<std::string> names;
  for (const Ambiguity& one : ambiguities)
    for (const Alternative& alternative : one.alternatives)
      for (const program::Choice& choice : alternative.choices)
        names.push_back(choice.clause);
  const std::string near = rules::did_you_mean(clause, names);
  return tl::unexpected(Refusal{
      true,
      fmt::format("no clause `{}` with readings{}{}", clause, near.empty() ? "" : "; ", near),
      {}});
}

int violations_of(const Judgement& judgement, const std::vector<std::string>& clauses) {
  return static_cast<int>(std::count_if(judgement.begin(), judgement.end(), [&](const auto& entry) {
    const Judged& one = entry.second;
    const bool asked =
        clauses.empty() || std::find(clauses.begin(), clauses.end(), one.clause) != clauses.end();
    return asked && one.severity == program::Severity::error &&
           (one.verdict.status == Status::missed || one.verdict.status == Status::broken);
  }));
}

}  // namespace

bool ClauseOutcomes::decided() const {
  return std::any_of(by_column.begin(), by_column.end(), [&](const Outcome& one) {
    return one.breached() != by_column.front().breached();
  });
}

bool Unsettled::disagree() const {
  return std::any_of(outcomes.begin(), outcomes.end(), [&](const ClauseOutcomes& one) {
    return one.by_column[0].breached() != outcomes[0].by_column[0].breached();
  });
}

std::size_t Comparison::differing() const {
  const auto mine =
      std::count_if(own.begin(), own.end(), [](const auto& row) { return row.differs; });
  return static_cast<std::size_t>(mine) + others.size();
}

bool Comparison::decides() const {
  return std::any_of(outcomes.begin(), outcomes.end(),
                     [](const ClauseOutcomes& one) { return one.decided(); });
}

tl::expected<ReadingsResult, Refusal> judge_readings(const record::History& history,
                                                     const ReadingsRequest& request) {
  const Program& program = history.program();
  Bench bench(history, request);
  const std::vector<std::string>& wanted = request.audit.clauses;
  std::vector<Unchosen> unchosen;
  if (request.together) unchosen = unchosen_of(program);
  const auto keeps = [](const Unchosen& one, const std::string& clause) {
    return std::find(one.clauses.begin(), one.clauses.end(), clause) != one.clauses.end();
  };
  for (const std::string& clause : wanted)
    if (std::none_of(unchosen.begin(), unchosen.end(),
                     [&](const Unchosen& one) { return keeps(one, clause); }) &&
        std::none_of(bench.ambiguities().begin(), bench.ambiguities().end(),
                     [&](const Ambiguity& one) { return one.concerns(clause); }))
      return no_readings(clause, bench.ambiguities());
  const auto asked = [&](const Ambiguity& one) {
    return wanted.empty() ||
           std::any_of(wanted.begin(), wanted.end(),
                       [&](const std::string& clause) { return one.concerns(clause); });
  };

  if (bench.judge({}) == nullptr) return tl::unexpected(std::move(bench.refusal));
  for (std::size_t i = 0; i < bench.ambiguities().size(); ++i)
    for (std::size_t k = 0; k < bench.ambiguities()[i].alternatives.size(); ++k)
      if (request.together || asked(bench.ambiguities()[i]))
        if (bench.judge(bench.beyond_base({{i, k}})) == nullptr)
          return tl::unexpected(std::move(bench.refusal));

  ReadingsResult result;
  for (std::size_t i = 0; i < bench.ambiguities().size(); ++i) {
    const Ambiguity& one = bench.ambiguities()[i];
    result.possible = one.alternatives.size() > UINT64_MAX / result.possible
                          ? UINT64_MAX
                          : result.possible * one.alternatives.size();
    if (!asked(one)) continue;
    std::vector<Column> columns = columns_of(bench, program, i, request.together);
    for (const Column& column : columns)
      if (bench.judge(combination_of(bench, i, column)) == nullptr)
        return tl::unexpected(std::move(bench.refusal));
    prune(bench, i, columns);
    result.comparisons.push_back(compare(bench, i, std::move(columns)));
  }
  for (Unchosen& one : unchosen)
    if (wanted.empty() || std::any_of(wanted.begin(), wanted.end(), [&](const std::string& clause) {
          return keeps(one, clause);
        }))
      result.unsettled.push_back(unsettled_of(bench, std::move(one)));
  result.agreement = program.text(program.name);
  result.title = program.text(program.title);
  result.as_of = request.audit.as_of.text(history.zone());
  result.ambiguities = bench.ambiguities();
  result.run = bench.runs();
  result.violations = violations_of(bench.found({}), wanted);
  result.warnings = std::move(bench.warnings);
  return result;
}

std::string heading(const ReadingsResult& result, const Comparison& comparison,
                    const Column& column) {
  const auto& alternatives = result.ambiguities[comparison.ambiguity].alternatives;
  std::string text = alternatives[column.alternative].name;
  if (column.beside) {
    const Ambiguity& other = result.ambiguities[column.beside->ambiguity];
    text += "+" + other.name + "=" + other.alternatives[column.beside->alternative].name;
  }
  return text;
}

}  // namespace samrad::reports
