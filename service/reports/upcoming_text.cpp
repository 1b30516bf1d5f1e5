// Deadlines for people, owner by owner, and as JSON.

#include <nlohmann/json.hpp>

#include "service/reports/sentences.h"
#include "service/reports/upcoming.h"
#include "service/reports/words.h"

namespace samrad::reports {

namespace {

using Json = nlohmann::ordered_json;

std::string title_of(const AuditResult& audit, const Occurrence& one) {
  const program::Rule& rule = audit.rule(one);
  std::string text(audit.program().text(rule.title != 0 ? rule.title : rule.clause));
  if (rule.source != 0) text += " (" + std::string(audit.program().text(rule.source)) + ")";
  return text;
}

std::string days_left(int days, Language language) {
  const bool sv = language == Language::sv;
  if (days == 0) return sv ? "i dag" : "today";
  if (days == 1) return sv ? "i morgon" : "tomorrow";
  return (sv ? "om " : "in ") + std::to_string(days) + (sv ? " dagar" : " days");
}

std::string progress(const engine::Finding& f, Language language) {
  if (f.need <= 1 && f.have == 0) return std::string(words(f.status, language));
  return std::string(words(f.status, language)) + ", " + std::to_string(f.have) +
         (language == Language::sv ? " av " : " of ") + std::to_string(f.need);
}

std::string reminders(const Deadline& deadline, calendar::Day today, Language language) {
  std::string text;
  for (const Warning& warning : deadline.warnings) {
    if (warning.day < today) continue;
    text += (text.empty() ? "" : ", ") + date(warning.day, language);
  }
  if (text.empty()) return text;
  return (language == Language::sv ? "påminnelse " : "reminder ") + text;
}

std::string item(const Upcoming& upcoming, const Deadline& deadline, Language language) {
  const Occurrence& one = *deadline.occurrence;
  std::string text =
      "  " + calendar::iso(one.finding.due) + "  " + title_of(upcoming.audit, one) + "\n";
  text += "              " + one.id + ", " + progress(one.finding, language) + ", " +
          days_left(deadline.days_left, language) + "\n";
  const std::string reminder = reminders(deadline, upcoming.from, language);
  return reminder.empty() ? text : text + "              " + reminder + "\n";
}

Json json_names(const program::Program& program, const std::vector<program::Symbol>& symbols) {
  Json names = Json::array();
  for (program::Symbol symbol : symbols)
    names.push_back(std::string(program.text(symbol)));
  return names;
}

Json json_of(const Upcoming& upcoming, const Deadline& deadline) {
  const AuditResult& audit = upcoming.audit;
  const Occurrence& one = *deadline.occurrence;
  const program::Rule& rule = audit.rule(one);
  const engine::Finding& f = one.finding;
  Json warnings = Json::array();
  for (const Warning& warning : deadline.warnings)
    warnings.push_back(calendar::iso(warning.day));
  const engine::Reason root = engine::explain(audit.ground(), one);
  const auto told = [&](Language language) {
    return paragraph(audit.ground(), root, audit.history->zone(), language);
  };
  return {
      {"id", one.id},
      {"clause", std::string(audit.program().text(rule.clause))},
      {"title", rule.title != 0 ? Json(std::string(audit.program().text(rule.title))) : Json()},
      {"source", rule.source != 0 ? Json(std::string(audit.program().text(rule.source))) : Json()},
      {"owner", json_names(audit.program(), deadline.owners)},
      {"status", std::string(code(f.status))},
      {"opens", calendar::iso(f.opens)},
      {"due", calendar::iso(f.due)},
      {"daysLeft", deadline.days_left},
      {"progress", {{"have", f.have}, {"need", f.need}}},
      {"warnings", std::move(warnings)},
      {"explanation", {{"sv", told(Language::sv)}, {"en", told(Language::en)}}}};
}

}  // namespace

std::string upcoming_text(const Upcoming& upcoming, const TextStyle& style) {
  const bool sv = style.language == Language::sv;
  const program::Program& program = upcoming.audit.program();
  const std::string bold = style.colour ? "\033[1m" : "", plain = style.colour ? "\033[0m" : "";
  std::string text = bold +
                     std::string(program.text(program.title != 0 ? program.title : program.name)) +
                     plain + "\n";
  text += (sv ? "Frister " : "Deadlines ") +
          dates(upcoming.from, upcoming.through, style.language) + "\n";
  if (upcoming.deadlines.empty()) text += sv ? "\nInga frister.\n" : "\nNo deadlines.\n";
  for (const OwnerDeadlines& group : upcoming.by_owner) {
    const std::string owner = group.owner != 0 ? label(upcoming.audit.ground(), group.owner)
                              : sv             ? "Utan ansvarig"
                                               : "Without owner";
    text += "\n" + bold + owner + plain + "\n";
    for (std::size_t i : group.deadlines)
      text += item(upcoming, upcoming.deadlines[i], style.language);
  }
  return text;
}

std::string upcoming_json(const Upcoming& upcoming) {
  Json list = Json::array();
  for (const Deadline& deadline : upcoming.deadlines)
    list.push_back(json_of(upcoming, deadline));
  Json owners = Json::array();
  for (const OwnerDeadlines& group : upcoming.by_owner) {
    Json ids = Json::array();
    for (std::size_t i : group.deadlines)
      ids.push_back(upcoming.deadlines[i].occurrence->id);
    owners.push_back(
        {{"owner", group.owner != 0 ? Json(std::string(upcoming.audit.program().text(group.owner)))
                                    : Json()},
         {"deadlines", std::move(ids)}});
  }
  const Json all = {{"agreement", upcoming.audit.agreement},
                    {"program", upcoming.audit.program_hash},
                    {"asOf", upcoming.audit.as_of.text(upcoming.audit.history->zone())},
                    {"through", calendar::iso(upcoming.through)},
                    {"deadlines", std::move(list)},
                    {"byOwner", std::move(owners)}};
  return all.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace samrad::reports
