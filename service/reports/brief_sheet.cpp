// The words of the sheet. A function a section, in the order of the page.

#include "service/reports/brief_sheet.h"

#include <algorithm>

#include "service/reports/sections.h"
#include "service/reports/sentences.h"
#include "service/reports/words.h"

namespace samrad::reports {

namespace {

using program::Symbol;

// Swedish or English.
std::string said(Language language, std::string_view sv, std::string_view en) {
  return std::string(language == Language::sv ? sv : en);
}

std::string clause_label(const program::Program& program, const program::Rule& rule) {
  return std::string(program.text(rule.title != 0 ? rule.title : rule.clause));
}

Tone tone_of(const Occurrence& one) {
  switch (one.finding.status) {
  case Status::missed:
  case Status::broken:
    return one.severity == program::Severity::error && !one.finding.presumed ? Tone::bad
                                                                             : Tone::warning;
  case Status::met: return Tone::good;
  case Status::met_late:
  case Status::lapsed:
  case Status::cannot_assess: return Tone::warning;
  case Status::upcoming:
  case Status::open:
  case Status::waived: break;
  }
  return Tone::plain;
}

std::string dates_of(const Occurrence& one, Language language) {
  const engine::Finding& f = one.finding;
  std::string text;
  if (f.due == calendar::day_max)
    text = said(language, "från ", "from ") + date(f.opens, language);
  else if (f.opens == f.due)
    text = date(f.due, language);
  else
    text = dates(f.opens, f.due, language);
  if (engine::settled(f.status))
    text += said(language, "; avgjort ", "; settled ") + date(f.settled, language);
  return text;
}

std::string labels(const engine::Ground& ground, const std::vector<Symbol>& symbols,
                   Language language, bool alternatives = false) {
  std::vector<std::string> names;
  for (Symbol symbol : symbols)
    names.push_back(label(ground, symbol));
  return listed(names, language, alternatives);
}

SheetSection breaches(const Brief& brief, Language language) {
  SheetSection section{said(language, "Brister nu", "In breach now"), {}, {}};
  const auto group = [&](std::string heading, const std::vector<const Occurrence*>& occurrences) {
    if (occurrences.empty()) return;
    SheetGroup made{std::move(heading), {}};
    for (const Occurrence* one : occurrences)
      made.lines.push_back(
          sheet_line(brief.audit.ground(), *one, brief.audit.history->zone(), language));
    section.groups.push_back(std::move(made));
  };
  const std::string since =
      brief.previous ? said(language, "Sedan förra mötet ", "Since the previous meeting, ") +
                           date(*brief.previous, language)
                     : std::string();
  group(since, brief.breached);
  group(said(language, "Tidigare", "Earlier"), brief.breached_before);
  if (section.groups.empty())
    section.notes.push_back(
        said(language, "Inget är försummat eller brutet.", "Nothing is missed or broken."));
  return section;
}

SheetSection due_before_next(const Brief& brief, Language language) {
  SheetSection section{said(language, "Förfaller före nästa möte", "Due before the next meeting"),
                       {next_reason(brief, language)},
                       {}};
  std::vector<std::size_t> shown;
  for (const OwnerDeadlines& group : brief.due_by_owner) {
    SheetGroup made{group.owner != 0 ? label(brief.audit.ground(), group.owner)
                                     : said(language, "Utan ansvarig", "Without owner"),
                    {}};
    for (std::size_t i : group.deadlines) {
      made.lines.push_back(sheet_line(brief.audit.ground(), *brief.due[i].occurrence,
                                      brief.audit.history->zone(), language));
      if (std::find(shown.begin(), shown.end(), i) != shown.end())
        made.lines.back().reason = said(language, "Se ovan.", "See above.");
      else
        shown.push_back(i);
    }
    section.groups.push_back(std::move(made));
  }
  if (section.groups.empty())
    section.notes.push_back(said(language, "Inget förfaller.", "Nothing falls due."));
  return section;
}

SheetSection chair(const Brief& brief, Language language) {
  SheetSection section{said(language, "Vems tur det är", "Whose turn it is"), {}, {}};
  const program::Program& program = brief.audit.program();
  for (const Turn& turn : brief.turns) {
    const program::Rule& rule = program.rules[turn.rule];
    SheetLine line;
    line.id = std::string(program.text(rule.clause));
    line.title = clause_label(program, rule);
    line.source = std::string(program.text(rule.source));
    line.verdict = turn.known ? labels(brief.audit.ground(), turn.may, language, true)
                              : said(language, "kan inte sägas", "cannot say");
    line.tone = turn.known ? Tone::plain : Tone::warning;
    line.dates = date(brief.on, language);
    line.reason = turn_reason(turn, brief.audit.history->zone(), language);
    if (section.groups.empty()) section.groups.emplace_back();
    section.groups.back().lines.push_back(std::move(line));
  }
  if (brief.turns.empty())
    section.notes.push_back(said(language, "Ingen bestämmelse säger vems tur det är.",
                                 "No clause says whose turn it is."));
  return section;
}

SheetSection waiting(const Brief& brief, Language language) {
  SheetSection section{said(language, "Väntar på forumet", "Waiting for the forum"), {}, {}};
  if (brief.waiting.empty())
    section.notes.push_back(said(language, "Inget beslut väntar.", "No decision is waiting."));
  else
    section.groups.emplace_back();
  for (const Occurrence* one : brief.waiting)
    section.groups.back().lines.push_back(
        sheet_line(brief.audit.ground(), *one, brief.audit.history->zone(), language));
  return section;
}

// Which group of the last section an effect belongs to.
enum class Outcome : std::uint8_t { settles, breaks, counts, begins, unknown, other };

Outcome outcome_of(const Effect& effect) {
  if (effect.after == nullptr) return Outcome::other;
  switch (effect.after->finding.status) {
  case Status::met:
  case Status::met_late:
  case Status::waived: return Outcome::settles;
  case Status::missed:
  case Status::broken:
  case Status::lapsed: return Outcome::breaks;
  case Status::cannot_assess: return Outcome::unknown;
  case Status::open:
    if (effect.before == nullptr) return Outcome::begins;
    return effect.before->finding.have < effect.after->finding.have ? Outcome::counts
                                                                    : Outcome::other;
  case Status::upcoming: break;
  }
  return Outcome::other;
}

// The planned meeting has an id that nobody has seen: `[planned-meeting-2017-09-12]` says nothing
// that the date has not said.
std::string without_planned_id(std::string reason, calendar::Day on) {
  const std::string tail = "-" + calendar::iso(on) + "]";
  for (std::size_t at = reason.find(" [planned-"); at != std::string::npos;
       at = reason.find(" [planned-", at)) {
    const std::size_t end = reason.find(tail, at);
    if (end == std::string::npos) break;
    reason.erase(at, end + tail.size() - at);
  }
  return reason;
}

// What is taken for granted of the planned meeting.
void add_assumptions(const Brief& brief, Language language, std::vector<std::string>& notes) {
  const program::Program& program = brief.audit.program();
  for (const Turn& turn : brief.turns) {
    if (!turn.known || turn.may.size() != 1) continue;
    const program::Rule& rule = program.rules[turn.rule];
    const program::EventType& type = program.event_types[program.patterns[rule.pattern].type];
    notes.push_back(
        said(language, "Antaget: ”", "Assumed: “") +
        field_name(brief.audit.ground(), program.fields[type.fields.first + rule.slot], language) +
        said(language, "” är ", "” is ") + label(brief.audit.ground(), turn.may.front()) + ".");
  }
}

SheetSection effects(const Brief& brief, Language language) {
  SheetSection section{said(language, "Om mötet hålls ", "If the meeting is held on ") +
                           the_date(brief.on, language),
                       {},
                       {}};
  if (brief.on_record) {
    section.notes.push_back(
        said(language, "Mötet är redan noterat.", "The meeting is already on record."));
    return section;
  }
  add_assumptions(brief, language, section.notes);
  const std::pair<Outcome, std::string> groups[] = {
      {Outcome::breaks, said(language, "Det bryter mot", "It breaks")},
      {Outcome::settles, said(language, "Det uppfyller", "It meets")},
      {Outcome::counts, said(language, "Det räknas till", "It counts towards")},
      {Outcome::begins, said(language, "Det sätter igång", "It starts")},
      {Outcome::unknown, said(language, "Kan inte bedömas med det som är känt",
                              "Cannot be assessed with what is known")},
      {Outcome::other, said(language, "Det ändrar", "It changes")}};
  for (const auto& [outcome, heading] : groups) {
    SheetGroup group{heading, {}};
    for (const Effect& effect : brief.effects) {
      if (outcome_of(effect) != outcome) continue;
      const Occurrence& shown = effect.after != nullptr ? *effect.after : *effect.before;
      const engine::Ground& ground =
          effect.after != nullptr ? *brief.with->ground : *brief.without->ground;
      SheetLine line = sheet_line(ground, shown, brief.audit.history->zone(), language);
      const bool differs = effect.before != nullptr && effect.after != nullptr &&
                           effect.before->finding.status != shown.finding.status;
      line.reason = without_planned_id(std::move(line.reason), brief.on);
      if (differs)
        line.verdict =
            std::string(words(effect.before->finding.status, language)) + " → " + line.verdict;
      group.lines.push_back(std::move(line));
    }
    if (!group.lines.empty()) section.groups.push_back(std::move(group));
  }
  if (!brief.to_record.empty()) {
    std::vector<std::string> names;
    for (Symbol name : brief.to_record)
      names.emplace_back(brief.audit.program().text(name));
    section.notes.push_back(said(language, "Anteckna vid mötet: ", "Record at the meeting: ") +
                            listed(names, language) + ".");
  }
  if (section.groups.empty())
    section.notes.push_back(said(language, "Ingen bedömning ändras.", "No verdict changes."));
  return section;
}

SheetSection unassessed(const Brief& brief, Language language) {
  SheetSection section{said(language, "Kan inte bedömas", "Cannot be assessed"), {}, {}};
  if (brief.unassessed.empty())
    section.notes.push_back(said(language, "Allt kan bedömas.", "Everything can be assessed."));
  else
    section.groups.emplace_back();
  for (const Unassessed& row : brief.unassessed) {
    const Occurrence& first = *row.occurrences.front();
    SheetLine line = sheet_line(brief.audit.ground(), first, brief.audit.history->zone(), language);
    if (row.occurrences.size() > 1) {
      line.id += said(language, " med flera (", " and more (") +
                 std::to_string(row.occurrences.size()) + ")";
      line.reason.clear();
    }
    std::vector<std::string> missing;
    for (Symbol name : row.missing)
      if (std::string named = missing_name(brief.audit.ground(), name, language);
          line.reason.find(named) == std::string::npos)
        missing.push_back(std::move(named));
    if (!missing.empty())
      line.reason += (line.reason.empty() ? "" : " ") + said(language, "Saknas: ", "Missing: ") +
                     listed(missing, language) + ".";
    section.groups.back().lines.push_back(std::move(line));
  }
  return section;
}

std::vector<std::pair<std::string, std::string>> facts(const Brief& brief, Language language) {
  const program::Program& program = brief.audit.program();
  std::vector<std::pair<std::string, std::string>> all;
  for (const program::Registration& one : program.registrations)
    all.emplace_back(said(language, "Diarienummer", "Registered"),
                     std::string(program.text(one.number)) + " (" +
                         label(brief.audit.ground(), one.party) + ")");
  all.emplace_back(said(language, "Läget per", "As of"),
                   moment(brief.audit, brief.audit.as_of, language));
  if (brief.audit.known_at_given)
    all.emplace_back(said(language, "Känt", "As known"),
                     moment(brief.audit, brief.audit.known_at, language));
  if (brief.previous)
    all.emplace_back(said(language, "Förra mötet", "Previous meeting"),
                     date(*brief.previous, language));
  for (const ReadingUsed& reading : brief.audit.readings)
    all.emplace_back(said(language, "Tolkning", "Reading"),
                     reading.clause + " = " + reading.reading + ": " + reading.label);
  return all;
}

// A paragraph begins with the clause and its source, which the line has said already.
std::string without_heading(std::string reason, const SheetLine& line) {
  const std::string heading =
      line.title + (line.source.empty() ? "" : " (" + line.source + ")") + ". ";
  return reason.starts_with(heading) ? reason.substr(heading.size()) : reason;
}

}  // namespace

SheetLine sheet_line(const engine::Ground& ground, const Occurrence& one, const record::Zone& zone,
                     Language language) {
  const program::Program& program = ground.program();
  const program::Rule& rule = ground.rule(one);
  SheetLine line;
  line.id = one.id;
  line.title = clause_label(program, rule);
  line.source = std::string(program.text(rule.source));
  line.verdict = std::string(words(one.finding.status, language));
  if (one.finding.need > 1)
    line.verdict += " (" + std::to_string(one.finding.have) + said(language, " av ", " of ") +
                    std::to_string(one.finding.need) + ")";
  line.tone = tone_of(one);
  line.dates = dates_of(one, language);
  std::vector<Symbol> owners;
  for (std::uint32_t i = 0; i < rule.owners.count; ++i)
    owners.push_back(program.symbol_lists[rule.owners.first + i]);
  line.owners = labels(ground, owners, language);
  line.reason =
      without_heading(paragraph(ground, engine::explain(ground, one), zone, language), line);
  return line;
}

std::string turn_reason(const Turn& turn, const record::Zone& zone, Language language) {
  std::string text;
  for (const engine::Note& note : turn.judged->finding.notes) {
    if (note.why == engine::Why::previous && note.actual.symbol != 0)
      text = said(language, "Förra gången: ", "Last time: ") +
             label(*turn.trial->ground, note.actual.symbol) + ", " +
             event(*turn.trial->ground, note.event, language) + ".";
    if (note.why == engine::Why::first_turn)
      text = said(language, "Det är första gången: vem som helst av dem kan börja.",
                  "It is the first time: any of them may begin.");
  }
  if (!text.empty() && turn.known) return text;
  return paragraph(*turn.trial->ground, engine::explain(*turn.trial->ground, *turn.judged), zone,
                   language);
}

std::string next_reason(const Brief& brief, Language language) {
  const std::string day = date(brief.next.day, language);
  if (brief.next.demanded_by == nullptr)
    return said(language,
                "Ingen bestämmelse kräver ett möte till; bladet ser 90 dagar framåt, till ",
                "No clause demands another meeting; the sheet looks 90 days ahead, to ") +
           day + ".";
  const program::Rule& rule = brief.audit.program().rules[brief.next.demanded_by->finding.key.rule];
  return said(language, "Nästa möte senast ", "Next meeting by ") + day +
         said(language, ", då ", ", as ") + brief.next.demanded_by->id + " (" +
         std::string(brief.audit.program().text(rule.source != 0 ? rule.source : rule.clause)) +
         ")" + said(language, " kräver ett till utöver detta.", " demands another after this one.");
}

Sheet sheet(const Brief& brief, Language language) {
  const program::Program& program = brief.audit.program();
  Sheet made;
  made.language = said(language, "sv", "en");
  made.title = label(brief.audit.ground(), brief.forum) + ", " + date(brief.on, language);
  made.subtitle = std::string(program.text(program.title != 0 ? program.title : program.name));
  made.facts = facts(brief, language);
  made.sections = {breaches(brief, language), due_before_next(brief, language),
                   chair(brief, language),    waiting(brief, language),
                   effects(brief, language),  unassessed(brief, language)};
  return made;
}

}  // namespace samrad::reports
