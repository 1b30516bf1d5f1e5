#include "service/api/calendar_feed.h"

#include <algorithm>

#include "engine/explain.h"
#include "service/api/json.h"
#include "service/api/limits.h"
#include "service/reports/ical.h"
#include "service/reports/sentences.h"
#include "service/reports/words.h"

namespace samrad::api {

namespace {

using calendar::Day;
using calendar::Language;
using reports::AuditResult;
using reports::Deadline;
using reports::ical_date;
using reports::ical_escaped;
using reports::ical_line;
using reports::Occurrence;

std::string title_of(const AuditResult& audit, const Occurrence& one) {
  const program::Rule& rule = audit.rule(one);
  return std::string(audit.program().text(rule.title != 0 ? rule.title : rule.clause));
}

// Still a deadline that was there: it passed without being met, which is no reason to take it back.
bool was_missed(const AuditResult& audit, const std::string& id) {
  const Occurrence* one = audit.find(id);
  return one && (one->finding.status == engine::Status::missed ||
                 one->finding.status == engine::Status::broken);
}

// What the feed shows next, from what it showed and what is due now.
class Course {
 public:
  Course(const AuditResult& audit, const Shown& before, Micros now)
      : audit_(audit), before_(before), now_(now), today_(audit.as_of.moment.day) {}

  void due(const Deadline& deadline) {
    const Occurrence& one = *deadline.occurrence;
    ShownDeadline row{one.finding.due, 0, false, now_, title_of(audit_, one)};
    if (const auto it = before_.find(one.id); it != before_.end()) {
      const ShownDeadline& last = it->second;
      const bool same = last.due == row.due && !last.cancelled;
      row.sequence = same ? last.sequence : last.sequence + 1;
      row.changed = same ? last.changed : now_;
    }
    shown.emplace(one.id, std::move(row));
  }

  void the_rest() {
    for (const auto& [id, last] : before_) {
      if (shown.count(id) > 0) continue;
      ShownDeadline row = last;
      if (!last.cancelled && was_missed(audit_, id)) {
        if (today_ - last.due > calendar_days_back) continue;
      } else if (!last.cancelled) {
        row.cancelled = true;
        ++row.sequence;
        row.changed = now_;
      } else if (now_ - last.changed > Micros{cancelled_days} * 86'400 * 1'000'000) {
        continue;
      }
      shown.emplace(id, std::move(row));
    }
  }

  Shown shown;

 private:
  const AuditResult& audit_;
  const Shown& before_;
  Micros now_;
  Day today_;
};

std::string description(const AuditResult& audit, const Deadline& deadline, Language language) {
  const bool sv = language == Language::sv;
  const Occurrence& one = *deadline.occurrence;
  std::string text = reports::paragraph(audit.ground(), engine::explain(audit.ground(), one),
                                        audit.history->zone(), language);
  std::vector<std::string> owners;
  for (const program::Symbol owner : deadline.owners)
    owners.push_back(reports::label(audit.ground(), owner));
  if (!owners.empty())
    text += (sv ? "\nAnsvarig: " : "\nOwner: ") + reports::listed(owners, language);
  const program::Rule& rule = audit.rule(one);
  if (rule.source != 0)
    text += (sv ? "\nKälla: " : "\nSource: ") + std::string(audit.program().text(rule.source));
  return text + '\n' + one.id;
}

void alarms(std::string& out, const Deadline& deadline, const std::string& title,
            Language language) {
  const Day due = deadline.occurrence->finding.due;
  for (const reports::Warning& warning : deadline.warnings) {
    ical_line(out, "BEGIN:VALARM");
    ical_line(out, "ACTION:DISPLAY");
    ical_line(out, "TRIGGER:-P" + std::to_string(due - warning.day) + "D");
    ical_line(out, "DESCRIPTION:" + ical_escaped(title + ": " + reports::the_date(due, language)));
    ical_line(out, "END:VALARM");
  }
}

// What every event says, whether it is due or taken back.
void add_event(std::string& out, const std::string& agreement, const std::string& id,
               const ShownDeadline& row) {
  const std::string stamp = reports::ical_stamp(row.changed / 1'000'000);
  ical_line(out, "UID:" + ical_escaped(agreement + "/" + id + "@samrad"));
  ical_line(out, "DTSTAMP:" + stamp);
  ical_line(out, "LAST-MODIFIED:" + stamp);
  ical_line(out, "SEQUENCE:" + std::to_string(row.sequence));
  ical_line(out, row.cancelled ? "STATUS:CANCELLED" : "STATUS:CONFIRMED");
  ical_line(out, "DTSTART;VALUE=DATE:" + ical_date(row.due));
  ical_line(out, "DTEND;VALUE=DATE:" + ical_date(row.due + 1));
  ical_line(out, "SUMMARY:" + ical_escaped(row.title));
  ical_line(out, "TRANSP:TRANSPARENT");
}

bool wanted(const AuditResult& audit, const Deadline& deadline,
            const std::vector<std::string>& owners) {
  return owners.empty() ||
         std::any_of(deadline.owners.begin(), deadline.owners.end(), [&](program::Symbol owner) {
           return std::find(owners.begin(), owners.end(), audit.program().text(owner)) !=
                  owners.end();
         });
}

}  // namespace

Feed feed_of(const AuditResult& audit, const std::string& agreement,
             const std::vector<std::string>& owners, Language language, const Shown& before,
             Micros now) {
  const Day today = audit.as_of.moment.day;
  std::map<std::string_view, const Deadline*> due;
  const std::vector<Deadline> all = reports::deadlines(audit, today, calendar::day_max);
  Course course(audit, before, now);
  for (const Deadline& one : all) {
    const bool near = one.days_left <= calendar_days_ahead || before.count(one.occurrence->id) > 0;
    if (!near || !wanted(audit, one, owners)) continue;
    due.emplace(one.occurrence->id, &one);
    course.due(one);
  }
  course.the_rest();

  Feed feed{{}, std::move(course.shown)};
  const program::Program& program = audit.program();
  reports::ical_begin(feed.text, program.text(program.title != 0 ? program.title : program.name));
  for (const auto& [id, row] : feed.shown) {
    ical_line(feed.text, "BEGIN:VEVENT");
    add_event(feed.text, agreement, id, row);
    if (const auto it = due.find(id); it != due.end()) {
      ical_line(feed.text,
                "DESCRIPTION:" + ical_escaped(description(audit, *it->second, language)));
      ical_line(feed.text, "CATEGORIES:" + ical_escaped(program.text(
                                               audit.rule(*it->second->occurrence).clause)));
      alarms(feed.text, *it->second, row.title, language);
    }
    ical_line(feed.text, "END:VEVENT");
  }
  reports::ical_end(feed.text, feed.shown.empty());
  return feed;
}

std::string json_of(const Shown& shown) {
  Json json = Json::object();
  for (const auto& [id, row] : shown)
    json[id] = {{"due", calendar::iso(row.due)},
                {"sequence", row.sequence},
                {"cancelled", row.cancelled},
                {"changed", row.changed},
                {"title", row.title}};
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Shown parse_shown(std::string_view text) {
  Shown shown;
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object()) return shown;
  for (const auto& [id, row] : json.items()) {
    const auto due = row.is_object() ? calendar::parse_iso(row.value("due", "")) : std::nullopt;
    if (!due) continue;
    shown.emplace(id, ShownDeadline{*due, row.value("sequence", 0), row.value("cancelled", false),
                                    row.value("changed", Micros{0}), row.value("title", "")});
  }
  return shown;
}

}  // namespace samrad::api
