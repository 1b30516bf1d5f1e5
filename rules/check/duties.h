// The sentences of a text side by side, as far as two of them can be held against each other without running anything.
#pragma once

#include "rules/check/literals.h"
#include "rules/check/pass.h"

namespace samrad::rules {

// One sentence of a clause (of the default reading, where there are several), or the `must be measured` of a measure.
struct Duty {
  NodeId block = no_node;
  NodeId core = no_node;      // count, deadline, … or measured
  NodeId pattern = no_node;   // what it is about; no_node for a measure
  NodeId each = no_node;      // the `for each` before it
  bool unconditional = true;  // no exception, no `for each` … while
  bool open =
      false;  // a parameter decides something of it: nothing certain can be said before it is filled in
  calendar::Day from =
      calendar::day_min;  // the clause's interval, `until` of the sentence included
  calendar::Day to = calendar::day_max;
  calendar::Day starts =
      calendar::day_min;  // `from` of the sentence: a beginning, which cuts no window
};

struct Duties {
  std::vector<Duty> rows;  // in the order of the text
  Terms terms;
};

[[nodiscard]] Duties duties_of(const Pass& pass);

// True when both apply on some day.
[[nodiscard]] bool together(const Duty& a, const Duty& b);

// The pattern written so that two that ask for the same are equal: event type, subjects in order of name, fields,
// condition. With `parts` 2 all of it, 1 without fields and condition, 0 the event type alone.
[[nodiscard]] std::string pattern_key(const Pass& pass, NodeId pattern, int parts = 2);
// The key of a duty's pattern and the member whose key it is: one for each member that `for each` stands for (of a long
// list the first ones), else a single one without member.
struct PatternKey {
  std::string key;
  std::string_view member = {};
};
[[nodiscard]] std::vector<PatternKey> pattern_keys(const Pass& pass, const Duty& duty);
// The same for the pattern that asks for `NODE`'s answer: second pattern of a response.
[[nodiscard]] std::string tree_key(const Pass& pass, NodeId node);

// True when one of the clauses overrides the other.
[[nodiscard]] bool one_overrides(const Pass& pass, NodeId a, NodeId b);

// `times` in so many windows a year, as a fraction: 2 every half-year is 4 / 1. The months that the period leaves out count
// as nothing.
struct Frequency {
  bool at_least = true;
  bool at_most = false;
  std::int64_t times = 1;
  calendar::Period period;
  [[nodiscard]] std::int64_t
  a_year_in_days() const;  // times × 365 000 ÷ days of a window, months left out
};
// Precondition: the core is a count or a `measured`.
[[nodiscard]] Frequency frequency_of(const Pass& pass, const Duty& duty, calendar::Day term_first);
[[nodiscard]] std::string spoken(const Pass& pass, const Frequency& frequency, NodeId core);

}  // namespace samrad::rules
