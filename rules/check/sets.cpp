// Named sets, and `every KIND of MEMBER`: who is in them, and that all are of one kind. Both stand for their members, wherever
// several can be named.
#include "rules/check/meanings.h"

#include <algorithm>

namespace samrad::rules {

namespace {

// The member that `block` declares its own to belong to, or empty.
std::string_view whole_of_member(const Tree& tree, NodeId block) {
  if (tree.kind(block) != Node::entity && tree.kind(block) != Node::parameter) return {};
  bool kind_word = true;
  for (NodeId c : tree.of(block)) {
    if (tree.kind(c) != Node::name) continue;
    if (!kind_word) return tree.text(c);
    kind_word = false;
  }
  return {};
}

void check_entry(Pass& pass, NodeId entry, const SetRow& set) {
  const Vocabulary& v = pass.vocabulary();
  const std::string wanted = article(v.kinds[set.kind].name);
  Meaning& m = pass.meaning(entry);
  if (pass.tree.kind(entry) == Node::v_name) {
    m = Meaning{};
    if (const Index other = v.set(pass.text(entry)); other != none)
      pass.complain(Code::wrong_sort_of_name, entry,
                    quoted(pass.text(entry)) + " is a set; a set holds members and no other sets",
                    "name its members here, or name both sets where they are used");
    else
      find_member(pass, entry, {set.kind}, wanted);
    return;
  }
  if (m.kind == none || m.kind == set.kind) return;
  Diagnostic& d =
      pass.complain_all(Code::wrong_kind, entry,
                        "the set " + quoted(set.name) + " is of " + quoted(v.kinds[set.kind].name) +
                            "; these are " + spoken(v, m));
  d.labels.push_back({pass.tree[set.node].name, "declared here"});
}

}  // namespace

std::vector<std::string_view> members_named(const Tree& tree, const Vocabulary& v, NodeId entry) {
  std::vector<std::string_view> out;
  if (tree.kind(entry) == Node::v_every) {
    const Index kind = v.kind(tree.text(entry));
    if (kind == none) return out;
    const auto owner = tree.of(entry);
    for (Index m : v.kinds[kind].members)
      if (owner.empty() || whole_of_member(tree, v.members[m].node) == tree.text(owner[0]))
        out.push_back(v.members[m].name);
    return out;
  }
  const Index set = v.set(tree.text(entry));
  if (set == none) return {tree.text(entry)};
  for (NodeId c : tree.of(tree.child(v.sets[set].node, Node::list))) {
    if (tree.kind(c) != Node::v_every) {
      out.push_back(tree.text(c));
      continue;
    }
    const std::vector<std::string_view> more = members_named(tree, v, c);
    out.insert(out.end(), more.begin(), more.end());
  }
  return out;
}

void find_every(Pass& pass, NodeId id) {
  const Vocabulary& v = pass.vocabulary();
  const Index kind = v.kind(pass.text(id));
  if (kind == none) {
    pass.unknown(Code::unknown_kind, id, "no kind " + quoted(pass.text(id)), names(v.kind_of));
    return;
  }
  const std::string word(v.kinds[kind].name);
  const auto owner = pass.tree.of(id);
  if (!owner.empty()) {
    find_member(pass, owner[0], {}, "a member");
    if (pass.meaning(owner[0]).type == Type::wrong) return;
  }
  if (v.kinds[kind].open) {
    pass.complain(Code::open_members, id,
                  "the members of " + quoted(word) +
                      " appear in events and cannot be gone through here",
                  "name those that are meant");
    return;
  }
  if (members_named(pass.tree, v, id).empty()) {
    const std::string of =
        owner.empty() ? std::string() : " of " + std::string(pass.text(owner[0]));
    pass.complain_all(Code::unknown_member, id,
                      owner.empty() ? "no " + word + " is declared"
                                    : "no " + word + " belongs to " + quoted(pass.text(owner[0])),
                      "declare one: " + word + " NAME" + of);
    return;
  }
  pass.meaning(id) = {Type::member, Refers::set, true, 0, none, kind};
}

void find_members_of(Pass& pass, NodeId id, const std::vector<Index>& kinds,
                     std::string_view wanted) {
  const Vocabulary& v = pass.vocabulary();
  const Index set = v.set(pass.text(id));
  if (set == none) {
    find_member(pass, id, kinds, wanted);
    return;
  }
  const Index kind = v.sets[set].kind;
  pass.meaning(id) = {Type::member, Refers::set, true, 0, set, kind};
  if (kind == none || kinds.empty() || std::find(kinds.begin(), kinds.end(), kind) != kinds.end())
    return;
  Diagnostic& d =
      pass.complain(Code::wrong_kind, id,
                    "the set " + quoted(pass.text(id)) + " is of " + quoted(v.kinds[kind].name) +
                        "; expected " + std::string(wanted));
  d.labels.push_back({pass.tree[v.sets[set].node].name, "declared here"});
}

void check_sets(Pass& pass) {
  for (const SetRow& set : pass.vocabulary().sets) {
    if (set.kind == none) continue;
    std::vector<NodeId> seen;
    for (NodeId c : pass.tree.of(pass.child(set.node, Node::list))) {
      check_entry(pass, c, set);
      for (NodeId other : seen) {
        if (pass.text(other) != pass.text(c) || pass.tree.kind(other) != pass.tree.kind(c) ||
            pass.tree.kind(c) == Node::v_every)
          continue;
        Diagnostic& d = pass.complain(Code::declared_twice, c,
                                      quoted(pass.text(c)) + " stands twice in this set");
        d.labels.push_back({pass.tree[other].name, "first here"});
        break;
      }
      seen.push_back(c);
    }
  }
}

}  // namespace samrad::rules
