// Numbers, dates, durations and periods of a tree as values. Precondition of each: the node has the kind that is named,
// with the children that tree.h lists. What does not fit comes out as nothing or cut to the nearest allowed value; the
// checks of times.cpp see to it that this never reaches a Program.
#pragma once

#include "rules/calendar/duration.h"
#include "rules/calendar/period.h"
#include "rules/calendar/shift.h"
#include "rules/tree/tree.h"

#include <optional>
#include <string_view>

namespace samrad::rules {

// A fraction in lowest terms, den > 0.
struct Fraction {
  std::int64_t num = 0;
  std::int64_t den = 1;
};

// "12.5" is 25/2. Nothing when it does not fit.
[[nodiscard]] std::optional<Fraction> read_fraction(std::string_view digits);

// v_number without a decimal point, at most `most`.
[[nodiscard]] std::optional<std::int64_t> read_whole(const Tree& tree, NodeId number,
                                                     std::int64_t most = 1'000'000'000);

struct MoneyAmount {
  Fraction amount;
  std::string_view currency;
};
[[nodiscard]] std::optional<MoneyAmount> read_money(std::string_view text);

// v_date, or a node whose only child is one.
[[nodiscard]] calendar::Day read_day(const Tree& tree, NodeId date);

inline constexpr std::int32_t duration_count_max = 100'000;  // of whatever unit
[[nodiscard]] calendar::Duration read_duration(const Tree& tree, NodeId duration);
// The duration child of a node. Precondition: it has one.
[[nodiscard]] calendar::Duration duration_of(const Tree& tree, NodeId node);
// About how many days, for putting durations in order.
[[nodiscard]] std::int64_t days_about(calendar::Duration duration);
[[nodiscard]] std::string spoken(calendar::Duration duration);  // "30 days", "1 month"

// Months of a `months` node, `except` already turned round.
[[nodiscard]] calendar::Months read_months(const Tree& tree, NodeId months);

// The parameter (a v_name) that stands among the children of a node instead of a date, a duration or a number; no_node: none does.
[[nodiscard]] NodeId parameter_in(const Tree& tree, NodeId node);

struct PeriodText {
  calendar::Period period;
  bool of_term = false;  // counted from the term's first day, said or implied
  std::optional<calendar::Day> from;
  std::optional<calendar::Day> until;
  // Parameters instead of dates; the date then means nothing.
  NodeId anchor_by = no_node;
  NodeId from_by = no_node;
  NodeId until_by = no_node;
};
// A `period` node; `term_first` is what `of the term` counts from.
[[nodiscard]] PeriodText read_period(const Tree& tree, NodeId period, calendar::Day term_first);

// What the block `agreement` says, or its defaults.
struct Terms {
  calendar::Day first{};
  calendar::Day last = calendar::day_max;
  NodeId term = no_node;  // the item, or no_node
  NodeId first_by = no_node;  // parameters that give `first` and `last`, which then mean nothing
  NodeId last_by = no_node;
  [[nodiscard]] bool open() const { return first_by != no_node || last_by != no_node; }
  std::optional<calendar::Day> in_force;
  bool lapse = false;  // `open occurrences lapse`
  calendar::PartPolicy parts = calendar::PartPolicy::not_assessed;
  bool parts_said = false;
  calendar::Holidays holidays = calendar::Holidays::sweden;
  calendar::Language language = calendar::Language::sv;
  calendar::Shift shift = calendar::Shift::none;
};
[[nodiscard]] Terms read_terms(const Tree& tree, NodeId agreement);

[[nodiscard]] calendar::PartPolicy read_parts(std::string_view word);
[[nodiscard]] calendar::Shift read_shift(std::string_view word);

}  // namespace samrad::rules
