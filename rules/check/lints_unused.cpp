// What is declared and then nowhere used, found by one pass over all names of the tree.
#include "rules/check/lints.h"

#include <set>

namespace samrad::rules {

namespace {

struct Used {
  std::set<std::string_view>
      words;  // every word that stands for something outside its own declaration
  std::set<std::string_view> events;  // the types of all patterns
  std::set<std::string_view>
      all_of;  // kinds of which all members are dealt with: `for each`, `of KIND`
};

bool names_something(Node kind) {
  switch (kind) {
  case Node::name:
  case Node::v_name:
  case Node::subject:
  case Node::deputy:
  case Node::while_fact:
  case Node::v_of: return true;
  default: return false;
  }
}

Used gather(const Pass& pass) {
  Used out;
  for (NodeId id = 0; id < pass.tree.rows.size(); ++id) {
    const Node kind = pass.tree.kind(id);
    if (kind == Node::pattern) out.events.insert(pass.text(id));
    if (names_something(kind)) out.words.insert(pass.text(id));
    if (kind == Node::v_every)
      for (std::string_view member : members_named(pass.tree, pass.vocabulary(), id)) out.words.insert(member);
    if (kind == Node::for_each) out.all_of.insert(pass.text(pass.tree.of(id)[0]));
    if (kind == Node::subject && pass.vocabulary().kind(pass.text(id)) != none)
      out.all_of.insert(pass.text(id));
    // Without a subject any will do, so that each member is dealt with.
    if (kind != Node::pattern) continue;
    bool said = false;
    for (NodeId c : pass.tree.of(id)) {
      const Node part = pass.tree.kind(c);
      said = said || part == Node::subject || part == Node::subject_of;
    }
    const Index type = pass.vocabulary().event(pass.text(id));
    if (said || type == none) continue;
    for (Index k : pass.vocabulary().events[type].subject_kinds)
      out.all_of.insert(pass.vocabulary().kinds[k].name);
  }
  return out;
}

// Whether an event can carry a member of that kind in one of its fields or as its subject.
bool in_events(const Vocabulary& v, Index kind) {
  for (const EventRow& event : v.events) {
    if (event.node == no_node) continue;
    if (event.has_subject(kind)) return true;
    for (const FieldRow& field : event.fields)
      if (field.kind == kind) return true;
  }
  return false;
}

// A kind that is nothing but the values of a field, some of which the clauses name: the rest are what is left.
bool is_value(const Vocabulary& v, Index kind, const Used& used) {
  bool field = false;
  for (const EventRow& event : v.events) {
    if (event.has_subject(kind)) return false;
    for (const FieldRow& f : event.fields)
      field = field || f.kind == kind;
  }
  for (const FactRow& fact : v.facts)
    if (fact.kind == kind) return false;
  for (Index m : v.kinds[kind].members)
    if (field && used.words.contains(v.members[m].name)) return true;
  return false;
}

void lint_member(Pass& pass, const MemberRow& member, const Used& used) {
  const Vocabulary& v = pass.vocabulary();
  const KindRow& kind = v.kinds[member.kind];
  if (used.words.contains(member.name) || pass.tree.kind(member.node) == Node::measure) return;
  if (member.parameter != none) return;  // lint_parameter
  if (kind.node != no_node) {
    if (used.all_of.contains(kind.name) || is_value(v, member.kind, used)) return;
    Diagnostic& d = pass.complain(
        Code::uncovered_member, member.node,
        "no clause deals with the " + std::string(kind.name) + " " + quoted(member.name),
        "name it in a clause, say `for each " + std::string(kind.name) + ", …`, or leave it out");
    d.labels.push_back({pass.tree[kind.node].name, "the kind"});
    return;
  }
  if (kind.name == "role") {
    if (pass.child(member.node, Node::deputy) != no_node) return;  // it takes the other one's turn
    Diagnostic& d = pass.complain(Code::unused_role, member.node,
                                  "the role " + quoted(member.name) + " is never mentioned again",
                                  "let it own a clause, or leave it out");
    if (!in_events(v, member.kind)) return;
    d.severity = Severity::note;
    d.help = "it counts only where an event names it; let it own a clause, or leave it out";
    return;
  }
  if (kind.name == "party" || used.all_of.contains(kind.name)) return;
  pass.complain(Code::unused_name, member.node,
                "the " + std::string(kind.name) + " " + quoted(member.name) +
                    " is declared and never used");
}

}  // namespace

void lint_parameter(Pass& pass, const ParameterRow& parameter, const Used& used) {
  if (used.words.contains(parameter.name)) return;
  if (parameter.kind != none && used.all_of.contains(pass.vocabulary().kinds[parameter.kind].name))
    return;
  pass.complain(Code::unused_name, parameter.node,
                "nothing asks for the parameter " + quoted(parameter.name),
                "use it in a clause, or leave it out");
}

void lint_unused(Pass& pass) {
  const Vocabulary& v = pass.vocabulary();
  const Used used = gather(pass);
  std::set<Span> said;  // of these, something more exact has been said
  for (const Diagnostic& d : pass.out.diagnostics) {
    if (d.code != Code::missing_annex && d.code != Code::nothing_belongs) continue;
    said.insert(d.primary);
    for (const Label& label : d.labels)
      said.insert(label.span);
  }
  for (const MemberRow& member : v.members)
    if (!said.contains(pass.tree[member.node].name)) lint_member(pass, member, used);
  for (const ParameterRow& parameter : v.parameters)
    lint_parameter(pass, parameter, used);
  for (const SetRow& set : v.sets)
    if (!used.words.contains(set.name))
      pass.complain(Code::unused_name, set.node, "nothing goes through the set " + quoted(set.name),
                    "use it in a clause: `for each " + std::string(pass.text(pass.child(set.node, Node::name))) + " in " +
                        std::string(set.name) + ", …`, or leave it out");
  for (const EventRow& event : v.events)
    if (event.node != no_node && event.builtin == program::Builtin::ordinary &&
        event.name != "measurement" && !used.events.contains(event.name))
      pass.complain(Code::unused_name, event.node,
                    "no clause is about the event " + quoted(event.name),
                    "use it in a clause or a fact, or leave it out");
  for (const FactRow& fact : v.facts)
    if (!used.words.contains(fact.name))
      pass.complain(Code::unused_name, fact.node,
                    "no clause asks for the fact " + quoted(fact.name),
                    "demand it: `" + std::string(fact.name) + " must hold`, or leave it out");
}

}  // namespace samrad::rules
