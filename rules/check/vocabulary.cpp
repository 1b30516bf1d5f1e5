// Collects what the blocks of a text declare, in the order of the text and after what every agreement has, and
// complains of a name that is declared twice, naming both places.
//
// Kinds, their members and facts share one set of names, since a bare word in a condition can be any of them. Event
// types have a set of their own, and so have clauses with procedures and measures, whose names begin the names of
// occurrences.
#include "rules/check/vocabulary.h"

#include "rules/check/pass.h"

#include <array>

namespace samrad::rules {

using program::Builtin;
using program::ValueKind;

bool EventRow::has_subject(Index kind) const {
  for (Index k : subject_kinds)
    if (k == kind) return true;
  return false;
}

Index EventRow::field(std::string_view field_name) const {
  for (std::size_t i = 0; i < fields.size(); ++i)
    if (fields[i].name == field_name) return static_cast<Index>(i);
  return none;
}

bool is_plural_of(std::string_view word, std::string_view kind) {
  const auto is = [&](std::string_view stem, std::string_view end) {
    return word.size() == stem.size() + end.size() && word.starts_with(stem) && word.ends_with(end);
  };
  if (is(kind, "s") || is(kind, "es")) return true;
  return kind.ends_with('y') && is(kind.substr(0, kind.size() - 1), "ies");
}

namespace {

constexpr std::array<std::string_view, 5> built_in_kinds = {"party", "role", "forum", "document",
                                                            "measure"};

// What stands under the name already, as "a role", with its place; empty when the name is free.
struct Taken {
  std::string as;
  NodeId node = no_node;
};

Taken taken_among_things(const Vocabulary& v, std::string_view name) {
  if (const Index k = v.kind(name); k != none) return {"a kind", v.kinds[k].node};
  if (const Index m = v.member(name); m != none)
    return {article(v.kinds[v.members[m].kind].name), v.members[m].node};
  if (const Index f = v.fact(name); f != none) return {"a fact", v.facts[f].node};
  if (const Index s = v.set(name); s != none) return {"a set", v.sets[s].node};
  if (const Index p = v.parameter(name); p != none) return {"a parameter", v.parameters[p].node};
  return {};
}

void complain_twice(Pass& pass, NodeId node, const Taken& first) {
  const std::string name = quoted(pass.text(node));
  if (first.node == no_node) {
    pass.complain(Code::reserved_word, node, name + " exists in every agreement as " + first.as,
                  "choose another name");
    return;
  }
  Diagnostic& d =
      pass.complain(Code::declared_twice, node, name + " is declared twice",
                    "names of kinds, members and facts are unique in an agreement: choose another");
  d.labels.push_back({pass.tree[first.node].name, "first declared here, as " + first.as});
}

bool claim(Pass& pass, NodeId node) {
  const Taken first = taken_among_things(pass.vocabulary(), pass.text(node));
  if (first.as.empty()) return true;
  complain_twice(pass, node, first);
  return false;
}

void add_kind(Pass& pass, NodeId block) {
  if (!claim(pass, block)) return;
  Vocabulary& v = pass.out.vocabulary;
  v.kind_of.emplace(pass.text(block), static_cast<Index>(v.kinds.size()));
  v.kinds.push_back({pass.text(block), block, pass.child(block, Node::open_kind) != no_node});
}

void add_member(Pass& pass, NodeId block, Index kind) {
  Vocabulary& v = pass.out.vocabulary;
  if (!claim(pass, block)) return;
  const auto index = static_cast<Index>(v.members.size());
  v.member_of.emplace(pass.text(block), index);
  v.members.push_back({pass.text(block), block, kind});
  v.kinds[kind].members.push_back(index);
}

void add_entity(Pass& pass, NodeId block) {
  const NodeId word = pass.tree.of(block)[0];
  const Index kind = pass.vocabulary().kind(pass.text(word));
  if (kind == none) {
    pass.unknown(Code::unknown_kind, word, "no kind " + quoted(pass.text(word)),
                 names(pass.vocabulary().kind_of),
                 "declare it: kind " + std::string(pass.text(word)));
    return;
  }
  add_member(pass, block, kind);
}

void add_clause(Pass& pass, NodeId block) {
  Vocabulary& v = pass.out.vocabulary;
  const auto [at, fresh] =
      v.clause_of.emplace(pass.text(block), static_cast<Index>(v.clauses.size()));
  if (fresh) {
    v.clauses.push_back({pass.text(block), block});
    return;
  }
  Diagnostic& d = pass.complain(
      Code::declared_twice, block, "the clause name " + quoted(pass.text(block)) + " is used twice",
      "clauses, procedures and measures share one set of names: choose another");
  d.labels.push_back({pass.tree[v.clauses[at->second].node].name, "first used here"});
}

// `--reading X2=avtal` names a clause or an ambiguity alike.
void add_ambiguity(Pass& pass, NodeId block) {
  Vocabulary& v = pass.out.vocabulary;
  const std::string_view name = pass.text(block);
  const Index clause = v.clause(name);
  const Index other = v.ambiguity(name);
  if (other == none) {
    v.ambiguity_of.emplace(name, static_cast<Index>(v.ambiguities.size()));
    v.ambiguities.push_back({name, block});
  }
  if (clause == none && other == none) return;
  const NodeId first = clause != none ? v.clauses[clause].node : v.ambiguities[other].node;
  Diagnostic& d =
      pass.complain(Code::declared_twice, block, "the ambiguity name " + quoted(name) + " is taken",
                    "readings are chosen by the name of a clause or of an ambiguity: choose another");
  d.labels.push_back({pass.tree[first].name, "first used here"});
}

// The type word of a field, as written: a value type, a kind, or the plural of either.
bool read_type(Pass& pass, NodeId word, FieldRow& field) {
  struct Word {
    std::string_view one, many;
    ValueKind type;
  };
  static constexpr std::array<Word, 6> words = {{{"text", "texts", ValueKind::text},
                                                 {"number", "numbers", ValueKind::number},
                                                 {"money", "", ValueKind::money},
                                                 {"date", "dates", ValueKind::date},
                                                 {"duration", "durations", ValueKind::duration},
                                                 {"yes/no", "", ValueKind::yes_no}}};
  const std::string_view text = pass.text(word);
  for (const Word& w : words) {
    if (text != w.one && text != w.many) continue;
    field.type = w.type;
    field.list = field.list || text == w.many;
    return true;
  }
  field.type = ValueKind::member;
  const Vocabulary& v = pass.vocabulary();
  if (field.kind = v.kind(text); field.kind != none) return true;
  for (Index k = 0; k < v.kinds.size(); ++k) {
    if (!is_plural_of(text, v.kinds[k].name)) continue;
    field.kind = k;
    field.list = true;
    return true;
  }
  std::vector<std::string_view> candidates = names(v.kind_of);
  for (const Word& w : words)
    candidates.insert(candidates.end(), {w.one, w.many});
  for (std::string_view plural : {"parties", "roles", "forums", "documents"})
    candidates.push_back(plural);
  pass.unknown(
      Code::unknown_kind, word, "no type " + quoted(text), candidates,
      "a field is text, number, money, date, duration, yes/no, a kind such as role, or its plural");
  return false;
}

void add_field(Pass& pass, NodeId node, EventRow& event) {
  FieldRow field{pass.text(node), node};
  field.list = pass.child(node, Node::list_of) != no_node;
  field.required = pass.child(node, Node::optional) == no_node;
  if (!read_type(pass, pass.tree.of(node)[0], field)) field.type = ValueKind::absent;
  if (const Index first = event.field(field.name); first != none) {
    Diagnostic& d = pass.complain(Code::declared_twice, node,
                                  "the field " + quoted(field.name) + " is declared twice");
    d.labels.push_back({pass.tree[event.fields[first].node].name, "first declared here"});
    return;
  }
  event.fields.push_back(field);
}

// A parameter of a member stands among the members of its kind; a list does so as one, for all that `for each KIND` says.
void add_parameter(Pass& pass, NodeId block) {
  if (!claim(pass, block)) return;
  Vocabulary& v = pass.out.vocabulary;
  FieldRow type{pass.text(block), block};
  type.list = pass.child(block, Node::list_of) != no_node;
  if (!read_type(pass, pass.tree.of(block)[0], type)) type.type = ValueKind::absent;
  const auto index = static_cast<Index>(v.parameters.size());
  ParameterRow row{type.name, block, type.type, type.list, pass.child(block, Node::optional) != no_node, type.kind};
  if (row.kind != none) {
    row.member = static_cast<Index>(v.members.size());
    v.members.push_back({row.name, block, row.kind, index});
    v.kinds[row.kind].members.push_back(row.member);
    if (!row.list) v.member_of.emplace(row.name, row.member);
  }
  v.parameter_of.emplace(row.name, index);
  v.parameters.push_back(row);
}

void add_event(Pass& pass, NodeId block) {
  Vocabulary& v = pass.out.vocabulary;
  EventRow event{pass.text(block), block};
  for (NodeId c : pass.tree.of(block)) {
    if (pass.tree.kind(c) == Node::field) add_field(pass, c, event);
    if (pass.tree.kind(c) != Node::name) continue;
    const Index kind = v.kind(pass.text(c));
    if (kind == none)
      pass.unknown(Code::unknown_kind, c, "no kind " + quoted(pass.text(c)), names(v.kind_of),
                   "what an event is of is a kind: party, role, forum, document, or one declared "
                   "with `kind`");
    else if (!event.has_subject(kind))
      event.subject_kinds.push_back(kind);
  }
  if (const Index old = v.event(event.name); old != none) {
    if (v.events[old].node != no_node) {
      Diagnostic& d = pass.complain(Code::declared_twice, block,
                                    "the event " + quoted(event.name) + " is declared twice");
      d.labels.push_back({pass.tree[v.events[old].node].name, "first declared here"});
    } else if (event.name == "extension" || event.name == "measurement") {
      event.builtin = v.events[old].builtin;
      v.events[old] = std::move(event);
    } else {
      pass.complain(Code::reserved_word, block,
                    "the event " + quoted(event.name) + " exists in every agreement",
                    "leave the declaration out, or choose another name");
    }
    return;
  }
  v.event_of.emplace(event.name, static_cast<Index>(v.events.size()));
  v.events.push_back(std::move(event));
}

void add_fact(Pass& pass, NodeId block) {
  if (!claim(pass, block)) return;
  Vocabulary& v = pass.out.vocabulary;
  FactRow fact{pass.text(block), block};
  if (const NodeId kind = pass.child(block, Node::name); kind != no_node) {
    fact.kind = v.kind(pass.text(kind));
    if (fact.kind == none)
      pass.unknown(Code::unknown_kind, kind, "no kind " + quoted(pass.text(kind)),
                   names(v.kind_of));
  }
  v.fact_of.emplace(fact.name, static_cast<Index>(v.facts.size()));
  v.facts.push_back(fact);
}

void add_set(Pass& pass, NodeId block) {
  if (!claim(pass, block)) return;
  Vocabulary& v = pass.out.vocabulary;
  const NodeId word = pass.child(block, Node::name);
  const Index kind = v.kind(pass.text(word));
  if (kind == none)
    pass.unknown(Code::unknown_kind, word, "no kind " + quoted(pass.text(word)), names(v.kind_of));
  v.set_of.emplace(pass.text(block), static_cast<Index>(v.sets.size()));
  v.sets.push_back({pass.text(block), block, kind});
}

void add_built_in(Vocabulary& v) {
  for (std::string_view kind : built_in_kinds) {
    v.kind_of.emplace(kind, static_cast<Index>(v.kinds.size()));
    v.kinds.push_back({kind});
  }
  const auto event = [&v](std::string_view name, Builtin builtin, std::vector<FieldRow> fields) {
    v.event_of.emplace(name, static_cast<Index>(v.events.size()));
    EventRow row{name, no_node, builtin};
    row.fields = std::move(fields);
    v.events.push_back(std::move(row));
  };
  const auto field = [](std::string_view name, bool required, ValueKind type = ValueKind::text) {
    return FieldRow{name, no_node, type, none, false, required};
  };
  event("correction", Builtin::correction, {field("corrects", true)});
  event("withdrawal", Builtin::withdrawal, {field("withdraws", true), field("reason", false)});
  event("waiver", Builtin::waiver,
        {field("occurrence", true), field("by", true), field("reason", false)});
  event("assessment", Builtin::assessment,
        {field("occurrence", true), field("by", true), field("verdict", true),
         field("reason", false)});
  event("extension", Builtin::extension, {field("until", false, ValueKind::date)});
  event("measurement", Builtin::ordinary,
        {field("value", false, ValueKind::number), field("year", false, ValueKind::number),
         field("no_newer", false, ValueKind::yes_no)});
  v.events.back().subject_kinds = {v.kind("measure")};
}

void add_agreement(Pass& pass, NodeId block) {
  Vocabulary& v = pass.out.vocabulary;
  if (v.agreement == no_node) {
    v.agreement = block;
    return;
  }
  Diagnostic& d = pass.complain(
      Code::agreement_blocks, block, "a second block `agreement` in one text",
      "one text is one agreement; give an amended text to the program as a file of its own");
  d.labels.push_back({pass.tree[v.agreement].name, "the first one"});
}

}  // namespace

void collect_vocabulary(Pass& pass) {
  add_built_in(pass.out.vocabulary);
  const auto blocks = pass.tree.of(pass.tree.root());
  for (NodeId b : blocks)
    if (pass.tree.kind(b) == Node::kind) add_kind(pass, b);
  for (NodeId b : blocks) {
    const Node kind = pass.tree.kind(b);
    if (kind == Node::agreement) add_agreement(pass, b);
    if (kind == Node::entity) add_entity(pass, b);
    if (kind == Node::parameter) add_parameter(pass, b);
    if (kind == Node::measure) add_member(pass, b, pass.vocabulary().kind("measure"));
    if (kind == Node::clause || kind == Node::procedure || kind == Node::measure)
      add_clause(pass, b);
  }
  for (NodeId b : blocks) {
    if (pass.tree.kind(b) == Node::ambiguity) add_ambiguity(pass, b);
    if (pass.tree.kind(b) == Node::event) add_event(pass, b);
    if (pass.tree.kind(b) == Node::fact) add_fact(pass, b);
    if (pass.tree.kind(b) == Node::set) add_set(pass, b);
  }
}

}  // namespace samrad::rules
