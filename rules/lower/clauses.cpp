// One block to its rules: what clauses, measures and procedures have in common, the readings of a clause, and the
// members of a closed `for each`.
#include "rules/lower/lower.h"

#include "rules/check/pass.h"

#include <algorithm>

namespace samrad::rules {

using OpCode = program::Code;
using program::Form;
using program::Rule;

Symbol Lowering::label(NodeId block) {
  const NodeId label = tree.child(block, Node::label);
  return label == no_node ? 0 : pools.symbol(tree.text(label));
}

Range Lowering::name_list(NodeId node) {
  std::vector<Symbol> symbols;
  for (NodeId c : tree.of(node))
    if (tree.kind(c) == Node::name)
      for (std::string_view member : members_named(tree, vocabulary, c))
        symbols.push_back(pools.symbol(member));
  return pools.names(symbols);
}

// The rule that the items of a block describe, without its sentence.
Rule Lowering::base(NodeId block, NodeId items) {
  Rule rule;
  rule.clause = name(block);
  rule.title = label(block);
  rule.parts = terms.parts;
  rule.shift = terms.shift;
  fillings_.clear(), needs_.clear();
  for (NodeId c : tree.of(items))
    item(rule, c);
  block_fillings_ = std::move(fillings_);
  fillings_.clear();
  return rule;
}

void Lowering::item(Rule& rule, NodeId c) {
  switch (tree.kind(c)) {
  case Node::item_source: rule.source = name(c); break;
  case Node::item_owner: rule.owners = name_list(c); break;
  case Node::item_warn: {
    std::vector<program::Duration> warnings;
    for (NodeId d : tree.of(c))
      warnings.push_back(read_duration(tree, d));
    std::stable_sort(warnings.begin(), warnings.end(),
                     [](auto a, auto b) { return days_about(a) > days_about(b); });
    rule.warnings = {static_cast<std::uint32_t>(pools.program.durations.size()),
                     static_cast<std::uint32_t>(warnings.size())};
    pools.program.durations.insert(pools.program.durations.end(), warnings.begin(), warnings.end());
    break;
  }
  case Node::item_severity:
    rule.severity = tree.text(c) == "note"      ? program::Severity::note
                    : tree.text(c) == "warning" ? program::Severity::warning
                                                : program::Severity::error;
    break;
  case Node::item_in_force:
    if (given_in(c) == none) rule.from = read_day(tree, c);
    fill(program::Place::from, given_in(c));
    break;
  case Node::item_until:
    if (given_in(c) == none) rule.to = read_day(tree, c);
    fill(program::Place::to, given_in(c));
    break;
  case Node::item_part_periods: rule.parts = read_parts(tree.text(c)); break;
  case Node::item_due_days: rule.shift = read_shift(tree.text(c)); break;
  case Node::item_judged_by: rule.judged_by = name(tree.of(c)[0]); break;
  case Node::item_waived_by: rule.waived_by = name_list(c); break;
  default: break;
  }
}

void Lowering::clause(NodeId block) {
  const Rule rule = base(block, block);
  for (NodeId c : tree.of(block)) {
    if (tree.kind(c) == Node::sentence) sentence(rule, c, block);
    if (tree.kind(c) != Node::reading) continue;
    Rule read = rule;
    read.reading = name(c);
    read.reading_label = label(c);
    read.reading_default = tree.child(c, Node::default_reading) != no_node;
    if (const NodeId of = tree.child(c, Node::name); of != no_node)
      read.ambiguity = ambiguity_row[vocabulary.ambiguity(tree.text(of))];
    for (NodeId own : tree.of(c))
      item(read, own);
    sentence(read, tree.child(c, Node::sentence), block);
  }
}

void Lowering::sentence(Rule rule, NodeId sentence, NodeId block) {
  rule.sentence = words_symbol(sentence);
  binding = {};
  needs_.clear();
  needs_of(sentence);
  for (NodeId c : tree.of(block))
    if (tree.kind(c) != Node::sentence && tree.kind(c) != Node::reading) needs_of(c);
  const NodeId each = tree.child(sentence, Node::for_each);
  if (each == no_node) return expanded(std::move(rule), sentence, block);

  const Index kind = vocabulary.kind(tree.text(tree.of(each)[0]));
  const NodeId list = tree.child(each, Node::list);
  const NodeId while_fact = tree.child(each, Node::while_fact);
  if (while_fact != no_node) rule.instances = fact_row[vocabulary.fact(tree.text(while_fact))];
  if (list == no_node && parameter_in(tree, each) == no_node && (while_fact != no_node || vocabulary.kinds[kind].open)) {
    binding.dynamic = true;
    return expanded(std::move(rule), sentence, block);
  }
  const std::vector<Index> needs = needs_;
  for (const Instance& instance : instances(each)) {
    binding.member = instance.member;
    rule.key = instance.member;
    rule.instances_of = instance.list;
    needs_ = needs;
    if (instance.list == none) needs_member(instance.row);
    expanded(rule, sentence, block);
  }
}

// One rule, and what a breach of it opens. The names of the sentence are bound.
void Lowering::expanded(Rule rule, NodeId sentence, NodeId block) {
  forget();
  const NodeId core = core_of(tree, sentence);
  form(rule, core);
  exceptions(rule, block);
  const Index index = push(rule);
  for (NodeId c : tree.of(block)) {
    if (tree.kind(c) != Node::item_overrides) continue;
    Override over{index, pools.symbol(tree.text(c)), {}};
    if (const NodeId condition = condition_of(c); condition != no_node) {
      prepare(condition);
      over.condition = expression(condition);
    }
    overrides.push_back(over);
  }
  if (const NodeId otherwise = tree.child(sentence, Node::otherwise); otherwise != no_node)
    consequence(index, otherwise);
}

// Several exceptions are joined by `or`.
void Lowering::exceptions(Rule& rule, NodeId block) {
  std::vector<NodeId> conditions;
  for (NodeId c : tree.of(block))
    if (tree.kind(c) == Node::item_except) conditions.push_back(condition_of(c));
  for (NodeId c : conditions)
    prepare(c);
  const std::uint32_t begin = pools.code_size();
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    emit(conditions[i]);
    if (i > 0) pools.op(OpCode::logical_or, 0, 0, words_symbol(conditions[i]));
  }
  rule.exception = pools.since(begin);
}

