// How blocks lean on each other: clauses that override, deputies that stand in, steps of a procedure, names that a measure
// takes for its target.
#include "rules/check/pass.h"

#include <algorithm>
#include <map>

namespace samrad::rules {

namespace {

// A step from one row to another, and where the text says so.
struct Link {
  Index to = none;
  NodeId said = no_node;
};

// Complains of each circle once. Every row has at most a few links; colours as in a search with a stack of its own.
class Circles {
 public:
  explicit Circles(std::vector<std::vector<Link>> links)
      : links_(std::move(links)), state_(links_.size(), 0) {}

  // The links of each circle that is found, in order.
  std::vector<std::vector<Link>> find() {
    for (Index i = 0; i < links_.size(); ++i)
      if (state_[i] == 0) search(i);
    return std::move(found_);
  }

 private:
  struct Open {
    Index row;
    std::size_t next;
    Link by;
  };

  void search(Index root) {
    std::vector<Open> path{{root, 0, {}}};
    state_[root] = 1;
    while (!path.empty()) {
      Open& top = path.back();
      if (top.next == links_[top.row].size()) {
        state_[top.row] = 2;
        path.pop_back();
        continue;
      }
      const Link link = links_[top.row][top.next++];
      if (state_[link.to] == 1) take(path, link);
      if (state_[link.to] != 0) continue;
      state_[link.to] = 1;
      path.push_back({link.to, 0, link});
    }
  }

  void take(const std::vector<Open>& path, Link last) {
    std::vector<Link> circle;
    std::size_t i = path.size();
    while (i-- > 0 && path[i].row != last.to)
      circle.insert(circle.begin(), path[i].by);
    circle.push_back(last);
    found_.push_back(std::move(circle));
  }

  std::vector<std::vector<Link>> links_;
  std::vector<std::uint8_t> state_;
  std::vector<std::vector<Link>> found_;
};

void check_overrides(Pass& pass) {
  const Vocabulary& v = pass.vocabulary();
  std::vector<std::vector<Link>> links(v.clauses.size());
  for (Index i = 0; i < v.clauses.size(); ++i)
    for (NodeId c : pass.tree.of(v.clauses[i].node))
      if (pass.tree.kind(c) == Node::item_overrides)
        if (const Index to = v.clause(pass.text(c)); to != none) links[i].push_back({to, c});
  for (const std::vector<Link>& circle : Circles(std::move(links)).find()) {
    const NodeId at = circle.front().said;
    Diagnostic& d = pass.complain_all(
        Code::override_circle, at,
        circle.size() == 1
            ? "the clause overrides itself"
            : "clauses that override each other in a circle: none of them would apply",
        circle.size() == 1 ? "" : "leave one of them out");
    for (std::size_t i = 1; i < circle.size(); ++i)
      d.labels.push_back({pass.tree[circle[i].said].span,
                          "here " + heading(pass, pass.scope(circle[i].said).block) +
                              " overrides " + quoted(pass.text(circle[i].said))});
  }
}

void check_deputies(Pass& pass) {
  const Vocabulary& v = pass.vocabulary();
  std::vector<std::vector<Link>> links(v.members.size());
  for (Index i = 0; i < v.members.size(); ++i) {
    if (pass.tree.kind(v.members[i].node) != Node::entity) continue;
    const NodeId deputy = pass.child(v.members[i].node, Node::deputy);
    if (deputy == no_node) continue;
    if (const Index to = v.member(pass.text(deputy)); to != none) links[i].push_back({to, deputy});
  }
  for (const std::vector<Link>& circle : Circles(std::move(links)).find()) {
    Diagnostic& d =
        pass.complain_all(Code::deputy_circle, circle.front().said,
                          circle.size() == 1 ? "nobody is a deputy of oneself"
                                             : "deputies that stand in for each other in a circle");
    for (std::size_t i = 1; i < circle.size(); ++i)
      d.labels.push_back({pass.tree[circle[i].said].span, "and here"});
  }
}

void check_procedure(Pass& pass, NodeId block) {
  const Vocabulary& v = pass.vocabulary();
  std::map<std::string_view, NodeId> seen;
  NodeId blind = no_node;
  for (NodeId step : pass.tree.of(block)) {
    if (pass.tree.kind(step) != Node::step) continue;
    const auto [at, fresh] = seen.emplace(pass.text(step), step);
    if (!fresh) {
      Diagnostic& d = pass.complain(Code::declared_twice, step,
                                    "two steps are called " + quoted(pass.text(step)));
      d.labels.push_back({pass.tree[at->second].name, "the first one"});
    }
    if (pass.child(step, Node::counts_if) != no_node) continue;
    if (blind != no_node) {
      const NodeId pattern = pass.child(blind, Node::pattern);
      Diagnostic& d =
          pass.complain(Code::step_never, step,
                        "the step " + quoted(pass.text(step)) + " can never be seen to follow",
                        "a step opens when the one before it is done; keep a record of that, or "
                        "leave the step out");
      d.labels.push_back({pass.tree[blind].name, "nobody records " + quoted(pass.text(pattern)) +
                                                     ", which this step waits for"});
      blind = no_node;
      continue;
    }
    const Index type = v.event(pass.text(pass.child(step, Node::pattern)));
    if (type == none || v.events[type].node == no_node) continue;
    const NodeId record = pass.child(v.events[type].node, Node::not_recorded);
    if (record != no_node && pass.tree.of(record).empty()) blind = step;
  }
}

// The target of a measure has occurrences of its own, NAME_target.
void check_measure(Pass& pass, NodeId block) {
  if (pass.child(block, Node::item_target) == no_node) return;
  const std::string target = std::string(pass.text(block)) + "_target";
  const Index clause = pass.vocabulary().clause(target);
  if (clause == none) return;
  Diagnostic& d =
      pass.complain(Code::declared_twice, pass.vocabulary().clauses[clause].node,
                    "the clause name " + quoted(target) + " is taken by the target of a measure",
                    "choose another name");
  d.labels.push_back({pass.tree[block].name, "this measure has a target"});
}

}  // namespace

void check_structure(Pass& pass) {
  check_overrides(pass);
  check_deputies(pass);
  for (NodeId id : pass.tree.of(pass.tree.root())) {
    if (pass.tree.kind(id) == Node::procedure) check_procedure(pass, id);
    if (pass.tree.kind(id) == Node::measure) check_measure(pass, id);
  }
}

}  // namespace samrad::rules
