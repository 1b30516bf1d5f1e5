#include "service/watch/duties.h"

#include <algorithm>

#include "rules/calendar/duration.h"
#include "rules/calendar/period.h"
#include "service/alerts/hours.h"
#include "service/reports/audit.h"

namespace samrad::watch {

namespace {

using calendar::Day;
using program::DueKind;
using program::Form;
using program::Program;
using program::Rule;

constexpr std::string_view consequence = "/otherwise";
constexpr Micros micros_per_hour = 3'600'000'000;

// An occurrence's id without what marks a consequence.
std::string_view breached(std::string_view id) {
  return id.substr(0, id.ends_with(consequence) ? id.size() - consequence.size() : id.size());
}

bool is_named(const Program& program, const Rule& rule, std::string_view id) {
  const std::string_view step = program.text(rule.step), key = program.text(rule.key);
  if (rule.step != 0 &&
      !(id.ends_with(step) && id.substr(0, id.size() - step.size()).ends_with('/')))
    return false;
  const std::string_view rest =
      id.substr(std::min(id.size(), program.text(rule.clause).size() + 1));
  return rule.key == 0 ||
         (rest.starts_with(key) && (rest.size() == key.size() || rest[key.size()] == '/'));
}

// The day that the occurrence is named by, before any move to a working day.
Day nominal(const store::Verdict& verdict, Day due) {
  const std::string_view id = breached(verdict.occurrence);
  const std::size_t slash = id.rfind('/');
  return calendar::parse_iso(id.substr(slash == std::string_view::npos ? 0 : slash + 1))
      .value_or(due);
}

// An act that comes later meets the next due day and no more this one.
Day last_day_of_credit(const Program& program, const Rule& rule, Day due) {
  const calendar::Date date = calendar::to_date(due);
  switch (rule.due.kind) {
  case DueKind::date:
  case DueKind::after_start:
  case DueKind::before_expiry: return calendar::day_max;
  case DueKind::yearly:
    for (std::uint32_t i = 0; i < rule.due.month_days.count; ++i) {
      const program::MonthDay next = program.month_days[rule.due.month_days.first + i];
      const Day day = calendar::to_day({date.year, next.month, next.day});
      if (day > due) return day;
    }
    return calendar::to_day({date.year, 12, 31});
  case DueKind::monthly:
    return calendar::to_day({date.year, date.month, 1}) +
           (calendar::days_in_month(date.year, date.month) - 1);
  case DueKind::last_day:
  case DueKind::after_end: {
    calendar::Period period = rule.due.period;
    if (rule.period_of_term) period.anchor = program.term_first;
    return calendar::window_at(period, due).last;
  }
  }
  return due;
}

bool asks_for_an_act(const Rule& rule) {
  if (rule.form == Form::count) return rule.quantity != program::Quantity::at_most;
  return rule.form != Form::standing && rule.form != Form::prohibition &&
         rule.form != Form::validity;
}

std::string label(const Program& program, std::string_view name) {
  for (const program::Member& one : program.members)
    if (one.label != 0 && program.text(one.name) == name)
      return std::string(program.text(one.label));
  return std::string(name);
}

std::vector<alerts::Role> owners_of(const Program& program, std::string_view names) {
  std::vector<alerts::Role> owners;
  while (!names.empty()) {
    const std::string_view name = names.substr(0, names.find(' '));
    owners.push_back({std::string(name), label(program, name)});
    names.remove_prefix(std::min(names.size(), name.size() + 1));
  }
  return owners;
}

std::optional<alerts::Duty> duty_of(const Program& program, const Rows::Row& row, Day today,
                                    const Acknowledged& acknowledged) {
  const store::Verdict& verdict = row.verdict;
  const Rule* rule = rule_of(program, verdict);
  const auto status = reports::parse_status(verdict.status);
  const auto due = calendar::parse_iso(verdict.due.empty() ? verdict.settled : verdict.due);
  if (!rule || !status || !due) return std::nullopt;
  const auto text = [&](program::Symbol symbol) { return std::string(program.text(symbol)); };
  alerts::Duty duty;
  duty.occurrence = verdict.occurrence;
  duty.clause = verdict.clause;
  duty.source = text(rule->source);
  duty.title = text(rule->title);
  duty.consequence = {text(rule->otherwise_text), text(rule->otherwise_text)};
  duty.owners = owners_of(program, verdict.owners);
  duty.status = *status;
  duty.asks_for_an_act = asks_for_an_act(*rule);
  duty.is_judged = rule->form == Form::attested;
  duty.is_chance = rule->form == Form::extension;
  duty.settled = calendar::parse_iso(verdict.settled);
  duty.opens = calendar::parse_iso(verdict.opens).value_or(*due);
  duty.due = *due;
  duty.due_at = row.due_at;
  for (std::uint32_t i = 0; i < rule->warnings.count; ++i) {
    const calendar::Duration ahead = program.durations[rule->warnings.first + i];
    if (row.due_at && ahead.unit == calendar::Unit::hour)
      duty.warnings_at.push_back(*row.due_at - ahead.count * micros_per_hour);
    else
      duty.warnings.push_back(calendar::minus(*due, ahead, program.holidays));
  }
  if (row.changed != 0) duty.changed = row.changed;
  if (can_still_be_met(program, verdict, today)) {
    duty.overdue_since = *due + 1;
    duty.acknowledged = acknowledged(verdict.occurrence);
  }
  return duty;
}

}  // namespace

const Rule* rule_of(const Program& program, const store::Verdict& verdict) {
  const std::string_view id = breached(verdict.occurrence);
  const auto opens = calendar::parse_iso(verdict.opens);
  const Rule* found = nullptr;
  for (const Rule& rule : program.rules) {
    if (rule.is_otherwise || program.text(rule.clause) != verdict.clause ||
        !is_named(program, rule, id))
      continue;
    const bool in_force = opens && rule.from <= *opens && *opens <= rule.to;
    if (!found || in_force) found = &rule;
  }
  const bool follows = id.size() != verdict.occurrence.size();
  if (!found || !follows || found->otherwise == program::none) return found;
  return &program.rules[found->otherwise];
}

bool can_still_be_met(const Program& program, const store::Verdict& verdict, Day day) {
  const auto due = calendar::parse_iso(verdict.due);
  const Rule* rule = verdict.status == "missed" && due ? rule_of(program, verdict) : nullptr;
  if (!rule) return false;
  if (rule->form == Form::response || rule->form == Form::step) return true;
  return rule->form == Form::deadline &&
         day <= last_day_of_credit(program, *rule, nominal(verdict, *due));
}

bool is_due_by_the_hour(const Program& program, const store::Verdict& verdict) {
  const Rule* rule = rule_of(program, verdict);
  return rule && rule->duration.unit == calendar::Unit::hour &&
         (rule->within == program::Within::duration || rule->within == program::Within::soon);
}

alerts::Agreement agreement_of(const store::Agreement& agreement, const registry::Rulebook& rules,
                               const Rows& rows, const record::Zone& zone, Day today,
                               const Acknowledged& acknowledged) {
  const Program& program = rules.chosen;
  alerts::Agreement made{.id = agreement.id,
                         .title = agreement.title,
                         .zone = zone,
                         .holidays = program.holidays,
                         .since = zone.day_of(alerts::seconds_of(agreement.created)),
                         .roles = {},
                         .duties = {}};
  for (const program::Member& one : program.members)
    if (one.label != 0)
      made.roles.push_back(
          {std::string(program.text(one.name)), std::string(program.text(one.label))});
  for (const auto& [id, row] : rows.all())
    if (auto duty = duty_of(program, row, today, acknowledged))
      made.duties.push_back(std::move(*duty));
  if (!agreement.closed) return made;
  // Nobody is reminded of what a closed agreement asks for. That it was breached or done before is told still.
  std::erase_if(made.duties,
                [](const alerts::Duty& duty) { return !engine::settled(duty.status); });
  for (alerts::Duty& duty : made.duties)
    duty.overdue_since.reset();
  return made;
}

}  // namespace samrad::watch
