// What is wrong with the arguments of a template, parameter by parameter, then taken together: the term and the names.
#include "rules/program/bind.h"

#include "rules/calendar/date.h"

#include <algorithm>
#include <map>

namespace samrad::program {

namespace {

constexpr std::int64_t times_max = 1'000'000;
constexpr std::int64_t duration_count_max = 100'000;  // of whatever unit, as in a rule file
constexpr Day date_max = calendar::to_day({calendar::year_max - 1, 12, 31});

std::string quoted(std::string_view name) { return "`" + std::string(name) + "`"; }

class Faults {
 public:
  Faults(const Program& p, std::span<const Argument> arguments) : p_(p), arguments_(arguments) {}

  std::vector<BindFault> run() {
    for (Index i = 0; i < p_.parameters.size(); ++i)
      argument(i);
    if (out_.empty()) term();
    names();
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string name(Index i) const { return quoted(p_.text(p_.parameters[i].name)); }
  void fault(Index i, std::string message) { out_.push_back({i, std::move(message)}); }

  [[nodiscard]] std::string wanted(Index i) const {
    const Parameter& p = p_.parameters[i];
    switch (p.type) {
    case ValueKind::yes_no: return "yes or no";
    case ValueKind::number: return "a number";
    case ValueKind::money: return "an amount of money such as 5000 SEK";
    case ValueKind::date: return "a date such as 2016-06-01";
    case ValueKind::duration: return "a duration such as 90 days";
    case ValueKind::member: {
      const std::string kind(p_.text(p_.kinds[p.kind].name));
      return p.list ? "the names of its members, each " + quoted(kind)
                    : "the name of its " + quoted(kind);
    }
    default: return "a text";
    }
  }

  void argument(Index i) {
    const Parameter& p = p_.parameters[i];
    if (i >= arguments_.size() || arguments_[i].left_out()) {
      if (!p.optional && p.fallback == none)
        fault(i, name(i) + " is left out: expected " + wanted(i));
      return;
    }
    const Argument& a = arguments_[i];
    const bool named = p.type == ValueKind::text || p.type == ValueKind::member;
    const bool right = named ? a.value.kind == ValueKind::absent || a.value.kind == p.type
                             : a.value.kind == p.type;
    const bool one = p.list                                ? !a.names.empty()
                     : p.type == ValueKind::money || named ? a.names.size() == 1
                                                           : true;
    if (!right || !one) return fault(i, "expected " + wanted(i) + " for " + name(i));
    range(i, a);
  }

  void range(Index i, const Argument& a) {
    const Value& v = a.value;
    if ((v.kind == ValueKind::number || v.kind == ValueKind::money) && v.b <= 0)
      return fault(i, name(i) + " is a fraction over nothing");
    if (v.kind == ValueKind::yes_no && v.a != 0 && v.a != 1)
      return fault(i, "expected yes or no for " + name(i));
    if (v.kind == ValueKind::date && (v.a < calendar::day_min.n || v.a > date_max.n))
      return fault(i, name(i) +
                          " is a day outside the calendar: the last one that can be said is " +
                          calendar::iso(date_max));
    if (v.kind == ValueKind::duration) {
      if (v.b < 0 || v.b > static_cast<std::int64_t>(calendar::Unit::year))
        return fault(i, name(i) + " is a duration without a unit");
      if (v.a < 1) return fault(i, name(i) + " is a duration of nothing: expected 1 or more");
      if (v.a > duration_count_max)
        return fault(i, name(i) + " is too long: at most " + std::to_string(duration_count_max) +
                            " of a unit");
    }
    for (const Filling& f : p_.fillings) {
      if (f.parameter != i || f.place != Place::times || (v.b == 1 && v.a >= 1 && v.a <= times_max))
        continue;
      return fault(i, name(i) + " is a number of times: expected a whole number from 1 to " +
                          std::to_string(times_max));
    }
  }

  // Days that parameters give are said where they are given.
  void term() {
    if (p_.term_first_from == none && p_.term_last_from == none) return;
    const Value first = value(p_.term_first_from, p_.term_first);
    const Value last = value(p_.term_last_from, calendar::day_max);
    const Value end =
        p_.term_last_from == none ? Value{ValueKind::date, 0, p_.term_last.n, 1} : last;
    if (first.a <= end.a) return;
    fault(p_.term_last_from == none ? p_.term_first_from : p_.term_last_from,
          "the term ends on " + calendar::iso(calendar::saturated(end.a)) +
              ", before it begins on " + calendar::iso(calendar::saturated(first.a)));
  }

  [[nodiscard]] Value value(Index parameter, Day otherwise) const {
    if (parameter == none) return {ValueKind::date, 0, otherwise.n, 1};
    if (parameter < arguments_.size() && !arguments_[parameter].left_out())
      return arguments_[parameter].value;
    const Index fallback = p_.parameters[parameter].fallback;
    return fallback == none ? Value{ValueKind::date, 0, otherwise.n, 1} : p_.constants[fallback];
  }

  // A name is one member's, as in a text.
  void names() {
    const auto named = [](const Parameter& p) { return p.type == ValueKind::member; };
    if (std::none_of(p_.parameters.begin(), p_.parameters.end(), named)) return;
    std::map<std::string_view, std::string> taken;
    for (const Member& m : p_.members)
      if (m.parameter == none) taken.emplace(p_.text(m.name), "a member of every agreement");
    for (Index i = 0; i < p_.parameters.size() && i < arguments_.size(); ++i) {
      if (p_.parameters[i].type != ValueKind::member) continue;
      for (const std::string& one : arguments_[i].names) {
        if (one.empty()) {
          fault(i, name(i) + " names a member without a name");
          continue;
        }
        const auto [at, fresh] = taken.emplace(one, "named by " + name(i));
        if (!fresh) fault(i, quoted(one) + ", for " + name(i) + ", is already " + at->second);
      }
    }
  }

  const Program& p_;
  std::span<const Argument> arguments_;
  std::vector<BindFault> out_;
};

}  // namespace

std::vector<BindFault> faults(const Program& of_template, std::span<const Argument> arguments) {
  return Faults(of_template, arguments).run();
}

}  // namespace samrad::program
