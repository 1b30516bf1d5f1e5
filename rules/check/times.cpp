// Dates, durations, periods and numbers: that they exist, are in range, and lie in the term.
#include "rules/check/literals.h"
#include "rules/check/pass.h"

namespace samrad::rules {

namespace {

using calendar::Day;
using calendar::iso;

constexpr Day date_max = calendar::to_day({calendar::year_max - 1, 12, 31});
constexpr std::int64_t times_max = 1'000'000;
constexpr std::int64_t duration_days_max = 365 * 1000;  // a thousand years

class Times {
 public:
  explicit Times(Pass& pass)
      : pass_(pass), tree_(pass.tree), terms_(read_terms(pass.tree, pass.vocabulary().agreement)) {
    for (const Row& row : tree_.rows)
      extendable_ = extendable_ || row.kind == Node::extension;
  }

  void run() {
    for (NodeId id = 0; id < tree_.rows.size(); ++id)
      visit(id);
  }

 private:
  [[nodiscard]] bool has_term() const { return terms_.term != no_node; }
  [[nodiscard]] bool has_end() const { return terms_.last != calendar::day_max || terms_.last_by != no_node; }
  // What a parameter decides is not known before the template is filled in.
  [[nodiscard]] bool before_term(Day day) const { return terms_.first_by == no_node && day < terms_.first; }
  [[nodiscard]] bool after_term(Day day) const { return terms_.last_by == no_node && day > terms_.last; }
  [[nodiscard]] bool said(NodeId node) const { return node != no_node && parameter_in(tree_, node) == no_node; }

  void visit(NodeId id) {
    switch (tree_.kind(id)) {
    case Node::agreement: agreement(id); break;
    case Node::clause:
    case Node::procedure: interval(id); break;
    case Node::item_timezone: timezone(id); break;
    case Node::item_baseline: baseline(id); break;
    case Node::month_day: month_day(id); break;
    case Node::due_monthly: day_of_month(id); break;
    case Node::due_date: due_date(id); break;
    case Node::within_by: due_by(id); break;
    case Node::count:
    case Node::measured:
      if (pass_.child(id, Node::period) == no_node && !has_end()) complain_no_end(id);
      break;
    case Node::due_before_expiry:
    case Node::due_after_start: due_relative(id); break;
    case Node::range_at_least_before:
    case Node::range_within_before: needs_end(tree_.of(id)[1]); break;
    case Node::v_name: needs_end(id); break;
    case Node::v_duration: duration(id); break;
    case Node::v_date: date(id); break;
    case Node::v_money: money(id); break;
    case Node::times: times(id); break;
    case Node::period: period(id); break;
    case Node::c_including: at_least_of(id); break;
    default: break;
    }
  }

  void agreement(NodeId id) {
    if (!has_term()) return;
    if (terms_.last < terms_.first)
      pass_.complain_all(Code::term_backwards, terms_.term,
                         "the term ends on " + iso(terms_.last) + ", before it begins on " +
                             iso(terms_.first),
                         "both days are included: `term FIRST to LAST`");
    const NodeId from = tree_.child(id, Node::item_in_force);  // none in a second agreement block, which is a fault of its own
    if (!said(from) || !terms_.in_force || terms_.last < terms_.first) return;
    if (before_term(*terms_.in_force) || after_term(*terms_.in_force))
      outside(from, *terms_.in_force, "this text would apply from");
  }

  void outside(NodeId at, Day day, const std::string& what) {
    const bool early = day < terms_.first;
    Diagnostic& d =
        pass_.complain_all(Code::outside_term, at,
                           what + " " + iso(day) + ", " +
                               (early ? "before the term begins" : "after the term has ended"));
    d.labels.push_back({tree_[terms_.term].span, early ? "it begins on " + iso(terms_.first)
                                                       : "it ends on " + iso(terms_.last)});
  }
  // A day after the term may still come where the term may be extended.
  [[nodiscard]] bool never_in_term(Day day) const {
    return has_term() && terms_.first <= terms_.last &&
           (before_term(day) || (after_term(day) && !extendable_));
  }

