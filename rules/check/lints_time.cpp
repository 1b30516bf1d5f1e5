// Windows, due days and warnings of each clause, laid over the term.
#include "rules/check/lints.h"

#include <algorithm>

namespace samrad::rules {

namespace {

using calendar::Day;
using calendar::iso;

constexpr int years_looked_at = 10;  // of a term without end

class PeriodLints {
 public:
  PeriodLints(Pass& pass, const Duties& duties)
      : pass_(pass), duties_(duties), terms_(duties.terms) {}

  void run() {
    if (terms_.term == no_node) return;
    for (const Duty& duty : duties_.rows) {
      const NodeId period = pass_.child(duty.core, Node::period);
      if (duty.open) continue;
      warnings(duty);
      if (terms_.open()) continue;
      if (period != no_node && counts(duty.core)) windows(duty, period);
      if (pass_.tree.kind(duty.core) == Node::deadline) days_off(duty);
    }
  }

 private:
  [[nodiscard]] bool counts(NodeId core) const {
    const Node kind = pass_.tree.kind(core);
    return kind == Node::count || kind == Node::attested || kind == Node::measured;
  }
  [[nodiscard]] Day first(const Duty& duty) const { return std::max(duty.from, terms_.first); }
  [[nodiscard]] Day last(const Duty& duty) const { return std::min(duty.to, terms_.last); }
  [[nodiscard]] bool said(const Duty& duty, Node item) const {
    return pass_.child(duty.block, item) != no_node ||
           pass_.child(pass_.vocabulary().agreement, item) != no_node;
  }

  void windows(const Duty& duty, NodeId node) {
    const calendar::Period period = read_period(pass_.tree, node, terms_.first).period;
    const Day starts = std::max(first(duty), duty.starts);
    if (calendar::fault(period) != calendar::PeriodFault::none || starts > last(duty)) return;
    const calendar::Window begin = calendar::window_at(period, starts);
    const calendar::Window end = calendar::window_at(period, last(duty));
    const bool cut_first = calendar::clip(period, begin, first(duty), last(duty)).part &&
                           calendar::counted(period, begin);
    const bool cut_last =
        calendar::clip(period, end, first(duty), last(duty)).part && calendar::counted(period, end);
    const std::int64_t whole = std::int64_t{end.ordinal} - begin.ordinal + 1 - (cut_first ? 1 : 0) -
                               (cut_last && end.ordinal != begin.ordinal ? 1 : 0);
    const calendar::PartPolicy parts = policy(duty);
    if (whole <= 0 && parts == calendar::PartPolicy::not_assessed) {
      Diagnostic& d =
          pass_.complain_all(Code::no_full_period, node,
                             "no whole period lies between " + iso(first(duty)) + " and " +
                                 iso(last(duty)) + ": nothing is ever judged",
                             "count the periods `of the term`, or say `part periods in full`");
      d.labels.push_back({pass_.tree[terms_.term].span, "the term"});
    } else if ((cut_first || cut_last) && !said(duty, Node::item_part_periods)) {
      const calendar::Window& cut = cut_first ? begin : end;
      pass_.complain_all(
          Code::part_period_unsaid, node,
          "the period " + iso(cut.first) + " to " + iso(cut.last) +
              " lies only partly in the term and is not assessed",
          "say what is meant: `part periods not assessed`, `in full` or `pro rata up`");
    }
  }

  [[nodiscard]] calendar::PartPolicy policy(const Duty& duty) const {
    const NodeId own = pass_.child(duty.block, Node::item_part_periods);
    return own == no_node ? terms_.parts : read_parts(pass_.text(own));
  }

  // A warning that comes before the window, or before the due day ahead of this one has passed.
  void warnings(const Duty& duty) {
    const NodeId item = pass_.child(duty.block, Node::item_warn);
    if (item == no_node) return;
    std::int64_t days = 0;
    NodeId at = no_node;
    if (const NodeId period = pass_.child(duty.core, Node::period); period != no_node) {
      at = period;
    } else if (pass_.tree.kind(duty.core) == Node::deadline) {
      const NodeId due = pass_.tree.of(duty.core)[1];
      const Node kind = pass_.tree.kind(due);
      if (kind == Node::due_yearly)
        days = 365 / static_cast<std::int64_t>(pass_.tree.of(due).size());
      if (kind == Node::due_monthly) days = 28;
      at = pass_.child(due, Node::period);
      if (days == 0 && at == no_node) return;
    } else {
      return;
    }
    if (days == 0) {
      const calendar::Window w =
          calendar::window_at(read_period(pass_.tree, at, terms_.first).period, terms_.first);
      days = w.last - w.first + 1;
    }
    for (NodeId d : pass_.tree.of(item)) {
      const calendar::Duration warn = read_duration(pass_.tree, d);
      if (days_about(warn) < days) continue;
      Diagnostic& diag = pass_.complain_all(Code::warning_too_early, d,
                                            "a warning " + spoken(warn) +
                                                " before comes earlier than the period of " +
                                                std::to_string(days) + " days begins",
                                            "warn later");
      diag.labels.push_back({pass_.tree[duty.core].span, "of this"});
    }
  }

  void days_off(const Duty& duty) {
    if (said(duty, Node::item_due_days)) return;
    const NodeId due = pass_.tree.of(duty.core)[1];
    for (Day day : due_days(duty, due)) {
      if (day < first(duty) || day > last(duty) || calendar::is_working_day(day, terms_.holidays))
        continue;
      std::string why(calendar::holiday_name(day, terms_.holidays, calendar::Language::en));
      if (why.empty())
        why = calendar::weekday(day) == calendar::Weekday::sunday ? "a Sunday" : "a Saturday";
      pass_.complain_all(Code::due_on_day_off, due,
                         "the due day " + iso(day) + " is " + why +
                             ", and due days stay where they are",
                         "say what is meant: `due days stay`, or `due days move following`");
      return;
    }
  }

  [[nodiscard]] std::vector<Day> due_days(const Duty& duty, NodeId due) const {
    std::vector<Day> out;
    switch (pass_.tree.kind(due)) {
    case Node::due_date: out.push_back(read_day(pass_.tree, due)); break;
    case Node::due_before_expiry:
      out.push_back(calendar::minus(terms_.last, duration_of(pass_.tree, due), terms_.holidays));
      break;
    case Node::due_after_start:
      out.push_back(calendar::plus(terms_.first, duration_of(pass_.tree, due), terms_.holidays));
      break;
    case Node::due_yearly: {
      const int from = calendar::to_date(first(duty)).year;
      const int to = std::min(calendar::to_date(last(duty)).year, from + years_looked_at);
      for (int year = from; year <= to; ++year) {
        for (NodeId c : pass_.tree.of(due)) {
          const auto day = read_whole(pass_.tree, pass_.tree.of(c)[0], 31).value_or(1);
          const auto month = read_whole(pass_.tree, pass_.tree.of(c)[1], 12).value_or(1);
          if (const auto d = calendar::day_in_month(year, static_cast<unsigned>(month),
                                                    static_cast<unsigned>(day)))
            out.push_back(*d);
        }
      }
      break;
    }
    default: break;
    }
    return out;
  }

  Pass& pass_;
  const Duties& duties_;
  const Terms& terms_;
};

}  // namespace

void lint_periods(Pass& pass, const Duties& duties) { PeriodLints(pass, duties).run(); }

}  // namespace samrad::rules
