// What is on record, in whatever lines, asked on whatever day; and the answer as text.
#include <algorithm>

#include "service/reports/render.h"
#include "tests/generated/properties.h"
#include "tests/generated/telling.h"

namespace samrad::generated {
namespace {

std::string verdicts(const Prepared& p, Detail detail = Detail::all) {
  return tell(p.chosen(), p.symbols(), p.audit->book(), detail);
}

// The days from which a record bears on a question asked with the same moment as `as of` and `known at`.
void bears_from(const json& record, const record::Zone& zone, std::vector<Day>& days) {
  const auto look = [&](const json& at) {
    for (const char* attribute : {"time", "recordedtime"})
      if (at.contains(attribute))
        if (const auto asked = record::parse_asked(at[attribute].get<std::string>(), zone))
          days.push_back(asked->moment.day);
  };
  look(record);
  if (record["type"] == "correction") look(record["data"]);
}

}  // namespace

// The order of lines decides nothing, nor does a line that stands twice.
std::string lines(const Prepared& p, Dice& dice) {
  Case other = p.it;
  for (int i = 0; i < 2 && !other.events.empty(); ++i)
    other.events.push_back(dice.of(other.events));
  dice.shuffle(other.events);
  const Prepared again(other, p.program);
  if (!again.audit) return "shuffled, it cannot be read: " + again.unfit;
  return difference("the order of lines decides", verdicts(p), verdicts(again));
}

// What was withdrawn was never recorded.
std::string never_recorded(const Prepared& p, Dice& dice) {
  if (p.it.events.empty() || p.it.known_at) return {};
  Case other = p.it;
  json extra = dice.of(other.events);
  const std::string type = extra["type"];
  if (type == "correction" || type == "withdrawal") return {};
  extra["id"] = "extra";
  json gone = {{"specversion", "1.0"},
               {"source", "urn:a"},
               {"id", "gone"},
               {"type", "withdrawal"},
               {"time", extra["time"]},
               {"data", {{"withdraws", extra["source"].get<std::string>() + "#extra"}}}};
  gone["recordedtime"] = extra.contains("recordedtime") ? extra["recordedtime"] : extra["time"];
  other.events.insert(other.events.begin() + dice.below(static_cast<int>(other.events.size())),
                      gone);
  other.events.push_back(extra);
  const Prepared again(other, p.program);
  if (!again.audit) return "with an event withdrawn, it cannot be read: " + again.unfit;
  return difference("an event that was withdrawn leaves a trace", verdicts(p), verdicts(again));
}

// Asked day by day, a verdict that has fallen changes only by what came on record since.
std::string day_by_day(const Prepared& p, Dice& dice) {
  const record::Zone& zone = p.history->zone();
  std::vector<Day> bearing;
  for (const json& e : p.it.events)
    bears_from(e, zone, bearing);
  for (const program::Version& version : p.program->versions)
    bearing.push_back(version.in_force);
  // What ends by itself ends without an event.
  for (const program::Fact& fact : p.chosen().facts)
    for (std::size_t n = bearing.size(); fact.lasting.count > 0 && n > 0; --n) {
      const Day last = calendar::plus(bearing[n - 1], fact.lasting, p.chosen().holidays);
      bearing.insert(bearing.end(), {last, last + 1});
    }
  Day day = p.chosen().term_first - 2;
  if (!bearing.empty()) day = std::min(day, *std::min_element(bearing.begin(), bearing.end()));
  const Day end = std::max(p.as_of().day, day) + 40;
  std::map<std::string, std::string> before;
  Day asked_before = day;
  const int step = std::max(1, (end.n - day.n) / 12);
  for (; day <= end; day = day + 1 + dice.below(step * 2)) {
    Case other = p.it;
    other.as_of = calendar::iso(day);
    other.known_at = other.as_of;
    const Prepared now(other, p.program);
    if (!now.audit) return {};
    const bool cause = std::any_of(bearing.begin(), bearing.end(),
                                   [&](Day d) { return d > asked_before && d <= day; });
    std::map<std::string, std::string> told;
    for (const engine::Occurrence& o : now.audit->book().occurrences) {
      const engine::Finding& f = o.finding;
      std::string line = o.id + " " + std::string(name(f.status)) + " due " + calendar::iso(f.due) +
                         " settled " + calendar::iso(f.settled) + "\n";
      // A waiver given while the clause can still be met gives way where it is met.
      if (engine::settled(o.finding.status) && o.finding.status != engine::Status::waived)
        told.emplace(o.id, std::move(line));
    }
    if (!cause)
      for (const auto& [id, line] : before) {
        const auto at = told.find(id);
        if (at == told.end() || at->second != line)
          return "without a cause, between " + calendar::iso(asked_before) + " and " +
                 calendar::iso(day) + "\n  - " + line + "  + " +
                 (at == told.end() ? "gone" : at->second);
      }
    before = std::move(told);
    asked_before = day;
  }
  return {};
}

// Every report can be written, and its JSON says the same after having been read.
std::string reports_written(const Prepared& p, Dice& dice) {
  const reports::AuditResult& result = *p.audit;
  const std::string text = reports::audit_json(result);
  const json read = json::parse(text, nullptr, false);
  if (read.is_discarded()) return "the audit's JSON is none";
  if (json::parse(read.dump()) != read) return "the audit's JSON is another after a round trip";
  if (read.at("occurrences").size() != result.listed.size())
    return "the audit's JSON has another number of occurrences";
  for (std::size_t i = 0; i < result.listed.size(); ++i)
    if (read["occurrences"][i].at("id") != result.listed[i]->id)
      return "the audit's JSON lists in another order";
  if (reports::audit_json(result) != text) return "the audit's JSON is not the same twice";
  for (const auto language : {calendar::Language::sv, calendar::Language::en})
    if (reports::audit_text(result, {language, 80, false}).empty()) return "the sheet is empty";
  for (int i = 0; i < 2 && !result.listed.empty(); ++i) {
    const engine::Occurrence& o = *dice.of(result.listed);
    if (json::parse(reports::explain_json(result, o), nullptr, false).is_discarded())
      return "the explanation of " + o.id + " is no JSON";
    if (reports::explain_text(result, o, {calendar::Language::sv, 100, false}).find(o.id) ==
        std::string::npos)
      return "the explanation of " + o.id + " does not name it";
  }
  return {};
}

}  // namespace samrad::generated
