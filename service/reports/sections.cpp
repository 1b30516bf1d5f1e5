// What goes where on the compliance sheet, and the words beside it.

#include "service/reports/sections.h"

#include <algorithm>

#include <fmt/format.h>

#include "service/reports/sentences.h"
#include "service/reports/words.h"

namespace samrad::reports {

namespace {

const program::Rule& acting(const AuditResult& result, const Occurrence& o) {
  return result.program().rules[engine::acting_rule(result.ground(), o)];
}

std::string plural(Status status, int n, Language language) {
  const std::string one(words(status, language));
  if (language != Language::sv || n == 1) return one;
  switch (status) {
  case Status::met: return "uppfyllda";
  case Status::met_late: return "uppfyllda för sent";
  case Status::missed: return "försummade";
  case Status::broken: return "brutna";
  case Status::waived: return "undantagna";
  case Status::lapsed: return "förfallna möjligheter";
  default: return one;
  }
}

}  // namespace

std::string moment(const AuditResult& result, const Asked& asked, Language language) {
  if (asked.whole_day) return date(asked.moment.day, language);
  const std::string clock = result.history->zone().rfc3339(asked.moment.utc).substr(11, 5);
  return fmt::format("{} {} {}", date(asked.moment.day, language),
                     language == Language::sv ? "kl." : "at", clock);
}

std::vector<Section> sections(const AuditResult& result, Language language) {
  const bool sv = language == Language::sv;
  Section breaches{sv ? "Brutet eller försummat" : "Broken or missed", {}, 0};
  Section next{sv ? "Närmast framåt" : "Due next", {}, 0};
  Section unclear{sv ? "Kan inte bedömas" : "Cannot be assessed", {}, 0};
  Section lapsed{sv ? "Möjligheter som förföll" : "Chances that lapsed", {}, 0};
  Section late{sv ? "Uppfyllt för sent eller undantaget" : "Met late or waived", {}, 0};
  Section met{sv ? "Uppfyllt" : "Met", {}, 0, true};
  std::size_t upcoming = 0;
  for (const Occurrence* o : result.listed) {
    switch (o->finding.status) {
    case Status::missed:
    case Status::broken: breaches.occurrences.push_back(o); break;
    case Status::open: next.occurrences.push_back(o); break;
    case Status::upcoming:
      if (++upcoming <= upcoming_max)
        next.occurrences.push_back(o);
      else
        ++next.left_out;
      break;
    case Status::cannot_assess: unclear.occurrences.push_back(o); break;
    case Status::lapsed: lapsed.occurrences.push_back(o); break;
    case Status::met_late:
    case Status::waived: late.occurrences.push_back(o); break;
    case Status::met: met.occurrences.push_back(o); break;
    }
  }
  // Those that fail the audit before those that only warn.
  std::stable_partition(breaches.occurrences.begin(), breaches.occurrences.end(),
                        [](const Occurrence* o) { return violates(*o); });
  std::vector<Section> all;
  for (Section* section : {&breaches, &next, &unclear, &lapsed, &late, &met})
    if (!section->occurrences.empty()) all.push_back(std::move(*section));
  return all;
}

std::vector<Fact> head(const AuditResult& result, Language language) {
  const bool sv = language == Language::sv;
  const program::Program& program = result.program();
  std::vector<Fact> facts;
  facts.push_back(
      {sv ? "Överenskommelse" : "Agreement",
       fmt::format("{} ({})", program.text(program.title != 0 ? program.title : program.name),
                   result.agreement)});
  std::vector<std::string> numbers;
  for (const program::Registration& row : program.registrations)
    numbers.push_back(
        fmt::format("{} ({})", program.text(row.number), label(result.ground(), row.party)));
  if (!numbers.empty())
    facts.push_back({sv ? "Diarienummer" : "Registered as", listed(numbers, language)});
  const engine::Book& book = result.book();
  facts.push_back({sv ? "Avtalstid" : "Term", dates(book.term_first, book.expiry, language)});
  facts.push_back({sv ? "Läget per" : "As of", moment(result, result.as_of, language)});
  facts.push_back({sv ? "Känt" : "As known", moment(result, result.known_at, language)});
  std::string events = fmt::format("{}", book.events);
  if (book.events > 0)
    events +=
        fmt::format(", {} {}", sv ? "den sista" : "the last on", date(book.last_event, language));
  facts.push_back({sv ? "Händelser" : "Events", events});
  facts.push_back({sv ? "Regeltext" : "Rules", result.program_hash});
  std::vector<std::string> readings;
  for (const ReadingUsed& row : result.readings)
    readings.push_back(
        fmt::format("{}={} {}", row.clause, row.reading, quoted(row.label, language)));
  if (!readings.empty())
    facts.push_back({sv ? "Tolkningar" : "Readings", listed(readings, language)});
  return facts;
}

std::string summary_text(const AuditResult& result, Language language) {
  std::vector<std::string> parts;
  for (const Status status :
       {Status::broken, Status::missed, Status::met_late, Status::cannot_assess, Status::lapsed,
        Status::met, Status::waived, Status::open, Status::upcoming})
    if (const int n = result.count(status); n > 0)
      parts.push_back(fmt::format("{} {}", n, plural(status, n, language)));
  if (parts.empty()) return language == Language::sv ? "inga tillfällen" : "no occurrences";
  return listed(parts, language);
}

std::string dates_text(const AuditResult& result, const Occurrence& occurrence, Language language) {
  const bool sv = language == Language::sv;
  const engine::Finding& finding = occurrence.finding;
  const program::Form form = acting(result, occurrence).form;
  const bool one_day = form == program::Form::constraint || form == program::Form::prohibition ||
                       form == program::Form::power || form == program::Form::alternation ||
                       form == program::Form::rotation || form == program::Form::precedence;
  std::string text =
      one_day ? date(finding.opens, language) : dates(finding.opens, finding.due, language);
  if (finding.nominal_due != finding.due && finding.nominal_due != calendar::day_max)
    text += fmt::format(", {} {}", sv ? "flyttat från" : "moved from",
                        date(finding.nominal_due, language));
  return text;
}

std::string owners_text(const AuditResult& result, const Occurrence& occurrence,
                        Language language) {
  const program::Rule& rule = acting(result, occurrence);
  std::vector<std::string> names;
  for (std::uint32_t i = 0; i < rule.owners.count; ++i)
    names.push_back(label(result.ground(), result.program().symbol_lists[rule.owners.first + i]));
  return listed(names, language);
}

std::string title_text(const AuditResult& result, const Occurrence& occurrence) {
  const program::Rule& rule = acting(result, occurrence);
  std::string text(result.program().text(rule.title != 0 ? rule.title : rule.clause));
  if (rule.source != 0) text += fmt::format(" ({})", result.program().text(rule.source));
  return text;
}

std::string account_text(const AuditResult& result, const Occurrence& occurrence,
                         Language language) {
  return account(result.ground(), engine::explain(result.ground(), occurrence),
                 result.history->zone(), language);
}

std::vector<Apart> apart(const AuditResult& result, Language language) {
  const bool sv = language == Language::sv;
  const program::Program& program = result.program();
  std::vector<Apart> all;
  Apart parts{sv ? "Delar av perioder som inte bedöms" : "Part periods that are not assessed", {}};
  for (const engine::PartPeriod* row : result.part_periods)
    parts.lines.push_back(fmt::format(
        "{}: {}; {}", engine::occurrence_id(program, result.ground().symbols(), row->key),
        dates(row->first, row->last, language),
        sv ? fmt::format("{} av {} i en hel period", row->have, row->need)
           : fmt::format("{} of {} in a whole period", row->have, row->need)));
  Apart voids{sv ? "Händelser utan verkan" : "Events without effect", {}};
  for (const engine::VoidEvent* row : result.voids) {
    const std::string clause =
        row->rule == program::none
            ? std::string()
            : std::string(program.text(program.rules[row->rule].clause)) + ": ";
    voids.lines.push_back(clause + void_text(result.ground(), *row, language));
  }
  Apart silent{sv ? "Bestämmelser utan något tillfälle" : "Clauses without an occurrence", {}};
  for (const std::string& clause : result.without_occasion)
    for (const program::Rule& rule : program.rules)
      if (program.text(rule.clause) == clause) {
        const std::string title(program.text(rule.title));
        const std::string source(program.text(rule.source));
        silent.lines.push_back(clause + (title.empty() ? "" : ": " + title) +
                               (source.empty() ? "" : " (" + source + ")"));
        break;
      }
  for (Apart* part : {&parts, &voids, &silent})
    if (!part->lines.empty()) all.push_back(std::move(*part));
  return all;
}

}  // namespace samrad::reports
