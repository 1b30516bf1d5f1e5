// A plan as a calendar: an all-day event each. The identity is made of agreement and event, the time stamp is the plan's first
// day, so that the same plan gives the same bytes.
#include "service/plan/wording.h"
#include "service/reports/ical.h"
#include "service/reports/words.h"

namespace samrad::plan {

using reports::ical_escaped;
using reports::ical_line;

std::string plan_ics(const Plan& plan, Language language) {
  const program::Program& p = plan.program();
  std::string out;
  reports::ical_begin(out, p.text(p.title != 0 ? p.title : p.name));
  for (const PlannedEvent& one : plan.events) {
    const engine::Event& e = one.event;
    std::string description =
        asked_text(plan, one, language) + ".\n" + bounds_text(plan, one, language) + ".";
    for (const std::string& more :
         {contents_text(plan, one, language), shaped_text(plan, one, language)})
      if (!more.empty()) description += "\n" + more + ".";
    ical_line(out, "BEGIN:VEVENT");
    ical_line(out,
              "UID:" + ical_escaped(plan.agreement + "/plan/" +
                                    std::string(plan.ground().symbols().text(e.id)) + "@samrad"));
    ical_line(out, "DTSTAMP:" + reports::ical_stamp(plan.history->zone().first_second(plan.from)));
    ical_line(out, "DTSTART;VALUE=DATE:" + reports::ical_date(e.day));
    ical_line(out, "DTEND;VALUE=DATE:" + reports::ical_date(e.day + 1));
    ical_line(out, "SUMMARY:" + ical_escaped(event_name(plan, e, language)));
    ical_line(out, "DESCRIPTION:" + ical_escaped(description));
    ical_line(out, "CATEGORIES:" + ical_escaped(p.text(p.event_types[e.type].name)));
    ical_line(out, "TRANSP:TRANSPARENT");
    ical_line(out, "END:VEVENT");
  }
  reports::ical_end(out, plan.events.empty());
  return out;
}

}  // namespace samrad::plan
