#include "service/plan/wording.h"

#include <algorithm>

#include "service/reports/words.h"

namespace samrad::plan {

namespace {

std::string field_value(const Plan& plan, const engine::Event& e, const program::Value& v,
                        Language language) {
  if (v.kind != program::ValueKind::list) return reports::value(plan.ground(), v, language);
  std::vector<std::string> entries;
  for (std::int64_t i = 0; i < v.b; ++i)
    entries.push_back(reports::label(plan.ground(), e.pool[static_cast<std::size_t>(v.a + i)]));
  return reports::listed(entries, language);
}

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts)
    text += (text.empty() ? "" : "; ") + part;
  return text;
}

std::string bound_text(const Plan& plan, const Bound& b, bool earliest, Language language) {
  const bool sv = language == Language::sv;
  std::string text = reports::date(b.day, language) + " (";
  if (b.rule == program::none) {
    if (earliest)
      text += sv ? "planens första dag" : "the plan's first day";
    else
      text += sv ? "planens sista dag" : "the plan's last day";
  } else {
    text += plan.program().text(plan.program().rules[b.rule].clause);
  }
  if (b.event) {
    const engine::Event& other = plan.events[*b.event].event;
    text += (sv ? ", genom " : ", through ") + event_name(plan, other, language);
  }
  return text + ")";
}

}  // namespace

std::string event_name(const Plan& plan, const engine::Event& event, Language language) {
  const program::EventType& type = plan.program().event_types[event.type];
  std::string text = reports::sentence_case(reports::type_name(plan.ground(), type, language));
  if (event.subject != 0) text += " (" + reports::label(plan.ground(), event.subject) + ")";
  return text;
}

std::string clause_name(const Plan& plan, Index rule, Language language) {
  (void)language;
  const program::Program& p = plan.program();
  const program::Rule& r = p.rules[rule];
  std::string text(p.text(r.clause));
  if (r.step != 0) text += "/" + std::string(p.text(r.step));
  if (r.source != 0) text += ", " + std::string(p.text(r.source));
  return text;
}

std::string asked_text(const Plan& plan, const PlannedEvent& one, Language language) {
  std::vector<std::string> names;
  for (const Asked& a : one.asked) {
    std::string name = a.occurrence;
    const program::Rule& r = plan.program().rules[a.rule];
    if (r.source != 0) name += " (" + std::string(plan.program().text(r.source)) + ")";
    if (std::find(names.begin(), names.end(), name) == names.end())
      names.push_back(std::move(name));
  }
  return (language == Language::sv ? "Begärs av " : "Asked for by ") + joined(names);
}

std::string bounds_text(const Plan& plan, const PlannedEvent& one, Language language) {
  const bool sv = language == Language::sv;
  return (sv ? "Tidigast " : "Earliest ") + bound_text(plan, one.room_first, true, language) +
         (sv ? ", senast " : ", latest ") + bound_text(plan, one.room_last, false, language);
}

std::string contents_text(const Plan& plan, const PlannedEvent& one, Language language) {
  const program::Program& p = plan.program();
  const program::EventType& type = p.event_types[one.event.type];
  std::vector<std::string> parts;
  for (std::uint32_t i = 0; i < type.fields.count && i < one.event.fields.size(); ++i) {
    const program::Value& v = one.event.fields[i];
    if (v.kind == program::ValueKind::absent || (v.kind == program::ValueKind::list && v.b == 0))
      continue;
    const program::Field& field = p.fields[type.fields.first + i];
    parts.push_back(reports::field_name(plan.ground(), field, language) + ": " +
                    field_value(plan, one.event, v, language));
  }
  return joined(parts);
}

std::string shaped_text(const Plan& plan, const PlannedEvent& one, Language language) {
  std::vector<std::string> names;
  for (const Index rule : one.shaped_by) {
    std::string name = clause_name(plan, rule, language);
    const bool asked = std::any_of(one.asked.begin(), one.asked.end(),
                                   [&](const Asked& a) { return a.rule == rule; });
    if (!asked && std::find(names.begin(), names.end(), name) == names.end())
      names.push_back(std::move(name));
  }
  if (names.empty()) return {};
  return (language == Language::sv ? "Innehållet följer " : "Contents as asked by ") +
         joined(names);
}

std::string_view outside_title(Outside why, Language language) {
  const bool sv = language == Language::sv;
  switch (why) {
  case Outside::missed_before:
    return sv ? "Brutet eller försummat före planens första dag"
              : "Broken or missed before the plan's first day";
  case Outside::attested: return sv ? "Avgörs av en persons intyg" : "Settled by a person's word";
  case Outside::not_recorded:
    return sv ? "Ingen för bok över sådana händelser" : "Nobody keeps a record of such events";
  case Outside::after_plan:
    return sv ? "Ska göras först efter planens sista dag" : "Falls due after the plan's last day";
  case Outside::others:
    return sv ? "Gäller bara om något händer som inte planeras"
              : "Applies only if something happens that is not planned";
  case Outside::not_by_events:
    return sv ? "Kan inte bedömas, eller inte uppfyllas av det som planeras"
              : "Cannot be assessed, or not kept by anything planned";
  }
  return "";
}

}  // namespace samrad::plan
