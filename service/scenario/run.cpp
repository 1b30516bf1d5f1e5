// Statement by statement: events gather as JSON lines at the numbers they have in the file, and
// become a history when the next expectation asks.

#include "service/scenario/run.h"

#include <algorithm>
#include <optional>

#include "service/scenario/events.h"
#include "service/scenario/judge.h"

namespace samrad::scenario {

namespace {

class Run {
 public:
  Run(const Scenario& scenario, const program::Program& program, const record::Records& records,
      const std::string& path, calendar::Language language)
      : scenario_(scenario), program_(program), base_(records), path_(path), language_(language) {}

  Outcome all() {
    note_clauses();
    auto zone = record::Zone::open(program_.text(program_.timezone));
    if (!zone) {
      outcome_.faults.push_back({scenario_.line, 0, zone.error(), {}});
      return std::move(outcome_);
    }
    Setting setting{program_, *zone, {}};
    for (const record::Record& record : base_.list())
      setting.type_of.emplace(record.id, record.type);
    for (const Statement& statement : scenario_.statements) {
      if (statement.happening)
        happen(statement, setting);
      else if (!hold(statement, *zone))
        break;
    }
    return std::move(outcome_);
  }

 private:
  void note_clauses() {
    for (const program::Rule& rule : program_.rules) {
      const std::string clause(program_.text(rule.clause));
      if (rule.form == program::Form::validity ||
          !outcome_.coverage.reached.try_emplace(clause).second)
        continue;
      outcome_.coverage.clauses.push_back(clause);
    }
  }

  void happen(const Statement& statement, Setting& setting) {
    while (lines_written_ + 1 < statement.line) {
      lines_ += '\n';
      ++lines_written_;
    }
    lines_ += json_line(statement.event, setting) + '\n';
    ++lines_written_;
    setting.type_of[statement.event.id] = statement.event.type;
    history_.reset();
  }

  // False when the events are so wrong that nothing can be asked.
  bool know() {
    if (history_) return true;
    audit_.reset();
    record::Records records = base_;
    records.read(lines_, path_);
    history_.emplace(program_, std::move(records));
    if (!history_->faults().any_error()) return true;
    outcome_.event_faults.append(history_->faults());
    return false;
  }

  std::optional<record::Asked> asked(const std::string& written, std::size_t line,
                                     const record::Zone& zone) {
    const auto moment = record::parse_asked(moment_text(written, zone), zone);
    if (!moment)
      outcome_.faults.push_back(
          {line, 0, "`" + written + "` is no moment", "write 2016-09-12 or 2016-09-12T14:00"});
    return moment;
  }

  // The audit of the expectation's moment; null when there is none, and the fault is noted.
  const reports::AuditResult* audit(const Statement& statement, const record::Zone& zone) {
    const Expectation& e = statement.expectation;
    const std::string moment = e.on + "|" + e.known_at;
    if (audit_ && moment == moment_) return &*audit_;
    const auto as_of = asked(e.on, statement.line, zone);
    if (!as_of) return nullptr;
    reports::AuditRequest request;
    request.as_of = *as_of;
    if (!e.known_at.empty()) {
      request.known_at = asked(e.known_at, statement.line, zone);
      if (!request.known_at) return nullptr;
    }
    for (const Choice& choice : scenario_.readings)
      request.readings.push_back({choice.clause, choice.reading});
    auto result = reports::audit(*history_, request);
    if (!result) {
      if (result.error().usage)
        outcome_.faults.push_back({statement.line, 0, result.error().message, {}});
      else
        outcome_.event_faults.append(result.error().faults);
      return nullptr;
    }
    audit_ = std::move(*result);
    moment_ = moment;
    for (const engine::Occurrence& one : audit_->book().occurrences)
      reach(audit_->rule(one), one.finding.status, Reach::reached);
    return &*audit_;
  }

  bool hold(const Statement& statement, const record::Zone& zone) {
    if (!know()) return false;
    const reports::AuditResult* result = audit(statement, zone);
    if (result == nullptr) return true;
    const Expectation& e = statement.expectation;
    Result held = judge(*result, e, language_);
    held.line = statement.line;
    held.on = e.on;
    held.statement = statement.text;
    const engine::Occurrence* one = e.statuses.empty() || e.kind != Expectation::Kind::occurrence
                                        ? nullptr
                                        : result->find(e.occurrence);
    if (held.passed && one != nullptr)
      reach(result->rule(*one), one->finding.status, Reach::expected);
    outcome_.results.push_back(std::move(held));
    return true;
  }

  void reach(const program::Rule& rule, engine::Status status, Reach how) {
    const auto row = outcome_.coverage.reached.find(std::string(program_.text(rule.clause)));
    if (row == outcome_.coverage.reached.end()) return;
    Reach& cell = row->second[static_cast<std::size_t>(status)];
    cell = std::max(cell, how);
  }

  const Scenario& scenario_;
  const program::Program& program_;
  const record::Records& base_;
  const std::string& path_;
  calendar::Language language_;
  Outcome outcome_;
  std::string lines_;
  std::size_t lines_written_ = 0;
  std::optional<record::History> history_;
  std::optional<reports::AuditResult> audit_;  // of history_, as of moment_
  std::string moment_;
};

}  // namespace

void Coverage::add(const Coverage& other) {
  for (const std::string& clause : other.clauses) {
    const auto [row, fresh] = reached.try_emplace(clause);
    if (fresh) clauses.push_back(clause);
    const std::array<Reach, 9>& theirs = other.reached.at(clause);
    for (std::size_t i = 0; i < theirs.size(); ++i)
      row->second[i] = std::max(row->second[i], theirs[i]);
  }
}

Outcome run(const Scenario& scenario, const program::Program& program,
            const record::Records& records, const std::string& path, calendar::Language language) {
  return Run(scenario, program, records, path, language).all();
}

}  // namespace samrad::scenario
