// Members of a kind of the agreement's own to some of which something belongs and to others not: prioritised areas of
// which only one has a forum. Parties, roles and the other kinds that every agreement has stand on their own.
#include "rules/check/lints.h"

#include <map>
#include <utility>

namespace samrad::rules {

std::string_view whole_of(const Pass& pass, NodeId block) {
  if (pass.tree.kind(block) != Node::entity) return {};
  bool kind_word = true;
  for (NodeId c : pass.tree.of(block)) {
    if (pass.tree.kind(c) != Node::name) continue;
    if (!kind_word) return pass.text(c);
    kind_word = false;
  }
  return {};
}

void lint_belonging(Pass& pass) {
  const Vocabulary& v = pass.vocabulary();
  // By whole and part (kinds): the first part that belongs to each whole (members).
  std::map<std::pair<Index, Index>, std::map<Index, Index>> found;
  for (Index part = 0; part < v.members.size(); ++part) {
    const Index whole = v.member(whole_of(pass, v.members[part].node));
    if (whole == none || v.kinds[v.members[whole].kind].node == no_node) continue;
    found[{v.members[whole].kind, v.members[part].kind}].emplace(whole, part);
  }
  for (const auto& [kinds, parts] : found) {
    const KindRow& wholes = v.kinds[kinds.first];
    const std::string part_word(v.kinds[kinds.second].name);
    std::vector<Index> bare;
    std::vector<std::string> names;
    for (Index m : wholes.members)
      if (!parts.contains(m) && v.members[m].parameter == none) {
        bare.push_back(m);
        names.push_back(quoted(v.members[m].name));
      }
    if (bare.empty()) continue;
    const auto [whole, part] = *parts.begin();
    const std::string_view first = v.members[bare[0]].name;
    Diagnostic& d =
        pass.complain(Code::nothing_belongs, v.members[bare[0]].node,
                      "no " + part_word + " belongs to " + listed(names, "or") + ", though " +
                          quoted(v.members[whole].name) + " has " + quoted(v.members[part].name),
                      "declare one: `" + part_word + " NAME of " + std::string(first) +
                          "`; or ask the parties whether " +
                          (bare.size() == 1 ? "it is" : "they are") + " meant to be without");
    for (std::size_t i = 1; i < bare.size(); ++i)
      d.labels.push_back({pass.tree[v.members[bare[i]].node].name, "without one too"});
    d.labels.push_back({pass.tree[v.members[part].node].span,
                        "the " + part_word + " of " + quoted(v.members[whole].name)});
  }
}

}  // namespace samrad::rules
