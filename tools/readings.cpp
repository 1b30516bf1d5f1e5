// `samrad readings`: a clause with several readings judged by each of them, side by side.

#include "rules/diagnostics/near.h"
#include "service/reports/words.h"
#include "tools/inquiry.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

namespace samrad::tools {

namespace {

using Json = nlohmann::ordered_json;

struct Reading {
  std::string name;
  std::string label;
  bool by_default = false;
  reports::AuditResult audit;
};

struct Clause {
  std::string name;
  std::vector<Reading> readings;
};

// Clauses that have readings, in the order of the text.
std::vector<Clause> clauses_of(const program::Program& program) {
  std::vector<Clause> clauses;
  for (const program::Rule& rule : program.rules) {
    if (rule.reading == 0) continue;
    const std::string name(program.text(rule.clause)), reading(program.text(rule.reading));
    auto clause = std::find_if(clauses.begin(), clauses.end(),
                               [&](const Clause& c) { return c.name == name; });
    if (clause == clauses.end()) clause = clauses.insert(clauses.end(), Clause{name, {}});
    const bool known = std::any_of(clause->readings.begin(), clause->readings.end(),
                                   [&](const Reading& r) { return r.name == reading; });
    if (!known)
      clause->readings.push_back(
          {reading, std::string(program.text(rule.reading_label)), rule.reading_default, {}});
  }
  return clauses;
}

// Only the clauses that were asked for; false, and told, when one of them has no readings.
bool keep(std::vector<Clause>& clauses, const std::vector<std::string>& wanted, Console& console) {
  for (const std::string& name : wanted) {
    std::vector<std::string> names;
    for (const Clause& clause : clauses)
      names.push_back(clause.name);
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    const std::string near = rules::did_you_mean(name, names);
    console.complain("no clause `" + name + "` with readings" + (near.empty() ? "" : "; " + near));
    return false;
  }
  if (!wanted.empty())
    std::erase_if(clauses, [&](const Clause& c) {
      return std::find(wanted.begin(), wanted.end(), c.name) == wanted.end();
    });
  return true;
}

// Due day and id of every occurrence under any of the readings, in that order.
std::map<std::pair<calendar::Day, std::string>, std::vector<const reports::Occurrence*>>
rows_of(const Clause& clause) {
  std::map<std::pair<calendar::Day, std::string>, std::vector<const reports::Occurrence*>> rows;
  for (std::size_t i = 0; i < clause.readings.size(); ++i)
    for (const reports::Occurrence* one : clause.readings[i].audit.listed) {
      auto& row = rows[{one->finding.due, one->id}];
      row.resize(clause.readings.size(), nullptr);
      row[i] = one;
    }
  return rows;
}

std::size_t letters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::string padded(std::string text, std::size_t width) {
  const std::size_t has = letters(text);
  return has < width ? text + std::string(width - has, ' ') : text;
}

std::string line_of(const std::vector<std::string>& cells, const std::vector<std::size_t>& widths) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i)
    line += (i == 0 ? "" : "  ") + padded(cells[i], widths[i]);
  line.erase(line.find_last_not_of(' ') + 1);
  return line + "\n";
}

std::string table(const Clause& clause, calendar::Language language) {
  const bool sv = language == calendar::Language::sv;
  std::vector<std::vector<std::string>> lines{
      {sv ? "senast" : "due", sv ? "förekomst" : "occurrence"}};
  for (const Reading& reading : clause.readings)
    lines[0].push_back(reading.name + (reading.by_default ? "*" : ""));
  for (const auto& [key, row] : rows_of(clause)) {
    std::vector<std::string> cells{key.first == calendar::day_max ? "" : calendar::iso(key.first),
                                   key.second};
    for (const reports::Occurrence* one : row)
      cells.emplace_back(
          one == nullptr ? "-" : std::string(reports::words(one->finding.status, language)));
    lines.push_back(std::move(cells));
  }
  std::vector<std::size_t> widths(lines[0].size(), 0);
  for (const auto& cells : lines)
    for (std::size_t i = 0; i < cells.size(); ++i)
      widths[i] = std::max(widths[i], letters(cells[i]));
  std::string text = clause.name + "\n";
  for (const Reading& reading : clause.readings)
    text += "  " + reading.name + (reading.by_default ? "* " : " ") + reading.label + "\n";
  for (const auto& cells : lines)
    text += "  " + line_of(cells, widths);
  return text;
}

Json json_of(const Clause& clause) {
  Json readings = Json::array(), occurrences = Json::array();
  for (const Reading& reading : clause.readings)
    readings.push_back(
        {{"name", reading.name}, {"label", reading.label}, {"default", reading.by_default}});
  for (const auto& [key, row] : rows_of(clause)) {
    Json verdicts = Json::object();
    for (std::size_t i = 0; i < row.size(); ++i)
      verdicts[clause.readings[i].name] =
          row[i] == nullptr ? Json() : Json(std::string(reports::code(row[i]->finding.status)));
    occurrences.push_back(
        {{"id", key.second},
         {"due", key.first == calendar::day_max ? Json() : Json(calendar::iso(key.first))},
         {"status", std::move(verdicts)}});
  }
  return {{"clause", clause.name},
          {"readings", std::move(readings)},
          {"occurrences", std::move(occurrences)}};
}

}  // namespace

int readings(const ReadingsArguments& arguments, Console& console) {
  std::string text;
  {
    Progress progress(console);
    const auto inquiry = inquire(arguments.question, console, progress);
    if (!inquiry) return inquiry.error().status;
    std::vector<Clause> clauses = clauses_of((*inquiry)->program);
    if (!keep(clauses, arguments.clauses, console)) return exit_usage;
    Json list = Json::array();
    for (Clause& clause : clauses) {
      for (Reading& reading : clause.readings) {
        reports::AuditRequest request = request_of(**inquiry);
        std::erase_if(request.readings,
                      [&](const program::Choice& c) { return c.clause == clause.name; });
        request.readings.push_back({clause.name, reading.name});
        request.clauses = {clause.name};
        auto audit = audit_or_tell(**inquiry, request, console);
        if (!audit) return audit.error().status;
        reading.audit = std::move(*audit);
      }
      if (arguments.question.format == "json")
        list.push_back(json_of(clause));
      else
        text += (text.empty() ? "" : "\n") + table(clause, (*inquiry)->language);
    }
    if (arguments.question.format == "json")
      text = Json{{"agreement", std::string((*inquiry)->program.text((*inquiry)->program.name))},
                  {"clauses", std::move(list)}}
                 .dump(2, ' ', false, Json::error_handler_t::replace) +
             "\n";
    else if (clauses.empty())
      text = (*inquiry)->language == calendar::Language::sv ? "Ingen klausul har flera läsningar.\n"
                                                            : "No clause has several readings.\n";
  }
  console.out(text);
  return exit_fine;
}

}  // namespace samrad::tools
