// What is wrong with a planned event itself: its day, what should have come before it, or contents that no filling in could give.
#include <algorithm>

#include "service/plan/demands.h"

namespace samrad::plan {

using engine::Truth;
using program::Code;
using program::Limit;
using program::Reach;

namespace {

constexpr int prepare_days = 7;

}  // namespace

bool Demands::mend_void(const engine::VoidEvent& without) {
  const auto slot = m_.slot_of(without.event);
  if (!slot || without.rule == program::none) return false;
  engine::Key key;
  key.rule = without.rule;
  key.identity = without.event;
  key.bound = engine::Bound::event;
  if (!again(key, 24)) return false;
  return mend_content(*slot, without.rule, 0,
                      std::string(p_.text(p_.rules[without.rule].clause)) + "/" +
                          std::string(m_.symbols.text(m_.slots[*slot].event.id)));
}

bool Demands::mend_event(const Occurrence& o, const Rule& r) {
  const auto slot = m_.slot_of(o.finding.key.identity);
  if (!slot) return false;
  if (r.form == Form::prohibition && r.limit != Limit::whenever && r.limit != Limit::unless)
    return keep_from(*slot, o, r);
  if (r.form == Form::alternation || r.form == Form::rotation) {
    // Two of them on one day: nobody knows which came first.
    const Tag tag = m_.tag(o.finding.key.rule, o.id);
    for (SlotRow i = 0; i < m_.slots.size(); ++i)
      if (i < *slot && m_.days[i] == m_.days[*slot] &&
          m_.slots[i].event.type == m_.slots[*slot].event.type) {
        m_.dates.not_before(m_.slots[*slot].date, tag, m_.slots[i].date,
                            [](Day d) { return d + 1; });
        return true;
      }
  }
  return mend_content(*slot, o.finding.key.rule, o.finding.key.member, o.id);
}

// A prohibition by date or by what has come: the event is kept out of those days.
bool Demands::keep_from(SlotRow slot, const Occurrence& o, const Rule& r) {
  const Tag tag = m_.tag(o.finding.key.rule, o.id);
  const Variable v = m_.slots[slot].date;
  if (r.limit == Limit::months || r.limit == Limit::always) {
    m_.dates.limit(v, tag, [&](Day d) {
      return r.limit == Limit::months && !r.months.contains(calendar::to_date(d).month);
    });
    return true;
  }
  if (r.limit == Limit::before) {
    Need need;
    need.purpose = purpose_of(o, r.next);
    need.first = m_.from;
    need.last = m_.to;
    need.aim = {slot, m_.days[slot], -prepare_days};
    need.bind = [&](SlotRow row, Tag t) {
      m_.dates.not_after(m_.slots[row].date, t, v, [](Day d) { return d - 1; });
    };
    return serve(need);
  }
  bool any = false;
  for (const engine::Note& n : o.finding.notes) {
    if (n.why != engine::Why::previous && n.why != engine::Why::same_day_unknown) continue;
    const auto after = [&](Day d) {
      return r.limit == Limit::within_after ? calendar::plus(d, r.duration, p_.holidays) + 1
                                            : calendar::day_max;
    };
    if (const auto other = m_.slot_of(n.event)) {
      const Dates before = m_.dates;
      m_.dates.not_after(v, tag, m_.slots[*other].date, [](Day d) { return d - 1; });
      if (!m_.dates.possible() && r.limit == Limit::within_after) {
        m_.dates = before;
        m_.dates.not_before(v, tag, m_.slots[*other].date, after);
      }
      m_.grounds[tag].assumed = true;
      any = true;
    } else if (const auto day = m_.day_of(n.event)) {
      m_.dates.limit(v, tag, [&](Day d) { return d < *day || d >= after(*day); });
      any = true;
    }
  }
  return any;
}

bool Demands::mend_content(SlotRow slot, Index rule, Symbol member, const std::string& occurrence) {
  const Rule& r = p_.rules[rule];
  if (r.condition.count == 0) {
    const Tag tag = m_.tag(rule, occurrence);
    m_.grounds[tag].assumed = true;
    m_.dates.limit(m_.slots[slot].date, tag, [](Day) { return false; });
    return true;
  }
  const Tree tree = program::tree_of(p_, r.condition);
  const bool want = !(r.form == Form::prohibition && r.limit == Limit::whenever);
  Purpose base;
  base.key.rule = base.rule = rule;
  base.key.bound = engine::Bound::event;
  base.key.identity = m_.slots[slot].event.identity;
  base.key.member = base.member = member;
  base.occurrence = occurrence;
  base.origin = slot;
  if (bring_past_about(slot, tree, static_cast<std::uint32_t>(tree.nodes.size() - 1), want, base))
    return true;
  return avoid_day(slot, rule, tree, occurrence);
}

// Plans what the condition wants to have happened, or to hold, by the event's day.
bool Demands::bring_past_about(SlotRow slot, const Tree& tree, std::uint32_t row, bool want,
                               const Purpose& base) {
  const Node& node = tree.nodes[row];
  const bool all = (node.op.code == Code::logical_and) == want;
  switch (node.op.code) {
  case Code::logical_not: return bring_past_about(slot, tree, node.children[0], !want, base);
  case Code::logical_and:
  case Code::logical_or: {
    bool any = false;
    for (const std::uint32_t child : node.children) {
      const bool done = bring_past_about(slot, tree, child, want, base);
      any = any || done;
      if (done && !all) return true;
    }
    return any;
  }
  case Code::happened: {
    if (!want) return false;
    const program::Aggregate& a = p_.aggregates[node.op.a];
    const engine::Asking asking{
        m_.machine, m_.past.state, &m_.slots[slot].event, nullptr, m_.days[slot], base.member, {}};
    std::vector<Symbol> missing;
    if (engine::any(asking, a, missing) == Truth::yes) return false;
    Purpose purpose = base;
    purpose.pattern = a.pattern;
    purpose.key.day =
        Day{static_cast<std::int32_t>(node.op.a)};  // tells the parts of one condition apart
    return happen_before(slot, a, purpose);
  }
  case Code::holds: {
    if (!want) return false;
    Symbol key = 0;
    if (!node.children.empty()) {
      std::vector<Symbol> list;
      const engine::Asking asking{m_.machine, m_.past.state, &m_.slots[slot].event,
                                  nullptr,    m_.days[slot], base.member,
                                  {}};
      key = value_of(asking, tree, node.children[0], list).symbol;
    }
    Purpose purpose = base;
    purpose.key.day = Day{static_cast<std::int32_t>(node.op.a)};
    const Variable p = m_.slots[slot].date;
    return hold(node.op.a, key, purpose, m_.from, m_.to,
                [&](SlotRow q, Tag t) {
                  m_.dates.not_after(m_.slots[q].date, t, p, [](Day d) { return d; });
                },
                {slot, m_.days[slot], -prepare_days});
  }
  default: return false;
  }
}

bool Demands::happen_before(SlotRow slot, const program::Aggregate& a, Purpose purpose) {
  for (const Slot& s : m_.slots)
    for (const Purpose& p : s.purposes)
      if (p.key == purpose.key) return false;  // planned before, and it did not help
  const calendar::Holidays h = p_.holidays;
  Need need;
  need.purpose = std::move(purpose);
  need.first = m_.from;
  need.last = m_.to;
  need.aim = {slot, m_.days[slot], -prepare_days};
  const Day anchor = a.anchor == program::Anchor::expiry  ? m_.past.state.expiry
                     : a.anchor == program::Anchor::start ? m_.past.state.term_first
                                                          : a.day;
  const bool by_event = a.anchor == program::Anchor::this_day;
  switch (a.reach) {
  case Reach::since_date: need.first = std::max(need.first, a.day); break;
  case Reach::before_date: need.last = std::min(need.last, a.day - 1); break;
  case Reach::at_least_before:
    if (!by_event)
      need.last = std::min(need.last, calendar::minus(anchor, a.duration, h));
    else
      need.aim.days = calendar::minus(m_.days[slot], a.duration, h) - m_.days[slot] - prepare_days;
    break;
  case Reach::within_before:
    if (!by_event) need.first = std::max(need.first, calendar::minus(anchor, a.duration, h));
    break;
  default: break;
  }
  const std::optional<Symbol> since =
      a.reach == Reach::since_last ? previous(a.since, slot, need.purpose.member) : std::nullopt;
  need.bind = [&](SlotRow row, Tag tag) {
    const Variable q = m_.slots[row].date, p = m_.slots[slot].date;
    m_.dates.not_after(q, tag, p, [&](Day d) {
      return a.reach == Reach::at_least_before && by_event ? calendar::minus(d, a.duration, h)
                                                           : d - 1;
    });
    if (a.reach == Reach::last || (a.reach == Reach::within_before && by_event))
      m_.dates.not_before(q, tag, p, [&](Day d) { return calendar::minus(d, a.duration, h); });
    if (a.reach == Reach::same_period)
      m_.dates.not_before(q, tag, p, [&](Day d) { return calendar::window_at(a.period, d).first; });
    if (!since) return;
    if (const auto other = m_.slot_of(*since))
      m_.dates.not_before(q, tag, m_.slots[*other].date, [](Day d) { return d + 1; });
    else
      m_.dates.between(q, tag, *m_.day_of(*since) + 1, m_.to);
  };
  return serve(need);
}

// Learns on which days the condition cannot be met. Where it turns on the past, or on contents, others may yet change that: then
// only the days around this one are given up.
bool Demands::avoid_day(SlotRow row, Index rule, const Tree& tree, const std::string& occurrence) {
  const Tag tag = m_.tag(rule, occurrence);
  const std::vector<bool> fine = m_.days_that_content(row, rule);
  const auto good = [&](Day d) { return fine[static_cast<std::size_t>(d - m_.from)]; };
  Day first = m_.days[row], last = m_.days[row];
  while (first > m_.from && !good(first - 1))
    first = first - 1;
  while (last < m_.to && !good(last + 1))
    last = last + 1;
  if (!only_dates(tree)) m_.grounds[tag].assumed = true;
  m_.dates.limit(m_.slots[row].date, tag, [&](Day d) { return d < first || d > last; });
  return true;
}

}  // namespace samrad::plan