  void interval(NodeId id) {
    const NodeId from = tree_.child(id, Node::item_in_force);
    const NodeId until = tree_.child(id, Node::item_until);
    ordered(from, until);
    if (!has_term() || terms_.last < terms_.first) return;
    if (said(from) && after_term(read_day(tree_, from)) && !extendable_)
      outside(from, read_day(tree_, from), "the clause would apply from");
    if (said(until) && before_term(read_day(tree_, until)))
      outside(until, read_day(tree_, until), "the clause would apply until");
  }

  void ordered(NodeId from, NodeId until) {
    if (!said(from) || !said(until) || read_day(tree_, from) <= read_day(tree_, until))
      return;
    Diagnostic& d =
        pass_.complain_all(Code::term_backwards, until,
                           "it ends on " + iso(read_day(tree_, until)) + ", before it begins");
    d.labels.push_back({tree_[from].span, "it begins on " + iso(read_day(tree_, from))});
  }

  void timezone(NodeId id) {
    const std::string_view zone = pass_.text(id);
    const std::size_t slash = zone.find('/');
    if (zone == "UTC" || (slash != std::string_view::npos && slash > 0 && slash + 1 < zone.size()))
      return;
    pass_.complain(Code::unknown_timezone, id, "no time zone " + quoted(zone),
                   "a time zone is an area and a city, such as Europe/Stockholm");
  }

  void baseline(NodeId id) {
    const auto year = read_whole(tree_, tree_.of(id)[1], 9999);
    if (year && *year >= 1) return;
    pass_.complain_all(Code::number_out_of_range, tree_.of(id)[1],
                       "expected a year, found " + quoted(pass_.text(tree_.of(id)[1])));
  }

  // The parser has seen to it that there is such a day.
  void month_day(NodeId id) {
    const auto day = read_whole(tree_, tree_.of(id)[0], 31).value_or(1);
    const auto month = read_whole(tree_, tree_.of(id)[1], 12).value_or(1);
    if (month != 2 || day != 29) return;
    pass_.complain_all(Code::leap_day, id,
                       "29 February is only in leap years; in other years it is due on 28 February",
                       "write `28 February`, or say `1 March`, so that every year has it");
  }

  void day_of_month(NodeId id) {
    const NodeId number = tree_.of(id)[0];
    const auto day = read_whole(tree_, number, 31).value_or(1);
    if (day <= 28) return;
    pass_.complain_all(Code::short_month, number,
                       "some months have no day " + std::to_string(day) +
                           ": there it is due on their last day",
                       day == 31 ? "`by the last day of every month` says the same" : "");
  }

  void due_date(NodeId id) {
    const Day day = read_day(tree_, id);
    if (said(id) && never_in_term(day)) outside(id, day, "the due day is");
  }

  // What is done in answer to an event may be due after the term.
  void due_by(NodeId id) {
    const NodeId value = tree_.of(id)[0];
    if (tree_.kind(value) != Node::v_date || !has_term()) return;
    if (const Day day = read_day(tree_, value); before_term(day)) outside(value, day, "the due day is");
  }

  void due_relative(NodeId id) {
    const bool before = tree_.kind(id) == Node::due_before_expiry;
    if (before && !has_end()) return complain_no_end(id);
    if (!has_term() || !has_end() || terms_.last < terms_.first || terms_.open() || !said(id)) return;
    const calendar::Duration d = duration_of(tree_, id);
    const Day day = before ? calendar::minus(terms_.last, d, terms_.holidays)
                           : calendar::plus(terms_.first, d, terms_.holidays);
    if (never_in_term(day)) outside(id, day, "this comes to");
  }

  // The days after it are those that a due day may be moved to; the calendar's very last one stands for "never".
  void date(NodeId id) {
    const Day day = read_day(tree_, id);
    if (day <= date_max) return;
    pass_.complain_all(Code::number_out_of_range, id,
                       "the last day that can be written is 9998-12-31, not " + iso(day),
                       "what has no end is said without one: `term from DATE`");
  }

  void complain_no_end(NodeId id) {
    if (!has_term()) return;
    Diagnostic& d = pass_.complain_all(Code::no_term, id,
                                       "the agreement runs until further notice: it has no expiry",
                                       "give it an end: `term FIRST to LAST`");
    d.labels.push_back({tree_[terms_.term].span, "the term has no last day"});
  }

