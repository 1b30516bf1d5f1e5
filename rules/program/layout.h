// The order in which the rows of a Program stand in its canonical bytes, said once for writing and reading.
//
// An archive is a function object that takes one member at a time; `layout(archive, row)` hands it every member of `row`
// in order. A member added to a row in program.h is added here, and `format_version` goes up by one.

#pragma once

#include "rules/program/program.h"

#include <type_traits>

namespace samrad::program {

inline constexpr std::array<std::uint8_t, 6> format_magic = {'S', 'A', 'M', 'R', 'A', 'D'};
inline constexpr std::uint16_t format_version = 3;

// True for `T` and `const T`.
template <class Row, class T>
concept RowOf = std::is_same_v<std::remove_const_t<Row>, T>;

// The last member of each enum, so that a reader can refuse what lies above.
constexpr ValueKind last_of(ValueKind) { return ValueKind::list; }
constexpr Builtin last_of(Builtin) { return Builtin::extension; }
constexpr Code last_of(Code) { return Code::logical_not; }
constexpr Reach last_of(Reach) { return Reach::within_before; }
constexpr Anchor last_of(Anchor) { return Anchor::date; }
constexpr Measure last_of(Measure) { return Measure::in_a_row; }
constexpr Severity last_of(Severity) { return Severity::error; }
constexpr Form last_of(Form) { return Form::step; }
constexpr Quantity last_of(Quantity) { return Quantity::exactly; }
constexpr DueKind last_of(DueKind) { return DueKind::after_start; }
constexpr Within last_of(Within) { return Within::date; }
constexpr Place last_of(Place) { return Place::prec_within_duration; }
constexpr Limit last_of(Limit) { return Limit::months; }
constexpr Tail last_of(Tail) { return Tail::lapse; }
constexpr calendar::Unit last_of(calendar::Unit) { return calendar::Unit::year; }
constexpr calendar::PeriodUnit last_of(calendar::PeriodUnit) {
  return calendar::PeriodUnit::months;
}
constexpr calendar::PartPolicy last_of(calendar::PartPolicy) {
  return calendar::PartPolicy::pro_rata_nearest;
}
constexpr calendar::Shift last_of(calendar::Shift) { return calendar::Shift::preceding; }
constexpr calendar::Holidays last_of(calendar::Holidays) { return calendar::Holidays::sweden; }
constexpr calendar::Language last_of(calendar::Language) { return calendar::Language::en; }

template <class A, RowOf<Range> R>
void layout(A& a, R& row) {
  a(row.first), a(row.count);
}

template <class A, RowOf<Day> R>
void layout(A& a, R& row) {
  a(row.n);
}

template <class A, RowOf<Duration> R>
void layout(A& a, R& row) {
  a(row.count), a(row.unit);
}

template <class A, RowOf<calendar::Months> R>
void layout(A& a, R& row) {
  a(row.mask);
}

template <class A, RowOf<calendar::Period> R>
void layout(A& a, R& row) {
  a(row.unit), a(row.count), a(row.anchored), a(row.anchor), a(row.months);
}

template <class A, RowOf<Value> R>
void layout(A& a, R& row) {
  a(row.kind), a(row.symbol), a(row.a), a(row.b);
}

template <class A, RowOf<Kind> R>
void layout(A& a, R& row) {
  a(row.name), a(row.label), a(row.open);
}

template <class A, RowOf<Member> R>
void layout(A& a, R& row) {
  a(row.name), a(row.label), a(row.kind), a(row.of), a(row.deputy_of), a(row.parameter);
}

template <class A, RowOf<Parameter> R>
void layout(A& a, R& row) {
  a(row.name), a(row.label), a(row.type), a(row.list), a(row.optional), a(row.kind), a(row.fallback);
}

template <class A, RowOf<Filling> R>
void layout(A& a, R& row) {
  a(row.place), a(row.parameter);
}

template <class A, RowOf<Field> R>
void layout(A& a, R& row) {
  a(row.name), a(row.label), a(row.type), a(row.list), a(row.required), a(row.kind);
}

template <class A, RowOf<EventType> R>
void layout(A& a, R& row) {
  a(row.name), a(row.label), a(row.subject_kinds), a(row.fields), a(row.recorded_from),
      a(row.builtin);
}

template <class A, RowOf<Op> R>
void layout(A& a, R& row) {
  a(row.code), a(row.a), a(row.b), a(row.text);
}

template <class A, RowOf<Pattern> R>
void layout(A& a, R& row) {
  a(row.type), a(row.subjects), a(row.condition), a(row.text);
}

template <class A, RowOf<Aggregate> R>
void layout(A& a, R& row) {
  a(row.measure), a(row.pattern), a(row.reach), a(row.anchor), a(row.duration), a(row.day);
  a(row.period), a(row.since), a(row.that), a(row.slot);
  a(row.duration_from), a(row.day_from);
}

template <class A, RowOf<Fact> R>
void layout(A& a, R& row) {
  a(row.name), a(row.label), a(row.kind), a(row.from_start), a(row.begins), a(row.ends);
  a(row.lasting), a(row.lasting_from), a(row.begins_key), a(row.ends_key);
}

template <class A, RowOf<MonthDay> R>
void layout(A& a, R& row) {
  a(row.month), a(row.day);
}

template <class A, RowOf<Due> R>
void layout(A& a, R& row) {
  a(row.kind), a(row.month_days), a(row.day_of_month), a(row.period), a(row.duration), a(row.date);
}

template <class A, RowOf<Rule> R>
void layout(A& a, R& row) {
  a(row.clause), a(row.step), a(row.key), a(row.title), a(row.source), a(row.sentence),
      a(row.owners);
  a(row.warnings), a(row.severity), a(row.reading), a(row.reading_label), a(row.reading_default);
  a(row.ambiguity);
  a(row.from), a(row.to), a(row.tail), a(row.amended), a(row.amends), a(row.parts), a(row.shift);
  a(row.exception), a(row.overridden_by), a(row.override_conditions), a(row.instances);
  a(row.instances_of), a(row.fillings), a(row.needs);
  a(row.judged_by), a(row.waived_by);
  a(row.form), a(row.pattern), a(row.answer), a(row.next), a(row.quantity), a(row.times),
      a(row.period);
  a(row.has_period), a(row.period_of_term), a(row.starts), a(row.ends), a(row.due), a(row.within),
      a(row.one_for_all), a(row.until_day), a(row.duration), a(row.of_start);
  a(row.prec_at_least), a(row.prec_at_least_duration), a(row.prec_within),
      a(row.prec_within_duration);
  a(row.prec_since_previous), a(row.limit), a(row.months), a(row.condition), a(row.members),
      a(row.slot);
  a(row.fact), a(row.fact_key), a(row.attests), a(row.procedure), a(row.step_number), a(row.dated);
  a(row.otherwise), a(row.otherwise_text), a(row.is_otherwise);
}

template <class A, RowOf<Procedure> R>
void layout(A& a, R& row) {
  a(row.name), a(row.title), a(row.starts), a(row.steps);
}

template <class A, RowOf<Registration> R>
void layout(A& a, R& row) {
  a(row.number), a(row.party), a(row.number_from);
}

template <class A, RowOf<MeasureRow> R>
void layout(A& a, R& row) {
  a(row.name), a(row.label), a(row.unit), a(row.source), a(row.baselines);
}

template <class A, RowOf<Ambiguity> R>
void layout(A& a, R& row) {
  a(row.name), a(row.title), a(row.source), a(row.settled);
}

template <class A, RowOf<Version> R>
void layout(A& a, R& row) {
  a(row.in_force), a(row.open_occurrences), a(row.source_hash);
}

template <class A, RowOf<Program> R>
void layout(A& a, R& row) {
  a(row.symbols), a(row.symbol_lists), a(row.indices), a(row.constants), a(row.code),
      a(row.expressions);
  a(row.durations), a(row.month_days);
  a(row.name), a(row.title), a(row.timezone), a(row.registrations), a(row.term_first),
      a(row.term_last), a(row.term_first_from), a(row.term_last_from);
  a(row.holidays), a(row.language), a(row.versions);
  a(row.kinds), a(row.members), a(row.event_types), a(row.fields), a(row.patterns),
      a(row.aggregates);
  a(row.facts), a(row.measures), a(row.parameters), a(row.fillings), a(row.ambiguities), a(row.procedures), a(row.rules);
}

}  // namespace samrad::program
