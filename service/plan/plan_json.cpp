// A plan for programs: events with their reasons, what stands outside, conflicts. docs/plan.md says what each member is.
#include <nlohmann/json.hpp>

#include "service/plan/wording.h"

namespace samrad::plan {

namespace {

using Json = nlohmann::ordered_json;

Json clause_json(const Plan& plan, Index rule) {
  const program::Program& p = plan.program();
  const program::Rule& r = p.rules[rule];
  Json json{{"clause", std::string(p.text(r.clause))}};
  if (r.step != 0) json["step"] = std::string(p.text(r.step));
  json["title"] = r.title != 0 ? Json(std::string(p.text(r.title))) : Json();
  json["source"] = r.source != 0 ? Json(std::string(p.text(r.source))) : Json();
  return json;
}

Json bound_json(const Plan& plan, const Bound& b) {
  Json json{
      {"day", calendar::iso(b.day)}, {"clause", Json()}, {"occurrence", Json()}, {"event", Json()}};
  if (b.rule != program::none) {
    json["clause"] = std::string(plan.program().text(plan.program().rules[b.rule].clause));
    json["occurrence"] = b.occurrence;
  }
  if (b.event)
    json["event"] = std::string(plan.ground().symbols().text(plan.events[*b.event].event.id));
  return json;
}

std::string_view code(Outcome o) {
  return o == Outcome::whole ? "whole" : o == Outcome::conflict ? "conflict" : "incomplete";
}

std::string_view code(Outside o) {
  switch (o) {
  case Outside::missed_before: return "missedBefore";
  case Outside::attested: return "attested";
  case Outside::not_recorded: return "notRecorded";
  case Outside::after_plan: return "afterPlan";
  case Outside::others: return "others";
  case Outside::not_by_events: return "notByEvents";
  }
  return "";
}

}  // namespace

std::string plan_json(const Plan& plan) {
  const engine::Symbols& symbols = plan.ground().symbols();
  Json events = Json::array();
  std::string lines = plan_events(plan);
  for (const PlannedEvent& one : plan.events) {
    Json asked = Json::array(), shaped = Json::array();
    for (const Asked& a : one.asked) {
      Json row = clause_json(plan, a.rule);
      row["occurrence"] = a.occurrence;
      asked.push_back(std::move(row));
    }
    for (const Index rule : one.shaped_by)
      shaped.push_back(std::string(plan.program().text(plan.program().rules[rule].clause)));
    const std::size_t end = lines.find('\n');
    events.push_back(
        {{"id", std::string(symbols.text(one.event.id))},
         {"day", calendar::iso(one.event.day)},
         {"askedBy", std::move(asked)},
         {"earliest", bound_json(plan, one.earliest)},
         {"latest", bound_json(plan, one.latest)},
         {"room", Json::array({bound_json(plan, one.room_first), bound_json(plan, one.room_last)})},
         {"contentsBy", std::move(shaped)},
         {"event", Json::parse(lines.substr(0, end))}});
    lines.erase(0, end + 1);
  }
  Json outside = Json::array(), conflict = Json::array();
  for (const OutsideRow& row : plan.outside) {
    Json json = clause_json(plan, row.rule);
    json["why"] = code(row.why);
    json["occurrence"] = row.occurrence.empty() ? Json() : Json(row.occurrence);
    outside.push_back(std::move(json));
  }
  for (const Index rule : plan.conflict)
    conflict.push_back(clause_json(plan, rule));
  const Json whole{{"agreement", plan.agreement},
                   {"from", calendar::iso(plan.from)},
                   {"to", calendar::iso(plan.to)},
                   {"outcome", code(plan.outcome)},
                   {"outOfTime", plan.out_of_time},
                   {"events", std::move(events)},
                   {"conflict", std::move(conflict)},
                   {"conflictProven", plan.conflict_proven},
                   {"conflictMinimal", plan.conflict_minimal},
                   {"remaining", plan.remaining},
                   {"outside", std::move(outside)}};
  return whole.dump(2) + "\n";
}

}  // namespace samrad::plan
