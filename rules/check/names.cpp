// What a bare word or `WORD of WORD` means: first a field of the event at hand, then a word of the language (day, expiry,
// start), then the variable of `for each`, a fact, a member. The nearest thing wins, so that a new declaration far away
// never changes what a condition says about its own event.
#include "rules/check/meanings.h"

namespace samrad::rules {

namespace {

Meaning of_field(const EventRow& event, Index field, std::uint8_t frame) {
  const FieldRow& f = event.fields[field];
  return {type_of(f.type), Refers::field, f.list, frame, field, f.kind};
}

Meaning of_subject(const EventRow& event, std::uint8_t frame) {
  Meaning m{Type::member, Refers::subject, false, frame, none, none};
  if (event.subject_kinds.size() == 1) m.kind = event.subject_kinds[0];
  return m;
}

// The event that a name given by `as` stands for: the sentence's.
const EventRow* named_event(Pass& pass, NodeId id, std::string_view name) {
  const Scope& scope = pass.scope(id);
  if (scope.alias.empty() || scope.alias != name || scope.sentence == none) return nullptr;
  return &pass.vocabulary().events[scope.sentence];
}

// A word that would be a field, if there were an event whose field it could be.
bool complain_of_field(Pass& pass, NodeId id) {
  constexpr std::size_t searches_max = 200;
  if (pass.out.diagnostics.size() > searches_max) return false;
  for (const EventRow& event : pass.vocabulary().events) {
    if (event.field(pass.text(id)) == none) continue;
    Diagnostic& d = pass.complain(Code::no_event_at_hand, id,
                                  quoted(pass.text(id)) +
                                      " is a field of an event, and here is no event at hand",
                                  "a window or a due day has no fields: ask about events with `P "
                                  "happened …`, `number of P …`, or use a fact");
    if (event.node != no_node) d.labels.push_back({pass.tree[event.node].name, "a field of this"});
    return true;
  }
  return false;
}

void complain_of_list(Pass& pass, NodeId id, const ParameterRow& list) {
  const std::string kind(list.kind == none ? "KIND" : pass.vocabulary().kinds[list.kind].name);
  pass.complain(Code::parameter_place, id, quoted(list.name) + " is a list: its members can only be gone through one by one",
                "say `for each " + kind + " in " + std::string(list.name) + ", …`");
}

Meaning of_fact(Pass& pass, NodeId id, Index fact, bool with_key) {
  const FactRow& row = pass.vocabulary().facts[fact];
  const Scope& scope = pass.scope(id);
  if (scope.plain)
    pass.complain(Code::count_in_count, id,
                  "the fact " + quoted(row.name) + " cannot be asked here",
                  "inside a count of events, or in what begins or ends a fact, only the event "
                  "itself can be asked");
  const bool implied = !scope.variable.empty() && scope.variable_kind == row.kind;
  if (!with_key && row.kind != none && !implied) {
    const std::string kind(pass.vocabulary().kinds[row.kind].name);
    Diagnostic& d = pass.complain(
        Code::fact_key, id, "the fact " + quoted(row.name) + " is one for each " + quoted(kind),
        "say which: `" + std::string(row.name) + " of …`");
    d.labels.push_back({pass.tree[row.node].name, "declared here"});
  }
  return {Type::truth, Refers::fact, false, 0, fact, none};
}

}  // namespace

std::vector<std::string_view> nameable(const Pass& pass, const Scope& scope) {
  const Vocabulary& v = pass.vocabulary();
  std::vector<std::string_view> out;
  if (scope.event != none) out = names(v.events[scope.event].fields);
  if (!scope.variable.empty()) out.push_back(scope.variable);
  for (const NameTable* table : {&v.member_of, &v.fact_of, &v.parameter_of, &v.set_of}) {
    const std::vector<std::string_view> more = names(*table);
    out.insert(out.end(), more.begin(), more.end());
  }
  for (std::string_view word : {"day", "expiry", "start"})
    out.push_back(word);
  return out;
}

void find_name(Pass& pass, NodeId id) {
  const Vocabulary& v = pass.vocabulary();
  const std::string_view name = pass.text(id);
  const Scope& scope = pass.scope(id);
  Meaning& m = pass.meaning(id);
  if (scope.event != none) {
    const EventRow& event = v.events[scope.event];
    if (const Index f = event.field(name); f != none) {
      m = of_field(event, f, 0);
      return;
    }
    if (name == "subject" && !event.subject_kinds.empty()) {
      m = of_subject(event, 0);
      return;
    }
  }
  if (name == "day") {
    // Where no event is at hand, `day` is the day on which the question is asked.
    m = {Type::date, Refers::event_day, false, 0, none, none};
  } else if (name == "expiry" || name == "start") {
    m = {Type::date, name == "expiry" ? Refers::expiry : Refers::start, false, 0, none, none};
  } else if (!scope.variable.empty() && name == scope.variable) {
    m = {Type::member, Refers::variable, false, 0, none, scope.variable_kind};
  } else if (const Index fact = v.fact(name); fact != none) {
    m = of_fact(pass, id, fact, false);
  } else if (const Index member = v.member(name); member != none) {
    m = {Type::member, Refers::member, false, 0, member, v.members[member].kind};
  } else if (const Index set = v.set(name); set != none) {
    m = {Type::member, Refers::set, true, 0, set, v.sets[set].kind};
    if (v.sets[set].kind == none) m.type = Type::wrong;
  } else if (const Index parameter = v.parameter(name); parameter != none && !v.parameters[parameter].list) {
    m = {type_of(v.parameters[parameter].type), Refers::parameter, false, 0, parameter, none};
  } else {
    m.refers = Refers::pending;
  }
}

void settle(Pass& pass, NodeId id, Index kind) {
  Meaning& m = pass.meaning(id);
  if (m.refers != Refers::pending) return;
  m.refers = Refers::nothing;
  const Vocabulary& v = pass.vocabulary();
  if (kind != none && v.kinds[kind].open) {
    m = {Type::member, Refers::member, false, 0, none, kind};
    return;
  }
  const Scope& scope = pass.scope(id);
  if (scope.lost) return;
  const std::string name(pass.text(id));
  if (const Index parameter = v.parameter(name); parameter != none && v.parameters[parameter].list) {
    complain_of_list(pass, id, v.parameters[parameter]);
    return;
  }
  if (!scope.alias.empty() && name == scope.alias) {
    pass.complain(Code::wrong_sort_of_name, id, quoted(name) + " is an event, not a value",
                  "say what of it: `FIELD of " + name + "`, `subject of " + name + "` or `day of " +
                      name + "`");
    return;
  }
  if (v.kind(name) != none || v.event(name) != none) {
    pass.complain(Code::wrong_sort_of_name, id,
                  quoted(name) + " is " + (v.kind(name) != none ? "a kind" : "an event") +
                      ", not a value",
                  "expected a field, a member, a fact, a number, a date or a text");
    return;
  }
  if (scope.event == none && complain_of_field(pass, id)) return;
  const std::string where = scope.event == none ? quoted(name) + " is not declared"
                                                : "no field " + quoted(name) + " in " +
                                                      quoted(v.events[scope.event].name) +
                                                      ", and nothing else of that name";
  pass.unknown(Code::unknown_name, id, where, nameable(pass, scope),
               "expected a field of the event, a member, a fact, `day`, `expiry` or `start`; a "
               "text stands in quotes");
}

void find_of(Pass& pass, NodeId id) {
  const Vocabulary& v = pass.vocabulary();
  const std::string_view word = pass.text(id);
  const NodeId owner = pass.tree.of(id)[0];
  const std::string_view name = pass.text(owner);
  Meaning& m = pass.meaning(id);
  if (const EventRow* event = named_event(pass, id, name); event != nullptr) {
    if (const Index f = event->field(word); f != none) {
      m = of_field(*event, f, 1);
    } else if (word == "day") {
      m = {Type::date, Refers::event_day, false, 1, none, none};
    } else if (word == "id") {
      m = {Type::text, Refers::event_id, false, 1, none, none};
    } else if (word == "subject" && !event->subject_kinds.empty()) {
      m = of_subject(*event, 1);
    } else if (word == "subject") {
      pass.complain(Code::no_such_subject, id, quoted(event->name) + " has no subject",
                    "declare what it is of: event " + std::string(event->name) + " of KIND");
    } else {
      std::vector<std::string_view> candidates = names(event->fields);
      for (std::string_view w : {"day", "id", "subject"})
        candidates.push_back(w);
      Diagnostic* d =
          pass.unknown(Code::unknown_field, id,
                       "no field " + quoted(word) + " in " + quoted(event->name), candidates);
      if (d != nullptr && event->node != no_node)
        d->labels.push_back({pass.tree[event->node].name, "declared here"});
    }
    return;
  }
  if (const Index fact = v.fact(word); fact != none) {
    m = of_fact(pass, id, fact, true);
    const Index kind = v.facts[fact].kind;
    find_name(pass, owner);
    settle(pass, owner, kind);
    const Meaning& key = pass.meaning(owner);
    if (key.type == Type::wrong) return;
    if (kind == none)
      pass.complain(Code::fact_key, id,
                    "the fact " + quoted(word) + " is one for all, not one for each member",
                    "leave `of " + std::string(name) + "` out");
    else if (key.type != Type::member || key.list || (key.kind != none && key.kind != kind))
      pass.complain(Code::wrong_kind, owner,
                    "the fact " + quoted(word) + " is of " + quoted(v.kinds[kind].name) + "; " +
                        quoted(name) + " is " + spoken(v, key));
    return;
  }
  const Scope& scope = pass.scope(id);
  if (scope.sentence == none && !scope.alias.empty() && scope.alias == name) return;
  std::vector<std::string_view> candidates;
  if (!scope.alias.empty()) candidates.push_back(scope.alias);
  std::string help =
      scope.alias.empty()
          ? "name the event that the sentence begins with: `as " + std::string(name) + "` after it"
          : "the event of this sentence is called " + quoted(scope.alias);
  if (word != "day" && word != "id" && word != "subject" && scope.alias.empty() &&
      v.member(name) != none)
    pass.unknown(Code::unknown_fact, id, "no fact " + quoted(word), names(v.fact_of),
                 "declare it: fact " + std::string(word));
  else
    pass.unknown(Code::unknown_event_name, owner, "no event is called " + quoted(name) + " here",
                 candidates, help);
}

Index find_member(Pass& pass, NodeId id, const std::vector<Index>& kinds, std::string_view wanted) {
  const Vocabulary& v = pass.vocabulary();
  const std::string_view name = pass.text(id);
  const Index member = v.member(name);
  Meaning& m = pass.meaning(id);
  const auto allowed = [&](Index kind) {
    for (Index k : kinds)
      if (k == kind) return true;
    return kinds.empty();
  };
  if (member != none) {
    m = {Type::member, Refers::member, false, 0, member, v.members[member].kind};
    if (allowed(m.kind)) return member;
    Diagnostic& d = pass.complain(Code::wrong_kind, id,
                                  quoted(name) + " is " + article(v.kinds[m.kind].name) +
                                      "; expected " + std::string(wanted));
    d.labels.push_back({pass.tree[v.members[member].node].name, "declared here"});
    return none;
  }
  if (v.set(name) != none) {
    pass.complain(Code::wrong_sort_of_name, id, quoted(name) + " is a set; expected " + std::string(wanted),
                  "a set stands where several members can: `for each KIND in " + std::string(name) + "`, `including any of " +
                      std::string(name) + "`, `is one of " + std::string(name) + "`");
    return none;
  }
  if (const Index parameter = v.parameter(name); parameter != none) {
    const ParameterRow& row = v.parameters[parameter];
    if (row.list)
      complain_of_list(pass, id, row);
    else if (row.type != program::ValueKind::absent)
      pass.complain(Code::parameter_place, id, "the parameter " + quoted(name) + " is " + spoken(v, type_of(row.type), false, none) +
                                                   "; expected " + std::string(wanted));
    return none;
  }
  for (Index k : kinds) {
    if (!v.kinds[k].open) continue;
    m = {Type::member, Refers::member, false, 0, none, k};
    return none;
  }
  std::vector<std::string_view> candidates;
  for (const MemberRow& row : v.members)
    if (allowed(row.kind)) candidates.push_back(row.name);
  std::string help;
  if (kinds.size() == 1)
    help = "declare it: " + std::string(v.kinds[kinds[0]].name) + " " + std::string(name);
  else if (kinds.empty())
    help = "declare it as a party, role, forum or document";
  std::vector<std::string> allowed_names;
  for (Index k : kinds)
    allowed_names.emplace_back(v.kinds[k].name);
  const std::string what = kinds.empty() ? std::string("member") : listed(allowed_names);
  pass.unknown(Code::unknown_member, id, "no " + what + " " + quoted(name), candidates, help);
  return none;
}

}  // namespace samrad::rules
