// A duty towards a role or a party (`information to clerk must happen …`) where a fact says that there may be nobody: a
// register of contacts, a post that can be vacant. The duty counts as done all the same, unless some clause asks the fact
// of that event.
#include "rules/check/lints.h"

#include <map>
#include <set>

namespace samrad::rules {

namespace {

constexpr std::size_t others_shown = 8;

// Whom a duty is addressed to, and the facts that say whether anybody is there.
struct Addressed {
  NodeId pattern = no_node;
  NodeId to = no_node;    // the `to …` of the pattern
  std::string_view name;  // the member, or the variable of `for each`
  Index kind = none;
  std::string_view party = {};  // of a role
  std::vector<Index> facts = {};
  std::vector<std::string> words = {};  // `contact of council`, one a fact
};

class Receivers {
 public:
  explicit Receivers(Pass& pass) : pass_(pass), v_(pass.vocabulary()) {}

  void run() {
    for (Index f = 0; f < v_.facts.size(); ++f)
      if (v_.facts[f].kind != none && ends(f)) facts_of_[v_.facts[f].kind].push_back(f);
    if (facts_of_.empty()) return;
    gather();
    for (NodeId id = 0; id < pass_.tree.rows.size(); ++id) {
      const NodeId pattern = demanded(id);
      if (pattern == no_node) continue;
      for (NodeId c : pass_.tree.of(pattern))
        if (pass_.tree.kind(c) == Node::role_is && pass_.text(c) == "to" && pass_.child(c, Node::name) != no_node) look(pattern, c);
    }
    for (const auto& [what, duties] : found_)
      say(duties);
  }

 private:
  // The pattern of what must be done, of a sentence or a step, or no_node. What is done once, on a day that is known from
  // the beginning, is not what a register of contacts is for.
  [[nodiscard]] NodeId demanded(NodeId id) const {
    const auto children = pass_.tree.of(id);
    switch (pass_.tree.kind(id)) {
    case Node::count:
      return pass_.text(pass_.child(id, Node::times)) == "at_most" ? no_node : children[0];
    case Node::deadline: {
      const Node due = pass_.tree.kind(children[1]);
      const bool once = due == Node::due_date || due == Node::due_after_start;
      return once ? no_node : children[0];
    }
    case Node::response:
    case Node::precedence: return children[1];
    case Node::step:
    case Node::otherwise: return pass_.child(id, Node::pattern);
    default: return no_node;
    }
  }

  // A fact that an event begins and that can end.
  [[nodiscard]] bool ends(Index fact) const {
    const NodeId holds = pass_.child(v_.facts[fact].node, Node::holds);
    return holds != no_node && pass_.tree.of(holds).size() > 1;
  }

  // Which facts each clause asks for, and which of them of an event that it judges.
  void gather() {
    std::map<NodeId, std::set<std::string_view>> judged;
    for (NodeId id = 0; id < pass_.tree.rows.size(); ++id) {
      const NodeId block = pass_.scope(id).block;
      if (block == no_node || pass_.tree.kind(block) == Node::fact) continue;
      const Meaning& m = pass_.meaning(id);
      const Node kind = pass_.tree.kind(id);
      if (m.refers == Refers::fact) asked_.emplace(block, m.index);
      if (kind == Node::while_fact) asked_.emplace(block, v_.fact(pass_.text(id)));
      if (kind == Node::constraint || kind == Node::validity || kind == Node::prohibition)
        judged[block].insert(pass_.text(pass_.tree.of(id)[0]));
    }
    for (const auto& [block, fact] : asked_)
      if (const auto at = judged.find(block); at != judged.end())
        for (std::string_view event : at->second)
          asked_of_event_.emplace(fact, event);
  }

  void look(NodeId pattern, NodeId to) {
    const Index role = v_.kind("role");
    const Index party = v_.kind("party");
    const Scope& scope = pass_.scope(to);
    Addressed who{pattern, to, pass_.text(pass_.child(to, Node::name))};
    if (!scope.variable.empty() && scope.variable == who.name) {
      who.kind = scope.variable_kind;
    } else if (const Index m = v_.member(who.name); m != none) {
      who.kind = v_.members[m].kind;
      who.party = whole_of(pass_, v_.members[m].node);
    }
    if (who.kind != role && who.kind != party) return;
    if (!looked_.emplace(scope.block, who.name).second) return;
    const std::string_view event = pass_.text(pattern);
    const auto take = [&](Index kind, std::string_view of) {
      const auto found = facts_of_.find(kind);
      if (of.empty() || found == facts_of_.end()) return;
      for (Index f : found->second) {
        if (asked_.contains({scope.block, f}) || asked_of_event_.contains({f, event})) continue;
        who.facts.push_back(f);
        who.words.push_back(std::string(v_.facts[f].name) + " of " + std::string(of));
      }
    };
    take(who.kind, who.name);
    if (who.kind == role) take(party, who.party);
    if (!who.facts.empty()) found_[{who.kind == party, who.facts}].push_back(who);
  }

  // All duties that turn on the same facts at once.
  void say(const std::vector<Addressed>& duties) {
    const Addressed& who = duties.front();
    std::vector<std::string> shown;
    std::string condition;
    for (const std::string& w : who.words) {
      shown.push_back('`' + w + '`');
      condition += (condition.empty() ? "" : " and ") + w;
    }
    const std::string event(pass_.text(who.pattern));
    const bool several = who.words.size() > 1;
    Diagnostic& d = pass_.complain_all(
        Code::stale_receiver, who.to,
        quoted(event) + " to " + quoted(who.name) + " counts as done also when " +
            listed(shown, "or") + " has ended, and nobody is there to receive it",
        "ask for it: `" + event + " to " + std::string(who.name) + " where " +
            (several ? "(" + condition + ")" : condition) +
            "`\nor say what holds meanwhile: `except while not " +
            (several ? "(" + condition + ")" : condition) + "`");
    // A party is more than those who can be reached there at the moment.
    if (who.kind == v_.kind("party")) d.severity = Severity::note;
    for (std::size_t i = 1; i < duties.size() && i <= others_shown; ++i)
      d.labels.push_back({pass_.tree[duties[i].to].span, "the same here"});
    for (Index f : who.facts) {
      const NodeId holds = pass_.child(v_.facts[f].node, Node::holds);
      d.labels.push_back({pass_.tree[v_.facts[f].node].name, "a fact that can end"});
      d.labels.push_back({pass_.tree[pass_.tree.of(holds)[1]].span, "here it ends"});
    }
  }

  Pass& pass_;
  const Vocabulary& v_;
  std::map<Index, std::vector<Index>> facts_of_;  // by kind
  std::set<std::pair<NodeId, Index>> asked_;      // by block
  std::set<std::pair<Index, std::string_view>> asked_of_event_;
  std::set<std::pair<NodeId, std::string_view>> looked_;  // block and receiver
  std::map<std::pair<bool, std::vector<Index>>, std::vector<Addressed>>
      found_;  // to a party or not, and facts
};

}  // namespace

void lint_receivers(Pass& pass) { Receivers(pass).run(); }

}  // namespace samrad::rules
