// A procedure to a row of its own, one rule a step, and a validity rule for each `counts only if`.
//
// A step's rule has the start pattern as `pattern` and the step's event as `answer`; frame 1 of the answer is the start
// event. A validity rule is about those events of its type that can do a step of this procedure: the pattern of the step
// and its own together. It carries the procedure and the name of its step, and has no occurrences.
#include "rules/lower/lower.h"

#include "rules/check/pass.h"

namespace samrad::rules {

using OpCode = program::Code;
using program::Form;
using program::Rule;

void Lowering::procedure(NodeId block) {
  forget();
  binding = {};
  Case of;
  of.block = block;
  of.start_node = tree.child(tree.child(block, Node::starts), Node::pattern);
  of.base = base(block, block);
  needs_of(block);
  of.procedure = static_cast<Index>(pools.program.procedures.size());
  of.start = pattern(of.start_node);
  for (NodeId c : tree.of(block))
    if (tree.kind(c) == Node::step && tree.child(c, Node::counts_if) == no_node)
      of.steps.push_back(c);

  pools.program.procedures.push_back({of.base.clause, of.base.title, of.start, {}});
  of.base.procedure = of.procedure;
  of.base.pattern = of.start;
  exceptions(of.base, block);
  std::vector<Index> rules;
  for (NodeId c : tree.of(block)) {
    if (tree.kind(c) != Node::step) continue;
    if (tree.child(c, Node::counts_if) != no_node)
      validity_steps(of, c);
    else
      rules.push_back(event_step(of, c, static_cast<std::uint32_t>(rules.size())));
  }
  auto& indices = pools.program.indices;
  pools.program.procedures[of.procedure].steps = {static_cast<std::uint32_t>(indices.size()),
                                                  static_cast<std::uint32_t>(rules.size())};
  indices.insert(indices.end(), rules.begin(), rules.end());
}

Index Lowering::event_step(const Case& of, NodeId step, std::uint32_t number) {
  Rule rule = of.base;
  rule.form = Form::step;
  rule.step = name(step);
  if (const Symbol title = label(step); title != 0) rule.title = title;
  rule.sentence = words_symbol(step);
  rule.step_number = number;
  const NodeId event = tree.child(step, Node::pattern);
  rule.answer = pattern(event, implies_same(of.start_node, event));
  if (const NodeId within = tree.child(step, Node::step_within); within != no_node) {
    rule.within = program::Within::duration;
    rule.duration = duration_of(tree, within);
    fill(program::Place::duration, given_in(within));
    rule.of_start = tree.text(within) == "start";
  }
  return push(rule);
}

// One rule for each step that such an event can do; where none can, the pattern stands as it is written.
void Lowering::validity_steps(const Case& of, NodeId step) {
  bool any = false;
  const NodeId own = tree.child(step, Node::pattern);
  for (NodeId other : of.steps) {
    const NodeId event = tree.child(other, Node::pattern);
    if (event_of(event) != event_of(own) || speaks_of_start(event)) continue;
    validity_step(of, step, event);
    any = true;
  }
  if (!any) validity_step(of, step, no_node);
}

// Whether the pattern asks for something of the start event, which a validity rule does not have.
bool Lowering::speaks_of_start(NodeId pattern) const {
  std::vector<NodeId> open{pattern};
  while (!open.empty()) {
    const NodeId id = open.back();
    open.pop_back();
    if (tree.kind(id) == Node::subject_same || meaning(id).frame == 1) return true;
    for (NodeId c : tree.of(id))
      open.push_back(c);
  }
  return false;
}

void Lowering::validity_step(const Case& of, NodeId step, NodeId event) {
  Rule rule = of.base;
  rule.form = Form::validity;
  rule.step = name(step);
  if (const Symbol title = label(step); title != 0) rule.title = title;
  rule.sentence = words_symbol(step);
  const NodeId own = tree.child(step, Node::pattern);
  rule.pattern = pattern(own);
  if (event != no_node) {
    const Index other = pattern(event);
    program::Pattern both = pools.program.patterns[rule.pattern];
    const program::Pattern& of_step = pools.program.patterns[other];
    if (both.subjects.count == 0) both.subjects = of_step.subjects;
    const std::uint32_t begin = pools.code_size();
    for (const program::Expression part : {of_step.condition, both.condition}) {
      const bool joined = pools.code_size() > begin;
      for (std::uint32_t i = 0; i < part.count; ++i)
        pools.program.code.push_back(program::Op(pools.program.code[part.first + i]));
      if (joined && part.count > 0) pools.op(OpCode::logical_and, 0, 0, both.text);
    }
    both.condition = pools.since(begin);
    rule.pattern = pools.pattern(both);
  }
  const NodeId condition = condition_of(tree.child(step, Node::counts_if));
  prepare(condition);
  rule.condition = expression(condition);
  push(rule);
}

}  // namespace samrad::rules
