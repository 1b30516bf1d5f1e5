// Values are filled in first, in a copy of the template; then rules that an agreement does without are taken out; then members get
// their names (bind_rows.h).
#include "rules/program/bind.h"

#include "rules/program/bind_rows.h"
#include "rules/program/keep.h"

#include <algorithm>

namespace samrad::program {

namespace {

// Arguments with the fallbacks of what they leave out.
Argument from_fallback(const Program& p, Index fallback) {
  Argument out;
  out.value = p.constants[fallback];
  if (const Symbol s = out.value.symbol; s != 0) out.names = {p.symbols[s]};
  return out;
}

std::vector<Argument> complete(const Program& p, std::span<const Argument> arguments) {
  std::vector<Argument> out(arguments.begin(), arguments.end());
  out.resize(p.parameters.size());
  for (Index i = 0; i < p.parameters.size(); ++i) {
    const Index fallback = p.parameters[i].fallback;
    if (out[i].left_out() && fallback != none) out[i] = from_fallback(p, fallback);
  }
  return out;
}

Day day_of(const Argument& a) { return calendar::saturated(a.value.a); }
Duration duration_of(const Argument& a) {
  return {static_cast<std::int32_t>(a.value.a), static_cast<calendar::Unit>(a.value.b)};
}

// The Program that `filled` is made of keeps its parameters: names and lists are still those of the template.
class Filled {
 public:
  Filled(const Program& of_template, const std::vector<Argument>& arguments)
      : p_(of_template), arguments_(arguments) {}

  Program run() {
    term();
    values();
    for (Aggregate& a : p_.aggregates)
      aggregate(a);
    for (Fact& f : p_.facts)
      if (said(f.lasting_from)) f.lasting = duration_of(arguments_[f.lasting_from]);
    for (Registration& r : p_.registrations)
      registration(r);
    for (Rule& r : p_.rules)
      rule(r);
    std::vector<bool> keep;
    for (const Rule& r : p_.rules)
      keep.push_back(applies(r));
    keep_rules(p_, keep);
    return std::move(p_);
  }

 private:
  [[nodiscard]] bool said(Index parameter) const {
    return parameter != none && !arguments_[parameter].left_out();
  }

  void term() {
    const Day open = p_.term_first;
    if (said(p_.term_first_from)) p_.term_first = day_of(arguments_[p_.term_first_from]);
    if (p_.term_last_from != none)
      p_.term_last =
          said(p_.term_last_from) ? day_of(arguments_[p_.term_last_from]) : calendar::day_max;
    // The first version applies from the term's first day where it says nothing else.
    if (p_.term_first_from != none && p_.versions.front().in_force == open)
      p_.versions.front().in_force = p_.term_first;
  }

  Symbol symbol(const std::string& text) {
    if (text.empty()) return 0;
    p_.symbols.push_back(text);  // perhaps a second time: rows are copied by their text
    return static_cast<Symbol>(p_.symbols.size() - 1);
  }

  // Parameters in conditions become constants.
  void values() {
    std::vector<Index> row(p_.parameters.size(), none);
    for (Op& op : p_.code) {
      if (op.code != Code::parameter) continue;
      const Argument& a = arguments_[op.a];
      op.code = Code::constant;
      if (op.b == 1) {
        p_.constants.push_back({ValueKind::yes_no, 0, a.left_out() ? 0 : 1, 1});
        op.a = static_cast<Index>(p_.constants.size() - 1);
        op.b = 0;
        continue;
      }
      Index& known = row[op.a];
      if (known == none) {
        Value v = a.value;
        if (p_.parameters[op.a].type == ValueKind::text && !a.names.empty())
          v = {ValueKind::text, 0, 0, 1};
        v.symbol = a.names.empty() ? 0 : symbol(a.names[0]);
        p_.constants.push_back(v);
        known = static_cast<Index>(p_.constants.size() - 1);
      }
      op.a = known;
    }
  }

  void aggregate(Aggregate& a) const {
    if (said(a.duration_from)) a.duration = duration_of(arguments_[a.duration_from]);
    const bool of_period = a.reach == Reach::same_period;
    if (of_period && a.anchor == Anchor::start) a.period.anchor = p_.term_first;
    if (said(a.day_from)) (of_period ? a.period.anchor : a.day) = day_of(arguments_[a.day_from]);
  }

  void registration(Registration& r) {
    if (!said(r.number_from)) return;  // a number that nobody gave is none
    r.number = symbol(arguments_[r.number_from].names[0]);
    r.number_from = none;
  }

