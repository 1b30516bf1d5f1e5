// The fleet's audit for programs: tables as CSV, JSON and NDJSON. Nothing is built up for the whole fleet: one agreement at a time.

#include "service/fleet/report.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "rules/program/sha256.h"
#include "service/reports/audit.h"
#include "service/reports/markup.h"

namespace samrad::fleet {

namespace {

using nlohmann::ordered_json;
using reports::code;

// As the audit of one agreement has them in its summary.
constexpr Status in_order[] = {Status::met,    Status::met_late, Status::missed,
                               Status::broken, Status::open,     Status::upcoming,
                               Status::waived, Status::lapsed,   Status::cannot_assess};

std::uint64_t of(const Counts& counts, Status status) {
  return counts[static_cast<std::size_t>(status)];
}

std::string dump(const ordered_json& json) {
  return json.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

ordered_json text_or_null(std::string_view text) {
  return text.empty() ? ordered_json() : ordered_json(text);
}

ordered_json day_or_null(Day day) {
  return day == calendar::day_max ? ordered_json() : ordered_json(calendar::iso(day));
}

ordered_json summary(const Counts& counts) {
  ordered_json json;
  for (const Status status : in_order)
    json[std::string(code(status))] = of(counts, status);
  return json;
}

ordered_json agreement_json(const Result& result, std::size_t row) {
  const Agreement& agreement = result.roster->agreements()[row];
  const Tally tally = result.tally(row);
  ordered_json json;
  json["agreement"] = agreement.name;
  json["title"] = text_or_null(agreement.title);
  json["summary"] = summary(tally.counts());
  json["violations"] = ordered_json::array();
  for (const Violation& one : tally.violations())
    json["violations"].push_back({{"id", one.id},
                                  {"clause", result.roster->clauses()[one.clause].name},
                                  {"status", code(one.status)},
                                  {"opens", calendar::iso(one.opens)},
                                  {"due", day_or_null(one.due)},
                                  {"settled", calendar::iso(one.settled)}});
  return json;
}

std::uint64_t in_breach(const Result& result) {
  std::uint64_t number = 0;
  for (std::size_t row = 0; row < result.size(); ++row)
    if (result.violations(row) > 0) ++number;
  return number;
}

ordered_json total(const Result& result) {
  const Roster& roster = *result.roster;
  std::vector<std::uint64_t> violations(roster.clauses().size());
  for (std::size_t row = 0; row < result.size(); ++row)
    for (const Tally tally = result.tally(row); const Violation& one : tally.violations())
      ++violations[one.clause];
  ordered_json json;
  json["agreements"] = roster.agreements().size();
  json["inBreach"] = in_breach(result);
  json["violations"] = result.violations();
  json["events"] = result.events;
  json["summary"] = summary(result.counts());
  json["clauses"] = ordered_json::array();
  for (std::size_t row = 0; row < roster.clauses().size(); ++row) {
    const Clause& clause = roster.clauses()[row];
    json["clauses"].push_back({{"clause", clause.name},
                               {"title", text_or_null(clause.title)},
                               {"source", text_or_null(clause.source)},
                               {"violations", violations[row]},
                               {"summary", summary(result.by_clause[row])}});
  }
  return json;
}

std::string day_or_empty(Day day) {
  return day == calendar::day_max ? std::string() : calendar::iso(day);
}

}  // namespace

void write_csv(const Result& result, const Write& write) {
  std::string head = "agreement,title,occurrences";
  for (const Status status : in_order)
    head += fmt::format(",{}", code(status));
  write(head + ",violations\r\n");
  for (std::size_t row = 0; row < result.size(); ++row) {
    const Agreement& agreement = result.roster->agreements()[row];
    const Counts counts = result.tally(row).counts();
    std::vector<std::string> cells = {std::string(agreement.name), std::string(agreement.title),
                                      ""};
    std::uint64_t all = 0;
    for (const Status status : in_order) {
      all += of(counts, status);
      cells.push_back(fmt::format("{}", of(counts, status)));
    }
    cells[2] = fmt::format("{}", all);
    cells.push_back(fmt::format("{}", result.violations(row)));
    write(reports::csv_line(cells));
  }
}

void write_violations(const Result& result, const Write& write) {
  write("agreement,occurrence,clause,status,opens,due,settled\r\n");
  for (std::size_t row = 0; row < result.size(); ++row)
    for (const Tally tally = result.tally(row); const Violation& one : tally.violations())
      write(reports::csv_line({std::string(result.roster->agreements()[row].name), one.id,
                               result.roster->clauses()[one.clause].name,
                               std::string(code(one.status)), calendar::iso(one.opens),
                               day_or_empty(one.due), calendar::iso(one.settled)}));
}

void write_ndjson(const Result& result, const Write& write) {
  for (std::size_t row = 0; row < result.size(); ++row)
    write(dump(agreement_json(result, row)) + '\n');
  write(dump({{"total", total(result)}}) + '\n');
}

void write_json(const Result& result, const Write& write) {
  const Roster& roster = *result.roster;
  const program::Program& program = roster.of_template();
  const Question& question = result.question;
  std::string hash = "sha256:";
  for (const std::uint8_t byte : program::hash(program))
    hash += fmt::format("{:02x}", byte);
  ordered_json head;
  head["template"] = program.text(program.name);
  head["title"] = text_or_null(program.text(program.title));
  head["program"] = hash;
  head["asOf"] = question.as_of.text(roster.zone());
  head["knownAt"] =
      question.known_at ? ordered_json(question.known_at->text(roster.zone())) : ordered_json();
  std::string text = dump(head);
  text.pop_back();
  write(text + ",\n\"agreements\":[");
  for (std::size_t row = 0; row < result.size(); ++row)
    write((row == 0 ? "\n" : ",\n") + dump(agreement_json(result, row)));
  write("\n],\n\"total\":" + dump(total(result)) + "}\n");
}

}  // namespace samrad::fleet