void Lowering::consequence(Index rule, NodeId otherwise) {
  if (const NodeId text = tree.child(otherwise, Node::label); text != no_node) {
    pools.program.rules[rule].otherwise_text = pools.symbol(tree.text(text));
    return;
  }
  const Rule& of = pools.program.rules[rule];
  Rule next;
  next.clause = of.clause, next.key = of.key, next.title = of.title, next.source = of.source;
  next.owners = of.owners, next.warnings = of.warnings, next.severity = of.severity;
  next.reading = of.reading, next.reading_label = of.reading_label,
  next.reading_default = of.reading_default, next.ambiguity = of.ambiguity;
  next.from = of.from, next.to = of.to, next.shift = of.shift, next.instances = of.instances;
  next.instances_of = of.instances_of;
  next.judged_by = of.judged_by, next.waived_by = of.waived_by;
  next.form = Form::response;
  next.is_otherwise = true;
  next.sentence = words_symbol(otherwise);
  next.answer = pattern(tree.child(otherwise, Node::pattern));
  next.within = program::Within::duration;
  next.duration = duration_of(tree, otherwise);
  fill(program::Place::duration, given_in(otherwise));
  const Index consequence = push(next);
  pools.program.rules[rule].otherwise = consequence;
}

// `must be measured` is a count of measurements, a target a condition on each of them that has a value.
void Lowering::measure(NodeId block) {
  const Rule rule = base(block, block);
  needs_of(block);
  const Index type = vocabulary.event("measurement");
  const Symbol measure = name(block);
  forget();
  binding = {};
  const auto measurements = [&](Symbol text, bool with_value) {
    program::Pattern p;
    p.type = event_row[type];
    p.subjects = pools.names(std::span(&measure, 1));
    p.text = text;
    const std::uint32_t begin = pools.code_size();
    if (with_value)
      pools.op(OpCode::present, 0, slot(type, vocabulary.events[type].field("value")), text);
    p.condition = pools.since(begin);
    return pools.pattern(p);
  };
  targets(rule, block, type, measurements(pools.symbol("measurement of " + std::string(tree.text(block))), true));
  for (NodeId c : tree.of(block)) {
    Rule duty = rule;
    if (tree.kind(c) == Node::measured) {
      duty.form = Form::count;
      duty.sentence = words_symbol(c);
      duty.pattern =
          measurements(pools.symbol("measurement of " + std::string(tree.text(block))), false);
      if (const NodeId times = tree.child(c, Node::times); times != no_node) times_of(duty, times);
      recurs(duty, c);
      push(duty);
    }
  }
}

// All targets of a measure are one constraint on each of its measurements that has a value.
void Lowering::targets(Rule rule, NodeId block, Index type, Index pattern) {
  std::vector<NodeId> said;
  for (NodeId c : tree.of(block))
    if (tree.kind(c) == Node::item_target) said.push_back(c);
  if (said.empty()) return;
  rule.clause = pools.symbol(std::string(tree.text(block)) + "_target");
  rule.form = Form::constraint;
  rule.sentence = words_symbol(said.front());
  rule.pattern = pattern;
  const std::uint32_t begin = pools.code_size();
  for (std::size_t i = 0; i < said.size(); ++i) {
    const Symbol text = words_symbol(said[i]);
    pools.op(OpCode::field, 0, slot(type, vocabulary.events[type].field("value")), text);
    emit_literal(tree.of(said[i])[0], false);
    pools.op(tree.text(said[i]) == "at_most" ? OpCode::less_equal : OpCode::greater_equal, 0, 0, text);
    if (i > 0) pools.op(OpCode::logical_and, 0, 0, text);
  }
  rule.condition = pools.since(begin);
  push(rule);
}

}  // namespace samrad::rules
