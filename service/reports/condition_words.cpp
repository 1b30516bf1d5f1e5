// Postfix to tree, and the tree from the leaves up: each node gets a phrase and, where it can be denied, the phrase for that.

#include "service/reports/condition_words.h"

#include <algorithm>

#include <fmt/format.h>

#include "rules/program/tree.h"

namespace samrad::reports {

using engine::Ground;
using program::Code;
using program::Expression;
using program::Inclusion;
using program::Index;
using program::Symbol;
using program::Tree;
using program::ValueKind;

namespace {

// Of a list that is too long to read, so many are named and the others counted.
constexpr std::size_t listed_max = 9;
constexpr std::size_t named_of_more = 4;

struct Phrase {
  std::string text;
  std::string denied;  // of conditions
  bool joins = false;  // two conditions: between brackets within another
};

struct Pair {
  const char* sv;
  const char* en;
};

// Of the name of a field in English, as well as its letters tell.
bool plural(std::string_view name) { return name.ends_with('s') && !name.ends_with("ss"); }

class Worder {
 public:
  Worder(const Ground& ground, const Tree& tree, Scope scope, Language language)
      : ground_(ground),
        program_(ground.program()),
        tree_(tree),
        scope_(scope),
        language_(language),
        sv_(language == Language::sv) {
    for (std::uint32_t row = 0; row < tree.nodes.size(); ++row)
      phrases_.push_back(phrase(tree.nodes[row]));
  }

  const std::string& text(std::uint32_t row) const { return phrases_[row].text; }
  std::string beside_others(std::uint32_t row) const {
    return phrases_[row].joins ? "(" + text(row) + ")" : text(row);
  }

  // The conditions that must all hold, each a row.
  std::vector<std::uint32_t> conjuncts() const {
    std::vector<std::uint32_t> out, open;
    if (!tree_.nodes.empty()) open.push_back(static_cast<std::uint32_t>(tree_.nodes.size() - 1));
    while (!open.empty()) {
      const std::uint32_t row = open.back();
      open.pop_back();
      const program::Node& node = tree_.nodes[row];
      if (node.op.code == Code::logical_and)
        open.insert(open.end(), node.children.rbegin(), node.children.rend());
      else
        out.push_back(row);
    }
    return out;
  }

  // "av Polisen": a field with one of the words that stand in patterns; empty for all else.
  std::string prepositional(std::uint32_t row) const;
  // "samma forum": what the event is about; empty for all else.
  std::string about(std::uint32_t row) const;

 private:
  std::string say(std::string sv, std::string en) const { return sv_ ? sv : en; }
  std::string say(Pair words) const { return sv_ ? words.sv : words.en; }
  const std::string& child(const program::Node& node, std::size_t i) const {
    return phrases_[node.children[i]].text;
  }
  std::string written(const program::Node& node) const {
    return std::string(ground_.symbols().text(node.op.text));
  }
  // Between quotes within quotes.
  std::string inner(std::string_view text) const {
    return fmt::format("{}{}’", sv_ ? "’" : "‘", text);
  }
  Phrase with_verb(const std::string& subject, Pair yes, Pair no, const std::string& rest) const {
    return {fmt::format("{} {}{}", subject, say(yes), rest.empty() ? rest : " " + rest),
            fmt::format("{} {}{}", subject, say(no), rest.empty() ? rest : " " + rest)};
  }
  Phrase as_written(const program::Node& node) const {
    const std::string text = written(node);
    return {text, say("inte ", "not ") + text};
  }

  Index type_of(std::uint32_t frame) const {
    return frame == 0 || scope_.one_event ? scope_.candidate : scope_.origin;
  }
  const program::Field* field_row(std::uint32_t frame, std::uint32_t slot) const {
    const Index type = type_of(frame);
    if (type == program::none) return nullptr;
    const program::Range fields = program_.event_types[type].fields;
    return slot < fields.count ? &program_.fields[fields.first + slot] : nullptr;
  }
  std::string field(const program::Node& node) const;
  std::string of_event(std::uint32_t frame, const std::string& what) const {
    return frame == 0 || scope_.one_event
               ? what
               : fmt::format("{} {}", what, say("för den händelsen", "of that event"));
  }
  std::string kind_of_subject() const;
  bool is_date(std::uint32_t row) const;
  std::string value(const program::Node& node) const;
  std::string members(const program::Node& node, std::size_t first, bool alternatives) const;
  std::string reach(const program::Aggregate& a) const;

