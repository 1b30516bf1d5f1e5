// The audit as JSON and NDJSON, members in the order of docs/schema/audit.schema.json.

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "service/reports/render.h"
#include "service/reports/sentences.h"
#include "service/reports/words.h"

namespace samrad::reports {

namespace {

using nlohmann::ordered_json;

std::string dump(const ordered_json& json, int indent) {
  return json.dump(indent, ' ', false, ordered_json::error_handler_t::replace);
}

ordered_json text_or_null(std::string_view text) {
  return text.empty() ? ordered_json() : ordered_json(text);
}

class Writer {
 public:
  explicit Writer(const AuditResult& result)
      : result_(result), symbols_(result.ground().symbols()) {}

  ordered_json occurrence(const Occurrence& o) const {
    const engine::Finding& finding = o.finding;
    const program::Rule& rule = acting(o);
    ordered_json json;
    json["id"] = o.id;
    json["clause"] = text(rule.clause);
    json["title"] = text_or_null(text(rule.title));
    json["source"] = text_or_null(text(rule.source));
    json["owner"] = owners(rule);
    json["severity"] = code(o.severity);
    json["status"] = code(finding.status);
    json["opens"] = calendar::iso(finding.opens);
    json["due"] = day_or_null(finding.due);
    if (finding.due_instant != 0)
      json["dueTime"] = result_.history->zone().rfc3339(finding.due_instant);
    json["settled"] = engine::settled(finding.status) ? ordered_json(calendar::iso(finding.settled))
                                                      : ordered_json();
    json["progress"] = {{"have", finding.have}, {"need", finding.need}};
    json["evidence"] = names(finding.evidence);
    json["reading"] = text_or_null(text(rule.reading));
    json["missing"] = names(finding.missing);
    const engine::Reason root = engine::explain(result_.ground(), o);
    json["explanation"] = {{"sv", paragraph_in(root, Language::sv)},
                           {"en", paragraph_in(root, Language::en)}};
    return json;
  }

  ordered_json whole() const {
    ordered_json json;
    json["agreement"] = result_.agreement;
    json["title"] = text_or_null(text(result_.program().title));
    json["registered"] = registrations();
    json["program"] = result_.program_hash;
    json["asOf"] = result_.as_of.text(result_.history->zone());
    json["knownAt"] = result_.history->zone().rfc3339(result_.known_at.moment.utc);
    const engine::Book& book = result_.book();
    json["evaluatedThrough"] = {{"events", book.events},
                                {"time", result_.as_of.text(result_.history->zone())}};
    json["term"] = {{"first", calendar::iso(book.term_first)}, {"last", day_or_null(book.expiry)}};
    json["readings"] = readings();
    json["occurrences"] = ordered_json::array();
    for (const Occurrence* o : result_.listed)
      json["occurrences"].push_back(occurrence(*o));
    json["voidEvents"] = voids();
    json["partPeriods"] = part_periods();
    json["withoutOccasion"] = result_.without_occasion;
    ordered_json summary;
    for (const Status status :
         {Status::met, Status::met_late, Status::missed, Status::broken, Status::open,
          Status::upcoming, Status::waived, Status::lapsed, Status::cannot_assess})
      summary[std::string(code(status))] = result_.count(status);
    json["summary"] = std::move(summary);
    return json;
  }

  ordered_json reasons(const Occurrence& o, Language language) const {
    ordered_json list = ordered_json::array();
    const engine::Reason root = engine::explain(result_.ground(), o);
    for (const Line& line : lines(result_.ground(), root, result_.history->zone(), language))
      list.push_back({{"depth", line.depth}, {"text", line.text}});
    return list;
  }

 private:
  std::string_view text(program::Symbol symbol) const { return symbols_.text(symbol); }
  const program::Rule& acting(const Occurrence& o) const {
    return result_.program().rules[engine::acting_rule(result_.ground(), o)];
  }
  static ordered_json day_or_null(calendar::Day day) {
    return day == calendar::day_max ? ordered_json() : ordered_json(calendar::iso(day));
  }
  ordered_json names(const std::vector<program::Symbol>& list) const {
    ordered_json json = ordered_json::array();
    for (const program::Symbol name : list)
      json.push_back(text(name));
    return json;
  }
  ordered_json owners(const program::Rule& rule) const {
    ordered_json json = ordered_json::array();
    for (std::uint32_t i = 0; i < rule.owners.count; ++i)
      json.push_back(text(result_.program().symbol_lists[rule.owners.first + i]));
    return json;
  }
  std::string paragraph_in(const engine::Reason& root, Language language) const {
    return paragraph(result_.ground(), root, result_.history->zone(), language);
  }
  ordered_json registrations() const {
    ordered_json json = ordered_json::array();
    for (const program::Registration& row : result_.program().registrations)
      json.push_back({{"number", text(row.number)}, {"party", text(row.party)}});
    return json;
  }
  ordered_json readings() const {
    ordered_json json = ordered_json::array();
    for (const ReadingUsed& row : result_.readings)
      json.push_back({{"clause", row.clause},
                      {"reading", row.reading},
                      {"label", row.label},
                      {"chosen", row.chosen}});
    return json;
  }
  ordered_json voids() const {
    ordered_json json = ordered_json::array();
    for (const engine::VoidEvent* one : result_.voids) {
      const engine::VoidEvent& row = *one;
      const bool ruled = row.rule != program::none;
      json.push_back(
          {{"event", text(row.event)},
           {"clause",
            ruled ? text_or_null(text(result_.program().rules[row.rule].clause)) : ordered_json()},
           {"certain", row.certain},
           {"reason", void_text(result_.ground(), row, Language::en)},
           {"reasonSv", void_text(result_.ground(), row, Language::sv)}});
    }
    return json;
  }
  ordered_json part_periods() const {
    ordered_json json = ordered_json::array();
    for (const engine::PartPeriod* row : result_.part_periods)
      json.push_back({{"id", engine::occurrence_id(result_.program(), symbols_, row->key)},
                      {"clause", text(result_.program().rules[row->key.rule].clause)},
                      {"first", calendar::iso(row->first)},
                      {"last", calendar::iso(row->last)},
                      {"have", row->have},
                      {"need", row->need}});
    return json;
  }

  const AuditResult& result_;
  const engine::Symbols& symbols_;
};

}  // namespace

std::string audit_json(const AuditResult& result) { return dump(Writer(result).whole(), 2) + '\n'; }

std::string audit_ndjson(const AuditResult& result) {
  const Writer writer(result);
  std::string text;
  for (const Occurrence* o : result.listed)
    text += dump(writer.occurrence(*o), -1) + '\n';
  return text;
}

std::string explain_json(const AuditResult& result, const Occurrence& occurrence) {
  const Writer writer(result);
  ordered_json json = writer.occurrence(occurrence);
  json["reasons"] = {{"sv", writer.reasons(occurrence, Language::sv)},
                     {"en", writer.reasons(occurrence, Language::en)}};
  return dump(json, 2) + '\n';
}

}  // namespace samrad::reports
