// Clauses one by one: what can trigger them, who answers for them.
#include "rules/check/lints.h"

namespace samrad::rules {

namespace {

[[nodiscard]] bool nobody(const Vocabulary& v, Index kind) {
  return !v.kinds[kind].open && v.kinds[kind].members.empty();
}

void lint_pattern(Pass& pass, NodeId pattern) {
  const Vocabulary& v = pass.vocabulary();
  const Index type = v.event(pass.text(pattern));
  if (type == none) return;
  bool said = false;
  for (NodeId c : pass.tree.of(pattern)) {
    const Node kind = pass.tree.kind(c);
    if (kind != Node::subject && kind != Node::subject_of && kind != Node::subject_same) continue;
    said = true;
    const Meaning& m = pass.meaning(c);
    if (m.refers != Refers::kind || !nobody(v, m.index)) continue;
    pass.complain(Code::never_triggered, c,
                  "there is no " + quoted(v.kinds[m.index].name) + ", so that no event is of one",
                  "declare one: " + std::string(v.kinds[m.index].name) + " NAME");
  }
  const std::vector<Index>& kinds = v.events[type].subject_kinds;
  if (said || kinds.empty() || v.events[type].node == no_node) return;
  for (Index k : kinds)
    if (!nobody(v, k)) return;
  Diagnostic& d = pass.complain(Code::never_triggered, pattern,
                                quoted(v.events[type].name) + " is of " +
                                    quoted(v.kinds[kinds[0]].name) + ", and there is none",
                                "declare one: " + std::string(v.kinds[kinds[0]].name) + " NAME");
  d.labels.push_back({pass.tree[v.events[type].node].name, "declared here"});
}

// A form that begins with an event of which there is never a record.
void lint_unrecorded(Pass& pass, NodeId core) {
  const Node kind = pass.tree.kind(core);
  const bool by_event = kind == Node::response || kind == Node::precedence ||
                        kind == Node::constraint || kind == Node::alternation ||
                        kind == Node::rotation || kind == Node::validity ||
                        kind == Node::prohibition || kind == Node::power;
  const NodeId pattern = by_event ? first_pattern(pass.tree, core) : no_node;
  if (pattern == no_node) return;
  const Index type = pass.vocabulary().event(pass.text(pattern));
  if (type == none || pass.vocabulary().events[type].node == no_node) return;
  const NodeId record = pass.child(pass.vocabulary().events[type].node, Node::not_recorded);
  if (record == no_node || !pass.tree.of(record).empty()) return;
  Diagnostic& d = pass.complain(Code::never_recorded, pattern,
                                "nobody records " + quoted(pass.text(pattern)) +
                                    ": this clause is never judged",
                                "let a person attest it: `\"…\" must hold, judged by ROLE`");
  d.labels.push_back({pass.tree[record].span, "said here"});
}

void lint_for_each(Pass& pass, NodeId each) {
  const Vocabulary& v = pass.vocabulary();
  const NodeId word = pass.tree.of(each)[0];
  const Index kind = v.kind(pass.text(word));
  if (kind != none && nobody(v, kind) && pass.child(each, Node::list) == no_node && pass.child(each, Node::v_name) == no_node)
    pass.complain(Code::never_triggered, word,
                  "there is no " + quoted(v.kinds[kind].name) + ": the sentence is said of nothing",
                  "declare one: " + std::string(v.kinds[kind].name) + " NAME");
}

// Subjects that must be told apart, and are not.
void lint_same(Pass& pass, NodeId core) {
  const auto children = pass.tree.of(core);
  const Vocabulary& v = pass.vocabulary();
  const Index first = v.event(pass.text(children[0]));
  const Index second = v.event(pass.text(children[1]));
  if (first == none || second == none) return;
  for (NodeId pattern : {children[0], children[1]})
    for (NodeId c : pass.tree.of(pattern)) {
      const Node kind = pass.tree.kind(c);
      if (kind == Node::subject || kind == Node::subject_same || kind == Node::subject_of ||
          kind == Node::where)
        return;
    }
  for (Index k : v.events[first].subject_kinds) {
    if (!v.events[second].has_subject(k)) continue;
    pass.complain_all(Code::not_the_same, children[1],
                      "any " + quoted(v.events[second].name) + " will do, also of another " +
                          quoted(v.kinds[k].name),
                      "if it must be of the same, write `" + std::string(v.events[second].name) +
                          " of the same " + std::string(v.kinds[k].name) + "`");
    return;
  }
}

}  // namespace

void lint_triggers(Pass& pass) {
  for (NodeId id = 0; id < pass.tree.rows.size(); ++id) {
    const Node kind = pass.tree.kind(id);
    if (kind == Node::pattern) lint_pattern(pass, id);
    if (kind == Node::for_each) lint_for_each(pass, id);
    if (kind >= Node::count && kind <= Node::extension) lint_unrecorded(pass, id);
    if (kind == Node::precedence) lint_same(pass, id);
  }
}

void lint_headings(Pass& pass, const Duties& duties) {
  for (const Duty& duty : duties.rows) {
    if (pass.tree.kind(duty.block) != Node::clause) continue;
    if (pass.child(duty.block, Node::item_source) == no_node)
      pass.complain(Code::no_source, duty.block,
                    heading(pass, duty.block) + " does not say where it stands in the agreement",
                    "add its place: source \"§5\"");
    const Node kind = pass.tree.kind(duty.core);
    const bool to_do = kind == Node::count || kind == Node::deadline || kind == Node::response ||
                       kind == Node::attested;
    if (to_do && pass.child(duty.block, Node::item_owner) == no_node)
      pass.complain(Code::no_owner, duty.block,
                    "nobody is responsible for " + heading(pass, duty.block), "add `owner ROLE`");
  }
}

void check_lints(Pass& pass) {
  const Duties duties = duties_of(pass);
  lint_annexes(pass);
  lint_belonging(pass);
  lint_unused(pass);
  lint_triggers(pass);
  lint_periods(pass, duties);
  lint_frequencies(pass, duties);
  lint_lists(pass, duties);
  lint_receivers(pass);
  lint_headings(pass, duties);
  lint_ambiguities(pass);
}

}  // namespace samrad::rules