  void needs_end(NodeId id) {
    if (has_end() || tree_.kind(id) != Node::v_name || pass_.meaning(id).refers != Refers::expiry)
      return;
    complain_no_end(id);
  }

  void duration(NodeId id) {
    const auto children = tree_.of(id);
    if (children.empty()) return;
    const std::string_view digits = pass_.text(children[0]);
    const auto count = read_fraction(digits);
    if (count && count->den != 1) {
      pass_.complain_all(
          Code::number_out_of_range, id,
          "a duration is a whole number of units, not " + std::string(digits),
          "use a smaller unit: `36 hours` rather than 1.5 days, `18 months` rather than 1.5 years");
      return;
    }
    const bool zero = count && count->num == 0;
    if (count && !zero && count->num <= duration_count_max &&
        days_about(read_duration(tree_, id)) <= duration_days_max)
      return;
    pass_.complain_all(Code::number_out_of_range, id,
                       zero ? "a duration of nothing" : "a duration of more than a thousand years",
                       zero ? "expected 1 or more; for the same day write `on the same day`" : "");
  }

  void money(NodeId id) {
    if (!read_money(pass_.text(id)))
      pass_.complain_all(Code::number_out_of_range, id,
                         "the amount " + quoted(pass_.text(id)) + " cannot be read",
                         "expected a number and a currency: `5000 SEK`");
  }

  void times(NodeId id) {
    const NodeId number = tree_.of(id)[0];
    if (!said(id)) return;
    const auto count = read_whole(tree_, number, times_max);
    if (count && *count >= 1) return;
    if (!count) {
      pass_.complain_all(Code::number_out_of_range, number,
                         "expected a whole number of times up to " + std::to_string(times_max) +
                             ", found " + quoted(pass_.text(number)));
      return;
    }
    pass_.complain_all(Code::number_out_of_range, id,
                       pass_.text(id) == "at_least" ? "at least 0 times is met by nothing at all"
                                                    : "0 times a period is a prohibition",
                       pass_.text(id) == "at_least" ? "expected 1 or more"
                                                    : "write `… must not happen`");
  }

  void period(NodeId id) {
    for (NodeId c : tree_.of(id)) {
      if (tree_.kind(c) != Node::v_number) continue;
      const auto count = read_whole(tree_, c, calendar::period_count_max);
      if (count && *count >= 1) continue;
      pass_.complain_all(Code::number_out_of_range, c,
                         "a period is 1 to " + std::to_string(calendar::period_count_max) +
                             " units long, not " + std::string(pass_.text(c)));
      return;
    }
    const PeriodText text = read_period(tree_, id, terms_.first);
    if (calendar::fault(text.period) == calendar::PeriodFault::no_months)
      pass_.complain_all(Code::no_months, id, "no month is left in which this counts",
                         "leave one of the months out of the exception");
    const NodeId from = tree_.child(id, Node::from);
    const NodeId until = tree_.child(id, Node::until);
    ordered(from, until);
    if (said(from) && has_term() && after_term(*text.from) && !extendable_)
      outside(from, *text.from, "this begins on");
    if (said(until) && has_term() && before_term(*text.until))
      outside(until, *text.until, "this ends on");
  }

  void at_least_of(NodeId id) {
    constexpr std::string_view prefix = "at_least_";
    const std::string_view how = pass_.text(id);
    if (!how.starts_with(prefix)) return;
    std::size_t members = 0;
    for (NodeId entry : tree_.of(tree_.of(id)[1])) members += members_named(tree_, pass_.vocabulary(), entry).size();
    const auto least = read_fraction(how.substr(prefix.size())).value_or(Fraction{});
    if (least.num >= 1 && least.num <= static_cast<std::int64_t>(members)) return;
    pass_.complain_all(Code::number_out_of_range, tree_.of(id)[1],
                       "at least " + std::string(how.substr(prefix.size())) + " of " +
                           std::to_string(members),
                       least.num == 0 ? "expected 1 or more" : "name more, or demand fewer");
  }

  Pass& pass_;
  const Tree& tree_;
  const Terms terms_;
  bool extendable_ = false;
};

}  // namespace

void check_times(Pass& pass) { Times(pass).run(); }

}  // namespace samrad::rules
