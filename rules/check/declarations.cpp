// What stands in blocks beside sentences: owners and other names of items, roles with their party, facts with their key,
// the agreement itself. Each name is found here if the earlier passes had no reason to look at it.
#include "rules/check/meanings.h"

namespace samrad::rules {

namespace {

using program::ValueKind;

std::vector<Index> responsible_kinds(const Vocabulary& v) {
  return {v.kind("role"), v.kind("party"), v.kind("forum")};
}

// `role clerk of council`, `forum youth_forum of youth`: a member of any kind but its own.
void check_belonging(Pass& pass, NodeId block, NodeId of) {
  const Vocabulary& v = pass.vocabulary();
  const Index known = v.member(pass.text(block));
  const Index list = v.parameter(pass.text(block));
  const Index own = known != none ? v.members[known].kind : list != none ? v.parameters[list].kind : v.kind(pass.text(pass.tree.of(block)[0]));
  const std::string_view word = own == none ? pass.text(pass.tree.of(block)[0]) : v.kinds[own].name;
  const Index member = v.member(pass.text(of));
  if (own == none || (member != none && v.members[member].kind != own)) {
    find_member(pass, of, {}, "a member");
    return;
  }
  std::vector<std::string_view> others;
  for (const MemberRow& row : v.members)
    if (row.kind != own) others.push_back(row.name);
  const std::string name = quoted(pass.text(of));
  if (member == none) {
    pass.unknown(Code::unknown_member, of, (word == "role" ? "no party " : "no member ") + name,
                 others,
                 word == "role" ? "declare it: party " + std::string(pass.text(of))
                                : "declare it as a member of another kind");
    return;
  }
  Diagnostic* d = pass.unknown(Code::wrong_kind, of,
                               name + " is " + article(word) + " too; " + article(word) +
                                   " belongs to a member of another kind",
                               others,
                               "name a member of another kind, or leave `of " +
                                   std::string(pass.text(of)) + "` out");
  if (d != nullptr) d->labels.push_back({pass.tree[v.members[member].node].name, "declared here"});
}

void check_entity(Pass& pass, NodeId block) {
  const Vocabulary& v = pass.vocabulary();
  bool first = true;
  for (NodeId c : pass.tree.of(block)) {
    const Node kind = pass.tree.kind(c);
    if (kind == Node::name && !first) check_belonging(pass, block, c);
    if (kind == Node::name) first = false;
    if (kind != Node::deputy) continue;
    const Index member = v.member(pass.text(block));
    if (member == none) continue;
    const Index of = v.members[member].kind;
    find_member(pass, c, {of}, article(v.kinds[of].name));
  }
}

void check_agreement(Pass& pass, NodeId block) {
  bool term = false;
  for (NodeId c : pass.tree.of(block)) {
    if (pass.tree.kind(c) == Node::item_term) term = true;
    if (pass.tree.kind(c) == Node::item_registered)
      find_member(pass, pass.child(c, Node::name), {pass.vocabulary().kind("party")}, "a party");
  }
  if (!term)
    pass.complain(Code::no_term, block, "the agreement does not say when it is in force",
                  "add `term 2016-06-01 to 2018-05-31`, or `term from 2016-06-01` if it runs until "
                  "further notice");
}

// `owner member` where the sentence says `for each role as member`.
bool owner_is_variable(Pass& pass, NodeId name) {
  const std::string_view variable = pass.scope(name).variable;
  if (variable.empty() || variable != pass.text(name)) return false;
  pass.complain(Code::wrong_sort_of_name, name,
                quoted(variable) + " is the name that `for each` gives; an owner is one and the "
                                   "same for all of them",
                "name a role, a party or a forum, or write a clause for each");
  return true;
}

void check_item(Pass& pass, NodeId item) {
  const Vocabulary& v = pass.vocabulary();
  switch (pass.tree.kind(item)) {
  case Node::item_owner:
    for (NodeId n : pass.tree.of(item))
      if (!owner_is_variable(pass, n))
        find_members_of(pass, n, responsible_kinds(v), "a role, a party or a forum");
    break;
  case Node::item_judged_by:
    find_member(pass, pass.tree.of(item)[0], responsible_kinds(v), "a role, a party or a forum");
    break;
  case Node::item_waived_by:
    for (NodeId n : pass.tree.of(item))
      find_members_of(pass, n, responsible_kinds(v), "a role, a party or a forum");
    break;
  case Node::item_overrides: {
    const std::string_view name = pass.text(item);
    if (v.clause(name) == none)
      pass.unknown(Code::unknown_clause, item, "no clause " + quoted(name), names(v.clause_of));
    break;
  }
  default: break;
  }
}

// Where the key of a fact is in the event that begins or ends it; found here for the lowering.
void find_key(Pass& pass, NodeId fact_block, NodeId pattern_key) {
  const Vocabulary& v = pass.vocabulary();
  const Index fact = v.fact(pass.text(fact_block));
  const NodeId pattern = pass.child(pattern_key, Node::pattern);
  const NodeId per = pass.child(pattern_key, Node::name);
  const Index type = v.event(pass.text(pattern));
  if (fact == none || type == none) return;
  const Index kind = v.facts[fact].kind;
  const EventRow& event = v.events[type];
  Meaning& key = pass.meaning(pattern_key);
  if (per != no_node) {
    const Index field = event.field(pass.text(per));
    if (field == none) {
      pass.unknown(Code::unknown_field, per,
                   "no field " + quoted(pass.text(per)) + " in " + quoted(event.name),
                   names(event.fields));
    } else if (kind == none) {
      pass.complain(Code::fact_key, per,
                    "the fact " + quoted(v.facts[fact].name) + " is one for all",
                    "write `fact " + std::string(v.facts[fact].name) +
                        " of KIND` to have one for each member");
    } else if (event.fields[field].kind != kind || event.fields[field].list) {
      pass.complain(Code::wrong_kind, per,
                    "the fact is of " + quoted(v.kinds[kind].name) + "; the field " +
                        quoted(pass.text(per)) + " is " +
                        spoken(v, type_of(event.fields[field].type), event.fields[field].list,
                               event.fields[field].kind));
    } else {
      key = {Type::member, Refers::field, false, 0, field, kind};
    }
    return;
  }
  if (kind == none || event.has_subject(kind)) {
    key = {Type::member, Refers::subject, false, 0, none, kind};
    return;
  }
  std::vector<Index> fits;
  for (Index f = 0; f < event.fields.size(); ++f)
    if (event.fields[f].kind == kind && !event.fields[f].list) fits.push_back(f);
  if (fits.size() == 1) {
    key = {Type::member, Refers::field, false, 0, fits[0], kind};
    return;
  }
  const std::string wanted = quoted(v.kinds[kind].name);
  Diagnostic& d = pass.complain(
      Code::fact_key, pattern,
      fits.empty() ? quoted(event.name) + " does not tell for which " + wanted + " the fact holds"
                   : quoted(event.name) + " has several fields of kind " + wanted,
      fits.empty() ? "declare `event " + std::string(event.name) + " of " +
                         std::string(v.kinds[kind].name) + "`"
                   : "say which: `per FIELD` after the event");
  d.labels.push_back({pass.tree[fact_block].name, "one fact for each " + wanted});
}

void check_fact(Pass& pass, NodeId block) {
  const NodeId holds = pass.child(block, Node::holds);
  if (holds == no_node) {
    pass.complain(Code::fact_never, block, "the fact " + quoted(pass.text(block)) + " never holds",
                  "say since when: `holds from EVENT until EVENT`, or `holds from start`");
    return;
  }
  for (NodeId c : pass.tree.of(holds))
    if (pass.tree.kind(c) == Node::pattern_key) find_key(pass, block, c);
}

void check_event(Pass& pass, NodeId block) {
  const Vocabulary& v = pass.vocabulary();
  const Index type = v.event(pass.text(block));
  if (type == none || v.events[type].node != block) return;
  NodeId first = no_node;
  for (NodeId c : pass.tree.of(block)) {
    if (pass.tree.kind(c) != Node::name) continue;
    const Index kind = v.kind(pass.text(c));
    if (kind == none || !v.kinds[kind].open) continue;
    if (first == no_node) {
      first = c;
      continue;
    }
    Diagnostic& d = pass.complain(Code::two_open_kinds, c,
                                  "of which kind a subject is could not be told: the members of " +
                                      quoted(pass.text(c)) + " and of " + quoted(pass.text(first)) +
                                      " appear in events",
                                  "make two event types of it, or put one of them in a field");
    d.labels.push_back({pass.tree[first].name, "the other one"});
  }
}

void check_measure(Pass& pass, NodeId block) {
  const Vocabulary& v = pass.vocabulary();
  const Index type = v.event("measurement");
  const EventRow& event = v.events[type];
  if (!event.has_subject(v.kind("measure")) && event.node != no_node) {
    Diagnostic& d = pass.complain(Code::no_such_subject, event.node,
                                  "`measurement` must be of `measure`, since there are measures",
                                  "write `event measurement of measure`");
    d.labels.push_back({pass.tree[block].name, "a measure"});
  }
  if (pass.child(block, Node::item_target) == no_node) return;
  const Index value = event.field("value");
  if (value != none && event.fields[value].type == ValueKind::number && !event.fields[value].list)
    return;
  if (event.node == no_node) return;
  Diagnostic& d =
      pass.complain(Code::unknown_field, event.node,
                    "`measurement` has no field `value` of type number to hold a target against",
                    "add `value number optional` to the event");
  d.labels.push_back({pass.tree[pass.child(block, Node::item_target)].span, "the target"});
}

}  // namespace

void check_declarations(Pass& pass) {
  if (pass.vocabulary().agreement == no_node && !pass.tree.rows.empty() && pass.silent.empty() &&
      !pass.tree.of(pass.tree.root()).empty())
    pass.complain(Code::agreement_blocks, pass.tree[pass.tree.of(pass.tree.root())[0]].name,
                  "the text has no block `agreement`",
                  "begin with: agreement NAME \"title\", and in it the term: `term 2016-06-01 to "
                  "2018-05-31`");
  for (NodeId id = 0; id < pass.tree.rows.size(); ++id) {
    switch (pass.tree.kind(id)) {
    case Node::agreement: check_agreement(pass, id); break;
    case Node::entity:
    case Node::parameter: check_entity(pass, id); break;
    case Node::fact: check_fact(pass, id); break;
    case Node::event: check_event(pass, id); break;
    case Node::measure: check_measure(pass, id); break;
    case Node::item_owner:
    case Node::item_judged_by:
    case Node::item_waived_by:
    case Node::item_overrides: check_item(pass, id); break;
    default: break;
    }
  }
}

}  // namespace samrad::rules