  void rule(Rule& r) {
    calendar::Period& period = r.form == Form::deadline ? r.due.period : r.period;
    if (r.period_of_term) period.anchor = p_.term_first;
    for (std::uint32_t i = 0; i < r.fillings.count; ++i) {
      const Filling& f = p_.fillings[r.fillings.first + i];
      if (!said(f.parameter)) continue;  // the rule goes
      const Argument& a = arguments_[f.parameter];
      switch (f.place) {
      case Place::from:
        if (day_of(a) <= r.from) break;  // a version that begins later
        r.from = day_of(a), r.amends = false;
        break;
      case Place::to:
        if (day_of(a) >= r.to) break;
        r.to = day_of(a), r.amended = false, r.tail = Tail::finish;
        break;
      case Place::starts: r.starts = day_of(a); break;
      case Place::ends: r.ends = day_of(a); break;
      case Place::times: r.times = static_cast<std::uint32_t>(a.value.a); break;
      case Place::period_anchor: period.anchor = day_of(a); break;
      case Place::due_date: r.due.date = day_of(a); break;
      case Place::due_duration: r.due.duration = duration_of(a); break;
      case Place::duration: r.duration = duration_of(a); break;
      case Place::prec_at_least_duration: r.prec_at_least_duration = duration_of(a); break;
      case Place::prec_within_duration: r.prec_within_duration = duration_of(a); break;
      }
    }
    dated(r);
  }

  // The earliest due day first, which turns on the durations and on the term.
  void dated(Rule& r) {
    if (r.dated.count < 2) return;
    const Day last = p_.term_last == calendar::day_max ? p_.term_first : p_.term_last;
    const auto due = [&](Index a) {
      return calendar::minus(last, p_.aggregates[a].duration, p_.holidays);
    };
    std::vector<Index> rows(p_.indices.begin() + r.dated.first,
                            p_.indices.begin() + r.dated.first + r.dated.count);
    std::stable_sort(rows.begin(), rows.end(), [&](Index a, Index b) { return due(a) < due(b); });
    r.dated.first = static_cast<std::uint32_t>(p_.indices.size());
    p_.indices.insert(p_.indices.end(), rows.begin(), rows.end());
  }

  [[nodiscard]] bool applies(const Rule& r) const {
    for (std::uint32_t i = 0; i < r.needs.count; ++i)
      if (!said(p_.indices[r.needs.first + i])) return false;
    return r.from <= r.to && (r.instances_of == none || said(r.instances_of));
  }

  Program p_;
  const std::vector<Argument>& arguments_;
};

Program bound(const Program& of_template, const std::vector<Argument>& arguments,
              const MemberNames& names) {
  const Program filled = Filled(of_template, arguments).run();
  return Rows(filled, names).copy();
}

}  // namespace

Program bind(const Program& of_template, std::span<const Argument> arguments) {
  const std::vector<Argument> all = complete(of_template, arguments);
  MemberNames names(all.size());
  for (Index i = 0; i < all.size(); ++i) {
    if (of_template.parameters[i].type != ValueKind::member) continue;
    for (std::size_t k = 0; k < all[i].names.size(); ++k)
      names[i].push_back(
          {all[i].names[k], k < all[i].labels.size() ? all[i].labels[k] : std::string()});
  }
  return bound(of_template, all, names);
}

Program variant(const Program& of_template, std::span<const Argument> arguments) {
  std::vector<Argument> all = complete(of_template, arguments);
  MemberNames names(all.size());
  for (Index i = 0; i < all.size(); ++i)
    if (of_template.parameters[i].type == ValueKind::member)
      for (std::size_t k = 0; k < all[i].names.size(); ++k)
        names[i].push_back({shared_name(of_template, i, k), std::string()});
  Program shared = of_template;
  std::erase_if(shared.registrations, [](const Registration& r) {
    return r.number_from != none;
  });  // each agreement's own
  return bound(shared, all, names);
}

std::vector<bool> judging(const Program& p) {
  std::vector<bool> out(p.parameters.size(), false);
  const auto mark = [&out](Index parameter) {
    if (parameter != none) out[parameter] = true;
  };
  for (const Filling& f : p.fillings)
    mark(f.parameter);
  for (const Aggregate& a : p.aggregates)
    mark(a.day_from), mark(a.duration_from);
  for (const Fact& f : p.facts)
    mark(f.lasting_from);
  for (const Op& op : p.code)
    if (op.code == Code::parameter) mark(op.a);
  return out;
}

std::string variant_key(const Program& of_template, std::span<const Argument> arguments,
                        const std::vector<bool>& judges) {
  std::string out;
  const auto say = [&out](std::int64_t number) { out += std::to_string(number) + ","; };
  const Argument nothing;
  for (Index i = 0; i < of_template.parameters.size(); ++i) {
    const Index fallback = of_template.parameters[i].fallback;
    const Argument* a = i < arguments.size() ? &arguments[i] : &nothing;
    Argument fallen_back;
    if (a->left_out() && fallback != none) {
      fallen_back = from_fallback(of_template, fallback);
      a = &fallen_back;
    }
    if (of_template.parameters[i].type == ValueKind::member) {
      say(static_cast<std::int64_t>(a->names.size()));
    } else if (!judges[i]) {
      say(a->left_out() ? 0 : 1);
    } else {
      say(static_cast<std::int64_t>(a->value.kind)), say(a->value.a), say(a->value.b);
      for (const std::string& name : a->names)
        say(static_cast<std::int64_t>(name.size())), out += name;
    }
    out += ";";
  }
  return out;
}

std::string shared_name(const Program& of_template, Index parameter, std::size_t entry) {
  const Parameter& p = of_template.parameters[parameter];
  const std::string& name = of_template.symbols[p.name];
  return p.list ? name + "#" + std::to_string(entry + 1) : name;
}

}  // namespace samrad::program