  Phrase phrase(const program::Node& node) const;
  Phrase comparison(const program::Node& node) const;
  Phrase inclusion(const program::Node& node) const;
  Phrase truth(const program::Node& node) const;
  Phrase joined(const program::Node& node) const;
  std::string value_phrase(const program::Node& node) const;
  std::string count(const program::Node& node) const;

  const Ground& ground_;
  const program::Program& program_;
  const Tree& tree_;
  Scope scope_;
  Language language_;
  bool sv_;
  std::vector<Phrase> phrases_;
};

std::string Worder::field(const program::Node& node) const {
  const std::uint32_t frame = node.op.a;
  if (const program::Field* row = field_row(frame, node.op.b))
    return of_event(frame, field_name(ground_, *row, language_));
  return written(node);
}

std::string Worder::kind_of_subject() const {
  const Index type = scope_.candidate;
  if (type == program::none || program_.event_types[type].subject_kinds.count != 1) return {};
  const program::Kind& kind =
      program_.kinds[program_.indices[program_.event_types[type].subject_kinds.first]];
  if (kind.label != 0) return running_case(std::string(ground_.symbols().text(kind.label)));
  const std::string name(ground_.symbols().text(kind.name));
  if (!sv_) return name;
  return name == "party"      ? "part"
         : name == "role"     ? "befattning"
         : name == "document" ? "handling"
                              : name;
}

// Days are before and after one another, not more and less.
bool Worder::is_date(std::uint32_t row) const {
  const program::Node& node = tree_.nodes[row];
  switch (node.op.code) {
  case Code::event_day:
  case Code::expiry:
  case Code::start: return true;
  case Code::constant: return program_.constants[node.op.a].kind == ValueKind::date;
  case Code::field: {
    const program::Field* f = field_row(node.op.a, node.op.b);
    return f != nullptr && f->type == ValueKind::date;
  }
  case Code::add:
  case Code::subtract: return is_date(node.children[0]);
  default: return false;
  }
}

std::string Worder::value(const program::Node& node) const {
  const program::Value& v = program_.constants[node.op.a];
  if (v.kind == ValueKind::text) return inner(ground_.symbols().text(v.symbol));
  return reports::value(ground_, v, language_);
}

std::string Worder::members(const program::Node& node, std::size_t first, bool alternatives) const {
  const std::size_t all = node.children.size() - first;
  const std::size_t named = all > listed_max ? named_of_more : all;
  std::vector<std::string> names;
  for (std::size_t i = first; i < first + named; ++i)
    names.push_back(child(node, i));
  if (named < all)
    names.push_back(number(static_cast<int>(all - named), language_) + say(" till", " more"));
  return listed(names, language_, alternatives);
}

Phrase Worder::phrase(const program::Node& node) const {
  switch (node.op.code) {
  case Code::equal:
  case Code::not_equal:
  case Code::less:
  case Code::less_equal:
  case Code::greater:
  case Code::greater_equal: return comparison(node);
  case Code::includes: return inclusion(node);
  case Code::one_of:
  case Code::present:
  case Code::truth:
  case Code::holds:
  case Code::happened: return truth(node);
  case Code::logical_and:
  case Code::logical_or:
  case Code::logical_not: return joined(node);
  default: return {value_phrase(node), {}};
  }
}

Phrase Worder::comparison(const program::Node& node) const {
  const bool days = is_date(node.children[0]) || is_date(node.children[1]);
  const bool field = tree_.nodes[node.children[0]].op.code == Code::field;
  const std::string is =
      child(node, 0) + say(" är ", field && plural(child(node, 0)) ? " are " : " is ");
  constexpr Pair same{"", ""}, other{"inte ", "not "};
  constexpr Pair before{"före ", "before "}, until{"senast ", "no later than "},
      after{"efter ", "after "}, from{"tidigast ", "no earlier than "};
  constexpr Pair less{"mindre än ", "less than "}, at_most{"högst ", "at most "},
      more{"mer än ", "more than "}, at_least{"minst ", "at least "};
  const auto said = [&](Pair yes, Pair no) {
    return Phrase{is + say(yes) + child(node, 1), is + say(no) + child(node, 1)};
  };
  switch (node.op.code) {
  case Code::equal: return said(same, other);
  case Code::not_equal: return said(other, same);
  case Code::less: return days ? said(before, from) : said(less, at_least);
  case Code::less_equal: return days ? said(until, after) : said(at_most, more);
  case Code::greater: return days ? said(after, until) : said(more, at_most);
  default: return days ? said(from, before) : said(at_least, less);
  }
}

// In English `attendees include` and `agenda includes`; in Swedish the verb is the same.
Phrase Worder::inclusion(const program::Node& node) const {
  const std::string& list = child(node, 0);
  const std::string all = members(node, 1, false), any = members(node, 1, true);
  const bool one = node.children.size() == 2, many = plural(list);
  const Pair includes{"omfattar", many ? "include" : "includes"};
  const Pair lacks{"omfattar inte", many ? "do not include" : "does not include"};
  const auto phrase = [&](Pair yes, const std::string& of_yes, Pair no, const std::string& of_no) {
    return Phrase{fmt::format("{} {} {}", list, say(yes), of_yes),
                  fmt::format("{} {} {}", list, say(no), of_no)};
  };
  switch (static_cast<Inclusion>(node.op.a & 0xFF)) {
  case Inclusion::one:
  case Inclusion::all:
    return phrase(includes, all, lacks, one ? all : say("alla av ", "all of ") + all);
  case Inclusion::any: return phrase(includes, any, lacks, any);
  case Inclusion::no: return phrase(lacks, any, includes, any);
  case Inclusion::only:
    return phrase(includes, say("bara ", "only ") + all, includes,
                  say("andra än ", "others than ") + all);
  case Inclusion::at_least_n: {
    const std::string of =
        number(static_cast<int>(node.op.a >> 8U), language_) + say(" av ", " of ") + all;
    return phrase(includes, say("minst ", "at least ") + of, includes,
                  say("färre än ", "fewer than ") + of);
  }
  }
  return as_written(node);
}

Phrase Worder::truth(const program::Node& node) const {
  switch (node.op.code) {
  case Code::one_of:
    return {
        fmt::format("{} {} {}", child(node, 0), say("är", "is"), members(node, 1, true)),
        fmt::format("{} {} {}", child(node, 0), say("är inte", "is not"), members(node, 1, true))};
  case Code::present: {
    const program::Field* row = field_row(node.op.a, node.op.b);
    if (row == nullptr) return as_written(node);
    const std::string name = field_name(ground_, *row, language_);
    const bool many = plural(name);
    return with_verb(of_event(node.op.a, name), {"finns", many ? "are given" : "is given"},
                     {"saknas", many ? "are missing" : "is missing"}, {});
  }
  case Code::truth: return with_verb(child(node, 0), {"är ja", "is yes"}, {"är nej", "is no"}, {});
  case Code::holds: {
    const std::string name = inner(label(ground_, program_.facts[node.op.a].name));
    const std::string key = node.op.b == 1 ? say("för ", "for ") + child(node, 0) : std::string();
    return with_verb(name, {"gäller", "holds"}, {"gäller inte", "does not hold"}, key);
  }
  default: {
    const program::Aggregate& a = program_.aggregates[node.op.a];
    return with_verb(pattern(ground_, a.pattern, language_), {"har skett", "has happened"},
                     {"har inte skett", "has not happened"}, reach(a));
  }
  }
}

Phrase Worder::joined(const program::Node& node) const {
  const Phrase& left = phrases_[node.children[0]];
  if (node.op.code == Code::logical_not) return {left.denied, left.text, left.joins};
  const Phrase& right = phrases_[node.children[1]];
  const Code same = node.op.code;
  const auto within = [&](std::size_t i, const Phrase& part) {
    const bool bare = !part.joins || tree_.nodes[node.children[i]].op.code == same;
    return bare ? part.text : "(" + part.text + ")";
  };
  const std::string text = fmt::format(
      "{} {} {}", within(0, left),
      same == Code::logical_and ? say("och", "and") : say("eller", "or"), within(1, right));
  return {text, fmt::format("{} ({})", say("inte", "not"), text), true};
}

std::string Worder::value_phrase(const program::Node& node) const {
  const std::uint32_t frame = node.op.a;
  const bool own = frame == 0 || scope_.one_event;
  // Sums within products, and the right side of a minus, keep their brackets.
  const auto operand = [&](std::size_t i) {
    const Code code = tree_.nodes[node.children[i]].op.code;
    const bool composed = code == Code::add || code == Code::subtract || code == Code::multiply ||
                          code == Code::divide;
    return composed ? "(" + child(node, i) + ")" : child(node, i);
  };
  switch (node.op.code) {
  case Code::constant: return value(node);
  case Code::field: return field(node);
  case Code::subject:
    return own ? say("det som händelsen gäller", "what the event is about")
               : say("det som den händelsen gäller", "what that event is about");
  case Code::event_day:
    return own ? say("dagen", "the day") : say("dagen för den händelsen", "the day of that event");
  case Code::event_id:
    return own ? say("händelsen", "the event") : say("den händelsen", "that event");
  case Code::key: return say("den det gäller", "the one concerned");
  case Code::expiry: return say("avtalets sista dag", "the term's last day");
  case Code::start: return say("avtalets första dag", "the term's first day");
  case Code::add: return operand(0) + " + " + operand(1);
  case Code::subtract: return operand(0) + " − " + operand(1);
  case Code::multiply: return operand(0) + " · " + operand(1);
  case Code::divide: return operand(0) + " / " + operand(1);
  case Code::negate: return "−" + operand(0);
  case Code::days_between:
    return fmt::format("{} {} {} {}", say("antalet dagar från", "the number of days from"),
                       child(node, 0), say("till", "to"), child(node, 1));
  case Code::count_list: return say("antalet ", "the number of ") + child(node, 0);
  case Code::count_in:
  case Code::share_in:
    return fmt::format("{} {} {} {}",
                       node.op.code == Code::count_in ? say("antalet av", "the number of")
                                                      : say("andelen av", "the share of"),
                       members(node, 1, false), say("bland", "among"), child(node, 0));
  case Code::aggregate: return count(node);
  default: return written(node);
  }
}

std::string Worder::count(const program::Node& node) const {
  const program::Aggregate& a = program_.aggregates[node.op.a];
  const std::string when = reach(a);
  const std::string what =
      pattern(ground_, a.pattern, language_) + (when.empty() ? "" : " " + when);
  if (a.measure == program::Measure::count) return say("antalet ", "the number of ") + what;
  if (a.measure != program::Measure::sum) return written(node);
  const program::EventType& type = program_.event_types[program_.patterns[a.pattern].type];
  return fmt::format("{} {} {} {}", say("summan av", "the sum of"),
                     field_name(ground_, program_.fields[type.fields.first + a.slot], language_),
                     say("för", "of"), what);
}

std::string Worder::reach(const program::Aggregate& a) const {
  const std::string time = duration(a.duration, language_);
  const auto anchor = [&] {
    switch (a.anchor) {
    case program::Anchor::this_day: return say("dagen", "that day");
    case program::Anchor::expiry: return say("avtalets sista dag", "the term's last day");
    case program::Anchor::start: return say("avtalets första dag", "the term's first day");
    case program::Anchor::date: return the_date(a.day, language_);
    }
    return std::string();
  };
  switch (a.reach) {
  case program::Reach::ever: return {};
  case program::Reach::last:
    return say(fmt::format("högst {} tidigare", time), fmt::format("in the last {}", time));
  case program::Reach::since_date: return say("sedan ", "since ") + the_date(a.day, language_);
  case program::Reach::since_start:
    return say("sedan avtalets första dag", "since the term's first day");
  case program::Reach::since_last:
    return say("sedan senaste ", "since the last ") + pattern(ground_, a.since, language_);
  case program::Reach::same_period:
    return say("under samma ", "in the same ") + period_name(a.period, language_);
  case program::Reach::before_date: return say("före ", "before ") + the_date(a.day, language_);
  case program::Reach::at_least_before:
    return fmt::format("{} {} {} {}", say("minst", "at least"), time, say("före", "before"),
                       anchor());
  case program::Reach::within_before:
    return fmt::format("{} {} {} {}", say("högst", "at most"), time, say("före", "before"),
                       anchor());
  }
  return {};
}

std::string Worder::about(std::uint32_t row) const {
  const program::Node& node = tree_.nodes[row];
  if (node.op.code != Code::equal) return {};
  const program::Op& left = tree_.nodes[node.children[0]].op;
  const program::Op& right = tree_.nodes[node.children[1]].op;
  if (left.code != Code::subject || left.a != 0) return {};
  const std::string kind = kind_of_subject();
  const bool same = right.code == Code::subject && right.a == 1 && !kind.empty();
  return same ? say("samma ", "the same ") + kind : child(node, 1);
}

std::string Worder::prepositional(std::uint32_t row) const {
  const program::Node& node = tree_.nodes[row];
  if (node.op.code != Code::equal) return {};
  const program::Op& left = tree_.nodes[node.children[0]].op;
  if (left.code != Code::field || left.a != 0) return {};
  const program::Field* field = field_row(0, left.b);
  if (field == nullptr || shows_label(ground_, field->label, language_)) return {};
  const std::string_view word = preposition(ground_.symbols().text(field->name), language_);
  return word.empty() ? std::string() : fmt::format("{} {}", word, child(node, 1));
}

}  // namespace

std::string expression_words(const Ground& ground, Expression expression, Scope scope,
                             Language language) {
  const Tree tree = program::tree_of(ground.program(), expression);
  if (tree.nodes.empty()) return {};
  const program::Op& root = tree.nodes.back().op;
  const Worder worder(ground, tree, scope, language);
  const std::vector<std::uint32_t>& parts = tree.nodes.back().children;
  // A fact alone is what it is called.
  if (root.code == Code::holds) {
    const std::string name = label(ground, ground.program().facts[root.a].name);
    return parts.empty() ? name : fmt::format("{} ({})", name, worder.text(parts[0]));
  }
  const auto whole = static_cast<std::uint32_t>(tree.nodes.size() - 1);
  const std::string words = worder.prepositional(whole);
  return words.empty() ? worder.text(whole) : words;
}

std::string until_day(const Ground& ground, const program::Rule& rule, Language language) {
  const Index type = ground.program().patterns[rule.pattern].type;
  return quoted(expression_words(ground, rule.until_day, {program::none, type, false}, language),
                language);
}

std::string pattern_details(const Ground& ground, Index index, Language language) {
  const program::Pattern& row = ground.program().patterns[index];
  std::vector<std::string> subjects;
  for (std::uint32_t i = 0; i < row.subjects.count; ++i)
    subjects.push_back(label(ground, ground.program().symbol_lists[row.subjects.first + i]));
  std::string text = listed(subjects, language, true), conditions;
  const Tree tree = program::tree_of(ground.program(), row.condition);
  const Worder worder(ground, tree, scope_of(ground, index), language);
  const bool sv = language == Language::sv;
  for (const std::uint32_t part : worder.conjuncts())
    if (const std::string words = worder.about(part) + worder.prepositional(part); !words.empty())
      text += (text.empty() ? "" : ", ") + words;
    else
      conditions += (conditions.empty() ? (sv ? "där " : "where ") : (sv ? " och " : " and ")) +
                    worder.beside_others(part);
  return text + (text.empty() || conditions.empty() ? "" : ", ") + conditions;
}

}  // namespace samrad::reports
