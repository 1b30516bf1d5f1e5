#include "tests/reference/periods.h"

#include <stdexcept>

namespace samrad::reference {
namespace {

calendar::PeriodUnit unit(std::string_view word) {
  using calendar::PeriodUnit;
  if (word == "day") return PeriodUnit::day;
  if (word == "week") return PeriodUnit::week;
  if (word == "fortnight") return PeriodUnit::fortnight;
  if (word == "month") return PeriodUnit::month;
  if (word == "quarter") return PeriodUnit::quarter;
  if (word == "half_year") return PeriodUnit::half_year;
  if (word == "year") return PeriodUnit::year;
  throw std::runtime_error("no period: " + std::string(word));
}

}  // namespace

calendar::Period read_period(const Tree& tree, NodeId id, Day term_first) {
  calendar::Period period;
  period.unit = unit(tree.text(id));
  period.anchor = term_first;
  for (const NodeId part : tree.of(id))
    switch (tree.kind(part)) {
    case Node::v_number: period.count = whole(tree, part); break;
    case Node::of_term: period.anchored = true; break;
    case Node::counted_from:
      period.anchored = true;
      period.anchor = day_of(tree, tree.of(part)[0]);
      break;
    case Node::months: {
      const calendar::Months named = months_of(tree, part);
      period.months = tree.text(part) == "in" ? named
                                              : calendar::Months{static_cast<std::uint16_t>(
                                                    calendar::Months::all.mask & ~named.mask)};
      break;
    }
    default: break;
    }
  if (period.anchored || calendar::fault(period) != calendar::PeriodFault::needs_anchor)
    return period;
  period.anchored = true;
  if (const NodeId from = tree.child(id, Node::from); from != no_node)
    period.anchor = day_of(tree, tree.of(from)[0]);
  return period;
}

}  // namespace samrad::reference
