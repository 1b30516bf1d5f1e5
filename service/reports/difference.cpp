// Two audits side by side: occurrences by id, and the revisions that either side rests on. Entry point: difference.

#include "service/reports/difference.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "service/reports/sections.h"
#include "service/reports/words.h"

namespace samrad::reports {

namespace {

using record::Revision;

void collect(const AuditResult& result, const Occurrence* o, std::set<std::string_view>& names) {
  if (!o) return;
  const engine::Symbols& symbols = result.ground().symbols();
  for (const program::Symbol name : o->finding.evidence)
    names.insert(symbols.text(name));
  for (const engine::Note& note : o->finding.notes)
    names.insert(symbols.text(note.event));
  names.insert(symbols.text(o->finding.key.identity));
}

std::string_view kind_code(Revision::Kind kind) {
  switch (kind) {
  case Revision::Kind::recorded: return "recorded";
  case Revision::Kind::corrected: return "corrected";
  case Revision::Kind::withdrawn: return "withdrawn";
  case Revision::Kind::restored: return "restored";
  }
  return "";
}

std::string revision_text(const Revision& r, Language language) {
  const bool sv = language == Language::sv;
  std::string what;
  switch (r.kind) {
  case Revision::Kind::recorded: what = sv ? "registrerades" : "was recorded on"; break;
  case Revision::Kind::corrected: what = sv ? "rättades" : "was corrected on"; break;
  case Revision::Kind::withdrawn: what = sv ? "återkallades" : "was withdrawn on"; break;
  case Revision::Kind::restored: what = sv ? "återställdes" : "was restored on"; break;
  }
  std::string text = fmt::format("{} ({}) {} {}", r.event, date(r.happened, language), what,
                                 the_date(r.recorded.moment.day, language));
  if (!r.cause.empty()) text += fmt::format(" {} {}", sv ? "genom" : "by", r.cause);
  return text;
}

std::string side(const Occurrence* o, Language language) {
  if (!o) return language == Language::sv ? "fanns inte" : "was not there";
  return std::string(words(o->finding.status, language));
}

// "bruten → uppfylld"; where the verdict stays, what else is new.
std::string change_text(const Changed& row, Language language) {
  const bool sv = language == Language::sv;
  if (!row.after)
    return side(row.before, language) + " → " + (sv ? "finns inte längre" : "is gone");
  if (!row.before || row.before->finding.status != row.after->finding.status)
    return side(row.before, language) + " → " + side(row.after, language);
  const std::string as_before =
      side(row.after, language) + (sv ? " som förut, men " : " as before, but ");
  if (row.before->finding.due != row.after->finding.due)
    return as_before + (sv ? "med en annan förfallodag" : "with another due day");
  return as_before + (sv ? "på andra händelser" : "on other events");
}

nlohmann::ordered_json side_json(const Occurrence* o) {
  if (!o) return nullptr;
  const engine::Finding& f = o->finding;
  const bool due = f.due != calendar::day_max;
  return {{"status", code(f.status)},
          {"due", due ? nlohmann::ordered_json(calendar::iso(f.due)) : nlohmann::ordered_json()},
          {"have", f.have},
          {"need", f.need}};
}

nlohmann::ordered_json revision_json(const Difference& d, const Revision& r) {
  nlohmann::ordered_json json = {{"event", r.event}, {"kind", kind_code(r.kind)}};
  json["by"] = r.cause.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(r.cause);
  json["happened"] = calendar::iso(r.happened);
  json["recorded"] = r.recorded.text(d.after.history->zone());
  return json;
}

nlohmann::ordered_json question(const AuditResult& result) {
  const record::Zone& zone = result.history->zone();
  return {{"asOf", result.as_of.text(zone)}, {"knownAt", zone.rfc3339(result.known_at.moment.utc)}};
}

}  // namespace

Difference difference(AuditResult before, AuditResult after) {
  Difference d{std::move(before), std::move(after), {}, {}};
  d.revisions = d.after.history->revisions(d.before.known_at.instant(), d.after.known_at.instant());
  for (const engine::Change& change : engine::difference(d.before.book(), d.after.book())) {
    Changed row{change.id, change.before, change.after, {}};
    std::set<std::string_view> names;
    collect(d.before, change.before, names);
    collect(d.after, change.after, names);
    for (const Revision& r : d.revisions)
      if (names.count(r.event) > 0 || (!r.cause.empty() && names.count(r.cause) > 0))
        row.causes.push_back(r);
    d.changed.push_back(std::move(row));
  }
  std::sort(d.changed.begin(), d.changed.end(),
            [](const Changed& a, const Changed& b) { return a.id < b.id; });
  return d;
}

std::string difference_text(const Difference& d, const TextStyle& style) {
  const bool sv = style.language == Language::sv;
  const auto fact = [&](const AuditResult& result, std::size_t i) {
    return head(result, style.language)[i];
  };
  std::string out = fact(d.after, 0).name + ": " + fact(d.after, 0).value + "\n";
  for (const AuditResult* result : {&d.before, &d.after}) {
    std::string line =
        result == &d.before ? (sv ? "Före:  " : "Before: ") : (sv ? "Efter: " : "After:  ");
    const record::Zone& zone = result->history->zone();
    line += fmt::format("{} {}, {} {}\n", sv ? "läget per" : "as of", result->as_of.text(zone),
                        sv ? "känt" : "as known", zone.rfc3339(result->known_at.moment.utc));
    out += line;
  }
  out += fmt::format("\n{}\n", sv ? "Tillkommet i registret" : "What came on record");
  if (d.revisions.empty()) out += sv ? "  Inget.\n" : "  Nothing.\n";
  for (const Revision& r : d.revisions)
    out += "  " + revision_text(r, style.language) + ".\n";
  out += fmt::format("\n{}\n", sv ? "Ändrade utfall" : "Verdicts that changed");
  if (d.changed.empty()) out += sv ? "  Inga.\n" : "  None.\n";
  for (const Changed& row : d.changed) {
    const Occurrence& any = row.after ? *row.after : *row.before;
    const AuditResult& result = row.after ? d.after : d.before;
    out += fmt::format("  {}: {}\n    {}\n", row.id, change_text(row, style.language),
                       title_text(result, any));
    if (row.causes.empty()) {
      const bool time = d.before.as_of.moment != d.after.as_of.moment;
      if (time) out += sv ? "    Tiden har gått.\n" : "    Time has passed.\n";
    }
    for (const Revision& r : row.causes)
      out += "    " + revision_text(r, style.language) + ".\n";
    if (row.after) out += "    " + account_text(d.after, *row.after, style.language) + "\n";
  }
  return out;
}

std::string difference_json(const Difference& d) {
  nlohmann::ordered_json json;
  json["agreement"] = d.after.agreement;
  json["program"] = d.after.program_hash;
  json["before"] = question(d.before);
  json["after"] = question(d.after);
  json["revisions"] = nlohmann::ordered_json::array();
  for (const Revision& r : d.revisions)
    json["revisions"].push_back(revision_json(d, r));
  json["changed"] = nlohmann::ordered_json::array();
  for (const Changed& row : d.changed) {
    nlohmann::ordered_json one = {
        {"id", row.id}, {"before", side_json(row.before)}, {"after", side_json(row.after)}};
    one["causes"] = nlohmann::ordered_json::array();
    for (const Revision& r : row.causes)
      one["causes"].push_back(revision_json(d, r));
    json["changed"].push_back(std::move(one));
  }
  return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

}  // namespace samrad::reports
