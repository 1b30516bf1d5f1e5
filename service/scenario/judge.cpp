// A leaf for each kind of expectation; the first thing that is not as expected decides.

#include "service/scenario/judge.h"

#include "rules/calendar/date.h"
#include "rules/diagnostics/near.h"
#include "service/reports/sentences.h"

namespace samrad::scenario {

namespace {

using engine::Occurrence;
using reports::AuditResult;
using Names = std::vector<std::string>;

Result passed() { return {.passed = true}; }

Result failed(std::string expected, std::string found) {
  return {.passed = false, .expected = std::move(expected), .found = std::move(found)};
}

std::string listed(const Names& names) {
  std::string text;
  for (const std::string& name : names)
    text += (text.empty() ? "" : ", ") + name;
  return text.empty() ? "nothing" : text;
}

// An identity is `source#id`; a scenario may name an event by its id alone.
bool names_event(std::string_view identity, std::string_view id) {
  if (identity == id) return true;
  return identity.size() > id.size() && identity.ends_with(id) &&
         identity[identity.size() - id.size() - 1] == '#';
}

std::string id_of(std::string_view identity) {
  const std::size_t hash = identity.find('#');
  return std::string(hash == std::string_view::npos ? identity : identity.substr(hash + 1));
}

Names texts(const AuditResult& audit, const std::vector<program::Symbol>& symbols) {
  Names all;
  for (program::Symbol symbol : symbols)
    all.emplace_back(audit.basis->symbols->text(symbol));
  return all;
}

bool has_event(const Names& identities, const std::string& id) {
  for (const std::string& identity : identities)
    if (names_event(identity, id)) return true;
  return false;
}

Names ids(const Names& identities) {
  Names all;
  for (const std::string& identity : identities)
    all.push_back(id_of(identity));
  return all;
}

bool contains(const Names& all, const std::string& one) {
  for (const std::string& name : all)
    if (name == one) return true;
  return false;
}

std::string explained(const AuditResult& audit, const Occurrence& one,
                      calendar::Language language) {
  const engine::Reason root = engine::explain(audit.ground(), one);
  return reports::paragraph(audit.ground(), root, audit.history->zone(), language);
}

std::string shown(calendar::Day day) {
  return day == calendar::day_max ? "no due day" : calendar::iso(day);
}

std::string status_shown(const Occurrence& one) {
  const engine::Finding& f = one.finding;
  std::string text(words(f.status));
  if (f.need > 1 || f.have > 1)
    text += ", " + std::to_string(f.have) + " of " + std::to_string(f.need);
  if (f.due != calendar::day_max) text += ", due " + calendar::iso(f.due);
  return text;
}

Names owners(const AuditResult& audit, const Occurrence& one) {
  const program::Program& program = audit.program();
  const program::Range range = audit.rule(one).owners;
  Names all;
  for (std::uint32_t i = 0; i < range.count; ++i)
    all.emplace_back(program.text(program.symbol_lists[range.first + i]));
  return all;
}

// What is said of the occurrence besides its status.
Result sides(const AuditResult& audit, const Expectation& e, const Occurrence& one) {
  const engine::Finding& f = one.finding;
  const Names evidence = texts(audit, f.evidence);
  for (const std::string& id : e.because)
    if (!has_event(evidence, id))
      return failed("because " + listed(e.because), "because " + listed(ids(evidence)));
  for (const std::string& id : e.not_because)
    if (has_event(evidence, id))
      return failed("not because " + listed(e.not_because), "because " + listed(ids(evidence)));
  const Names missing = texts(audit, f.missing);
  for (const std::string& name : e.missing)
    if (!contains(missing, name))
      return failed("missing " + listed(e.missing), "missing " + listed(missing));
  for (const std::string& name : e.owners)
    if (const Names found = owners(audit, one); !contains(found, name))
      return failed("owner " + listed(e.owners), "owner " + listed(found));
  if (!e.due.empty() && shown(f.due) != e.due) return failed("due " + e.due, "due " + shown(f.due));
  if (!e.opens.empty() && shown(f.opens) != e.opens)
    return failed("opens " + e.opens, "opens " + shown(f.opens));
  const std::string settled = engine::settled(f.status) ? shown(f.settled) : "not settled";
  if (!e.settled.empty() && settled != e.settled)
    return failed("settled " + e.settled, "settled " + settled);
  if (e.have && *e.have != f.have)
    return failed("have " + std::to_string(*e.have), "have " + std::to_string(f.have));
  return passed();
}

Result unknown(const AuditResult& audit, const std::string& id) {
  std::vector<std::string_view> known;
  for (const Occurrence& one : audit.book().occurrences)
    known.push_back(one.id);
  const std::string near = rules::did_you_mean(id, known);
  return failed("occurrence " + id, "no such occurrence" + (near.empty() ? "" : "; " + near));
}

Result occurrence(const AuditResult& audit, const Expectation& e, calendar::Language language) {
  const Occurrence* one = audit.find(e.occurrence);
  if (one == nullptr) return unknown(audit, e.occurrence);
  const bool as_expected = e.statuses.empty() || one->finding.status == e.statuses[0];
  Result result = as_expected ? sides(audit, e, *one)
                              : failed(std::string(words(e.statuses[0])), status_shown(*one));
  if (!result.passed) result.explanation = explained(audit, *one, language);
  return result;
}

// Without a clause named, `violations` are those that make an audit fail.
Result count(const AuditResult& audit, const Expectation& e, calendar::Language language) {
  const bool violations = e.statuses.size() > 1;
  std::size_t found = 0;
  Names which;
  const Occurrence* first = nullptr;
  bool known_clause = e.clause.empty();
  for (const program::Rule& rule : audit.program().rules)
    known_clause = known_clause || audit.program().text(rule.clause) == e.clause;
  if (!known_clause) return failed("clause " + e.clause, "no such clause");
  for (const Occurrence& one : audit.book().occurrences) {
    if (!e.clause.empty() && audit.program().text(audit.rule(one).clause) != e.clause) continue;
    if (violations ? !reports::violates(one) : one.finding.status != e.statuses[0]) continue;
    ++found;
    if (first == nullptr) first = &one;
    if (which.size() < 12) which.push_back(one.id);
  }
  if (found == e.count) return passed();
  const std::string what = violations ? "violations" : std::string(words(e.statuses[0]));
  Result result =
      failed(std::to_string(e.count) + " " + what + (e.clause.empty() ? "" : " in " + e.clause),
             std::to_string(found) +
                 (found == 0 ? "" : ": " + listed(which) + (found > which.size() ? ", …" : "")));
  if (first != nullptr && e.count == 0) result.explanation = explained(audit, *first, language);
  return result;
}

std::string void_reason(const AuditResult& audit, const engine::VoidEvent& one,
                        calendar::Language language) {
  engine::Reason reason{.kind = engine::ReasonKind::note};
  reason.why = one.note.why;
  reason.rule = one.rule;
  reason.event = one.note.event;
  reason.text = one.note.text;
  reason.expected = one.note.expected;
  reason.actual = one.note.actual;
  reason.day = one.note.day;
  return reports::note_text(audit.ground(), reason, language);
}

Result void_event(const AuditResult& audit, const Expectation& e, calendar::Language language) {
  const bool wanted = e.kind == Expectation::Kind::is_void;
  bool known = false;
  for (const engine::Event& event : audit.basis->events)
    known = known || names_event(audit.basis->symbols->text(event.identity), e.id);
  for (const engine::VoidEvent& one : audit.book().voids) {
    if (!names_event(audit.basis->symbols->text(one.event), e.id)) continue;
    const std::string reason = void_reason(audit, one, language);
    if (!wanted) return failed("not void " + e.id, "void: " + reason);
    if (e.text.empty() || reason.find(e.text) != std::string::npos) return passed();
    return failed("void because “" + e.text + "”", "void because “" + reason + "”");
  }
  if (!known) return failed("event " + e.id, "no such event");
  return wanted ? failed("void " + e.id, "the event has effect") : passed();
}

Result part_period(const AuditResult& audit, const Expectation& e) {
  Names known;
  for (const engine::PartPeriod& part : audit.book().part_periods) {
    known.push_back(engine::occurrence_id(audit.program(), *audit.basis->symbols, part.key));
    if (known.back() == e.occurrence) return passed();
  }
  return failed("part period " + e.occurrence, "part periods: " + listed(known));
}

Result explanation(const AuditResult& audit, const Expectation& e, calendar::Language language) {
  const Occurrence* one = audit.find(e.occurrence);
  if (one == nullptr) return unknown(audit, e.occurrence);
  for (calendar::Language tried : {calendar::Language::sv, calendar::Language::en}) {
    if (!e.language.empty() && e.language != (tried == calendar::Language::sv ? "sv" : "en"))
      continue;
    if (explained(audit, *one, tried).find(e.text) != std::string::npos) return passed();
  }
  if (!e.language.empty())
    language = e.language == "sv" ? calendar::Language::sv : calendar::Language::en;
  Result result = failed("explanation contains “" + e.text + "”", "it does not");
  result.explanation = explained(audit, *one, language);
  return result;
}

}  // namespace

Result judge(const AuditResult& audit, const Expectation& e, calendar::Language language) {
  switch (e.kind) {
  case Expectation::Kind::occurrence: return occurrence(audit, e, language);
  case Expectation::Kind::no_occurrence:
    if (const Occurrence* one = audit.find(e.occurrence))
      return failed("no " + e.occurrence, status_shown(*one));
    return passed();
  case Expectation::Kind::part_period: return part_period(audit, e);
  case Expectation::Kind::count: return count(audit, e, language);
  case Expectation::Kind::is_void:
  case Expectation::Kind::not_void: return void_event(audit, e, language);
  case Expectation::Kind::explanation: return explanation(audit, e, language);
  }
  return passed();
}

}  // namespace samrad::scenario
