// Parameters of a template: that each can be filled in, and that each name which stands instead of a date, a duration, a number or
// a text is a parameter of that type.
#include "rules/check/literals.h"
#include "rules/check/meanings.h"

#include <algorithm>

namespace samrad::rules {

namespace {

using program::ValueKind;

std::string spoken(const Pass& pass, const ParameterRow& p) {
  return spoken(pass.vocabulary(), type_of(p.type), p.list, p.kind);
}

// -- declarations ------------------------------------------------------------------------------------------------------

void check_name(Pass& pass, const ParameterRow& p) {
  if (p.name == "day" || p.name == "expiry" || p.name == "start")
    pass.complain(Code::reserved_word, p.node,
                  quoted(p.name) + " is a date that every agreement has already",
                  "choose another name");
}

void check_type(Pass& pass, const ParameterRow& p) {
  const Vocabulary& v = pass.vocabulary();
  const NodeId word = pass.tree.of(p.node)[0];
  if (p.list && p.type != ValueKind::member)
    pass.complain(Code::parameter_type, word,
                  "a parameter is one value; only members can be a list",
                  "expected `list of KIND`, or a type such as `number` or `date`");
  if (p.kind == none) return;
  if (v.kinds[p.kind].name == "measure")
    pass.complain(
        Code::parameter_type, word,
        "a measure is followed by the clauses of this text and cannot be named by an agreement",
        "declare it: measure " + std::string(p.name));
  else if (v.kinds[p.kind].open)
    pass.complain(
        Code::parameter_type, word,
        "the members of " + quoted(v.kinds[p.kind].name) +
            " appear in events: no agreement names them beforehand",
        "leave the parameter out, or declare the kind without `members appear in events`");
}

void check_belonging(Pass& pass, const ParameterRow& p) {
  std::vector<NodeId> said;
  for (NodeId c : pass.tree.of(p.node))
    if (pass.tree.kind(c) == Node::name) said.push_back(c);
  if (said.size() > 1 && p.kind == none && p.type != ValueKind::absent)
    pass.complain(Code::parameter_type, said[1],
                  "only a member can be of another; " + quoted(p.name) + " is " + spoken(pass, p),
                  "leave `of " + std::string(pass.text(said[1])) + "` out");
}

void check_default(Pass& pass, const ParameterRow& p) {
  const NodeId item = pass.child(p.node, Node::default_value);
  if (item == no_node) return;
  const NodeId value = pass.tree.of(item)[0];
  if (p.optional)
    pass.complain_all(
        Code::parameter_type, item,
        quoted(p.name) +
            " is optional and has a default: one of the two says what holds without it",
        "leave `optional` out if the default holds, or `default …` if there is then none");
  if (p.type == ValueKind::absent) return;
  if (p.kind != none) {
    pass.complain_all(Code::parameter_type, item, "a member has no default",
                      "if it is the same in every agreement, declare it here; if an agreement may "
                      "be without it, say `optional`");
    return;
  }
  const Node kind = pass.tree.kind(value);
  const Type found = kind == Node::v_name ? Type::wrong : pass.meaning(value).type;
  if (found == type_of(p.type)) return;
  Diagnostic& d = pass.complain_all(
      Code::parameter_type, value,
      "the default of " + quoted(p.name) + " must be " + spoken(pass, p) +
          (found == Type::wrong ? ", not the name " + quoted(pass.text(value))
                                : ", not " + spoken(pass.vocabulary(), found, false, none)));
  if (p.type == ValueKind::text) d.help = "a text stands in quotes";
  if (p.type == ValueKind::money)
    d.help = "an amount is a number followed by a currency code: `5000 SEK`";
  if (p.type == ValueKind::duration) d.help = "say the unit: `90 days`";
}

// -- where they stand ----------------------------------------------------------------------------------------------------

}  // namespace

Type literal_at(Node parent, std::size_t child) {
  switch (parent) {
  case Node::item_term: return Type::date;
  case Node::item_in_force:
  case Node::item_until:
  case Node::counted_from:
  case Node::from:
  case Node::until:
  case Node::due_date:
  case Node::range_since_date:
  case Node::range_before_date: return child == 0 ? Type::date : Type::wrong;
  case Node::holds:
  case Node::otherwise: return child == 1 ? Type::duration : Type::wrong;
  case Node::step_within:
  case Node::within:
  case Node::within_soon:
  case Node::prec_at_least:
  case Node::prec_within:
  case Node::limit_within_after:
  case Node::due_after_end:
  case Node::due_before_expiry:
  case Node::due_after_start:
  case Node::range_last:
  case Node::range_at_least_before:
  case Node::range_within_before:
  case Node::extension: return child == 0 ? Type::duration : Type::wrong;
  case Node::times: return child == 0 ? Type::number : Type::wrong;
  case Node::item_registered: return child == 0 ? Type::text : Type::wrong;
  default: return Type::wrong;
  }
}

namespace {

void check_place(Pass& pass, NodeId name, Type wanted) {
  const Vocabulary& v = pass.vocabulary();
  const Index index = v.parameter(pass.text(name));
  Meaning& m = pass.meaning(name);
  m = Meaning{};
  const std::string expected = spoken(v, wanted, false, none);
  if (index == none) {
    std::vector<std::string_view> fits;
    for (const ParameterRow& p : v.parameters)
      if (type_of(p.type) == wanted && !p.list) fits.push_back(p.name);
    pass.unknown(Code::parameter_place, name,
                 "expected " + expected + "; " + quoted(pass.text(name)) + " is no parameter", fits,
                 "write it here, or declare it: parameter " + std::string(pass.text(name)) + " " +
                     std::string(wanted == Type::number ? "number"
                                 : wanted == Type::date ? "date"
                                 : wanted == Type::text ? "text"
                                                        : "duration"));
    return;
  }
  const ParameterRow& p = v.parameters[index];
  if (p.type == ValueKind::absent) return;
  m = {wanted, Refers::parameter, false, 0, index, none};
  if (type_of(p.type) == wanted && !p.list) return;
  Diagnostic& d = pass.complain(Code::parameter_place, name,
                                "expected " + expected + "; the parameter " + quoted(p.name) +
                                    " is " + spoken(pass, p));
  d.labels.push_back({pass.tree[p.node].name, "declared here"});
}

// Once for each way of standing where no parameter can.
void check_literal(Pass& pass, NodeId name, std::string message, std::string help) {
  pass.meaning(name) = Meaning{};
  pass.complain(Code::parameter_place, name, std::move(message), std::move(help));
}

// What is said of numbers by name alone can be looked at only where the default is known.
void check_times(Pass& pass, NodeId times) {
  const Meaning& m = pass.meaning(pass.tree.of(times)[0]);
  if (m.refers != Refers::parameter) return;
  const ParameterRow& p = pass.vocabulary().parameters[m.index];
  const NodeId item = pass.child(p.node, Node::default_value);
  if (item == no_node || pass.tree.kind(pass.tree.of(item)[0]) != Node::v_number) return;
  const auto count = read_whole(pass.tree, pass.tree.of(item)[0], 1'000'000);
  if (count && *count >= 1) return;
  Diagnostic& d = pass.complain_all(Code::number_out_of_range, item,
                                    "the default of " + quoted(p.name) + " is no number of times",
                                    "expected a whole number of 1 or more");
  d.labels.push_back({pass.tree[times].span, "a number of times"});
}

// The part of an event pattern that names a member, or a word of a condition: what find_name() has found stays.
void check_places(Pass& pass, NodeId id) {
  const Node kind = pass.tree.kind(id);
  const auto children = pass.tree.of(id);
  for (std::size_t i = 0; i < children.size(); ++i) {
    const NodeId name = children[i];
    if (pass.tree.kind(name) != Node::v_name) continue;
    if (kind == Node::item_warn)
      check_literal(pass, name, "how long before to warn is part of the text and no parameter",
                    "expected a duration such as `30 days`");
    else if (kind == Node::item_in_force && id > 0 && pass.scope(id).block == no_node)
      check_literal(pass, name,
                    "from when this version of the text applies is part of it and no parameter",
                    "expected a date such as 2016-06-01");
    else if ((kind == Node::range_at_least_before || kind == Node::range_within_before) && i == 1) {
      if (pass.meaning(name).refers != Refers::expiry &&
          pass.meaning(name).refers != Refers::start && pass.text(name) != "day")
        check_place(pass, name, Type::date);
    } else if (const Type wanted = literal_at(kind, i); wanted != Type::wrong)
      check_place(pass, name, wanted);
  }
  if (kind == Node::times) check_times(pass, id);
}

// A first day that nobody says leaves nothing to judge.
void check_term(Pass& pass, NodeId term) {
  const Meaning& first = pass.meaning(pass.tree.of(term)[0]);
  if (first.refers != Refers::parameter) return;
  const ParameterRow& p = pass.vocabulary().parameters[first.index];
  if (!p.optional) return;
  Diagnostic& d =
      pass.complain(Code::parameter_type, p.node, "the first day of the term cannot be left out",
                    "leave `optional` out");
  d.labels.push_back({pass.tree[term].span, "the term"});
}

void check_template(Pass& pass) {
  const Vocabulary& v = pass.vocabulary();
  if (v.agreement == no_node) return;
  const bool is_template = pass.child(v.agreement, Node::is_template) != no_node;
  if (is_template && v.parameters.empty() && pass.silent.empty())
    pass.complain(Code::no_parameters, v.agreement,
                  "this template leaves nothing open: every agreement made of it would be the same",
                  "declare what differs, such as `parameter first_day date`, or write `agreement`");
  if (is_template || v.parameters.empty()) return;
  Diagnostic& d = pass.complain(
      Code::parameter_outside, v.parameters.front().node, "only a template has parameters",
      "write `template` instead of `agreement`, or say the value where it is needed");
  const Span name = pass.tree[v.agreement].span;
  d.labels.push_back({pass.tree[v.agreement].name, "this is an agreement"});
  d.fixes.push_back({{name.file, name.begin, name.begin + 9}, "template"});
}

}  // namespace

void check_parameters(Pass& pass) {
  check_template(pass);
  for (const ParameterRow& p : pass.vocabulary().parameters) {
    check_name(pass, p);
    check_type(pass, p);
    check_belonging(pass, p);
    check_default(pass, p);
  }
  for (NodeId id = 0; id < pass.tree.rows.size(); ++id)
    check_places(pass, id);
  for (NodeId id = 0; id < pass.tree.rows.size(); ++id)
    if (pass.tree.kind(id) == Node::item_term) check_term(pass, id);
}

}  // namespace samrad::rules
