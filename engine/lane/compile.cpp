// A program to the flat tables of a lane, or the first clause that stands in the way.
//
// Entry point: compile. What a lane knows is stated here by what each function lets through: everything else is refused, so that a new form
// or a new operation is the engine's until somebody teaches it to lanes.
#include <algorithm>

#include "engine/lane/conditions.h"

namespace samrad::engine::lane::detail {
namespace {

using program::Builtin;
using program::Form;
using program::Limit;
using program::none;
using program::Rule;
using program::ValueKind;
using program::Within;

constexpr std::uint32_t times_max = 30000;  // of a count
constexpr std::uint32_t dated_max = 16;     // bits of Chance::satisfied
constexpr std::int32_t days_max = 60000;    // of a response's time, from any day less than Case::span holds
constexpr int table_from = 1990;            // years whose windows stand in a table
constexpr int table_to = 2060;

class Compiler {
 public:
  Compiler(Plan& plan, Texts& texts, Refusal& why) : plan_(plan), p_(plan.machine.program), conditions_(plan, texts, why) {}

  bool run() {
    plan_.types.resize(p_.event_types.size());
    for (Index type = 0; type < p_.event_types.size(); ++type) plan_.types[type].odd = p_.event_types[type].builtin != Builtin::ordinary;
    for (Index row = 0; row < p_.rules.size(); ++row) {
      rule_ = row;
      conditions_.of_rule(row);
      if (!add(p_.rules[row])) return false;
    }
    for (const OfType& type : plan_.types) plan_.values = std::max(plan_.values, type.reads.size());
    lay_out(plan_);
    index_acts(plan_, conditions_);
    return true;
  }

 private:
  bool add(const Rule& r) {
    if (r.from != calendar::day_min || r.to != calendar::day_max || r.amended || r.amends) return conditions_.refuse("a text that does not hold all the time");
    if (r.exception.count > 0) return conditions_.refuse("an exception");
    if (r.overridden_by.count > 0) return conditions_.refuse("a clause that overrides it");
    if (r.instances != none) return conditions_.refuse("members that come and go");
    if (r.judged_by != 0) return conditions_.refuse("a judge");
    if (r.otherwise != none || r.is_otherwise) return conditions_.refuse("a consequence");
    Part part;
    part.rule = rule_;
    part.form = r.form;
    bool known = false;
    switch (r.form) {
      case Form::count: known = add_count(r, part); break;
      case Form::response: known = add_response(r, part); break;
      case Form::constraint: known = conditions_.pattern(r.pattern, part.main) && conditions_.condition(r.condition, conditions_.type_of(r.pattern), none, part.condition); break;
      case Form::prohibition: known = add_prohibition(r, part); break;
      case Form::alternation:
      case Form::rotation: known = conditions_.pattern(r.pattern, part.main) && add_seats(r, part); break;
      case Form::power: known = conditions_.pattern(r.pattern, part.main) && add_seats(r, part); break;
      case Form::extension: known = add_extension(r, part); break;
      default: return conditions_.refuse("its form");
    }
    if (part.form == Form::count || part.form == Form::response || part.form == Form::extension) {
      part.live = static_cast<std::uint32_t>(plan_.timed.size());
      plan_.timed.push_back(static_cast<std::uint32_t>(plan_.parts.size()));
    }
    if (known) plan_.parts.push_back(part);
    return known;
  }

  bool add_count(const Rule& r, Part& part) {
    if (r.times > times_max) return conditions_.refuse("a count beyond all measure");
    if (r.has_period && !r.period.anchored && !r.period_of_term && r.period.unit != calendar::PeriodUnit::day) {
      const calendar::Window first = calendar::window_at(r.period, calendar::to_day({table_from, 1, 1}));
      part.starts_from = first.ordinal;
      part.starts.first = static_cast<std::uint32_t>(plan_.starts.size());
      const Day end = calendar::to_day({table_to, 1, 1});
      for (calendar::Window w = first; w.first < end; w = calendar::window_number(r.period, w.ordinal + 1)) plan_.starts.push_back(w.first);
      part.starts.count = static_cast<std::uint32_t>(plan_.starts.size()) - part.starts.first;
    }
    return conditions_.pattern(r.pattern, part.main);
  }

