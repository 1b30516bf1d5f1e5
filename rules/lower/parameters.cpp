// What a template leaves open, as it goes into rules: the places that a parameter fills, the optional parameters that a rule cannot
// do without, and the members that a `for each` goes through.
#include "rules/check/meanings.h"
#include "rules/lower/lower.h"

#include "rules/check/pass.h"

#include <algorithm>

namespace samrad::rules {

using program::Place;
using program::Rule;

Index Lowering::given(NodeId name) const {
  if (name == no_node || meaning(name).refers != Refers::parameter) return none;
  return parameter_row[meaning(name).index];
}

void Lowering::fill(Place place, Index parameter) {
  if (parameter != none) fillings_.push_back({place, parameter});
}

void Lowering::need(Index parameter) {
  if (parameter == none || !vocabulary.parameters[parameter].optional) return;
  const Index row = parameter_row[parameter];
  if (std::find(needs_.begin(), needs_.end(), row) == needs_.end()) needs_.push_back(row);
}

void Lowering::needs_member(Index member) {
  if (member != none && !vocabulary.parameters.empty()) need(vocabulary.members[member].parameter);
}

// A value in a condition may be unknown; a member that nobody is, a day or a duration that nobody gave leave nothing to ask.
void Lowering::needs_of(NodeId root) {
  if (vocabulary.parameters.empty()) return;
  const Index last = terms.last_by == no_node ? none : meaning(terms.last_by).index;
  // What is excepted or overridden for somebody who is not there never is.
  const bool members =
      tree.kind(root) != Node::item_except && tree.kind(root) != Node::item_overrides;
  std::vector<NodeId> open{root};
  while (!open.empty()) {
    const NodeId id = open.back();
    open.pop_back();
    const Node kind = tree.kind(id);
    if (kind == Node::item_owner || kind == Node::item_waived_by || kind == Node::for_each)
      continue;
    if (members && meaning(id).refers == Refers::member) needs_member(meaning(id).index);
    if (members && meaning(id).refers == Refers::set)
      for (std::string_view member : members_named(tree, vocabulary, id)) needs_member(vocabulary.member(member));
    if (meaning(id).refers == Refers::expiry || kind == Node::due_before_expiry) need(last);
    const auto children = tree.of(id);
    for (std::size_t i = 0; i < children.size(); ++i) {
      open.push_back(children[i]);
      const bool date = kind == Node::range_at_least_before || kind == Node::range_within_before;
      const bool literal = literal_at(kind, i) != Type::wrong || date;
      if (literal && meaning(children[i]).refers == Refers::parameter)
        need(meaning(children[i]).index);
    }
  }
}

Index Lowering::push(Rule rule) {
  std::vector<program::Filling> all = block_fillings_;
  all.insert(all.end(), fillings_.begin(), fillings_.end());
  fillings_.clear();
  rule.fillings = pools.fillings(all);
  rule.needs = pools.indices(needs_);
  const auto index = static_cast<Index>(pools.program.rules.size());
  pools.program.rules.push_back(rule);
  return index;
}

// The members of a closed `for each`. A list that a parameter names is one of them, under a name that no text can hold: `forumen#`
// is the one at hand, where `forumen` is all of them.
std::vector<Lowering::Instance> Lowering::instances(NodeId each) {
  std::vector<Instance> out;
  const auto add = [&](Index member) {
    const MemberRow& row = vocabulary.members[member];
    const bool list = row.parameter != none && vocabulary.parameters[row.parameter].list;
    const std::string written(row.name);
    out.push_back({pools.symbol(list ? written + "#" : written),
                   list ? parameter_row[row.parameter] : none, member});
  };
  const NodeId list = tree.child(each, Node::list);
  const NodeId by = parameter_in(tree, each);
  if (by != no_node && meaning(by).refers == Refers::set) {
    for (std::string_view member : members_named(tree, vocabulary, by)) {
      if (const Index row = vocabulary.member(member); row != none) add(row);
      else out.push_back({pools.symbol(member), none, none});
    }
  } else if (by != no_node) {
    add(vocabulary.parameters[meaning(by).index].member);
  } else if (list != no_node) {
    for (NodeId c : tree.of(list))
      out.push_back({name(c), none, vocabulary.member(tree.text(c))});
  } else {
    for (Index m : vocabulary.kinds[vocabulary.kind(tree.text(tree.of(each)[0]))].members)
      add(m);
  }
  return out;
}

void merge_parameters(std::span<Lowering> texts, Pools& pools, Diagnostics& out) {
  struct Declared {
    const Lowering* text;
    NodeId node;
  };
  std::vector<Declared> places;
  for (Lowering& text : texts) {
    for (const ParameterRow& row : text.vocabulary.parameters) {
      program::Parameter made{pools.symbol(row.name), 0, row.type, row.list, row.optional};
      if (const NodeId label = text.tree.child(row.node, Node::label); label != no_node)
        made.label = pools.symbol(text.tree.text(label));
      if (const NodeId value = text.tree.child(row.node, Node::default_value); value != no_node)
        made.fallback = pools.constant(text.literal(text.tree.of(value)[0]));
      auto& rows = pools.program.parameters;
      const auto old = std::find_if(rows.begin(), rows.end(),
                                    [&](const auto& p) { return p.name == made.name; });
      text.parameter_row.push_back(static_cast<Index>(old - rows.begin()));
      if (old == rows.end()) {
        rows.push_back(made);
        places.push_back({&text, row.node});
        continue;
      }
      if (old->type == made.type && old->list == made.list && old->optional == made.optional)
        continue;
      const Declared& first = places[static_cast<std::size_t>(old - rows.begin())];
      Diagnostic d = diagnostic(
          Code::versions_clash, text.tree[row.node].name,
          "the parameter " + quoted(row.name) + " is of another type than in an earlier version",
          "an agreement fills it in once for all versions: give the new thing a new name");
      d.labels.push_back(
          {first.text->tree[first.node].name, "declared here in an earlier version"});
      out.push_back(std::move(d));
    }
  }
}

}  // namespace samrad::rules
