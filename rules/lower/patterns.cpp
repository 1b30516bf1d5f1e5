// Event patterns and counts over past events. What a pattern asks beyond type and subject becomes one condition, its
// parts joined by `and` in the order in which they stand.
#include "rules/lower/lower.h"

#include "rules/check/pass.h"

namespace samrad::rules {

using program::Aggregate;
using OpCode = program::Code;
using program::Pattern;
using program::Reach;

Index Lowering::pattern(NodeId node, bool same) {
  // The counts in its `where` stand in rows of their own, before this one.
  if (const NodeId where = tree.child(node, Node::where); where != no_node) prepare(where);
  Pattern p;
  p.type = event_row[event_of(node)];
  p.text = words_symbol(node);
  const std::uint32_t begin = pools.code_size();
  std::uint32_t parts = 0;
  subjects(p, node, parts);
  if (same) {
    pools.op(OpCode::subject, 0, 0, p.text);
    pools.op(OpCode::subject, 1, 0, p.text);
    pools.op(OpCode::equal, 0, 0, p.text);
    if (++parts > 1) pools.op(OpCode::logical_and, 0, 0, p.text);
  }
  for (NodeId c : tree.of(node)) {
    if (tree.kind(c) == Node::role_is)
      role_condition(c, event_of(node));
    else if (tree.kind(c) == Node::where)
      emit(tree.of(c)[0]);
    else
      continue;
    if (++parts > 1) pools.op(OpCode::logical_and, 0, 0, p.text);
  }
  p.condition = pools.since(begin);
  return pools.pattern(p);
}

// Members that are known become the pattern's list; anything else makes the whole choice a condition.
void Lowering::subjects(Pattern& p, NodeId node, std::uint32_t& parts) {
  std::vector<NodeId> said;
  bool listed = true;
  std::vector<Symbol> members;
  const EventRow& type = event(node);
  for (NodeId c : tree.of(node)) {
    if (tree.kind(c) != Node::subject && tree.kind(c) != Node::subject_of &&
        tree.kind(c) != Node::subject_same)
      continue;
    said.push_back(c);
    const Meaning& m = meaning(c);
    if (m.refers == Refers::kind && type.subject_kinds.size() == 1) return;  // any there can be
    const bool open = m.refers == Refers::kind && vocabulary.kinds[m.index].open;
    if (tree.kind(c) != Node::subject || open ||
        (m.refers == Refers::variable && binding.dynamic)) {
      listed = false;
    } else if (m.refers == Refers::variable) {
      members.push_back(binding.member);
    } else if (m.refers == Refers::kind) {
      for (Index member : vocabulary.kinds[m.index].members)
        members.push_back(pools.symbol(vocabulary.members[member].name));
      if (vocabulary.kinds[m.index].members.empty()) listed = false;
    } else if (m.refers == Refers::set) {
      for (std::string_view member : members_named(tree, vocabulary, c)) members.push_back(pools.symbol(member));
    } else {
      members.push_back(name(c));
    }
  }
  if (listed) {
    p.subjects = pools.names(members);
    return;
  }
  for (std::size_t i = 0; i < said.size(); ++i) {
    subject_condition(said[i], node);
    if (i > 0) pools.op(OpCode::logical_or, 0, 0, words_symbol(said[i]));
  }
  ++parts;
}

// True when the subject of the event looked at is the one that `subject` says.
void Lowering::subject_condition(NodeId subject, NodeId pattern) {
  const Symbol text = words_symbol(subject);
  const Meaning& m = meaning(subject);
  pools.op(OpCode::subject, 0, 0, text);
  if (tree.kind(subject) == Node::subject_same) {
    pools.op(OpCode::subject, 1, 0, text);
  } else if (m.refers == Refers::kind) {
    // An open kind: what is no member of the other kinds that the event can be of.
    const bool open = vocabulary.kinds[m.index].open;
    std::uint32_t count = 0;
    for (Index kind : event(pattern).subject_kinds) {
      if (open ? kind == m.index : kind != m.index) continue;
      for (Index member : vocabulary.kinds[kind].members) {
        emit_member(pools.symbol(vocabulary.members[member].name), text);
        ++count;
      }
    }
    pools.op(OpCode::one_of, 0, count, text);
    if (open) pools.op(OpCode::logical_not, 0, 0, text);
    return;
  } else if (m.refers == Refers::set) {
    pools.op(OpCode::one_of, 0, emit_members(subject), text);
    return;
  } else {
    emit_reference(m, subject, event_at(subject, m.frame));
  }
  pools.op(OpCode::equal, 0, 0, text);
}

void Lowering::role_condition(NodeId role, Index event) {
  const Symbol text = words_symbol(role);
  const NodeId who = tree.of(role)[0];
  const Meaning& field = meaning(role);
  const Meaning& member = meaning(who);
  if (member.refers == Refers::kind) {
    pools.op(OpCode::present, 0, slot(event, field.index), text);
    return;
  }
  pools.op(OpCode::field, 0, slot(event, field.index), text);
  if (tree.kind(who) == Node::v_of)
    emit_name(who);
  else
    emit_reference(member, who, event);
  if (field.list)
    pools.op(OpCode::includes, static_cast<std::uint32_t>(program::Inclusion::one), 1, text);
  else
    pools.op(OpCode::equal, 0, 0, text);
}

// ---- counts ---------------------------------------------------------------------------------------------------------

Index Lowering::aggregate(NodeId node) {
  using program::Measure;
  Aggregate a;
  const NodeId counted = tree.child(node, Node::pattern);
  a.pattern = patterns_.at(counted);
  switch (tree.kind(node)) {
  case Node::v_share_events: a.measure = Measure::share; break;
  case Node::v_in_a_row: a.measure = Measure::in_a_row; break;
  case Node::v_sum_events:
    a.measure = Measure::sum;
    a.slot = slot(event_of(counted), meaning(node).index);
    break;
  default: break;
  }
  for (NodeId c : tree.of(node)) {
    const Node kind = tree.kind(c);
    if (c == counted) continue;
    if (kind >= Node::range_last && kind <= Node::range_within_before)
      range_of(a, c);
    else if (kind >= Node::c_or && kind < Node::list)
      a.that = expression(c);
  }
  return pools.aggregate(a);
}

void Lowering::range_of(Aggregate& a, NodeId range) {
  const auto children = tree.of(range);
  switch (tree.kind(range)) {
  case Node::range_last:
    a.reach = Reach::last;
    a.duration = duration_of(tree, range);
    a.duration_from = given_in(range);
    break;
  case Node::range_since_date:
    a.reach = Reach::since_date;
    a.day = read_day(tree, range);
    a.day_from = given_in(range);
    break;
  case Node::range_since_start: a.reach = Reach::since_start; break;
  case Node::range_since_last:
    a.reach = Reach::since_last;
    a.since = patterns_.at(children[0]);
    break;
  case Node::range_same_period: {
    a.reach = Reach::same_period;
    const PeriodText text = read_period(tree, children[0], terms.first);
    a.period = text.period;
    if (text.of_term) a.anchor = program::Anchor::start;
    a.day_from = given(text.anchor_by);
    break;
  }
  case Node::range_before_date:
    a.reach = Reach::before_date;
    a.day = read_day(tree, range);
    a.day_from = given_in(range);
    break;
  default: {
    a.reach = tree.kind(range) == Node::range_at_least_before ? Reach::at_least_before
                                                              : Reach::within_before;
    a.duration = duration_of(tree, range);
    a.duration_from = given(children[0]);
    const NodeId anchor = children[1];
    if (given(anchor) != none) {
      a.anchor = program::Anchor::date;
      a.day_from = given(anchor);
    } else if (tree.kind(anchor) == Node::v_date) {
      a.anchor = program::Anchor::date;
      a.day = read_day(tree, anchor);
    } else {
      const Refers refers = meaning(anchor).refers;
      a.anchor = refers == Refers::expiry  ? program::Anchor::expiry
                 : refers == Refers::start ? program::Anchor::start
                                           : program::Anchor::this_day;
    }
  }
  }
}

bool Lowering::implies_same(NodeId first, NodeId second) const {
  if (first == no_node || second == no_node) return false;
  for (NodeId c : tree.of(second))
    if (tree.kind(c) == Node::subject || tree.kind(c) == Node::subject_of ||
        tree.kind(c) == Node::subject_same)
      return false;
  const EventRow& to = event(second);
  const EventRow& from = event(first);
  // Every subject that the first can have must be one that the second can have.
  std::vector<Index> kinds;
  for (NodeId c : tree.of(first))
    if (tree.kind(c) == Node::subject && meaning(c).kind != none) kinds.push_back(meaning(c).kind);
  if (kinds.empty()) kinds = from.subject_kinds;
  for (Index k : kinds)
    if (!to.has_subject(k)) return false;
  return !kinds.empty() && !to.subject_kinds.empty();
}

}  // namespace samrad::rules
