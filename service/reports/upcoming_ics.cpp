// Deadlines as iCalendar (RFC 5545): content lines folded at 75 octets, never inside a character,
// and ended by CR LF.

#include <fmt/format.h>

#include "service/reports/sentences.h"
#include "service/reports/upcoming.h"
#include "service/reports/words.h"

namespace samrad::reports {

namespace {

constexpr std::size_t line_octets_max = 75;

// RFC 5545 § 3.3.11: backslash, semicolon, comma and line break.
std::string escaped(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c == '\\' || c == ';' || c == ',')
      (out += '\\') += c;
    else if (c == '\n')
      out += "\\n";
    else if (c != '\r')
      out += c;
  }
  return out;
}

// RFC 5545 § 3.1: a line that is too long goes on in the next one after a blank.
void add_line(std::string& out, std::string_view line) {
  std::size_t room = line_octets_max;
  while (line.size() > room) {
    std::size_t cut = room;
    while (cut > 0 && (line[cut] & 0xC0) == 0x80)
      --cut;
    out += line.substr(0, cut);
    out += "\r\n ";
    line.remove_prefix(cut);
    room = line_octets_max - 1;
  }
  out += line;
  out += "\r\n";
}

std::string date_value(calendar::Day day) {
  const calendar::Date date = calendar::to_date(day);
  return fmt::format("{:04}{:02}{:02}", date.year, date.month, date.day);
}

std::string stamp(std::int64_t utc) {
  const std::int64_t days = (utc >= 0 ? utc : utc - 86399) / 86400;
  const std::int64_t second = utc - days * 86400;
  return fmt::format("{}T{:02}{:02}{:02}Z", date_value(calendar::saturated(days)), second / 3600,
                     second / 60 % 60, second % 60);
}

std::string title_of(const Upcoming& upcoming, const Deadline& deadline) {
  const program::Rule& rule = upcoming.audit.rule(*deadline.occurrence);
  const program::Program& program = upcoming.audit.program();
  return std::string(program.text(rule.title != 0 ? rule.title : rule.clause));
}

std::string description(const Upcoming& upcoming, const Deadline& deadline, Language language) {
  const AuditResult& audit = upcoming.audit;
  const program::Rule& rule = audit.rule(*deadline.occurrence);
  const bool sv = language == Language::sv;
  std::string text =
      paragraph(audit.ground(), engine::explain(audit.ground(), *deadline.occurrence),
                audit.history->zone(), language);
  std::vector<std::string> owners;
  for (program::Symbol owner : deadline.owners)
    owners.push_back(label(audit.ground(), owner));
  if (!owners.empty()) text += (sv ? "\nAnsvarig: " : "\nOwner: ") + listed(owners, language);
  if (rule.source != 0)
    text += (sv ? "\nKälla: " : "\nSource: ") + std::string(audit.program().text(rule.source));
  return text + "\n" + deadline.occurrence->id;
}

void add_event(std::string& out, const Upcoming& upcoming, const Deadline& deadline,
               Language language) {
  const Occurrence& one = *deadline.occurrence;
  const calendar::Day due = one.finding.due;
  const std::string title = title_of(upcoming, deadline);
  add_line(out, "BEGIN:VEVENT");
  add_line(out, "UID:" + escaped(upcoming.audit.agreement + "/" + one.id + "@samrad"));
  add_line(out, "DTSTAMP:" + stamp(upcoming.audit.as_of.moment.utc));
  add_line(out, "DTSTART;VALUE=DATE:" + date_value(due));
  add_line(out, "DTEND;VALUE=DATE:" + date_value(due + 1));
  add_line(out, "SUMMARY:" + escaped(title));
  add_line(out, "DESCRIPTION:" + escaped(description(upcoming, deadline, language)));
  add_line(out,
           "CATEGORIES:" + escaped(upcoming.audit.program().text(upcoming.audit.rule(one).clause)));
  add_line(out, "TRANSP:TRANSPARENT");
  for (const Warning& warning : deadline.warnings) {
    add_line(out, "BEGIN:VALARM");
    add_line(out, "ACTION:DISPLAY");
    add_line(out, "TRIGGER:-P" + std::to_string(due - warning.day) + "D");
    add_line(out, "DESCRIPTION:" + escaped(title + ": " + the_date(due, language)));
    add_line(out, "END:VALARM");
  }
  add_line(out, "END:VEVENT");
}

}  // namespace

std::string upcoming_ics(const Upcoming& upcoming, Language language) {
  const program::Program& program = upcoming.audit.program();
  std::string out;
  add_line(out, "BEGIN:VCALENDAR");
  add_line(out, "VERSION:2.0");
  add_line(out, "PRODID:-//Samrad//samrad//EN");
  add_line(out, "CALSCALE:GREGORIAN");
  add_line(out, "METHOD:PUBLISH");
  add_line(out, "X-WR-CALNAME:" +
                    escaped(program.text(program.title != 0 ? program.title : program.name)));
  for (const Deadline& deadline : upcoming.deadlines)
    add_event(out, upcoming, deadline, language);
  if (upcoming.deadlines.empty()) {  // a calendar has at least one component (§ 3.6)
    for (const char* line :
         {"BEGIN:VTIMEZONE", "TZID:UTC", "BEGIN:STANDARD", "DTSTART:19700101T000000",
          "TZOFFSETFROM:+0000", "TZOFFSETTO:+0000", "END:STANDARD", "END:VTIMEZONE"})
      add_line(out, line);
  }
  add_line(out, "END:VCALENDAR");
  return out;
}

}  // namespace samrad::reports
