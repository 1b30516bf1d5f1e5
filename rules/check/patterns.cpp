// Event patterns: that the subject is one the event can have, that `by`, `to`, `from`, `for` and `about` are fields of
// it, and that `of the same` has something to be the same as.
#include "rules/check/meanings.h"

namespace samrad::rules {

namespace {

std::vector<std::string> kind_names(const Vocabulary& v, const std::vector<Index>& kinds) {
  std::vector<std::string> out;
  for (Index k : kinds)
    out.push_back(article(v.kinds[k].name));
  return out;
}

void label_declared(Pass& pass, Diagnostic& d, const EventRow& event) {
  if (event.node != no_node)
    d.labels.push_back({pass.tree[event.node].span, quoted(event.name) + " is declared here"});
}

// The event of the pattern around `id`, or null when it is unknown or has no subject.
const EventRow* with_subject(Pass& pass, NodeId id) {
  const Index type = pass.scope(id).event;
  if (type == none) return nullptr;
  const EventRow& event = pass.vocabulary().events[type];
  if (!event.subject_kinds.empty()) return &event;
  Diagnostic& d =
      pass.complain_all(Code::no_such_subject, id, quoted(event.name) + " has no subject",
                        event.node == no_node ? std::string()
                                              : "declare what it is of: event " +
                                                    std::string(event.name) + " of KIND");
  label_declared(pass, d, event);
  return nullptr;
}

bool may_be_of(Pass& pass, NodeId id, const EventRow& event, Index kind) {
  if (kind == none || event.has_subject(kind)) return true;
  const Vocabulary& v = pass.vocabulary();
  const std::string allowed = listed(kind_names(v, event.subject_kinds));
  Diagnostic& d = pass.complain(Code::no_such_subject, id,
                                quoted(event.name) + " is of " + allowed + "; " +
                                    quoted(pass.text(id)) + " is " + article(v.kinds[kind].name));
  label_declared(pass, d, event);
  return false;
}

void find_same(Pass& pass, NodeId id, const EventRow& event) {
  const Scope& scope = pass.scope(id);
  const Vocabulary& v = pass.vocabulary();
  if (scope.sentence == none || scope.beginning) {
    pass.complain_all(Code::no_event_at_hand, id, "nothing that this could be the same as",
                      "`of the same` means the subject of the event that the sentence begins with");
    return;
  }
  const EventRow& first = v.events[scope.sentence];
  if (first.subject_kinds.empty()) {
    Diagnostic& d = pass.complain_all(Code::no_such_subject, id,
                                      "`of the same`: " + quoted(first.name) +
                                          ", with which the sentence begins, has no subject");
    label_declared(pass, d, first);
    return;
  }
  const std::string_view word = pass.text(id);
  const Index kind = word.empty() ? none : v.kind(word);
  if (!word.empty() && kind == none) {
    pass.unknown(Code::unknown_kind, id, "no kind " + quoted(word), names(v.kind_of));
    return;
  }
  if (kind != none && !may_be_of(pass, id, event, kind)) return;
  if (kind != none && !may_be_of(pass, id, first, kind)) return;
  for (Index k : first.subject_kinds)
    if (event.has_subject(k)) return;
  pass.complain_all(Code::no_such_subject, id,
                    quoted(event.name) + " and " + quoted(first.name) +
                        " are of different kinds and never of the same",
                    quoted(event.name) + " is of " + listed(kind_names(v, event.subject_kinds)) +
                        ", " + quoted(first.name) + " of " +
                        listed(kind_names(v, first.subject_kinds)));
}

void find_subject_of(Pass& pass, NodeId id, const EventRow& event) {
  const Scope& scope = pass.scope(id);
  const Vocabulary& v = pass.vocabulary();
  const NodeId field = pass.tree.of(id)[0];
  if (scope.sentence == none || scope.alias != pass.text(id)) {
    std::vector<std::string_view> candidates;
    if (!scope.alias.empty()) candidates.push_back(scope.alias);
    pass.unknown(Code::unknown_event_name, id,
                 "no event is called " + quoted(pass.text(id)) + " here", candidates,
                 "name the event that the sentence begins with: `as " + std::string(pass.text(id)) +
                     "` after it");
    return;
  }
  const EventRow& first = v.events[scope.sentence];
  Meaning& m = pass.meaning(id);
  if (pass.text(field) == "subject") {
    m = {Type::member, Refers::subject, false, 1, none, none};
    if (first.subject_kinds.empty())
      pass.complain(Code::no_such_subject, field, quoted(first.name) + " has no subject");
    return;
  }
  const Index slot = first.field(pass.text(field));
  if (slot == none) {
    pass.unknown(Code::unknown_field, field,
                 "no field " + quoted(pass.text(field)) + " in " + quoted(first.name),
                 names(first.fields));
    return;
  }
  const FieldRow& f = first.fields[slot];
  m = {type_of(f.type), Refers::field, f.list, 1, slot, f.kind};
  if (m.type != Type::member || m.list || !event.has_subject(m.kind))
    pass.complain(Code::no_such_subject, field,
                  quoted(event.name) + " is of " + listed(kind_names(v, event.subject_kinds)) +
                      "; " + quoted(f.name) + " is " + spoken(v, m));
}

}  // namespace

void find_subject(Pass& pass, NodeId id) {
  const EventRow* event = with_subject(pass, id);
  if (event == nullptr) return;
  const Vocabulary& v = pass.vocabulary();
  if (pass.tree.kind(id) == Node::subject_same) return find_same(pass, id, *event);
  if (pass.tree.kind(id) == Node::subject_of) return find_subject_of(pass, id, *event);
  const std::string_view name = pass.text(id);
  const Scope& scope = pass.scope(id);
  Meaning& m = pass.meaning(id);
  if (!scope.variable.empty() && name == scope.variable) {
    m = {Type::member, Refers::variable, false, 0, none, scope.variable_kind};
    may_be_of(pass, id, *event, m.kind);
  } else if (const Index kind = v.kind(name); kind != none) {
    m = {Type::member, Refers::kind, false, 0, kind, kind};
    may_be_of(pass, id, *event, kind);
  } else if (const Index set = v.set(name); set != none) {
    m = {Type::member, Refers::set, false, 0, set, v.sets[set].kind};
    may_be_of(pass, id, *event, m.kind);
  } else if (const Index member = v.member(name); member != none) {
    m = {Type::member, Refers::member, false, 0, member, v.members[member].kind};
    may_be_of(pass, id, *event, m.kind);
  } else {
    find_member(pass, id, event->subject_kinds, listed(kind_names(v, event->subject_kinds)));
  }
}

namespace {

// `about id of x`, `for subject of x`; the name of an event alone stands for its id.
bool says_of_event(Pass& pass, NodeId said) {
  if (pass.tree.kind(said) == Node::v_of) return true;
  const Scope& scope = pass.scope(said);
  const std::string_view name = pass.text(said);
  if (scope.alias.empty() || name != scope.alias || name == scope.variable) return false;
  if (scope.sentence != none) pass.meaning(said) = {Type::text, Refers::event_id, false, 1, none, none};
  return true;
}

void compare_said(Pass& pass, NodeId role, NodeId said) {
  const Vocabulary& v = pass.vocabulary();
  const Meaning& field = pass.meaning(role);
  const Meaning& m = pass.meaning(said);
  if (field.type == Type::wrong || m.type == Type::wrong) return;
  const bool kinds = m.kind == none || field.kind == none || m.kind == field.kind;
  if (m.type == field.type && kinds && !m.list) return;
  const std::string name(pass.text(said));
  const bool alone = pass.tree.kind(said) == Node::name;
  const std::string preposition(pass.text(role));
  Diagnostic& d = pass.complain_all(
      Code::wrong_kind, said,
      "the field " + quoted(preposition) + " of " + quoted(v.events[pass.scope(role).event].name) +
          " is " + spoken(v, Meaning{field.type, Refers::field, field.list, 0, none, field.kind}) +
          "; " + (alone ? quoted(name) + " alone is the id of that event, a text" : "this is " + spoken(v, m)));
  if (alone && field.type == Type::member)
    d.help = "say what of it: `" + preposition + " FIELD of " + name + "` or `" + preposition + " subject of " + name + "`";
}

}  // namespace

void find_role_is(Pass& pass, NodeId id) {
  const Index type = pass.scope(id).event;
  if (type == none) return;
  const Vocabulary& v = pass.vocabulary();
  const EventRow& event = v.events[type];
  const std::string_view preposition = pass.text(id);
  const NodeId name = pass.tree.of(id)[0];
  const Index slot = event.field(preposition);
  if (slot == none) {
    if (pass.silent.contains(preposition)) return;
    Diagnostic& d = pass.complain(
        Code::unknown_field, id, quoted(event.name) + " has no field " + quoted(preposition),
        event.node == no_node
            ? std::string()
            : "declare it in the event, for instance `" + std::string(preposition) + " role`");
    label_declared(pass, d, event);
    return;
  }
  const FieldRow& f = event.fields[slot];
  pass.meaning(id) = {type_of(f.type), Refers::field, f.list, 0, slot, f.kind};
  if (says_of_event(pass, name)) return compare_said(pass, id, name);
  if (f.type != program::ValueKind::member) {
    if (type_of(f.type) != Type::wrong)
      pass.complain(Code::wrong_kind, name,
                    "the field " + quoted(preposition) + " of " + quoted(event.name) + " is " +
                        spoken(v, type_of(f.type), f.list, none) + ", not a member",
                    f.type == program::ValueKind::text
                        ? "name the event that it is " + std::string(preposition) + ": `as x` after it, `" +
                              std::string(preposition) + " x` here; or ask for a text in `where (" +
                              std::string(preposition) + " = \"…\")`"
                        : "ask for it in `where (" + std::string(preposition) + " = …)`");
    return;
  }
  if (f.kind == none) return;
  const Scope& scope = pass.scope(id);
  if (!scope.variable.empty() && pass.text(name) == scope.variable) {
    pass.meaning(name) = {Type::member, Refers::variable, false, 0, none, scope.variable_kind};
    if (scope.variable_kind != none && scope.variable_kind != f.kind)
      pass.complain(Code::wrong_kind, name,
                    quoted(pass.text(name)) + " is " + article(v.kinds[scope.variable_kind].name) +
                        "; expected " + article(v.kinds[f.kind].name));
    return;
  }
  if (v.kind(pass.text(name)) == f.kind) {
    pass.meaning(name) = {Type::member, Refers::kind, false, 0, f.kind, f.kind};
    return;
  }
  find_member(pass, name, {f.kind}, article(v.kinds[f.kind].name));
}

void find_pattern(Pass& pass, NodeId id) {
  Meaning& m = pass.meaning(id);
  const Index event = pass.vocabulary().event(pass.text(id));
  if (event == none) return;
  m.refers = Refers::event;
  m.index = event;
}

}  // namespace samrad::rules
