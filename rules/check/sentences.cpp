// What each sentence form needs beyond its words: the field that an alternation or a power judges, members that it can
// hold, facts with their key, a kind that can be gone through member by member, a judge.
#include "rules/check/meanings.h"

#include <algorithm>

namespace samrad::rules {

namespace {

using program::ValueKind;

const EventRow* event_of(Pass& pass, NodeId pattern) {
  const Index type = pattern == no_node ? none : pass.vocabulary().event(pass.text(pattern));
  return type == none ? nullptr : &pass.vocabulary().events[type];
}

// Finds the names of an alternation or power; a variable of `for each` may stand among them.
void find_members(Pass& pass, NodeId core, const std::vector<Index>& kinds,
                  const std::string& wanted) {
  std::vector<NodeId> seen;
  for (NodeId c : pass.tree.of(core)) {
    if (pass.tree.kind(c) != Node::name) continue;
    const Scope& scope = pass.scope(core);
    if (!scope.variable.empty() && pass.text(c) == scope.variable) {
      pass.meaning(c) = {Type::member, Refers::variable, false, 0, none, scope.variable_kind};
      if (scope.variable_kind != none && pass.vocabulary().kinds[scope.variable_kind].open)
        pass.complain(Code::open_members, c,
                      "the members of " +
                          quoted(pass.vocabulary().kinds[scope.variable_kind].name) +
                          " appear in events and cannot be named here");
    } else {
      find_members_of(pass, c, kinds, wanted);
    }
    for (NodeId other : seen) {
      if (pass.text(other) != pass.text(c)) continue;
      Diagnostic& d = pass.complain(Code::declared_twice, c,
                                    quoted(pass.text(c)) + " stands twice in this list");
      d.labels.push_back({pass.tree[other].name, "first here"});
      break;
    }
    seen.push_back(c);
  }
}

void check_turns(Pass& pass, NodeId core) {
  const NodeId pattern = first_pattern(pass.tree, core);
  const EventRow* event = event_of(pass, pattern);
  std::size_t count = 0;
  for (NodeId c : pass.tree.of(core))
    count += pass.tree.kind(c) == Node::name ? members_named(pass.tree, pass.vocabulary(), c).size() : 0;
  if (count < 2)
    pass.complain_all(Code::too_few_members, core, "one alone cannot take turns",
                      "name two or more: `between A, B`");
  if (event == nullptr) return;
  const Index slot = event->field(pass.text(core));
  if (slot == none) {
    Diagnostic* d = pass.unknown(
        Code::unknown_field, core,
        "no field " + quoted(pass.text(core)) + " in " + quoted(event->name), names(event->fields));
    if (d != nullptr && event->node != no_node)
      d->labels.push_back({pass.tree[event->node].name, "declared here"});
    return find_members(pass, core, {}, "a member");
  }
  const FieldRow& field = event->fields[slot];
  pass.meaning(core) = {type_of(field.type), Refers::field, field.list, 0, slot, field.kind};
  if (field.list)
    pass.complain(Code::list_or_single, core,
                  quoted(field.name) + " is " +
                      spoken(pass.vocabulary(), Type::member, true, field.kind) +
                      "; only one at a time can have a turn");
  if (field.type != ValueKind::member) {
    if (type_of(field.type) != Type::wrong)
      pass.complain(Code::wrong_kind, core,
                    quoted(field.name) + " is " +
                        spoken(pass.vocabulary(), type_of(field.type), field.list, none) +
                        "; turns are taken by members, such as roles");
    return;
  }
  if (field.kind != none)
    find_members(pass, core, {field.kind}, article(pass.vocabulary().kinds[field.kind].name));
}

// Fields that can hold a member of each kind that the names have.
std::vector<Index> fitting_fields(Pass& pass, NodeId core, const EventRow& event) {
  std::vector<Index> kinds;
  for (NodeId c : pass.tree.of(core))
    if (pass.tree.kind(c) == Node::name)
      for (std::string_view name : members_named(pass.tree, pass.vocabulary(), c))
        if (const Index m = pass.vocabulary().member(name); m != none) kinds.push_back(pass.vocabulary().members[m].kind);
  std::vector<Index> out;
  for (Index f = 0; f < event.fields.size(); ++f) {
    const bool all =
        std::all_of(kinds.begin(), kinds.end(), [&](Index k) { return event.fields[f].kind == k; });
    if (event.fields[f].type == ValueKind::member && all && !kinds.empty()) out.push_back(f);
  }
  return out;
}

void check_power(Pass& pass, NodeId core) {
  const EventRow* event = event_of(pass, first_pattern(pass.tree, core));
  if (event == nullptr) return find_members(pass, core, {}, "a member");
  const std::string_view said = pass.text(core);
  Index slot = event->field(said.empty() ? std::string_view("by") : said);
  if (slot == none && !said.empty()) {
    pass.unknown(Code::unknown_field, core,
                 "no field " + quoted(said) + " in " + quoted(event->name), names(event->fields));
    return find_members(pass, core, {}, "a member");
  }
  if (slot == none) {
    const std::vector<Index> fits = fitting_fields(pass, core, *event);
    if (fits.size() == 1) {
      slot = fits[0];
    } else {
      Diagnostic& d = pass.complain_all(
          Code::which_field, core,
          fits.empty() ? quoted(event->name) + " has no field that tells who did it"
                       : quoted(event->name) + " has several fields that could be meant",
          fits.empty() ? "add a field to the event, for instance `by role`"
                       : "say which: `only A may be FIELD of " + std::string(event->name) + "`");
      if (event->node != no_node)
        d.labels.push_back({pass.tree[event->node].name, "declared here"});
      return find_members(pass, core, {}, "a member");
    }
  }
  const FieldRow& field = event->fields[slot];
  pass.meaning(core) = {type_of(field.type), Refers::field, field.list, 0, slot, field.kind};
  if (type_of(field.type) == Type::wrong) return;
  if (field.type != ValueKind::member)
    pass.complain_all(Code::wrong_kind, core,
                      "the field " + quoted(field.name) + " of " + quoted(event->name) + " is " +
                          spoken(pass.vocabulary(), type_of(field.type), field.list, none) +
                          ", not a member");
  else if (field.kind != none)
    find_members(pass, core, {field.kind}, article(pass.vocabulary().kinds[field.kind].name));
}

void check_standing(Pass& pass, NodeId core) {
  const Vocabulary& v = pass.vocabulary();
  const NodeId name = pass.tree.of(core)[0];
  const Index fact = v.fact(pass.text(name));
  if (fact == none) {
    std::string help = "declare it: fact " + std::string(pass.text(name));
    if (v.event(pass.text(name)) != none)
      help = quoted(pass.text(name)) + " is an event: an event must happen, a fact must hold";
    if (const Index member = v.member(pass.text(name)); member != none)
      help = quoted(pass.text(name)) + " is " + article(v.kinds[v.members[member].kind].name) +
             ": only a fact can hold; declare one under another name: `fact NAME` and `holds from "
             "EVENT until EVENT`";
    pass.unknown(Code::unknown_fact, name, "no fact " + quoted(pass.text(name)), names(v.fact_of),
                 help);
    return;
  }
  const Index kind = v.facts[fact].kind;
  NodeId subject = no_node;
  for (NodeId c : pass.tree.of(core))
    if (pass.tree.kind(c) == Node::subject || pass.tree.kind(c) == Node::subject_of ||
        pass.tree.kind(c) == Node::subject_same)
      subject = c;
  const Scope& scope = pass.scope(core);
  if (kind == none) {
    if (subject != no_node)
      pass.complain(Code::fact_key, subject,
                    "the fact " + quoted(v.facts[fact].name) +
                        " is one for all, not one for each member");
    return;
  }
  const std::string kind_name(v.kinds[kind].name);
  const std::string for_each = "say it for each: `for each " + kind_name + ", " +
                               std::string(v.facts[fact].name) + " of " + kind_name + " must hold`";
  if (subject == no_node) {
    if (scope.variable_kind == kind) return;
    pass.complain(Code::fact_key, name,
                  "the fact " + quoted(v.facts[fact].name) + " is one for each " +
                      quoted(kind_name),
                  for_each);
    return;
  }
  if (!scope.variable.empty() && pass.text(subject) == scope.variable) {
    pass.meaning(subject) = {Type::member, Refers::variable, false, 0, none, scope.variable_kind};
    if (scope.variable_kind != kind && scope.variable_kind != none)
      pass.complain(Code::wrong_kind, subject,
                    "the fact is of " + quoted(kind_name) + "; " + quoted(scope.variable) + " is " +
                        article(v.kinds[scope.variable_kind].name));
  } else if (v.kind(pass.text(subject)) != none) {
    pass.complain(Code::fact_key, subject,
                  quoted(pass.text(subject)) +
                      " is a kind, and the fact is one for each of its members",
                  for_each);
  } else {
    find_member(pass, subject, {kind}, article(kind_name));
  }
}

// `for each forum in NAME`: a set or a parameter.
void check_list(Pass& pass, NodeId name, Index kind) {
  const Vocabulary& v = pass.vocabulary();
  if (const Index set = v.set(pass.text(name)); set != none) {
    const SetRow& row = v.sets[set];
    pass.meaning(name) = {Type::member, Refers::set, true, 0, set, kind};
    if (row.kind == kind || row.kind == none) return;
    Diagnostic& d = pass.complain(Code::wrong_kind, name, "the set " + quoted(row.name) + " is of " + quoted(v.kinds[row.kind].name) +
                                                              "; expected members of " + quoted(v.kinds[kind].name));
    d.labels.push_back({pass.tree[row.node].name, "declared here"});
    return;
  }
  const Index index = v.parameter(pass.text(name));
  const std::string wanted = "a list of " + quoted(v.kinds[kind].name);
  pass.meaning(name) = Meaning{};
  if (index == none) {
    std::vector<std::string_view> fits;
    for (const ParameterRow& p : v.parameters)
      if (p.list && p.kind == kind) fits.push_back(p.name);
    for (const SetRow& s : v.sets)
      if (s.kind == kind) fits.push_back(s.name);
    pass.unknown(Code::parameter_place, name, "expected " + wanted + "; " + quoted(pass.text(name)) + " is no parameter and no set", fits,
                 "name the members: `in (A, B)`");
    return;
  }
  const ParameterRow& p = v.parameters[index];
  pass.meaning(name) = {Type::member, Refers::parameter, true, 0, index, kind};
  if ((p.list && p.kind == kind) || p.type == program::ValueKind::absent) return;
  Diagnostic& d = pass.complain(Code::parameter_place, name,
                                "expected " + wanted + "; the parameter " + quoted(p.name) + " is " +
                                    spoken(v, type_of(p.type), p.list, p.kind));
  d.labels.push_back({pass.tree[p.node].name, "declared here"});
}

void check_for_each(Pass& pass, NodeId each) {
  const Vocabulary& v = pass.vocabulary();
  const NodeId word = pass.tree.of(each)[0];
  const Index kind = v.kind(pass.text(word));
  if (kind == none) {
    std::string help = v.event(pass.text(word)) != none
                           ? "for events write `every " + std::string(pass.text(word)) + " must …`"
                           : std::string();
    pass.unknown(Code::unknown_kind, word, "no kind " + quoted(pass.text(word)), names(v.kind_of),
                 help);
    return;
  }
  const std::string kind_name(v.kinds[kind].name);
  if (const NodeId list = pass.child(each, Node::list); list != no_node) {
    for (NodeId c : pass.tree.of(list)) {
      pass.meaning(c) = Meaning{};
      find_member(pass, c, {kind}, article(kind_name));
    }
  }
  const NodeId given = pass.child(each, Node::v_name);
  if (given != no_node) check_list(pass, given, kind);
  if (const NodeId fact = pass.child(each, Node::while_fact); fact != no_node) {
    const Index row = v.fact(pass.text(fact));
    if (row == none) {
      pass.unknown(Code::unknown_fact, fact, "no fact " + quoted(pass.text(fact)),
                   names(v.fact_of));
    } else if (v.facts[row].kind != kind) {
      Diagnostic& d = pass.complain(
          Code::fact_key, fact,
          "the fact " + quoted(pass.text(fact)) + " is not one for each " + quoted(kind_name),
          "declare it `fact " + std::string(pass.text(fact)) + " of " + kind_name + "`");
      d.labels.push_back({pass.tree[v.facts[row].node].name, "declared here"});
    }
  } else if (v.kinds[kind].open && pass.child(each, Node::list) == no_node && given == no_node) {
    pass.complain(
        Code::open_members, word,
        "the members of " + quoted(kind_name) +
            " appear in events: from when the sentence applies to one of them is not said",
        "add `while FACT` with a fact of " + quoted(kind_name) +
            ", or name the members: `in (A, B)`");
  }
  const Index taken = v.member(pass.text(each));
  if (taken != none) {
    Diagnostic& d = pass.complain(Code::declared_twice, each,
                                  quoted(pass.text(each)) + " is the name of " +
                                      article(v.kinds[v.members[taken].kind].name) + " already");
    d.labels.push_back({pass.tree[v.members[taken].node].name, "declared here"});
  }
}

void check_attested(Pass& pass, NodeId core) {
  const Vocabulary& v = pass.vocabulary();
  const NodeId who = pass.child(core, Node::name);
  if (who != no_node)
    find_member(pass, who, {v.kind("role"), v.kind("party"), v.kind("forum")},
                "a role, a party or a forum");
}

// Whether every word of the value says of which event it speaks, and none asks for other events.
bool of_one_event(Pass& pass, NodeId value) {
  bool good = true;
  std::vector<NodeId> open{value};
  while (!open.empty()) {
    const NodeId id = open.back();
    open.pop_back();
    open.insert(open.end(), pass.tree.of(id).begin(), pass.tree.of(id).end());
    if (counts_events(pass.tree.kind(id))) {
      pass.complain_all(Code::count_in_count, id, "a due day cannot turn on other events",
                        "take it from the event that the sentence begins with: `by FIELD of x`");
      return false;
    }
    const Meaning& m = pass.meaning(id);
    const bool bare = m.refers == Refers::field || m.refers == Refers::subject ||
                      m.refers == Refers::event_day;
    if (pass.tree.kind(id) != Node::v_name || !bare) continue;
    good = false;
    const std::string word(pass.text(id));
    const std::string alias(pass.scope(id).alias);
    Diagnostic& d = pass.complain(
        Code::which_field, id, "of which event " + quoted(word) + " is meant is not said",
        alias.empty() ? "name the event that the sentence begins with: `after P as x, Q must happen by " +
                            word + " of x`"
                      : "write `" + word + " of " + alias + "`");
    if (!alias.empty()) d.fixes.push_back({pass.tree[id].name, word + " of " + alias});
  }
  return good;
}

// `by FIELD of x`, `by 2017-11-30`: a day.
void check_due_day(Pass& pass, NodeId within) {
  const NodeId value = pass.tree.of(within)[0];
  settle(pass, value);
  const Meaning& m = pass.meaning(value);
  if (!of_one_event(pass, value) || m.type == Type::wrong) return;
  if (m.type == Type::date && !m.list) return;
  std::string help = "expected a field of type date, or a date: `by FIELD of x`, `by 2017-11-30`";
  if (m.type == Type::duration && pass.tree.kind(value) == Node::v_duration)
    help = "use `within`: a time that runs from the event is said `within 30 days`";
  else if (m.type == Type::duration)
    help = "use `within` for a time that is always the same; for one that the event carries, add it to a day: "
           "`by day of x + FIELD of x`";
  else if (pass.tree.kind(value) == Node::v_text)
    help = "a date stands without quotes: `2016-06-01`";
  else if (m.refers == Refers::field)
    help = "declare the field as `date`";
  Diagnostic& d = pass.complain_all(Code::not_a_day, value,
                                    "it is due by a day, and this is " + spoken(pass.vocabulary(), m), help);
  const Span by{pass.tree[within].span.file, pass.tree[within].span.begin, pass.tree[within].span.begin + 2};
  if (pass.tree.kind(value) == Node::v_duration) d.fixes.push_back({by, "within"});
  const Index event = m.refers == Refers::field ? pass.scope(value).sentence : none;
  if (event == none || pass.vocabulary().events[event].node == no_node) return;
  d.labels.push_back({pass.tree[pass.vocabulary().events[event].fields[m.index].node].span, "declared here"});
}

// `since the previous meeting`: the event that the sentence begins with, and no other.
void check_previous(Pass& pass, NodeId since) {
  const Index event = pass.scope(since).sentence;
  if (pass.text(since).empty() || event == none) return;
  const std::string name(pass.vocabulary().events[event].name);
  if (pass.text(since) == name) return;
  Diagnostic& d = pass.complain(Code::wrong_sort_of_name, since,
                                "the sentence is about " + quoted(name) + "; " + quoted(pass.text(since)) +
                                    " cannot be the previous one",
                                "write `since the previous " + name + "`");
  d.fixes.push_back({pass.tree[since].name, name});
}

}  // namespace

void check_sentences(Pass& pass) {
  for (NodeId id = 0; id < pass.tree.rows.size(); ++id) {
    switch (pass.tree.kind(id)) {
    case Node::alternation:
    case Node::rotation: check_turns(pass, id); break;
    case Node::power: check_power(pass, id); break;
    case Node::standing: check_standing(pass, id); break;
    case Node::for_each: check_for_each(pass, id); break;
    case Node::attested: check_attested(pass, id); break;
    case Node::within_by: check_due_day(pass, id); break;
    case Node::prec_since: check_previous(pass, id); break;
    default: break;
    }
  }
}

}  // namespace samrad::rules
