// What a clause asks for, said of an occurrence of which no more is known than its row: without the events that it is about.

#include "engine/explain_time.h"
#include "service/reports/sentences.h"
#include "service/watch/duties.h"

namespace samrad::watch {

namespace {

using calendar::Day;

// The window of a row is named by its first day; all else by its due day.
engine::Finding finding_of(const program::Program& program, const program::Rule& rule,
                           const store::Verdict& verdict) {
  engine::Finding finding;
  finding.key.rule = static_cast<program::Index>(&rule - program.rules.data());
  finding.opens = calendar::parse_iso(verdict.opens).value_or(program.term_first);
  finding.due = calendar::parse_iso(verdict.due).value_or(calendar::day_max);
  finding.nominal_due = finding.due;
  finding.key.day = finding.opens;
  finding.need = static_cast<std::int32_t>(rule.times);
  return finding;
}

}  // namespace

alerts::Wording demand_of(const program::Program& program, const store::Verdict& verdict) {
  const program::Rule* rule = rule_of(program, verdict);
  if (!rule) return {};
  const engine::Finding finding = finding_of(program, *rule, verdict);
  const engine::Symbols symbols(program);
  engine::Book book;
  book.term_first = program.term_first;
  book.expiry = program.term_last;
  const engine::Ground ground(program, symbols, {}, book);
  const program::Index row = finding.key.rule;
  engine::Reason root = engine::reason_of(engine::ReasonKind::occurrence, row, finding);
  root.children.push_back(engine::explain_time(ground, *rule, row, finding));
  root.children.push_back(engine::reason_of(engine::ReasonKind::verdict, row, finding));
  root.children.back().need = finding.need;
  using calendar::Language;
  return {reports::demand_text(ground, root, Language::sv),
          reports::demand_text(ground, root, Language::en)};
}

}  // namespace samrad::watch
