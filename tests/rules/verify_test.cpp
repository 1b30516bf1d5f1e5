// Aim: a Program made by hand, or read from bytes, in which anything lies outside its table or lacks what its form needs is refused with
// the fault that it has. Each row breaks a program that is right in one place.

#include <gmock/gmock.h>

#include "rules/compile.h"
#include "rules/diagnostics/render.h"
#include "rules/program/decode.h"
#include "tests/fuzz/agreement.h"
#include "tests/service/fleet_template.h"

namespace samrad::program {
namespace {

using testing::HasSubstr;

struct Wrong {
  const char* fault;  // what verify says, or the end of it
  void (*make)(Program&);
};

Program compiled(std::string_view text) {
  const rules::Source source{"verify.samrad", text};
  rules::Compiled result = rules::compile({&source, 1});
  EXPECT_TRUE(result.program) << render_text(result.diagnostics, {&source, 1});
  return result.program.value_or(Program{});
}

void refused(const Program& sound, const std::vector<Wrong>& table) {
  ASSERT_EQ(verify(sound), "");
  for (const Wrong& wrong : table) {
    Program broken = sound;
    wrong.make(broken);
    EXPECT_THAT(verify(broken), HasSubstr(wrong.fault));
    EXPECT_FALSE(decode(encode(broken)).program) << wrong.fault;
  }
}

Rule& rule(Program& p, Form form) {
  for (Rule& r : p.rules)
    if (r.form == form && !r.is_otherwise) return r;
  ADD_FAILURE() << "no rule of form " << static_cast<int>(form);
  return p.rules.front();
}

// The deadline becomes one of that kind.
Due& due(Program& p, DueKind kind) {
  Due& due = rule(p, Form::deadline).due;
  due.kind = kind;
  return due;
}

template <class Rows, class Is>
auto& first(Rows& rows, Is is) {
  for (auto& row : rows)
    if (is(row)) return row;
  ADD_FAILURE() << "no such row";
  return rows.front();
}

// The constraint's condition becomes this code.
void condition(Program& p, std::initializer_list<Op> code) {
  rule(p, Form::constraint).condition = {static_cast<std::uint32_t>(p.code.size()), static_cast<std::uint32_t>(code.size())};
  p.code.insert(p.code.end(), code);
}

constexpr Op yes{Code::happened, 0, 0, 0};  // a truth value
constexpr Op number{Code::expiry, 0, 0, 0};  // a value
constexpr Index beyond = 9999;

TEST(Verify, tables) {
  refused(compiled(fuzz::agreement_text),
          {
              {"symbol 0 is not the empty text", [](Program& p) { p.symbols[0] = "x"; }},
              {"symbol 9999 of", [](Program& p) { p.symbol_lists.push_back(beyond); }},
              {"symbol 9999 of", [](Program& p) { p.name = beyond; }},
              {"symbol 9999 of", [](Program& p) { p.title = beyond; }},
              {"symbol 9999 of", [](Program& p) { p.timezone = beyond; }},
              {"symbol 9999 of", [](Program& p) { p.registrations.push_back({beyond, 0}); }},
              {"symbol 9999 of", [](Program& p) { p.registrations.push_back({0, beyond}); }},
              {"symbol 9999 of", [](Program& p) { p.constants.push_back({ValueKind::text, beyond}); }},
              {"neither yes nor no", [](Program& p) { p.constants.push_back({ValueKind::yes_no, 0, 2}); }},
              {"a fraction over nothing", [](Program& p) { p.constants.push_back({ValueKind::number, 0, 1, 0}); }},
              {"a fraction over nothing", [](Program& p) { p.constants.push_back({ValueKind::money, 0, 1, -1}); }},
              {"a day outside the calendar", [](Program& p) { p.constants.push_back({ValueKind::date, 0, 1LL << 40}); }},
              {"a day outside the calendar", [](Program& p) { p.constants.push_back({ValueKind::date, 0, -(1LL << 40)}); }},
              {"a duration without a unit", [](Program& p) { p.constants.push_back({ValueKind::duration, 0, 1, 99}); }},
              {"a duration without a unit", [](Program& p) { p.constants.push_back({ValueKind::duration, 0, 1, -1}); }},
              {"a constant that is a list", [](Program& p) { p.constants.push_back({ValueKind::list}); }},
              {"a negative duration", [](Program& p) { p.durations.push_back({-1, calendar::Unit::day}); }},
              {"a day that no year has", [](Program& p) { p.month_days.push_back({13, 1}); }},
              {"a day that no year has", [](Program& p) { p.month_days.push_back({0, 1}); }},
              {"a day that no year has", [](Program& p) { p.month_days.push_back({1, 32}); }},
              {"a day that no year has", [](Program& p) { p.month_days.push_back({1, 0}); }},
              {"a day outside the calendar", [](Program& p) { p.term_first.n = 1 << 30; }},
              {"a day outside the calendar", [](Program& p) { p.term_last.n = 1 << 30; }},
              {"a day outside the calendar", [](Program& p) { p.versions[0].in_force.n = 1 << 30; }},
              {"versions out of order", [](Program& p) { p.versions.push_back(p.versions.front()); }},
              {"symbol 9999 of", [](Program& p) { p.kinds[0].name = beyond; }},
              {"symbol 9999 of", [](Program& p) { p.kinds[0].label = beyond; }},
              {"kind 9999 of", [](Program& p) { p.members[0].kind = beyond; }},
              {"symbol 9999 of", [](Program& p) { p.members[0].deputy_of = beyond; }},
              {"symbol 9999 of", [](Program& p) { p.ambiguities.push_back({beyond, 0, 0, 0}); }},
              {"a baseline without its year", [](Program& p) { p.measures.push_back({0, 0, 0, 0, {0, 1}}); }},
              {"baselines reach beyond", [](Program& p) { p.measures.push_back({0, 0, 0, 0, {0, beyond}}); }},
              {"symbol 9999 of", [](Program& p) { p.measures.push_back({beyond, 0, 0, 0, {}}); }},
              {"a field without a type", [](Program& p) { p.fields[0].type = ValueKind::absent; }},
              {"a field without a type", [](Program& p) { p.fields[0].type = ValueKind::list; }},
              {"a field of members without a kind",
               [](Program& p) { first(p.fields, [](const Field& f) { return f.kind != none; }).kind = none; }},
              {"kind 9999 of", [](Program& p) { p.fields[0].kind = beyond; }},
              {"symbol 9999 of", [](Program& p) { p.event_types[0].name = beyond; }},
              {"a day outside the calendar", [](Program& p) { p.event_types[0].recorded_from.n = 1 << 30; }},
              {"subject kinds reach beyond", [](Program& p) { p.event_types[0].subject_kinds.first = beyond; }},
              {"fields reach beyond", [](Program& p) { p.event_types[0].fields.count = beyond; }},
              {"kind 9999 of",
               [](Program& p) {
                 p.event_types[0].subject_kinds = {static_cast<std::uint32_t>(p.indices.size()), 1};
                 p.indices.push_back(beyond);
               }},
              {"pattern 0: event type 9999 of", [](Program& p) { p.patterns[0].type = beyond; }},
              {"pattern 0: names reach beyond", [](Program& p) { p.patterns[0].subjects.first = beyond; }},
          });
}

TEST(Verify, facts) {
  static constexpr auto keyed = [](const Fact& f) { return f.kind != none; };
  static constexpr auto plain = [](const Fact& f) { return f.kind == none && f.ends != none; };
  static const auto at = [](Program& p, bool with_key) -> Fact& { return with_key ? first(p.facts, keyed) : first(p.facts, plain); };
  refused(compiled(fuzz::agreement_text),
          {
              {"a fact that never begins", [](Program& p) { at(p, false).begins = none; }},
              {"pattern 9999 of", [](Program& p) { at(p, false).begins = beyond; }},
              {"pattern 9999 of", [](Program& p) { at(p, false).ends = beyond; }},
              {"a fact that ends before it begins", [](Program& p) { at(p, false).lasting.count = -1; }},
              {"symbol 9999 of", [](Program& p) { at(p, false).label = beyond; }},
              {"kind 9999 of", [](Program& p) { at(p, false).kind = beyond; }},
              {"a key in no field", [](Program& p) { at(p, true).begins_key = beyond; }},
              {"a key in no field", [](Program& p) { at(p, true).ends_key = beyond; }},
              {"parameter 9999 of", [](Program& p) { at(p, false).lasting_from = beyond; }},
          });
}

TEST(Verify, expressions) {
  refused(
      compiled(fuzz::agreement_text),
      {
          {"an expression reach beyond", [](Program& p) { rule(p, Form::constraint).condition.first = beyond; }},
          {"leaves not one truth value", [](Program& p) { condition(p, {yes, yes}); }},
          {"leaves not one truth value", [](Program& p) { condition(p, {number}); }},
          {"takes more than it has", [](Program& p) { condition(p, {{Code::add}}); }},
          {"takes more than it has", [](Program& p) { condition(p, {{Code::logical_not}}); }},
          {"a value where a condition stands", [](Program& p) { condition(p, {number, {Code::logical_not}}); }},
          {"a value where a condition stands", [](Program& p) { condition(p, {yes, number, {Code::equal}}); }},
          {"symbol 9999 of", [](Program& p) { condition(p, {{Code::expiry, 0, 0, beyond}}); }},
          {"constant 9999 of", [](Program& p) { condition(p, {{Code::constant, beyond}}); }},
          {"parameter 9999 of", [](Program& p) { condition(p, {{Code::parameter, beyond}}); }},
          {"a third event", [](Program& p) { condition(p, {{Code::subject, 2}}); }},
          {"a third event", [](Program& p) { condition(p, {{Code::event_day, 2}}); }},
          {"a third event", [](Program& p) { condition(p, {{Code::event_id, 2}}); }},
          {"a third event", [](Program& p) { condition(p, {{Code::field, 2}}); }},
          {"a field that the event has not", [](Program& p) { condition(p, {{Code::field, 0, beyond}}); }},
          {"a field that the event has not", [](Program& p) { condition(p, {{Code::present, 1, beyond}}); }},
          {"count 9999 of", [](Program& p) { condition(p, {{Code::aggregate, beyond}}); }},
          {"count 9999 of", [](Program& p) { condition(p, {{Code::happened, beyond}}); }},
          {"an unknown inclusion", [](Program& p) { condition(p, {{Code::includes, 0xff}}); }},
          {"takes more than it has", [](Program& p) { condition(p, {number, {Code::includes, 0, 1}}); }},
          {"takes more than it has", [](Program& p) { condition(p, {number, {Code::one_of, 0, beyond}}); }},
          {"takes more than it has", [](Program& p) { condition(p, {number, {Code::count_in, 1}}); }},
          {"takes more than it has", [](Program& p) { condition(p, {number, {Code::share_in, 0xFFFFFFFF}}); }},
          {"fact 9999 of", [](Program& p) { condition(p, {{Code::holds, beyond}}); }},
          {"a fact without its key", [](Program& p) { condition(p, {{Code::holds, 0, 7}}); }},
          {"a fact inside a count",
           [](Program& p) {
             p.code.push_back({Code::holds, 0, 0, 0});
             first(p.facts, [](const Fact& f) { return f.kind == none; });
             p.patterns[p.facts[0].begins].condition = {static_cast<std::uint32_t>(p.code.size() - 1), 1};
           }},
          {"a count inside a count",
           [](Program& p) {
             p.code.push_back(yes);
             p.patterns[p.aggregates[0].pattern].condition = {static_cast<std::uint32_t>(p.code.size() - 1), 1};
           }},
          {"pattern 9999 of", [](Program& p) { p.aggregates[0].pattern = beyond; }},
          {"a count since nothing", [](Program& p) { p.aggregates[0].reach = Reach::since_last; }},
          {"a count since nothing", [](Program& p) { p.aggregates[0].since = p.aggregates[0].pattern; }},
          {"a period that cuts no windows",
           [](Program& p) {
             p.aggregates[0].reach = Reach::same_period;
             p.aggregates[0].period.count = 0;
           }},
          {"a negative duration", [](Program& p) { p.aggregates[0].duration.count = -1; }},
          {"a day outside the calendar", [](Program& p) { p.aggregates[0].day.n = 1 << 30; }},
          {"a sum of no field",
           [](Program& p) {
             p.aggregates[0].measure = Measure::sum;
             p.aggregates[0].slot = beyond;
           }},
          {"parameter 9999 of", [](Program& p) { p.aggregates[0].duration_from = beyond; }},
          {"parameter 9999 of", [](Program& p) { p.aggregates[0].day_from = beyond; }},
      });
}

TEST(Verify, rules_and_what_they_refer_to) {
  refused(compiled(fuzz::agreement_text),
          {
              {"symbol 9999 of", [](Program& p) { p.rules[0].clause = beyond; }},
              {"names reach beyond", [](Program& p) { p.rules[0].owners.first = beyond; }},
              {"warnings reach beyond", [](Program& p) { p.rules[0].warnings.first = beyond; }},
              {"a day outside the calendar", [](Program& p) { p.rules[0].starts.n = 1 << 30; }},
              {"a day outside the calendar", [](Program& p) { p.rules[0].from.n = 1 << 30; }},
              {"in force for no day", [](Program& p) { p.rules[0].from = p.term_last, p.rules[0].to = p.term_first; }},
              {"a negative duration", [](Program& p) { p.rules[0].duration.count = -1; }},
              {"a negative duration", [](Program& p) { p.rules[0].due.duration.count = -1; }},
              {"a negative duration", [](Program& p) { p.rules[0].prec_within_duration.count = -1; }},
              {"pattern 9999 of", [](Program& p) { p.rules[0].pattern = beyond; }},
              {"pattern 9999 of", [](Program& p) { p.rules[0].next = beyond; }},
              {"fillings reach beyond", [](Program& p) { p.rules[0].fillings.first = beyond; }},
              {"needs reach beyond", [](Program& p) { p.rules[0].needs.first = beyond; }},
              {"parameter 9999 of", [](Program& p) { p.rules[0].instances_of = beyond; }},
              {"an expression reach beyond", [](Program& p) { p.rules[0].exception.first = beyond; }},
              {"overriding rules reach beyond", [](Program& p) { p.rules[0].overridden_by.first = beyond; }},
              {"override conditions reach beyond", [](Program& p) { p.rules[0].override_conditions.first = beyond; }},
              {"an override without its condition", [](Program& p) { p.rules[0].overridden_by = {0, 1}; }},
              {"rule 9999 of",
               [](Program& p) {
                 p.rules[0].overridden_by = {static_cast<std::uint32_t>(p.indices.size()), 1};
                 p.indices.push_back(beyond);
                 p.rules[0].override_conditions = {static_cast<std::uint32_t>(p.expressions.size()), 1};
                 p.expressions.emplace_back();
               }},
              {"fact 9999 of", [](Program& p) { p.rules[0].instances = beyond; }},
              {"fact 9999 of", [](Program& p) { p.rules[0].fact = beyond; }},
              {"instances without a key", [](Program& p) { p.rules[0].instances = 0; }},
              {"procedure 9999 of", [](Program& p) { p.rules[0].procedure = beyond; }},
              {"ambiguity 9999 of", [](Program& p) { p.rules[0].ambiguity = beyond; }},
              {"an ambiguity that no reading answers",
               [](Program& p) {
                 p.ambiguities.emplace_back();
                 p.rules[0].ambiguity = 0;
               }},
              {"rule 9999 of", [](Program& p) { p.rules[0].otherwise = beyond; }},
              {"a consequence that is none", [](Program& p) { p.rules[0].otherwise = 0; }},
              {"a consequence of nothing", [](Program& p) { first(p.rules, [](const Rule& r) { return r.otherwise != none; }).otherwise = none; }},
              {"a consequence of nothing", [](Program& p) { rule(p, Form::response).is_otherwise = true; }},
              {"symbol 9999 of", [](Program& p) { p.procedures[0].name = beyond; }},
              {"pattern 9999 of", [](Program& p) { p.procedures[0].starts = beyond; }},
              {"steps reach beyond", [](Program& p) { p.procedures[0].steps.first = beyond; }},
              {"rule 9999 of", [](Program& p) { p.indices[p.procedures[0].steps.first] = beyond; }},
              {"a step of another procedure", [](Program& p) { p.indices[p.procedures[0].steps.first] = 0; }},
          });
}

TEST(Verify, what_each_form_needs) {
  refused(
      compiled(fuzz::agreement_text),
      {
          {"no pattern", [](Program& p) { rule(p, Form::count).pattern = none; }},
          {"a period that cuts no windows", [](Program& p) { rule(p, Form::count).period.count = 0; }},
          {"a day outside the calendar", [](Program& p) { rule(p, Form::count).period.anchor.n = 1 << 30; }},
          {"no pattern", [](Program& p) { rule(p, Form::deadline).pattern = none; }},
          {"no day of the year", [](Program& p) { rule(p, Form::deadline).due.month_days.count = 0; }},
          {"days of the year reach beyond", [](Program& p) { rule(p, Form::deadline).due.month_days.first = beyond; }},
          {"a day that no month has", [](Program& p) { due(p, DueKind::monthly).day_of_month = 32; }},
          {"a day that no month has", [](Program& p) { due(p, DueKind::monthly).day_of_month = 0; }},
          {"a period that cuts no windows", [](Program& p) { due(p, DueKind::last_day).period.count = 0; }},
          {"a period that cuts no windows", [](Program& p) { due(p, DueKind::after_end).period.count = 0; }},
          {"a day outside the calendar", [](Program& p) { due(p, DueKind::date).date.n = 1 << 30; }},
          {"no pattern", [](Program& p) { rule(p, Form::response).pattern = none; }},
          {"no pattern", [](Program& p) { rule(p, Form::response).answer = none; }},
          {"before the next of nothing", [](Program& p) { rule(p, Form::response).within = Within::before_next; }},
          {"before the next of nothing", [](Program& p) { rule(p, Form::response).within = Within::before_next_day; }},
          {"a due day that nothing gives", [](Program& p) { rule(p, Form::response).within = Within::date; }},
          {"an expression reach beyond", [](Program& p) { rule(p, Form::count).until_day.count = beyond; }},
          {"leaves not one value",
           [](Program& p) {
             rule(p, Form::count).until_day = {static_cast<std::uint32_t>(p.code.size()), 2};
             p.code.insert(p.code.end(), {number, number});
           }},
          {"a period that cuts no windows",
           [](Program& p) {
             rule(p, Form::response).within = Within::end_of_period;
             rule(p, Form::response).period.count = 0;
           }},
          {"no pattern", [](Program& p) { rule(p, Form::precedence).answer = none; }},
          {"no condition", [](Program& p) { rule(p, Form::constraint).condition = {}; }},
          {"no condition", [](Program& p) { rule(p, Form::validity).condition = {}; }},
          {"nobody to alternate", [](Program& p) { rule(p, Form::alternation).members = {}; }},
          {"nobody to alternate", [](Program& p) { rule(p, Form::rotation).members = {}; }},
          {"a field that the event has not", [](Program& p) { rule(p, Form::alternation).slot = beyond; }},
          {"a field that the event has not", [](Program& p) { rule(p, Form::rotation).slot = subject_slot; }},
          {"no pattern", [](Program& p) { rule(p, Form::prohibition).pattern = none; }},
          {"a limit without its event", [](Program& p) { rule(p, Form::prohibition).limit = Limit::before; }},
          {"a limit without its event", [](Program& p) { rule(p, Form::prohibition).limit = Limit::after; }},
          {"a limit without its event", [](Program& p) { rule(p, Form::prohibition).limit = Limit::within_after; }},
          {"nobody who may", [](Program& p) { rule(p, Form::power).members = {}; }},
          {"a field that the event has not", [](Program& p) { rule(p, Form::power).slot = beyond; }},
          {"no fact", [](Program& p) { rule(p, Form::standing).fact = none; }},
          {"a period that cuts no windows", [](Program& p) { rule(p, Form::attested).period.count = 0; }},
          {"no pattern", [](Program& p) { rule(p, Form::extension).pattern = none; }},
          {"dated conditions reach beyond", [](Program& p) { rule(p, Form::extension).dated.first = 0xFFFFFFFF; }},
          {"count 9999 of", [](Program& p) { p.indices[rule(p, Form::extension).dated.first] = beyond; }},
          {"dated conditions of no extension", [](Program& p) { rule(p, Form::count).dated = {0, 1}; }},
          {"a step of no procedure", [](Program& p) { rule(p, Form::step).procedure = none; }},
      });
}

TEST(Verify, what_a_template_leaves_open) {
  static constexpr auto member = [](const Parameter& q) { return q.kind != none && !q.list; };
  static constexpr auto date = [](const Parameter& q) { return q.type == ValueKind::date; };
  static const auto at = [](Program& p, bool of_members) -> Parameter& {
    return of_members ? first(p.parameters, member) : first(p.parameters, date);
  };
  static const auto row = [](Program& p, ValueKind type) {
    for (Index i = 0; i < p.parameters.size(); ++i)
      if (p.parameters[i].type == type) return i;
    return none;
  };
  refused(
      compiled(tests::fleet_template),
      {
          {"symbol 9999 of", [](Program& p) { p.parameters[0].name = beyond; }},
          {"kind 9999 of", [](Program& p) { p.parameters[0].kind = beyond; }},
          {"default 9999 of", [](Program& p) { p.parameters[0].fallback = beyond; }},
          {"a parameter without a type", [](Program& p) { at(p, false).type = ValueKind::absent; }},
          {"a parameter without a type", [](Program& p) { at(p, false).type = ValueKind::list; }},
          {"a parameter of members without a kind", [](Program& p) { at(p, true).kind = none; }},
          {"a parameter of members without a kind", [](Program& p) { at(p, false).list = true; }},
          {"a default of another type", [](Program& p) { at(p, false).fallback = first(p.parameters, [](const Parameter& q) { return q.fallback != none; }).fallback; }},
          {"a place that nothing fills", [](Program& p) { p.fillings[0].parameter = none; }},
          {"a place filled with another type", [](Program& p) { p.fillings[0].parameter = row(p, ValueKind::text); }},
          {"parameter 9999 of", [](Program& p) { p.members[0].parameter = beyond; }},
          {"a member of another kind than its parameter",
           [](Program& p) { first(p.members, [](const Member& m) { return m.parameter != none; }).parameter = row(p, ValueKind::text); }},
          {"a registration that is no text", [](Program& p) { p.registrations[0].number_from = row(p, ValueKind::date); }},
          {"a first day that is no date", [](Program& p) { p.term_first_from = row(p, ValueKind::text); }},
          {"a last day that is no date", [](Program& p) { p.term_last_from = row(p, ValueKind::text); }},
          {"a fact that lasts what is no duration", [](Program& p) { p.facts[0].lasting_from = row(p, ValueKind::text); }},
          {"a member where a value stands", [](Program& p) { condition(p, {{Code::parameter, row(p, ValueKind::member)}}); }},
          {"a member where a value stands", [](Program& p) { condition(p, {{Code::parameter, row(p, ValueKind::text), 2}}); }},
          {"a need of what is always there",
           [](Program& p) {
             p.rules[0].needs = {static_cast<std::uint32_t>(p.indices.size()), 1};
             p.indices.push_back(row(p, ValueKind::date));
           }},
          {"instances of no list", [](Program& p) { first(p.rules, [](const Rule& r) { return r.instances_of != none; }).key = 0; }},
          {"a range that is no duration", [](Program& p) { p.aggregates[0].duration_from = row(p, ValueKind::date); }},
          {"a range from what is no date", [](Program& p) { p.aggregates[0].day_from = row(p, ValueKind::text); }},
      });
}

}  // namespace
}  // namespace samrad::program
