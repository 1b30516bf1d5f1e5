// Deadlines as iCalendar.

#include "service/reports/ical.h"
#include "service/reports/sentences.h"
#include "service/reports/upcoming.h"
#include "service/reports/words.h"

namespace samrad::reports {

namespace {

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
  ical_line(out, "BEGIN:VEVENT");
  ical_line(out, "UID:" + ical_escaped(upcoming.audit.agreement + "/" + one.id + "@samrad"));
  ical_line(out, "DTSTAMP:" + ical_stamp(upcoming.audit.as_of.moment.utc));
  ical_line(out, "DTSTART;VALUE=DATE:" + ical_date(due));
  ical_line(out, "DTEND;VALUE=DATE:" + ical_date(due + 1));
  ical_line(out, "SUMMARY:" + ical_escaped(title));
  ical_line(out, "DESCRIPTION:" + ical_escaped(description(upcoming, deadline, language)));
  ical_line(out,
           "CATEGORIES:" + ical_escaped(upcoming.audit.program().text(upcoming.audit.rule(one).clause)));
  ical_line(out, "TRANSP:TRANSPARENT");
  for (const Warning& warning : deadline.warnings) {
    ical_line(out, "BEGIN:VALARM");
    ical_line(out, "ACTION:DISPLAY");
    ical_line(out, "TRIGGER:-P" + std::to_string(due - warning.day) + "D");
    ical_line(out, "DESCRIPTION:" + ical_escaped(title + ": " + the_date(due, language)));
    ical_line(out, "END:VALARM");
  }
  ical_line(out, "END:VEVENT");
}

}  // namespace

std::string upcoming_ics(const Upcoming& upcoming, Language language) {
  const program::Program& program = upcoming.audit.program();
  std::string out;
  ical_begin(out, program.text(program.title != 0 ? program.title : program.name));
  for (const Deadline& deadline : upcoming.deadlines)
    add_event(out, upcoming, deadline, language);
  ical_end(out, upcoming.deadlines.empty());
  return out;
}

}  // namespace samrad::reports
