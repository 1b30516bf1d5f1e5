#include "tests/service/plan/agreement.h"

#include <gtest/gtest.h>

#include "rules/diagnostics/render.h"

namespace samrad::tests {

Agreement::Agreement(const std::string& rules, const std::string& events) {
  const std::string text =
      "agreement sample \"Sample\"\n  term 2016-06-01 to 2018-05-31\n\n" + rules;
  const rules::Source source{"sample.samrad", text};
  rules::Compiled compiled = rules::compile({&source, 1});
  if (!compiled.program) {
    ADD_FAILURE() << rules::render_text(compiled.diagnostics, {&source, 1}, {});
    std::abort();
  }
  program = std::move(*compiled.program);
  record::Records records;
  records.read(events, "events.ndjson");
  history = std::make_unique<record::History>(program, std::move(records));
  EXPECT_FALSE(history->faults().any_error()) << record::text_of(history->faults());
}

plan::Plan Agreement::planned(const char* from, const char* to) const {
  plan::PlanRequest request;
  request.from = *calendar::parse_iso(from);
  request.to = *calendar::parse_iso(to);
  request.placeholder = "to be settled";
  auto made = plan::plan(*history, request);
  EXPECT_TRUE(made.has_value());
  return std::move(*made);
}

std::vector<std::string> lines_of(const plan::Plan& plan) {
  std::vector<std::string> lines;
  for (const plan::PlannedEvent& one : plan.events) {
    std::string line(plan.program().text(plan.program().event_types[one.event.type].name));
    if (one.event.subject != 0)
      line += " " + std::string(plan.ground().symbols().text(one.event.subject));
    lines.push_back(line + " " + calendar::iso(one.event.day));
  }
  return lines;
}

std::vector<std::string> conflict_of(const plan::Plan& plan) {
  std::vector<std::string> names;
  for (const program::Index rule : plan.conflict)
    names.emplace_back(plan.program().text(plan.program().rules[rule].clause));
  return names;
}

}  // namespace samrad::tests
