// Rules and procedures of a Program: their links, and what each form needs.

#include "rules/program/verify.h"

#include <algorithm>

namespace samrad::program {

bool Verifier::rules() {
  for (Index i = 0; i < program_.rules.size(); ++i) {
    where_ = "rule " + std::to_string(i);
    if (!rule(i)) return false;
  }
  std::vector<bool> opened(program_.rules.size());
  for (const Rule& r : program_.rules)
    if (r.otherwise != none) opened[r.otherwise] = true;
  for (Index i = 0; i < program_.rules.size(); ++i)
    if (!need(opened[i] == program_.rules[i].is_otherwise, "a consequence of nothing")) return false;
  where_.clear();
  return procedures() && overrides_end();
}

bool Verifier::rule(Index index) {
  const Rule& r = program_.rules[index];
  for (Symbol s : {r.clause, r.step, r.key, r.title, r.source, r.sentence, r.reading,
                   r.reading_label, r.judged_by, r.fact_key, r.attests, r.otherwise_text})
    if (!symbol(s)) return false;
  if (!symbols(r.owners) || !symbols(r.waived_by) || !symbols(r.members)) return false;
  if (!range(r.warnings, program_.durations, "warnings")) return false;
  if (!day(r.starts) || !day(r.ends)) return false;
  for (const Duration& d : {r.duration, r.prec_at_least_duration, r.prec_within_duration, r.due.duration})
    if (!need(d.count >= 0, "a negative duration")) return false;
  if (!day(r.from) || !day(r.to) || !need(r.from <= r.to, "in force for no day")) return false;
  for (Index p : {r.pattern, r.answer, r.next})
    if (!optional_row(p, program_.patterns, "pattern")) return false;
  const Index sentence = type_of(r.pattern);
  // The answer of a consequence is looked at with the rule whose breach opens it: it may speak of that rule's event.
  if (!optional_pattern(r.pattern, sentence) || !optional_pattern(r.next, sentence) ||
      (!r.is_otherwise && !optional_pattern(r.answer, sentence)))
    return false;
  return filled(r) && rule_links(r, index, sentence) && rule_form(r, sentence);
}

bool Verifier::filled(const Rule& r) {
  if (!range(r.fillings, program_.fillings, "fillings") || !range(r.needs, program_.indices, "needs") ||
      !optional_row(r.instances_of, program_.parameters, "parameter"))
    return false;
  for (std::uint32_t i = 0; i < r.needs.count; ++i) {
    const Index parameter = program_.indices[r.needs.first + i];
    if (!row(parameter, program_.parameters, "parameter") || !need(program_.parameters[parameter].optional, "a need of what is always there"))
      return false;
  }
  return r.instances_of == none || need(program_.parameters[r.instances_of].list && r.key != 0, "instances of no list");
}

bool Verifier::rule_links(const Rule& r, Index index, Index sentence) {
  if (!expression(r.exception, {sentence, sentence, false})) return false;
  if (!range(r.overridden_by, program_.indices, "overriding rules") ||
      !range(r.override_conditions, program_.expressions, "override conditions") ||
      !need(r.overridden_by.count == r.override_conditions.count,
            "an override without its condition"))
    return false;
  for (std::uint32_t i = 0; i < r.overridden_by.count; ++i) {
    const Index by = program_.indices[r.overridden_by.first + i];
    if (!row(by, program_.rules, "rule") ||
        !optional_row(program_.rules[by].pattern, program_.patterns, "pattern"))
      return false;
    const Index type = type_of(program_.rules[by].pattern);
    if (!expression(program_.expressions[r.override_conditions.first + i], {type, type, false}))
      return false;
  }
  if (!optional_row(r.instances, program_.facts, "fact") ||
      !optional_row(r.fact, program_.facts, "fact"))
    return false;
  if (r.instances != none &&
      !need(program_.facts[r.instances].kind != none, "instances without a key"))
    return false;
  if (!optional_row(r.procedure, program_.procedures, "procedure")) return false;
  if (!optional_row(r.ambiguity, program_.ambiguities, "ambiguity") ||
      !need(r.ambiguity == none || r.reading != 0, "an ambiguity that no reading answers"))
    return false;
  if (r.otherwise == none) return true;
  if (!row(r.otherwise, program_.rules, "rule")) return false;
  const Rule& consequence = program_.rules[r.otherwise];
  return need(r.otherwise > index && !r.is_otherwise && consequence.is_otherwise &&
                  consequence.answer != none,
              "a consequence that is none") &&
         pattern(consequence.answer, sentence, false);
}

bool Verifier::rule_form(const Rule& r, Index sentence) {
  if (!expression(r.condition, {sentence, sentence, false})) return false;
  if (!expression(r.until_day, {none, sentence, true}, false)) return false;
  if (!range(r.dated, program_.indices, "dated conditions") ||
      !need(r.dated.count == 0 || r.form == Form::extension, "dated conditions of no extension"))
    return false;
  const auto field = [&](bool subject) {
    if (subject && r.slot == subject_slot) return true;
    return need(r.slot < program_.event_types[sentence].fields.count,
                "a field that the event has not");
  };
  const bool has_pattern = r.pattern != none;
  switch (r.form) {
  case Form::count: return need(has_pattern, "no pattern") && (!r.has_period || period(r.period));
  case Form::deadline: return need(has_pattern, "no pattern") && rule_due(r);
  case Form::response:
    if (!need(r.answer != none && (has_pattern || r.is_otherwise), "no pattern")) return false;
    break;
  case Form::precedence:
    if (!need(has_pattern && r.answer != none, "no pattern")) return false;
    break;
  case Form::constraint:
  case Form::validity: return need(has_pattern && r.condition.count > 0, "no condition");
  case Form::alternation:
  case Form::rotation:
    return need(has_pattern && r.members.count > 0, "nobody to alternate") && field(false);
  case Form::prohibition:
    if (!need(has_pattern, "no pattern")) return false;
    if (r.limit == Limit::before || r.limit == Limit::after || r.limit == Limit::within_after)
      return need(r.next != none, "a limit without its event");
    break;
  case Form::power:
    return need(has_pattern && r.members.count > 0, "nobody who may") && field(true);
  case Form::standing: return need(r.fact != none, "no fact");
  case Form::attested: return !r.has_period || period(r.period);
  case Form::extension:
    if (!need(has_pattern, "no pattern")) return false;
    for (std::uint32_t i = 0; i < r.dated.count; ++i)
      if (!aggregate(program_.indices[r.dated.first + i], {sentence, sentence, false})) return false;
    return true;
  case Form::step:
    return need(has_pattern && r.answer != none && r.procedure != none, "a step of no procedure");
  }
  if (r.within == Within::before_next || r.within == Within::before_next_day)
    return need(r.next != none, "before the next of nothing");
  if (r.within == Within::end_of_period) return period(r.period);
  if (r.within == Within::date)
    return need(r.until_day.count > 0, "a due day that nothing gives");
  return true;
}

bool Verifier::rule_due(const Rule& r) {
  switch (r.due.kind) {
  case DueKind::yearly:
    return range(r.due.month_days, program_.month_days, "days of the year") &&
           need(r.due.month_days.count > 0, "no day of the year");
  case DueKind::monthly:
    return need(r.due.day_of_month >= 1 && r.due.day_of_month <= 31, "a day that no month has");
  case DueKind::last_day:
  case DueKind::after_end: return period(r.due.period);
  case DueKind::date: return day(r.due.date);
  case DueKind::before_expiry:
  case DueKind::after_start: break;
  }
  return true;
}

bool Verifier::procedures() {
  for (std::size_t i = 0; i < program_.procedures.size(); ++i) {
    const Procedure& p = program_.procedures[i];
    where_ = "procedure " + std::to_string(i);
    if (!symbol(p.name) || !symbol(p.title) || !row(p.starts, program_.patterns, "pattern"))
      return false;
    if (!pattern(p.starts, type_of(p.starts), false)) return false;
    if (!range(p.steps, program_.indices, "steps")) return false;
    for (std::uint32_t s = 0; s < p.steps.count; ++s) {
      const Index rule = program_.indices[p.steps.first + s];
      if (!row(rule, program_.rules, "rule")) return false;
      if (!need(program_.rules[rule].form == Form::step && program_.rules[rule].procedure == i,
                "a step of another procedure"))
        return false;
    }
  }
  where_.clear();
  return true;
}

// Takes away, again and again, rules that nothing left overrides; what stays overrides itself in a circle.
bool Verifier::overrides_end() {
  const std::size_t count = program_.rules.size();
  std::vector<std::uint32_t> open(count, 0);       // how many overriding rules are left
  std::vector<std::pair<Index, Index>> overrides;  // overriding, overridden
  std::size_t total = 0;
  for (const Rule& r : program_.rules)
    total += r.overridden_by.count;
  if (!need(total <= program_.indices.size(), "rules that share what overrides them")) return false;
  for (Index i = 0; i < count; ++i) {
    const Range by = program_.rules[i].overridden_by;
    open[i] = by.count;
    for (std::uint32_t k = 0; k < by.count; ++k)
      overrides.emplace_back(program_.indices[by.first + k], i);
  }
  std::sort(overrides.begin(), overrides.end());
  std::vector<Index> ready;
  for (Index i = 0; i < count; ++i)
    if (open[i] == 0) ready.push_back(i);
  std::size_t done = 0;
  while (!ready.empty()) {
    const Index by = ready.back();
    ready.pop_back();
    ++done;
    auto at = std::lower_bound(overrides.begin(), overrides.end(), std::pair<Index, Index>{by, 0});
    for (; at != overrides.end() && at->first == by; ++at)
      if (--open[at->second] == 0) ready.push_back(at->second);
  }
  return need(done == count, "rules override each other in a circle");
}

}  // namespace samrad::program
