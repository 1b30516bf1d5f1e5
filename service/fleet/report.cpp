// The fleet's audit for programs: tables as CSV, JSON and NDJSON. Nothing is built up for the whole fleet: one agreement at a time.

#include "service/fleet/report.h"

#include <algorithm>
#include <iterator>

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

ordered_json summary(const Counts& counts) {
  ordered_json json;
  for (const Status status : in_order)
    json[std::string(code(status))] = of(counts, status);
  return json;
}

// A JSON text. What is no plain ASCII goes the long way.
void append_text(fmt::memory_buffer& out, std::string_view text) {
  const bool plain = std::all_of(text.begin(), text.end(), [](char c) {
    return c >= 0x20 && c < 0x7F && c != '"' && c != '\\';
  });
  const auto to = std::back_inserter(out);
  if (plain)
    fmt::format_to(to, "\"{}\"", text);
  else
    fmt::format_to(to, "{}", dump(text));
}

void append_day(fmt::memory_buffer& out, std::string_view member, Day day) {
  const auto to = std::back_inserter(out);
  if (day == calendar::day_max)
    fmt::format_to(to, ",\"{}\":null", member);
  else
    fmt::format_to(to, ",\"{}\":\"{}\"", member, calendar::iso(day));
}

// One agreement as JSON. Written by hand, since there may be a million of them.
void append_agreement(fmt::memory_buffer& out, const Result& result, std::size_t row) {
  const auto to = std::back_inserter(out);
  const Agreement& agreement = result.roster->agreements()[row];
  const Tally tally = result.tally(row);
  fmt::format_to(to, "{{\"agreement\":");
  append_text(out, agreement.name);
  fmt::format_to(to, ",\"title\":");
  if (agreement.title.empty())
    fmt::format_to(to, "null");
  else
    append_text(out, agreement.title);
  char before = '{';
  fmt::format_to(to, ",\"summary\":");
  for (const Counts counts = tally.counts(); const Status status : in_order) {
    fmt::format_to(to, "{}\"{}\":{}", before, code(status), of(counts, status));
    before = ',';
  }
  fmt::format_to(to, "}},\"violations\":[");
  for (const Violation& one : tally.violations()) {
    fmt::format_to(to, "{}{{\"id\":", &one == tally.violations().data() ? "" : ",");
    append_text(out, one.id);
    fmt::format_to(to, ",\"clause\":");
    append_text(out, result.roster->clauses()[one.clause].name);
    fmt::format_to(to, ",\"status\":\"{}\"", code(one.status));
    append_day(out, "opens", one.opens);
    append_day(out, "due", one.due);
    append_day(out, "settled", one.settled);
    fmt::format_to(to, "}}");
  }
  fmt::format_to(to, "]}}");
}

// All agreements: `after` behind each, `between` before all but the first.
void write_agreements(const Result& result, std::string_view between, std::string_view after,
                      const Write& write) {
  constexpr std::size_t enough = std::size_t{1} << 16U;  // bytes
  fmt::memory_buffer out;
  for (std::size_t row = 0; row < result.size(); ++row) {
    if (row > 0) out.append(between);
    append_agreement(out, result, row);
    out.append(after);
    if (out.size() < enough && row + 1 < result.size()) continue;
    write({out.data(), out.size()});
    out.clear();
  }
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
  write_agreements(result, "", "\n", write);
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
  write(text + ",\n\"agreements\":[\n");
  write_agreements(result, ",\n", "", write);
  write("\n],\n\"total\":" + dump(total(result)) + "}\n");
}

}  // namespace samrad::fleet
