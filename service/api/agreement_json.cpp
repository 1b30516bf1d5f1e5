#include "service/api/agreement_json.h"

#include <algorithm>

#include "service/registry/canonical.h"

namespace samrad::api {

namespace {

using program::Index;
using program::Program;
using program::Symbol;
using program::ValueKind;

std::string_view word(ValueKind kind) {
  switch (kind) {
  case ValueKind::yes_no: return "yesNo";
  case ValueKind::number: return "number";
  case ValueKind::money: return "money";
  case ValueKind::date: return "date";
  case ValueKind::duration: return "duration";
  case ValueKind::member: return "member";
  case ValueKind::absent:
  case ValueKind::text:
  case ValueKind::list: break;
  }
  return "text";
}

std::string_view word(program::Severity severity) {
  if (severity == program::Severity::error) return "error";
  return severity == program::Severity::warning ? "warning" : "note";
}

// What the rules declare, in the order of the text.
class Declared {
 public:
  explicit Declared(const Program& program) : program_(program) {}

  Json members(std::string_view kind) const {
    Json list = Json::array();
    for (const program::Member& member : program_.members) {
      if (member.kind == program::none || text(program_.kinds[member.kind].name) != kind) continue;
      Json row = named(member.name, member.label);
      if (member.of != 0) row["of"] = text(member.of);
      list.push_back(std::move(row));
    }
    return list;
  }

  Json clauses() const {
    Json list = Json::array();
    std::vector<Symbol> seen;
    for (const program::Rule& rule : program_.rules) {
      if (rule.is_otherwise || std::find(seen.begin(), seen.end(), rule.clause) != seen.end())
        continue;
      seen.push_back(rule.clause);
      Json row = {{"name", text(rule.clause)},
                  {"title", text_or_null(text(rule.title))},
                  {"source", text_or_null(text(rule.source))},
                  {"severity", word(rule.severity)},
                  {"owner", Json::array()}};
      for (std::uint32_t i = 0; i < rule.owners.count; ++i)
        row["owner"].push_back(text(program_.symbol_lists[rule.owners.first + i]));
      row["readings"] = readings(rule.clause);
      list.push_back(std::move(row));
    }
    return list;
  }

  Json event_types() const {
    Json list = Json::array();
    for (const program::EventType& type : program_.event_types) {
      Json row = named(type.name, type.label);
      row["subjects"] = Json::array();
      for (std::uint32_t i = 0; i < type.subject_kinds.count; ++i)
        row["subjects"].push_back(
            text(program_.kinds[program_.indices[type.subject_kinds.first + i]].name));
      row["fields"] = Json::array();
      for (std::uint32_t i = 0; i < type.fields.count; ++i)
        row["fields"].push_back(field(program_.fields[type.fields.first + i]));
      list.push_back(std::move(row));
    }
    return list;
  }

  Json registrations() const {
    Json list = Json::array();
    for (const program::Registration& row : program_.registrations)
      list.push_back({{"number", text(row.number)}, {"party", text(row.party)}});
    return list;
  }

  Json versions() const {
    Json list = Json::array();
    for (const program::Version& version : program_.versions)
      list.push_back(version.in_force == calendar::day_min ? Json()
                                                           : Json(calendar::iso(version.in_force)));
    return list;
  }

 private:
  [[nodiscard]] std::string_view text(Symbol symbol) const { return program_.text(symbol); }
  [[nodiscard]] Json named(Symbol name, Symbol label) const {
    return {{"name", text(name)}, {"label", text_or_null(text(label))}};
  }

  [[nodiscard]] Json field(const program::Field& field) const {
    Json row = named(field.name, field.label);
    row["type"] = word(field.type);
    row["list"] = field.list;
    row["required"] = field.required;
    if (field.kind != program::none) row["kind"] = text(program_.kinds[field.kind].name);
    return row;
  }

  [[nodiscard]] Json readings(Symbol clause) const {
    Json list = Json::array();
    std::vector<Symbol> seen;
    for (const program::Rule& rule : program_.rules) {
      const bool other = rule.clause != clause || rule.reading == 0;
      if (other || std::find(seen.begin(), seen.end(), rule.reading) != seen.end()) continue;
      seen.push_back(rule.reading);
      list.push_back({{"name", text(rule.reading)},
                      {"label", text_or_null(text(rule.reading_label))},
                      {"default", rule.reading_default}});
    }
    return list;
  }

  const Program& program_;
};

}  // namespace

std::string time_text(Micros at) { return registry::utc_text(at); }

Json brief_json_of(const store::Agreement& agreement) {
  return {{"id", agreement.id},
          {"title", text_or_null(agreement.title)},
          {"state", agreement.closed ? "closed" : "open"},
          {"version", agreement.version},
          {"timezone", agreement.zone},
          {"created", time_text(agreement.created)},
          {"closed", time_or_null(agreement.closed)}};
}

std::string agreement_json(const store::Agreement& agreement, const registry::Rulebook& rules,
                           Json closing) {
  const Program& program = rules.whole;
  const Declared declared(program);
  Json json = brief_json_of(agreement);
  json["closing"] = std::move(closing);
  json["declaredAs"] = rules.name;
  json["program"] = rules.hash;
  json["registered"] = declared.registrations();
  const bool ends = program.term_last != calendar::day_max;
  json["term"] = {{"first", calendar::iso(program.term_first)},
                  {"last", ends ? Json(calendar::iso(program.term_last)) : Json()}};
  json["inForce"] = declared.versions();
  json["parties"] = declared.members("party");
  json["roles"] = declared.members("role");
  json["forums"] = declared.members("forum");
  json["clauses"] = declared.clauses();
  json["eventTypes"] = declared.event_types();
  return line_of(json);
}

}  // namespace samrad::api
