// Parents before children: tells each row which event stands at hand, which event its sentence began with and under
// what name, and which variable a `for each` gave it. Events that do not exist are complained of here, once.
#include "rules/check/pass.h"

namespace samrad::rules {

namespace {

class Scopes {
 public:
  explicit Scopes(Pass& pass) : pass_(pass), tree_(pass.tree) {}

  void run() {
    pass_.out.scopes.assign(1, Scope{});
    pass_.out.scope_of.assign(tree_.rows.size(), 0);
    for (NodeId id = static_cast<NodeId>(tree_.rows.size()); id-- > 0;)
      visit(id);
  }

 private:
  [[nodiscard]] Scope of(NodeId id) const { return pass_.out.scope(id); }

  std::uint32_t add(const Scope& scope) {
    pass_.out.scopes.push_back(scope);
    return static_cast<std::uint32_t>(pass_.out.scopes.size() - 1);
  }
  void give(NodeId id, std::uint32_t scope) { pass_.out.scope_of[id] = scope; }
  void give_children(NodeId id, std::uint32_t scope) {
    for (NodeId c : tree_.of(id))
      give(c, scope);
  }

  // The event type of a pattern, or none.
  [[nodiscard]] Index event_of(NodeId pattern) const {
    if (pattern == no_node || pass_.silent.contains(tree_.text(pattern))) return none;
    return pass_.vocabulary().event(tree_.text(pattern));
  }

  void visit(NodeId id) {
    switch (tree_.kind(id)) {
    case Node::clause:
    case Node::measure:
    case Node::fact: block(id); break;
    case Node::procedure: procedure(id); break;
    case Node::item_overrides: overrides(id); break;
    case Node::sentence: sentence(id); break;
    case Node::pattern: pattern(id); break;
    case Node::step: step(id); break;
    case Node::c_happened:
    case Node::v_count_events:
    case Node::v_share_events:
    case Node::v_sum_events:
    case Node::v_in_a_row: count(id); break;
    default:
      if (tree_.kind(id) >= Node::count && tree_.kind(id) <= Node::extension)
        core(id);
      else
        give_children(id, pass_.out.scope_of[id]);
    }
  }

  // The event that all sentences of a clause begin with, for its exceptions; none when they differ or have none.
  [[nodiscard]] Scope clause_event(NodeId id) const {
    Scope scope;
    scope.block = id;
    bool first = true;
    for (NodeId s : sentences_of(tree_, id)) {
      const NodeId core = core_of(tree_, s);
      if (core == no_node) continue;
      const bool of_event = tree_.kind(core) != Node::count && tree_.kind(core) != Node::deadline;
      const NodeId pattern = of_event ? first_pattern(tree_, core) : no_node;
      const Index event = tree_.kind(core) == Node::extension
                              ? pass_.vocabulary().event("extension")
                              : event_of(pattern);
      const NodeId alias = pattern == no_node ? no_node : tree_.child(pattern, Node::alias);
      scope.event = first || scope.event == event ? event : none;
      scope.lost = scope.lost || (pattern != no_node && event == none);
      scope.alias = alias == no_node ? std::string_view() : tree_.text(alias);
      variable(s, scope);
      first = false;
    }
    scope.sentence = scope.event;
    return scope;
  }

  void variable(NodeId sentence, Scope& scope) const {
    const NodeId each = tree_.child(sentence, Node::for_each);
    if (each == no_node) return;
    scope.variable = tree_.text(each);
    scope.variable_kind = pass_.vocabulary().kind(tree_.text(tree_.of(each)[0]));
  }

  void block(NodeId id) {
    if (tree_.kind(id) == Node::clause) {
      give_children(id, add(clause_event(id)));
      return;
    }
    Scope scope;
    scope.block = id;
    scope.plain = tree_.kind(id) == Node::fact;
    give_children(id, add(scope));
  }

  // The condition of `overrides` may speak of the event that both clauses are about.
  void overrides(NodeId id) {
    Scope scope = of(id);
    const Index other = pass_.vocabulary().clause(tree_.text(id));
    if (other != none) {
      const NodeId block = pass_.vocabulary().clauses[other].node;
      const Index event = tree_.kind(block) == Node::clause ? clause_event(block).event : none;
      if (event != scope.event) scope.event = scope.sentence = none, scope.alias = {};
    }
    give_children(id, add(scope));
  }

