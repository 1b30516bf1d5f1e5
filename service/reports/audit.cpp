// A history and a question to a result: choose the readings, evaluate, pick what was asked for. Entry point: audit.

#include "service/reports/audit.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "rules/diagnostics/near.h"

namespace samrad::reports {

namespace {

using program::Program;

std::string hex(const std::array<std::uint8_t, 32>& bytes) {
  std::string text = "sha256:";
  for (const std::uint8_t byte : bytes)
    text += fmt::format("{:02x}", byte);
  return text;
}

tl::unexpected<Refusal> wrong_question(std::string message) {
  return tl::unexpected(Refusal{true, std::move(message), {}});
}

std::vector<std::string> clause_names(const Program& program) {
  std::vector<std::string> names;
  for (const program::Rule& rule : program.rules) {
    std::string name(program.text(rule.clause));
    if (!rule.is_otherwise && std::find(names.begin(), names.end(), name) == names.end())
      names.push_back(std::move(name));
  }
  return names;
}

std::string no_clause(const std::string& clause, const std::vector<std::string>& clauses) {
  const std::string help = rules::did_you_mean(clause, clauses);
  return fmt::format("no clause `{}`{}{}", clause, help.empty() ? "" : "; ", help);
}

// Whether the rule is of a reading that a choice of that name, a clause's or an ambiguity's, is about.
bool is_about(const Program& program, const program::Rule& rule, std::string_view name) {
  return rule.reading != 0 &&
         (program.text(rule.clause) == name ||
          (rule.ambiguity != program::none &&
           program.text(program.ambiguities[rule.ambiguity].name) == name));
}

// What is wrong with a choice of reading, in words.
std::string wrong_reading(const Program& program, const std::string& unknown) {
  const std::size_t sign = unknown.find('=');
  const std::string name = unknown.substr(0, sign);
  std::vector<std::string> readings;
  for (const program::Rule& rule : program.rules)
    if (is_about(program, rule, name) &&
        std::find(readings.begin(), readings.end(), program.text(rule.reading)) == readings.end())
      readings.emplace_back(program.text(rule.reading));
  const bool ambiguity =
      std::any_of(program.ambiguities.begin(), program.ambiguities.end(),
                  [&](const auto& row) { return program.text(row.name) == name; });
  std::vector<std::string> names = clause_names(program);
  if (!ambiguity && std::find(names.begin(), names.end(), name) == names.end()) {
    for (const program::Ambiguity& row : program.ambiguities)
      names.emplace_back(program.text(row.name));
    return no_clause(name, names);
  }
  const std::string_view sort = ambiguity ? "ambiguity" : "clause";
  if (readings.empty()) return fmt::format("the {} `{}` has no readings", sort, name);
  std::string list;
  for (const std::string& reading : readings)
    list += (list.empty() ? "`" : ", `") + reading + "`";
  return fmt::format("the {} `{}` has no reading `{}`: there are {}", sort, name,
                     sign == std::string::npos ? "" : unknown.substr(sign + 1), list);
}

std::vector<ReadingUsed> readings_of(const Program& program,
                                     const std::vector<program::Choice>& choices) {
  std::vector<ReadingUsed> used;
  for (const program::Rule& rule : program.rules) {
    if (rule.reading == 0) continue;
    ReadingUsed reading{std::string(program.text(rule.clause)),
                        std::string(program.text(rule.reading)),
                        std::string(program.text(rule.reading_label)), false};
    reading.chosen =
        std::any_of(choices.begin(), choices.end(),
                    [&](const program::Choice& choice) {
                      return choice.reading == reading.reading &&
                             is_about(program, rule, choice.clause);
                    });
    const auto same = [&](const ReadingUsed& other) { return other.clause == reading.clause; };
    if (std::none_of(used.begin(), used.end(), same)) used.push_back(std::move(reading));
  }
  return used;
}

// The later of the end of as-of and the latest recording: everything is known.
Asked default_known_at(const record::History& history, const Asked& as_of) {
  const auto last = history.last_recorded();
  if (!last || *last <= as_of.instant()) return {as_of.moment, false};
  return {{history.zone().day_of(last->seconds), last->seconds}, false};
}

// False where every day of it lies in a month that does not count.
bool any_day_counts(const Program& program, const engine::PartPeriod& part) {
  const program::Rule& rule = program.rules[part.key.rule];
  if (!rule.has_period) return true;
  for (calendar::Day day = part.first; day <= part.last; day = day + 1)
    if (rule.period.months.contains(calendar::to_date(day).month)) return true;
  return false;
}

// The clause that an event without effect belongs to: that of the rule that says so, or of the occurrence that a waiver or an assessment
// names; empty where there is none of that id.
std::string_view clause_of(const AuditResult& result, const engine::VoidEvent& one) {
  if (one.rule != program::none)
    return result.program().text(result.program().rules[one.rule].clause);
  const std::string_view named = result.ground().symbols().text(one.note.text);
  return one.note.why == engine::Why::no_such_occurrence ? named.substr(0, named.find('/')) : named;
}

void pick_apart(AuditResult& result, const AuditRequest& request,
                const std::set<std::string_view>& with_occasion) {
  if (!request.statuses.empty()) return;
  const Program& program = result.program();
  const auto wanted = [&](std::string_view clause) {
    return request.clauses.empty() || std::find(request.clauses.begin(), request.clauses.end(),
                                                clause) != request.clauses.end();
  };
  for (const engine::PartPeriod& part : result.book().part_periods)
    if (wanted(program.text(program.rules[part.key.rule].clause)) && any_day_counts(program, part))
      result.part_periods.push_back(&part);
  for (const engine::VoidEvent& one : result.book().voids)
    if (wanted(clause_of(result, one))) result.voids.push_back(&one);
  std::set<std::string_view> validity;
  for (const program::Rule& rule : program.rules)
    if (rule.form == program::Form::validity && rule.step == 0)
      validity.insert(program.text(rule.clause));
  for (const std::string& clause : clause_names(program))
    if (wanted(clause) && with_occasion.count(clause) == 0 && validity.count(clause) == 0)
      result.without_occasion.push_back(clause);
}

void pick(AuditResult& result, const AuditRequest& request) {
  const auto wanted = [&](const Occurrence& occurrence) {
    const std::string_view clause = result.program().text(result.rule(occurrence).clause);
    const bool by_clause =
        request.clauses.empty() ||
        std::find(request.clauses.begin(), request.clauses.end(), clause) != request.clauses.end();
    const bool by_status =
        request.statuses.empty() || std::find(request.statuses.begin(), request.statuses.end(),
                                              occurrence.finding.status) != request.statuses.end();
    return by_clause && by_status;
  };
  std::set<std::string_view> with_occasion;
  for (const Occurrence& occurrence : result.book().occurrences) {
    with_occasion.insert(result.program().text(result.rule(occurrence).clause));
    if (!wanted(occurrence)) continue;
    result.listed.push_back(&occurrence);
    ++result.summary[static_cast<std::size_t>(occurrence.finding.status)];
  }
  pick_apart(result, request, with_occasion);
}

}  // namespace

tl::expected<AuditResult, Refusal> audit(const record::History& history,
                                         const AuditRequest& request) {
  const Program& whole = history.program();
  const std::vector<std::string> clauses = clause_names(whole);
  for (const std::string& clause : request.clauses)
    if (std::find(clauses.begin(), clauses.end(), clause) == clauses.end())
      return wrong_question(no_clause(clause, clauses));

  auto basis = std::make_shared<AuditResult::Basis>();
  basis->program = whole;
  std::string unknown;
  if (!program::choose_readings(basis->program, request.readings, unknown))
    return wrong_question(wrong_reading(whole, unknown));
  if (history.faults().any_error()) return tl::unexpected(Refusal{false, {}, history.faults()});

  AuditResult result;
  result.history = &history;
  result.as_of = request.as_of;
  result.known_at_given = request.known_at.has_value();
  result.known_at = request.known_at.value_or(default_known_at(history, request.as_of));
  record::Known known = history.known_at(result.known_at.instant());
  if (known.faults.any_error()) return tl::unexpected(Refusal{false, {}, std::move(known.faults)});

  basis->symbols = &history.symbols();
  basis->events = std::move(known.events);
  basis->book =
      engine::evaluate(basis->program, *basis->symbols, basis->events, request.as_of.moment);
  basis->ground.emplace(basis->program, *basis->symbols, basis->events, basis->book);
  result.basis = std::move(basis);
  result.agreement = whole.text(whole.name);
  result.program_hash = hex(program::hash(whole));
  result.readings = readings_of(result.program(), request.readings);
  result.warnings = history.faults();
  pick(result, request);
  return result;
}

bool violates(const Occurrence& occurrence) {
  const Status status = occurrence.finding.status;
  return (status == Status::missed || status == Status::broken) &&
         occurrence.severity == program::Severity::error;
}

int violations(const AuditResult& result) {
  return static_cast<int>(std::count_if(result.listed.begin(), result.listed.end(),
                                        [](const Occurrence* o) { return violates(*o); }));
}

std::string_view code(Status status) {
  switch (status) {
  case Status::upcoming: return "upcoming";
  case Status::open: return "open";
  case Status::met: return "met";
  case Status::met_late: return "metLate";
  case Status::missed: return "missed";
  case Status::broken: return "broken";
  case Status::waived: return "waived";
  case Status::lapsed: return "lapsed";
  case Status::cannot_assess: return "cannotAssess";
  }
  return "";
}

std::optional<Status> parse_status(std::string_view text) {
  for (int i = 0; i <= static_cast<int>(Status::cannot_assess); ++i)
    if (code(static_cast<Status>(i)) == text) return static_cast<Status>(i);
  return std::nullopt;
}

std::string_view code(program::Severity severity) {
  switch (severity) {
  case program::Severity::error: return "error";
  case program::Severity::warning: return "warning";
  case program::Severity::note: return "note";
  }
  return "";
}

}  // namespace samrad::reports
