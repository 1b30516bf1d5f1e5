// Any bytes as a scenario file: parsed, and run where it says something. The rules that it names are not read.
#include <algorithm>

#include "rules/diagnostics/unicode.h"
#include "service/record/json.h"
#include "service/scenario/events.h"
#include "service/scenario/render.h"
#include "tests/fuzz/agreement.h"
#include "tests/fuzz/target.h"

namespace samrad::fuzz {

void scenario(std::string_view text) {
  const scenario::Parsed parsed = scenario::parse(text);
  require(!parsed.scenarios.empty() || !parsed.faults.empty(), "there are scenarios or faults");
  const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
  for (const scenario::Fault& fault : parsed.faults)
    require(fault.line >= 1 && fault.line <= lines && !fault.message.empty(), "a fault has a line of the file");

  const auto zone = record::Zone::open("Europe/Stockholm");
  const bool unicode = samrad::rules::unicode::first_invalid(text) == std::string_view::npos;
  const record::Records none;
  std::vector<scenario::Report> reports;
  for (const scenario::Scenario& one : parsed.scenarios) {
    for (const scenario::Statement& statement : one.statements) {
      require(statement.line >= 1 && statement.line <= lines, "a statement has a line of the file");
      if (!statement.happening || !unicode) continue;
      const auto json = record::parse_json(scenario::json_line(statement.event, {agreement(), *zone, {}}));
      require(json || json.error().find("given twice") != std::string::npos, "what happened is JSON");
    }
    if (!parsed.faults.empty()) continue;
    reports.push_back({"fuzz.scenario", one.title, {}, scenario::run(one, agreement(), none, "fuzz.scenario", calendar::Language::en)});
  }
  (void)scenario::render_text(reports, false);
  (void)scenario::render_junit(reports);
}

}  // namespace samrad::fuzz
