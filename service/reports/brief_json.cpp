// The sheet for programs: the parts of a Brief by their names, reasons in both languages.

#include <nlohmann/json.hpp>

#include "service/reports/brief_sheet.h"
#include "service/reports/sentences.h"

namespace samrad::reports {

namespace {

using Json = nlohmann::ordered_json;

Json text_or_null(std::string_view text) { return text.empty() ? Json() : Json(std::string(text)); }

Json day_or_null(calendar::Day day) {
  return day == calendar::day_max ? Json() : Json(calendar::iso(day));
}

template <typename Symbols>
Json names(const Symbols& table, const std::vector<program::Symbol>& symbols) {
  Json list = Json::array();
  for (program::Symbol symbol : symbols)
    list.push_back(std::string(table.text(symbol)));
  return list;
}

Json json_of(const engine::Ground& ground, const Occurrence& one, const record::Zone& zone) {
  const program::Program& program = ground.program();
  const program::Rule& rule = ground.rule(one);
  const engine::Finding& f = one.finding;
  std::vector<program::Symbol> owners;
  for (std::uint32_t i = 0; i < rule.owners.count; ++i)
    owners.push_back(program.symbol_lists[rule.owners.first + i]);
  const engine::Reason root = engine::explain(ground, one);
  return {{"id", one.id},
          {"clause", std::string(program.text(rule.clause))},
          {"title", text_or_null(program.text(rule.title))},
          {"source", text_or_null(program.text(rule.source))},
          {"owner", names(program, owners)},
          {"status", std::string(code(f.status))},
          {"opens", calendar::iso(f.opens)},
          {"due", day_or_null(f.due)},
          {"settled", engine::settled(f.status) ? Json(calendar::iso(f.settled)) : Json()},
          {"progress", {{"have", f.have}, {"need", f.need}}},
          {"missing", names(ground.symbols(), f.missing)},
          {"explanation",
           {{"sv", paragraph(ground, root, zone, Language::sv)},
            {"en", paragraph(ground, root, zone, Language::en)}}}};
}

Json json_of(const Brief& brief, const std::vector<const Occurrence*>& occurrences) {
  Json list = Json::array();
  for (const Occurrence* one : occurrences)
    list.push_back(json_of(brief.audit.ground(), *one, brief.audit.history->zone()));
  return list;
}

Json next_of(const Brief& brief) {
  const Occurrence* by = brief.next.demanded_by;
  return {{"by", calendar::iso(brief.next.day)},
          {"demandedBy", by != nullptr ? Json(by->id) : Json()},
          {"reason",
           {{"sv", next_reason(brief, Language::sv)}, {"en", next_reason(brief, Language::en)}}}};
}

Json turns_of(const Brief& brief) {
  const program::Program& program = brief.audit.program();
  const record::Zone& zone = brief.audit.history->zone();
  Json list = Json::array();
  for (const Turn& turn : brief.turns) {
    const program::Rule& rule = program.rules[turn.rule];
    list.push_back({{"clause", std::string(program.text(rule.clause))},
                    {"source", text_or_null(program.text(rule.source))},
                    {"known", turn.known},
                    {"may", names(program, turn.may)},
                    {"reason",
                     {{"sv", turn_reason(turn, zone, Language::sv)},
                      {"en", turn_reason(turn, zone, Language::en)}}}});
  }
  return list;
}

Json effects_of(const Brief& brief) {
  Json list = Json::array();
  const record::Zone& zone = brief.audit.history->zone();
  for (const Effect& effect : brief.effects)
    list.push_back(
        {{"id", effect.id},
         {"without", effect.before != nullptr
                         ? Json(std::string(code(effect.before->finding.status)))
                         : Json()},
         {"with",
          effect.after != nullptr ? json_of(*brief.with->ground, *effect.after, zone) : Json()}});
  return list;
}

Json unassessed_of(const Brief& brief) {
  Json list = Json::array();
  for (const Unassessed& row : brief.unassessed) {
    Json ids = Json::array();
    for (const Occurrence* one : row.occurrences)
      ids.push_back(one->id);
    list.push_back({{"clause", std::string(brief.audit.program().text(row.clause))},
                    {"missing", names(*brief.audit.basis->symbols, row.missing)},
                    {"occurrences", std::move(ids)}});
  }
  return list;
}

}  // namespace

std::string brief_json(const Brief& brief) {
  Json due = Json::array();
  for (const Deadline& deadline : brief.due)
    due.push_back(json_of(brief.audit.ground(), *deadline.occurrence, brief.audit.history->zone()));
  const Json all = {
      {"agreement", brief.audit.agreement},
      {"program", brief.audit.program_hash},
      {"forum", std::string(brief.audit.program().text(brief.forum))},
      {"meeting", calendar::iso(brief.on)},
      {"asOf", brief.audit.as_of.text(brief.audit.history->zone())},
      {"previousMeeting", brief.previous ? Json(calendar::iso(*brief.previous)) : Json()},
      {"onRecord", brief.on_record},
      {"breached", json_of(brief, brief.breached)},
      {"breachedBefore", json_of(brief, brief.breached_before)},
      {"nextMeeting", next_of(brief)},
      {"due", std::move(due)},
      {"turns", turns_of(brief)},
      {"waiting", json_of(brief, brief.waiting)},
      {"effects", effects_of(brief)},
      {"toRecord", names(brief.audit.program(), brief.to_record)},
      {"cannotAssess", unassessed_of(brief)}};
  return all.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace samrad::reports
