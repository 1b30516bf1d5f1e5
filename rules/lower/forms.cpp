// The sentence forms of docs/language.md §3, one function a form where it needs more than a line.
#include "rules/lower/lower.h"

#include "rules/check/pass.h"

#include <algorithm>

namespace samrad::rules {

using program::Form;
using program::Limit;
using program::Rule;
using program::Within;

// The condition among the children of a node, or no_node.
NodeId Lowering::condition_of(NodeId node) const {
  for (NodeId c : tree.of(node)) {
    const Node kind = tree.kind(c);
    if (tree.kind(node) == Node::extension && c == tree.of(node)[0]) continue;  // by how long
    if (kind >= Node::c_or && kind < Node::list && kind != Node::v_duration) return c;
  }
  return no_node;
}

void Lowering::period_of(Rule& rule, NodeId period) {
  const PeriodText text = read_period(tree, period, terms.first);
  rule.period = text.period;
  rule.period_of_term = text.of_term;
  if (text.from && text.from_by == no_node) rule.starts = *text.from;
  if (text.until && text.until_by == no_node) rule.ends = *text.until;
  fill(program::Place::period_anchor, given(text.anchor_by));
  fill(program::Place::starts, given(text.from_by));
  fill(program::Place::ends, given(text.until_by));
}

// Once a window of the period that the node has, else once for the term.
void Lowering::recurs(Rule& rule, NodeId node) {
  const NodeId period = tree.child(node, Node::period);
  rule.has_period = period != no_node;
  if (rule.has_period) period_of(rule, period);
}

void Lowering::times_of(Rule& rule, NodeId times) {
  rule.quantity = tree.text(times) == "at_most"   ? program::Quantity::at_most
                  : tree.text(times) == "exactly" ? program::Quantity::exactly
                                                  : program::Quantity::at_least;
  rule.times = static_cast<std::uint32_t>(read_whole(tree, tree.of(times)[0]).value_or(1));
  fill(program::Place::times, given_in(times));
}

void Lowering::form(Rule& rule, NodeId core) {
  const NodeId first = first_pattern(tree, core);
  const Node kind = tree.kind(core);
  if (first != no_node) rule.pattern = pattern(first);
  const auto condition = [&] {
    const NodeId c = condition_of(core);
    if (c == no_node) return;
    prepare(c);
    rule.condition = expression(c);
  };
  switch (kind) {
  case Node::count: {
    rule.form = Form::count;
    times_of(rule, tree.child(core, Node::times));
    recurs(rule, core);
    break;
  }
  case Node::deadline:
    rule.form = Form::deadline;
    due(rule, tree.of(core)[1]);
    break;
  case Node::response: response(rule, core); break;
  case Node::precedence: precedence(rule, core); break;
  case Node::constraint:
    rule.form = Form::constraint;
    condition();
    break;
  case Node::validity:
    rule.form = Form::validity;
    condition();
    break;
  case Node::alternation:
    rule.form = Form::alternation;
    among(rule, core);
    break;
  case Node::rotation:
    rule.form = Form::rotation;
    among(rule, core);
    break;
  case Node::power:
    rule.form = Form::power;
    among(rule, core);
    break;
  case Node::prohibition: prohibition(rule, core); break;
  case Node::standing:
    standing(rule, core);
    condition();
    break;
  case Node::attested: attested(rule, core); break;
  case Node::extension: extension(rule, core); break;
  default: break;
  }
}

void Lowering::due(Rule& rule, NodeId node) {
  program::Due& due = rule.due;
  const auto children = tree.of(node);
  const auto period = [&] {
    const PeriodText text = read_period(tree, tree.child(node, Node::period), terms.first);
    due.period = text.period;
    rule.period_of_term = text.of_term;
    fill(program::Place::period_anchor, given(text.anchor_by));
  };
  switch (tree.kind(node)) {
  case Node::due_yearly: {
    std::vector<program::MonthDay> days;
    for (NodeId c : children) {
      const auto day = read_whole(tree, tree.of(c)[0], 31).value_or(1);
      const auto month = read_whole(tree, tree.of(c)[1], 12).value_or(1);
      days.push_back({static_cast<std::uint8_t>(month), static_cast<std::uint8_t>(day)});
    }
    const auto order = [](auto a, auto b) {
      return std::pair(a.month, a.day) < std::pair(b.month, b.day);
    };
    std::sort(days.begin(), days.end(), order);
    auto& pool = pools.program.month_days;
    due.kind = program::DueKind::yearly;
    due.month_days = {static_cast<std::uint32_t>(pool.size()),
                      static_cast<std::uint32_t>(days.size())};
    pool.insert(pool.end(), days.begin(), days.end());
    break;
  }
  case Node::due_monthly:
    due.kind = program::DueKind::monthly;
    due.day_of_month = static_cast<std::uint8_t>(read_whole(tree, children[0], 31).value_or(31));
    break;
  case Node::due_last_day:
    due.kind = program::DueKind::last_day;
    period();
    break;
  case Node::due_after_end:
    due.kind = program::DueKind::after_end;
    due.duration = duration_of(tree, node);
    fill(program::Place::due_duration, given_in(node));
    period();
    break;
  case Node::due_date:
    due.kind = program::DueKind::date;
    due.date = read_day(tree, node);
    fill(program::Place::due_date, given_in(node));
    break;
  default:
    due.kind = tree.kind(node) == Node::due_before_expiry ? program::DueKind::before_expiry
                                                          : program::DueKind::after_start;
    due.duration = duration_of(tree, node);
    fill(program::Place::due_duration, given_in(node));
  }
}

void Lowering::response(Rule& rule, NodeId core) {
  const auto children = tree.of(core);
  rule.form = Form::response;
  rule.answer = pattern(children[1], implies_same(children[0], children[1]));
  rule.one_for_all = tree.child(core, Node::one_for_all) != no_node;
  if (children.size() < (rule.one_for_all ? 4 : 3)) return;
  const NodeId within = children[2];
  switch (tree.kind(within)) {
  case Node::within: rule.within = Within::duration; break;
  case Node::within_same_day: rule.within = Within::same_day; break;
  case Node::within_before_next: rule.within = Within::before_next; break;
  case Node::within_before_next_day: rule.within = Within::before_next_day; break;
  case Node::within_end_of:
    rule.within = Within::end_of_period;
    period_of(rule, tree.child(within, Node::period));
    break;
  case Node::within_soon: rule.within = Within::soon; break;
  case Node::within_by:
    rule.within = Within::date;
    rule.until_day = value(tree.of(within)[0]);
    break;
  default: break;
  }
  rule.duration = duration_of(tree, within);
  if (tree.kind(within) != Node::within_by) fill(program::Place::duration, given_in(within));
  if (const NodeId next = tree.child(within, Node::pattern); next != no_node)
    rule.next = pattern(next);
  else if (rule.within == Within::before_next || rule.within == Within::before_next_day)
    rule.next = rule.pattern;
  // A presumption only warns, unless the clause says how severe it is.
  if (rule.within == Within::soon &&
      tree.child(checked.scope(core).block, Node::item_severity) == no_node)
    rule.severity = program::Severity::warning;
}

void Lowering::precedence(Rule& rule, NodeId core) {
  rule.form = Form::precedence;
  rule.answer = pattern(tree.of(core)[1]);
  for (NodeId c : tree.of(core)) {
    if (tree.kind(c) == Node::prec_at_least) {
      rule.prec_at_least = true;
      rule.prec_at_least_duration = duration_of(tree, c);
      fill(program::Place::prec_at_least_duration, given_in(c));
    } else if (tree.kind(c) == Node::prec_within) {
      rule.prec_within = true;
      rule.prec_within_duration = duration_of(tree, c);
      fill(program::Place::prec_within_duration, given_in(c));
    } else if (tree.kind(c) == Node::prec_since) {
      rule.prec_since_previous = true;
    }
  }
}

void Lowering::prohibition(Rule& rule, NodeId core) {
  rule.form = Form::prohibition;
  if (tree.of(core).size() < 2) return;
  const NodeId limit = tree.of(core)[1];
  const Node kind = tree.kind(limit);
  if (kind == Node::limit_while || kind == Node::limit_unless) {
    rule.limit = kind == Node::limit_while ? Limit::whenever : Limit::unless;
    const NodeId condition = condition_of(limit);
    prepare(condition);
    rule.condition = expression(condition);
  } else if (kind == Node::limit_months) {
    rule.limit = Limit::months;
    rule.months = read_months(tree, tree.child(limit, Node::months));
  } else {
    rule.limit = kind == Node::limit_before  ? Limit::before
                 : kind == Node::limit_after ? Limit::after
                                             : Limit::within_after;
    rule.duration = duration_of(tree, limit);
    fill(program::Place::duration, given_in(limit));
    rule.next = pattern(tree.child(limit, Node::pattern));
  }
}

// Alternation, rotation, power: a field and the members it is held against. The checker has found the field.
void Lowering::among(Rule& rule, NodeId core) {
  const Meaning& field = meaning(core);
  const NodeId first = first_pattern(tree, core);
  rule.slot =
      field.refers == Refers::subject ? program::subject_slot : slot(event_of(first), field.index);
  std::vector<Symbol> members;
  for (NodeId c : tree.of(core)) {
    if (tree.kind(c) != Node::name) continue;
    if (meaning(c).refers == Refers::variable) {
      members.push_back(binding.member);
      continue;
    }
    for (std::string_view member : members_named(tree, vocabulary, c))
      members.push_back(pools.symbol(member));
  }
  rule.members = pools.names(members);
}

void Lowering::standing(Rule& rule, NodeId core) {
  rule.form = Form::standing;
  const Index fact = vocabulary.fact(tree.text(tree.of(core)[0]));
  rule.fact = fact_row[fact];
  if (vocabulary.facts[fact].kind == none) return;
  NodeId subject = no_node;
  for (NodeId c : tree.of(core))
    if (tree.kind(c) == Node::subject) subject = c;
  const bool variable = subject == no_node || meaning(subject).refers == Refers::variable;
  rule.fact_key = variable ? binding.member : name(subject);
}

void Lowering::attested(Rule& rule, NodeId core) {
  rule.form = Form::attested;
  rule.attests = name(tree.child(core, Node::label));
  if (const NodeId who = tree.child(core, Node::name); who != no_node) rule.judged_by = name(who);
  recurs(rule, core);
}

// The dated conditions are those that must all hold: what stands under `or` or `not` gives no due day.
void Lowering::extension(Rule& rule, NodeId core) {
  rule.form = Form::extension;
  rule.duration = duration_of(tree, core);
  fill(program::Place::duration, given(tree.of(core)[0]));
  program::Pattern any;
  any.type = event_row[vocabulary.event("extension")];
  any.text = pools.symbol("extension");
  rule.pattern = pools.pattern(any);
  const NodeId condition = condition_of(core);
  if (condition == no_node) return;
  prepare(condition);
  rule.condition = expression(condition);
  std::vector<Index> dated;
  std::vector<NodeId> open{condition};
  while (!open.empty()) {
    const NodeId id = open.back();
    open.pop_back();
    if (tree.kind(id) == Node::c_and)
      for (std::size_t i = tree.of(id).size(); i-- > 0;)
        open.push_back(tree.of(id)[i]);
    if (tree.kind(id) != Node::c_happened || tree.text(id) == "no") continue;
    const program::Aggregate& a = pools.program.aggregates[aggregates_.at(id)];
    if (a.reach == program::Reach::at_least_before && a.anchor == program::Anchor::expiry)
      dated.push_back(aggregates_.at(id));
  }
  const auto due_day = [&](Index a) {
    const program::Duration d = pools.program.aggregates[a].duration;
    return terms.last == calendar::day_max ? calendar::saturated(-days_about(d))
                                           : calendar::minus(terms.last, d, terms.holidays);
  };
  std::stable_sort(dated.begin(), dated.end(),
                   [&](Index a, Index b) { return due_day(a) < due_day(b); });
  rule.dated = {static_cast<std::uint32_t>(pools.program.indices.size()),
                static_cast<std::uint32_t>(dated.size())};
  pools.program.indices.insert(pools.program.indices.end(), dated.begin(), dated.end());
  if (dated.empty()) rule.dated = {};
}

}  // namespace samrad::rules
