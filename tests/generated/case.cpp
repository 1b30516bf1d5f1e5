#include "tests/generated/case.h"

#include <algorithm>
#include <sstream>
#include <stdexcept>

#include "rules/compile.h"

namespace samrad::generated {

std::string written(const CaseFile& file) {
  std::string out;
  for (const std::string& comment : file.comments)
    out += "# " + comment + '\n';
  if (!file.property.empty()) out += "property " + file.property + '\n';
  if (file.it.seed != 0) out += "seed " + std::to_string(file.it.seed) + '\n';
  out += "as-of " + file.it.as_of + '\n';
  if (file.it.known_at) out += "known-at " + *file.it.known_at + '\n';
  for (const program::Choice& choice : file.it.readings)
    out += "reading " + choice.clause + ' ' + choice.reading + '\n';
  for (const Expected& e : file.expected)
    out += "expect " + e.id + ' ' + e.status + (e.settled.empty() ? "" : ' ' + e.settled) + '\n';
  for (const std::string& text : file.it.texts)
    out += "--- text\n" + text + (text.ends_with('\n') ? "" : "\n");
  return out + "--- events\n" + lines_of(file.it.events);
}

CaseFile read_case(std::string_view given) {
  CaseFile file;
  enum { head, text, events } part = head;
  std::istringstream lines{std::string(given)};
  for (std::string line; std::getline(lines, line);) {
    if (line == "--- text") {
      part = text;
      file.it.texts.emplace_back();
    } else if (line == "--- events") {
      part = events;
    } else if (part == text) {
      file.it.texts.back() += line + '\n';
    } else if (part == events) {
      if (!line.empty()) file.it.events.push_back(json::parse(line));
    } else if (line.starts_with("# ")) {
      file.comments.push_back(line.substr(2));
    } else if (!line.empty()) {
      std::istringstream words{line};
      std::string what, first, second, third;
      words >> what >> first >> second >> third;
      if (what == "property")
        file.property = first;
      else if (what == "seed")
        file.it.seed = std::stoull(first);
      else if (what == "as-of")
        file.it.as_of = first;
      else if (what == "known-at")
        file.it.known_at = first;
      else if (what == "reading")
        file.it.readings.push_back({first, second});
      else if (what == "expect")
        file.expected.push_back({first, second, third});
      else
        throw std::runtime_error("no such line in a case: " + line);
    }
  }
  if (file.it.texts.empty() || file.it.as_of.empty())
    throw std::runtime_error("a case without a text or a question");
  return file;
}

std::string lines_of(const std::vector<json>& events) {
  std::string out;
  for (const json& event : events)
    out += event.dump() + '\n';
  return out;
}

std::shared_ptr<const program::Program> compiled(const std::vector<std::string>& texts,
                                                 std::string& fault) {
  std::vector<rules::Source> sources;
  for (std::size_t i = 0; i < texts.size(); ++i)
    sources.push_back(
        {"text-" + std::to_string(i + 1) + ".samrad", texts[i], static_cast<unsigned>(i)});
  rules::Compiled result = rules::compile(sources);
  if (result.program) return std::make_shared<const program::Program>(std::move(*result.program));
  for (const rules::Diagnostic& d : result.diagnostics)
    if (d.severity == rules::Severity::error)
      fault += std::string(rules::id(d.code)) + ": " + d.message + '\n';
  return nullptr;
}

record::History history_of(const program::Program& program, const std::vector<json>& events) {
  record::Records records;
  records.read(lines_of(events), "events.ndjson");
  return {program, std::move(records)};
}

Prepared::Prepared(const Case& given) : it(given) {
  program = compiled(given.texts, unfit);
  if (program) ask();
}

Prepared::Prepared(const Case& given, std::shared_ptr<const program::Program> made)
    : it(given), program(std::move(made)) {
  ask();
}

void Prepared::ask() {
  history.emplace(history_of(*program, it.events));
  if (!history->has_zone() || history->faults().any_error()) {
    unfit = record::text_of(history->faults());
    return;
  }
  reports::AuditRequest request;
  const auto as_of = record::parse_asked(it.as_of, history->zone());
  if (!as_of) {
    unfit = "no day: " + it.as_of;
    return;
  }
  request.as_of = *as_of;
  if (it.known_at) request.known_at = record::parse_asked(*it.known_at, history->zone());
  request.readings = it.readings;
  auto result = reports::audit(*history, request);
  if (result)
    audit = std::move(*result);
  else
    unfit = result.error().message + record::text_of(result.error().faults);
}

std::vector<engine::Event> Prepared::fed() const {
  std::vector<engine::Event> out;
  for (const engine::Event& e : audit->basis->events)
    if (e.day < as_of().day || (e.day == as_of().day && (!e.timed || e.earliest <= as_of().utc)))
      out.push_back(e);
  std::sort(out.begin(), out.end(), [&](const engine::Event& a, const engine::Event& b) {
    if (engine::feeds_before(a, b) != engine::feeds_before(b, a)) return engine::feeds_before(a, b);
    return symbols().text(a.identity) < symbols().text(b.identity);
  });
  return out;
}

}  // namespace samrad::generated
