// Digits to values, in whole numbers only.
#include "rules/check/literals.h"

#include <algorithm>
#include <charconv>
#include <numeric>
#include <string>

namespace samrad::rules {

using calendar::Day;
using calendar::Duration;
using calendar::PeriodUnit;
using calendar::Unit;

std::optional<Fraction> read_fraction(std::string_view digits) {
  constexpr std::size_t digits_max = 18;
  Fraction out;
  std::size_t seen = 0;
  bool decimals = false;
  for (char c : digits) {
    if (c == '.') {
      if (decimals) return std::nullopt;
      decimals = true;
      continue;
    }
    if (c < '0' || c > '9' || ++seen > digits_max) return std::nullopt;
    out.num = out.num * 10 + (c - '0');
    if (decimals) out.den *= 10;
  }
  if (seen == 0) return std::nullopt;
  const std::int64_t common = std::gcd(out.num, out.den);
  return Fraction{out.num / common, out.den / common};
}

std::optional<std::int64_t> read_whole(const Tree& tree, NodeId number, std::int64_t most) {
  const auto value = read_fraction(tree.text(number));
  if (!value || value->den != 1 || value->num > most) return std::nullopt;
  return value->num;
}

std::optional<MoneyAmount> read_money(std::string_view text) {
  const std::size_t blank = text.find(' ');
  if (blank == std::string_view::npos) return std::nullopt;
  const auto amount = read_fraction(text.substr(0, blank));
  if (!amount) return std::nullopt;
  return MoneyAmount{*amount, text.substr(blank + 1)};
}

Day read_day(const Tree& tree, NodeId date) {
  if (tree.kind(date) != Node::v_date) {
    const NodeId inner = tree.child(date, Node::v_date);
    return inner == no_node ? Day{} : read_day(tree, inner);
  }
  return calendar::parse_iso(tree.text(date)).value_or(Day{});
}

namespace {

Unit unit_of(std::string_view word) {
  if (word == "hour") return Unit::hour;
  if (word == "working_day") return Unit::working_day;
  if (word == "week" || word == "fortnight") return Unit::week;
  if (word == "month" || word == "quarter" || word == "half_year") return Unit::month;
  if (word == "year") return Unit::year;
  return Unit::day;
}

// How many of `unit_of(word)` one of the word is.
std::int64_t size_of(std::string_view word) {
  if (word == "fortnight") return 2;
  if (word == "quarter") return 3;
  if (word == "half_year") return 6;
  return 1;
}

}  // namespace

NodeId parameter_in(const Tree& tree, NodeId node) { return tree.child(node, Node::v_name); }

Duration read_duration(const Tree& tree, NodeId duration) {
  const auto children = tree.of(duration);
  const std::int64_t count =
      children.empty() ? 1 : read_whole(tree, children[0]).value_or(duration_count_max);
  const std::int64_t units =
      std::min<std::int64_t>(count, duration_count_max) * size_of(tree.text(duration));
  return {static_cast<std::int32_t>(units), unit_of(tree.text(duration))};
}

Duration duration_of(const Tree& tree, NodeId node) {
  const NodeId duration = tree.child(node, Node::v_duration);
  return duration == no_node ? Duration{} : read_duration(tree, duration);
}

std::int64_t days_about(Duration duration) {
  const std::int64_t n = duration.count;
  switch (duration.unit) {
  case Unit::hour: return n / 24;
  case Unit::day: return n;
  case Unit::working_day: return n * 7 / 5;
  case Unit::week: return n * 7;
  case Unit::month: return n * 30;
  case Unit::year: return n * 365;
  }
  return n;
}

std::string spoken(Duration duration) {
  static constexpr std::string_view words[] = {"hour", "day",   "working day",
                                               "week", "month", "year"};
  return std::to_string(duration.count) + " " +
         std::string(words[static_cast<std::size_t>(duration.unit)]) +
         (duration.count == 1 ? "" : "s");
}

calendar::Months read_months(const Tree& tree, NodeId months) {
  calendar::Months out = calendar::Months::no_month;
  for (NodeId c : tree.of(months))
    if (const auto month = read_whole(tree, c, 12)) out = out.with(static_cast<unsigned>(*month));
  if (tree.text(months) == "except")
    out.mask = static_cast<std::uint16_t>(~out.mask & calendar::Months::all.mask);
  return out;
}

namespace {

PeriodUnit period_unit_of(std::string_view word) {
  if (word == "day") return PeriodUnit::day;
  if (word == "week") return PeriodUnit::week;
  if (word == "fortnight") return PeriodUnit::fortnight;
  if (word == "quarter") return PeriodUnit::quarter;
  if (word == "half_year") return PeriodUnit::half_year;
  if (word == "year") return PeriodUnit::year;
  return PeriodUnit::month;
}

}  // namespace

PeriodText read_period(const Tree& tree, NodeId period, Day term_first) {
  PeriodText out;
  out.period.unit = period_unit_of(tree.text(period));
  for (NodeId c : tree.of(period)) {
    switch (tree.kind(c)) {
    case Node::v_number:
      out.period.count = static_cast<std::int32_t>(
          read_whole(tree, c, calendar::period_count_max).value_or(calendar::period_count_max));
      break;
    case Node::of_term: out.of_term = true; break;
    case Node::counted_from:
      out.period.anchored = true;
      out.period.anchor = read_day(tree, c);
      out.anchor_by = parameter_in(tree, c);
      break;
    case Node::months: out.period.months = read_months(tree, c); break;
    case Node::from:
      out.from = read_day(tree, c);
      out.from_by = parameter_in(tree, c);
      break;
    case Node::until:
      out.until = read_day(tree, c);
      out.until_by = parameter_in(tree, c);
      break;
    default: break;
    }
  }
  if (out.period.unit == PeriodUnit::month && out.period.count > 1)
    out.period.unit = PeriodUnit::months;
  if (!out.of_term && !out.period.anchored &&
      calendar::fault(out.period) == calendar::PeriodFault::needs_anchor) {
    // No place in the calendar: counted from the day the sentence begins with, else from the term's first day.
    if (out.from) {
      out.period.anchored = true;
      out.period.anchor = *out.from;
      out.anchor_by = out.from_by;
    } else {
      out.of_term = true;
    }
  }
  if (out.of_term) {
    out.period.anchored = true;
    out.period.anchor = term_first;
  }
  return out;
}

calendar::PartPolicy read_parts(std::string_view word) {
  using calendar::PartPolicy;
  if (word == "in_full") return PartPolicy::in_full;
  if (word == "pro_rata_up") return PartPolicy::pro_rata_up;
  if (word == "pro_rata_down") return PartPolicy::pro_rata_down;
  if (word == "pro_rata_nearest") return PartPolicy::pro_rata_nearest;
  return PartPolicy::not_assessed;
}

calendar::Shift read_shift(std::string_view word) {
  using calendar::Shift;
  if (word == "following") return Shift::following;
  if (word == "modified_following") return Shift::modified_following;
  if (word == "preceding") return Shift::preceding;
  return Shift::none;
}

Terms read_terms(const Tree& tree, NodeId agreement) {
  Terms out;
  if (agreement == no_node) return out;
  for (NodeId c : tree.of(agreement)) {
    switch (tree.kind(c)) {
    case Node::item_term:
      out.term = c;
      if (tree.of(c).size() > 1 && tree.kind(tree.of(c)[1]) == Node::v_name)
        out.last_by = tree.of(c)[1];
      else if (tree.of(c).size() > 1)
        out.last = read_day(tree, tree.of(c)[1]);
      if (tree.kind(tree.of(c)[0]) == Node::v_name)
        out.first_by = tree.of(c)[0], out.first = std::min(Day{}, out.last);
      else
        out.first = read_day(tree, tree.of(c)[0]);
      break;
    case Node::item_in_force: out.in_force = read_day(tree, c); break;
    case Node::item_open_occurrences: out.lapse = tree.text(c) == "lapse"; break;
    case Node::item_part_periods:
      out.parts = read_parts(tree.text(c));
      out.parts_said = true;
      break;
    case Node::item_holidays:
      out.holidays = tree.text(c) == "weekends_only" ? calendar::Holidays::weekends_only
                                                     : calendar::Holidays::sweden;
      break;
    case Node::item_language:
      out.language =
          tree.text(c) == "english" ? calendar::Language::en : calendar::Language::sv;
      break;
    case Node::item_due_days: out.shift = read_shift(tree.text(c)); break;
    default: break;
    }
  }
  return out;
}

}  // namespace samrad::rules
