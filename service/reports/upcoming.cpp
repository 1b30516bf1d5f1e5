// Picks the duties that somebody must do something about, and turns them over to owners.

#include "service/reports/upcoming.h"

#include <algorithm>

#include "rules/calendar/duration.h"

namespace samrad::reports {

namespace {

using program::Form;
using program::Symbol;

// A duty to act: letting its due day pass would be a fault or a lost chance.
bool asks_for_an_act(const program::Rule& rule) {
  if (rule.form == Form::count) return rule.quantity != program::Quantity::at_most;
  return rule.form != Form::standing && rule.form != Form::prohibition &&
         rule.form != Form::validity;
}

Deadline deadline(const AuditResult& audit, const Occurrence& occurrence) {
  const program::Program& program = audit.program();
  const program::Rule& rule = audit.rule(occurrence);
  Deadline made{.occurrence = &occurrence,
                .owners = {},
                .warnings = {},
                .days_left = occurrence.finding.due - audit.as_of.moment.day};
  for (std::uint32_t i = 0; i < rule.owners.count; ++i)
    made.owners.push_back(program.symbol_lists[rule.owners.first + i]);
  for (std::uint32_t i = 0; i < rule.warnings.count; ++i) {
    const calendar::Duration ahead = program.durations[rule.warnings.first + i];
    made.warnings.push_back(
        {ahead, calendar::minus(occurrence.finding.due, ahead, program.holidays)});
  }
  std::stable_sort(made.warnings.begin(), made.warnings.end(),
                   [](const Warning& a, const Warning& b) { return a.day < b.day; });
  return made;
}

}  // namespace

std::vector<Deadline> deadlines(const AuditResult& audit, calendar::Day from,
                                calendar::Day through) {
  std::vector<Deadline> all;
  for (const Occurrence& one : audit.book().occurrences) {
    const engine::Finding& f = one.finding;
    if (engine::settled(f.status) || f.due < from || f.due > through || f.due == calendar::day_max)
      continue;
    if (asks_for_an_act(audit.rule(one))) all.push_back(deadline(audit, one));
  }
  return all;
}

std::vector<OwnerDeadlines> by_owner(const AuditResult& audit,
                                     const std::vector<Deadline>& deadlines) {
  std::vector<OwnerDeadlines> groups;
  const auto group = [&](Symbol owner) -> OwnerDeadlines& {
    for (OwnerDeadlines& one : groups)
      if (one.owner == owner) return one;
    return groups.emplace_back(OwnerDeadlines{owner, {}});
  };
  const program::Program& program = audit.program();
  for (const program::Rule& rule : program.rules)
    for (std::uint32_t i = 0; i < rule.owners.count; ++i)
      (void)group(program.symbol_lists[rule.owners.first + i]);
  for (std::size_t i = 0; i < deadlines.size(); ++i)
    if (!deadlines[i].owners.empty())
      for (Symbol owner : deadlines[i].owners)
        group(owner).deadlines.push_back(i);
  for (std::size_t i = 0; i < deadlines.size(); ++i)
    if (deadlines[i].owners.empty()) group(0).deadlines.push_back(i);
  groups.erase(std::remove_if(groups.begin(), groups.end(),
                              [](const OwnerDeadlines& g) { return g.deadlines.empty(); }),
               groups.end());
  return groups;
}

Upcoming upcoming(AuditResult audit, calendar::Day through,
                  const std::vector<std::string>& owners) {
  Upcoming made{std::move(audit), {}, through, {}, {}};
  made.from = made.audit.as_of.moment.day;
  made.deadlines = deadlines(made.audit, made.from, through);
  if (!owners.empty()) {
    const auto wanted = [&](Symbol owner) {
      return std::find(owners.begin(), owners.end(), made.audit.program().text(owner)) !=
             owners.end();
    };
    made.deadlines.erase(std::remove_if(made.deadlines.begin(), made.deadlines.end(),
                                        [&](const Deadline& d) {
                                          return std::none_of(d.owners.begin(), d.owners.end(),
                                                              wanted);
                                        }),
                         made.deadlines.end());
    made.by_owner = by_owner(made.audit, made.deadlines);
    made.by_owner.erase(std::remove_if(made.by_owner.begin(), made.by_owner.end(),
                                       [&](const OwnerDeadlines& g) { return !wanted(g.owner); }),
                        made.by_owner.end());
  } else {
    made.by_owner = by_owner(made.audit, made.deadlines);
  }
  return made;
}

}  // namespace samrad::reports
