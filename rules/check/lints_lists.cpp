// Two places in the agreement that list different members for the same field of the same event: an annex and a main text,
// or two annexes, that name different participants. All that clauses from one place demand is one list. A list that holds
// the whole of another only adds to it, and lists that have nothing in common are two demands.
#include "rules/check/lints.h"

#include <algorithm>
#include <map>
#include <set>

namespace samrad::rules {

namespace {

constexpr std::size_t rivals_max = 8;  // how many lists of one field are compared with another

using Members = std::set<std::string_view>;

// Conditions of one field that belong together.
struct MemberList {
  std::string_view place;           // in the agreement, or empty: stands by itself
  std::vector<const Duty*> duties;  // parallel to nodes
  std::vector<NodeId> nodes;
  Members members;
};

Members only_in(const Members& a, const Members& b) {
  Members out;
  std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::inserter(out, out.end()));
  return out;
}

std::string spoken(const Members& members) {
  std::vector<std::string> out;
  for (std::string_view m : members)
    out.push_back(quoted(m));
  return listed(out, "and");
}

class Lists {
 public:
  explicit Lists(Pass& pass) : pass_(pass) {}

  void add(const Duty& duty) {
    std::vector<PatternKey> keys;
    std::vector<NodeId> open{pass_.tree.of(duty.core)[1]};
    while (!open.empty()) {
      const NodeId id = open.back();
      open.pop_back();
      const Node kind = pass_.tree.kind(id);
      if (kind == Node::c_and)
        open.insert(open.end(), pass_.tree.of(id).begin(), pass_.tree.of(id).end());
      if (kind != Node::c_including && kind != Node::c_one_of) continue;
      MemberList list;
      const std::string how = read(duty, id, list);
      if (how.empty()) continue;
      if (keys.empty()) keys = pattern_keys(pass_, duty);
      for (const PatternKey& key : keys)
        put(lists_[key.key + '\n' + how], list);
    }
  }

  void compare() {
    for (const auto& [what, lists] : lists_)
      for (std::size_t i = 1; i < lists.size(); ++i)
        for (std::size_t k = 0; k < i; ++k)
          if (differ(lists[i], lists[k])) break;
  }

 private:
  // What the condition demands of which field, or empty when it is no list of members that it demands. `at least 2 of` and
  // `none of` name choices and exclusions.
  std::string read(const Duty& duty, NodeId id, MemberList& list) {
    const std::string_view word = pass_.text(id);
    const bool all = word == "all" || word == "one";
    if (!all && word != "only" && word != "any" && word != "is") return {};
    const auto sides = pass_.tree.of(id);
    const Meaning& field = pass_.meaning(sides[0]);
    if (field.refers != Refers::field || field.type != Type::member) return {};
    const bool several = pass_.tree.kind(sides[1]) == Node::list;
    for (NodeId value : several ? pass_.tree.of(sides[1]) : sides.subspan(1)) {
      const Refers refers = pass_.meaning(value).refers;
      if (refers != Refers::member && refers != Refers::set) return {};
      for (std::string_view member : members_named(pass_.tree, pass_.vocabulary(), value)) list.members.insert(member);
    }
    list.duties = {&duty};
    list.nodes = {id};
    if (all) list.place = place(duty.block);
    return std::string(all ? "all" : word) + ' ' + std::to_string(field.index);
  }

  // "Bilaga 4" of "Bilaga 4, Klara (K-4)": as much of the source as names a part of the agreement.
  [[nodiscard]] std::string_view place(NodeId block) const {
    const NodeId source = pass_.child(block, Node::item_source);
    if (source == no_node) return {};
    const std::string_view text = pass_.text(source);
    const std::string_view head = text.substr(0, text.find_first_of(",;:("));
    return head.substr(0, head.find_last_not_of(' ') + 1);
  }

  void put(std::vector<MemberList>& lists, const MemberList& list) {
    const Duty& duty = *list.duties[0];
    for (MemberList& old : lists) {
      if (list.place.empty() || old.place != list.place || !together(duty, *old.duties[0]))
        continue;
      old.members.insert(list.members.begin(), list.members.end());
      old.duties.push_back(&duty);
      old.nodes.push_back(list.nodes[0]);
      return;
    }
    if (lists.size() < rivals_max) lists.push_back(list);
  }

  [[nodiscard]] bool both_apply(const MemberList& a, const MemberList& b) const {
    if (a.duties[0]->block == b.duties[0]->block || !together(*a.duties[0], *b.duties[0]))
      return false;
    for (std::size_t i = 0; i < a.duties.size() && i < rivals_max; ++i)
      for (std::size_t k = 0; k < b.duties.size() && k < rivals_max; ++k)
        if (one_overrides(pass_, a.duties[i]->block, b.duties[k]->block)) return false;
    return true;
  }

  // True when something was said.
  bool differ(const MemberList& list, const MemberList& other) {
    const Members here = only_in(list.members, other.members);
    const Members there = only_in(other.members, list.members);
    if (here.empty() || there.empty() || here.size() == list.members.size() ||
        !both_apply(list, other))
      return false;
    if (!said_.insert(list.nodes[0]).second) return true;  // of another member of a `for each`
    const NodeId block = list.duties[0]->block;
    const NodeId other_block = other.duties[0]->block;
    const std::string field = quoted(pass_.text(pass_.tree.of(list.nodes[0])[0]));
    Diagnostic& d = pass_.complain_all(
        Code::different_lists, list.nodes[0],
        "two lists of " + field + " that differ: " + spoken(here) + " only " +
            (list.nodes.size() == 1 ? "here" : "in " + quoted(list.place)) + ", " + spoken(there) +
            " only in " +
            (other.nodes.size() == 1 ? heading(pass_, other_block) : quoted(other.place)));
    d.labels.push_back({pass_.tree[block].name, "in " + heading(pass_, block)});
    for (const MemberList* l : {&list, &other})
      for (std::size_t i = l == &list ? 1 : 0; i < l->nodes.size(); ++i)
        d.labels.push_back(
            {pass_.tree[l->nodes[i]].span, "in " + heading(pass_, l->duties[i]->block)});
    d.help = "both apply; if one list is meant to give way, say `overrides " +
             std::string(pass_.text(other_block)) + "`, or make them two readings of one clause";
    return true;
  }

  Pass& pass_;
  std::map<std::string, std::vector<MemberList>>
      lists_;  // by pattern, field and what is demanded of it
  std::set<NodeId> said_;
};

}  // namespace

void lint_lists(Pass& pass, const Duties& duties) {
  Lists lists(pass);
  for (const Duty& duty : duties.rows)
    if (pass.tree.kind(duty.core) == Node::constraint && duty.unconditional) lists.add(duty);
  lists.compare();
}

}  // namespace samrad::rules