  bool add_response(const Rule& r, Part& part) {
    switch (r.within) {
      case Within::unlimited:
      case Within::same_day:
      case Within::end_of_period: break;
      case Within::duration:
        if (r.duration.unit == calendar::Unit::hour) return conditions_.refuse("hours");
        break;
      default: return conditions_.refuse("a due day that another event sets");
    }
    if (conditions_.type_of(r.pattern) == conditions_.type_of(r.answer)) return conditions_.refuse("an event that answers its own kind");
    const Day some{0};
    const Day due = r.within == Within::duration        ? calendar::plus(some, r.duration, p_.holidays)
                    : r.within == Within::end_of_period ? calendar::window_at(r.period, some).last
                                                        : some;
    if (due - some > days_max) return conditions_.refuse("a time beyond all measure");
    if (!conditions_.pattern(r.pattern, part.main)) return false;
    if (!conditions_.pattern(r.answer, part.answer, conditions_.type_of(r.pattern), &part)) return false;
    return conditions_.split(part);
  }

  bool add_prohibition(const Rule& r, Part& part) {
    if (!conditions_.pattern(r.pattern, part.main)) return false;
    switch (r.limit) {
      case Limit::always: part.wanted = false; return true;  // an empty condition is true
      case Limit::unless: return conditions_.condition(r.condition, conditions_.type_of(r.pattern), none, part.condition);
      case Limit::whenever: part.wanted = false; return conditions_.condition(r.condition, conditions_.type_of(r.pattern), none, part.condition);
      default: return conditions_.refuse("a prohibition that looks at other events");
    }
  }

  // Names to seats. A deputy sits where the one sits whose turn it takes, but has no power of its own.
  bool add_seats(const Rule& r, Part& part) {
    const Index type = conditions_.type_of(r.pattern);
    if (r.slot >= p_.event_types[type].fields.count) return conditions_.refuse("a value that is no field");
    const program::Field& field = p_.fields[p_.event_types[type].fields.first + r.slot];
    if (field.list || (field.type != ValueKind::member && field.type != ValueKind::text)) return conditions_.refuse("a list of names");
    if (r.members.count >= stranger) return conditions_.refuse("too many names");
    if (!conditions_.read(type, r.slot, part.field)) return false;
    part.members = static_cast<std::uint8_t>(r.members.count);
    part.seats.first = static_cast<std::uint32_t>(plan_.seats.size());
    const auto seat_of = [&](Symbol name) {
      for (std::uint32_t i = 0; i < r.members.count; ++i)
        if (p_.symbol_lists[r.members.first + i] == name) return static_cast<std::uint8_t>(i + 1);
      return std::uint8_t{0};
    };
    for (std::uint32_t i = 0; i < r.members.count; ++i) {
      const Symbol name = p_.symbol_lists[r.members.first + i];
      plan_.seats.push_back({conditions_.word(name), seat_of(name)});
    }
    for (const program::Member& m : p_.members)
      if (r.form != Form::power && m.deputy_of != 0 && seat_of(m.name) == 0 && seat_of(m.deputy_of) != 0)
        plan_.seats.push_back({conditions_.word(m.name), seat_of(m.deputy_of)});
    part.seats.count = static_cast<std::uint32_t>(plan_.seats.size()) - part.seats.first;
    return true;
  }

  bool add_extension(const Rule& r, Part& part) {
    if (r.dated.count > dated_max) return conditions_.refuse("too many conditions");
    part.dated = {static_cast<std::uint32_t>(plan_.dated.size()), r.dated.count};
    for (std::uint32_t i = 0; i < r.dated.count; ++i) {
      const Index row = p_.indices[r.dated.first + i];
      Fit fit;
      if (!conditions_.pattern(p_.aggregates[row].pattern, fit)) return false;
      plan_.dated.push_back(row);
      plan_.dated_fits.push_back(fit);
    }
    return true;
  }

  Plan& plan_;
  const program::Program& p_;
  Conditions conditions_;
  Index rule_ = none;
};

}  // namespace

bool compile(Plan& plan, Texts& texts, Refusal& why) { return Compiler(plan, texts, why).run(); }

}  // namespace samrad::engine::lane::detail