  void sentence(NodeId id) {
    Scope scope = of(id);
    const NodeId core = core_of(tree_, id);
    const NodeId pattern = first_pattern(tree_, core);
    const bool extension = core != no_node && tree_.kind(core) == Node::extension;
    scope.event = extension ? pass_.vocabulary().event("extension") : event_of(pattern);
    scope.sentence = scope.event;
    scope.lost = pattern != no_node && scope.event == none;
    scope.alias = {};
    if (pattern != no_node)
      if (const NodeId alias = tree_.child(pattern, Node::alias); alias != no_node)
        scope.alias = tree_.text(alias);
    scope.variable = {};  // that of another reading is not at hand here
    scope.variable_kind = none;
    variable(id, scope);
    give_children(id, add(scope));
    if (const NodeId each = tree_.child(id, Node::for_each); each != no_node)
      give(each, pass_.out.scope_of[id]);
  }

  // The core of a sentence: its first pattern is the event that the sentence begins with.
  void core(NodeId id) {
    give_children(id, pass_.out.scope_of[id]);
    if (const NodeId pattern = first_pattern(tree_, id); pattern != no_node) begin_with(pattern);
  }
  void begin_with(NodeId pattern) {
    Scope scope = of(pattern);
    scope.beginning = true;
    give(pattern, add(scope));
  }

  void procedure(NodeId id) {
    Scope scope;
    scope.block = id;
    give_children(id, add(scope));
    const NodeId starts = tree_.child(id, Node::starts);
    const NodeId pattern = starts == no_node ? no_node : tree_.child(starts, Node::pattern);
    scope.sentence = event_of(pattern);
    if (pattern != no_node)
      if (const NodeId alias = tree_.child(pattern, Node::alias); alias != no_node)
        scope.alias = tree_.text(alias);
    const std::uint32_t steps = add(scope);
    for (NodeId c : tree_.of(id))
      if (tree_.kind(c) == Node::step || tree_.kind(c) == Node::starts) give(c, steps);
  }

  void step(NodeId id) {
    give_children(id, pass_.out.scope_of[id]);
    const NodeId counts_if = tree_.child(id, Node::counts_if);
    if (counts_if == no_node) return;
    Scope scope = of(id);
    scope.event = scope.sentence = event_of(tree_.child(id, Node::pattern));
    scope.lost = scope.event == none;
    scope.alias = {};
    give(counts_if, add(scope));
  }

  void pattern(NodeId id) {
    Scope scope = of(id);
    scope.event = event_of(id);
    if (scope.event == none) complain_unknown(id);
    scope.lost = scope.event == none;
    // The subjects and the conditions of the event that the sentence begins with speak of it under both frames.
    give_children(id, add(scope));
  }

  void complain_unknown(NodeId id) {
    const Vocabulary& v = pass_.vocabulary();
    const std::string name(tree_.text(id));
    std::string help = "declare it: event " + name;
    if (v.member(name) != none || v.kind(name) != none)
      help = quoted(name) + " is " +
             (v.member(name) != none ? article(v.kinds[v.members[v.member(name)].kind].name)
                                     : "a kind") +
             "; an event comes first, as in `meeting of " + name + "`";
    if (v.fact(name) != none)
      help = quoted(name) + " is a fact: a fact can hold, it does not happen";
    pass_.unknown(Code::unknown_event, id, "no event " + quoted(name), names(v.event_of), help);
  }

  void count(NodeId id) {
    Scope scope = of(id);
    if (scope.plain) complain_nested(id);
    scope.plain = true;
    scope.beginning = false;
    const std::uint32_t counted = add(scope);
    give_children(id, counted);
    const NodeId pattern = tree_.child(id, Node::pattern);
    // The condition of `share … that are (…)` and of `in a row where …` is about the counted event.
    scope.event = event_of(pattern);
    scope.lost = scope.event == none;
    const std::uint32_t that = add(scope);
    bool before = true;
    for (NodeId c : tree_.of(id)) {
      if (!before && !is_range(tree_.kind(c))) give(c, that);
      before = before && c != pattern;
    }
  }

  static bool is_range(Node kind) {
    return kind >= Node::range_last && kind <= Node::range_within_before;
  }

  void complain_nested(NodeId id) {
    const bool fact =
        pass_.scope(id).block != no_node && tree_.kind(pass_.scope(id).block) == Node::fact;
    pass_.complain_all(Code::count_in_count, id,
                       fact ? "past events cannot be counted in what begins or ends a fact"
                            : "past events cannot be counted inside another count",
                       fact ? "say it in the clause that uses the fact"
                            : "divide it into two conditions joined by `and`");
  }

  Pass& pass_;
  const Tree& tree_;
};

}  // namespace

void find_scopes(Pass& pass) { Scopes(pass).run(); }

}  // namespace samrad::rules
