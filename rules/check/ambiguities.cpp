// Ambiguities of the agreement and the readings that answer them: that a reading names one that is declared, that each is
// answered somehow, and that clauses which answer the same one do so alike where nobody chooses.
#include "rules/check/lints.h"

#include <map>

namespace samrad::rules {

namespace {

// The name after `of`, or no_node.
NodeId answers(const Pass& pass, NodeId reading) { return pass.child(reading, Node::name); }

void check_reading(Pass& pass, NodeId reading) {
  const NodeId name = answers(pass, reading);
  if (name == no_node || pass.vocabulary().ambiguity(pass.text(name)) != none) return;
  pass.unknown(Code::unknown_ambiguity, name, "no ambiguity " + quoted(pass.text(name)),
               names(pass.vocabulary().ambiguity_of),
               "declare it: ambiguity " + std::string(pass.text(name)) + " \"…\"");
}

void check_names(Pass& pass, NodeId clause) {
  std::map<std::string_view, NodeId> seen;
  for (NodeId c : pass.tree.of(clause)) {
    if (pass.tree.kind(c) != Node::reading) continue;
    const auto [at, fresh] = seen.emplace(pass.text(c), c);
    if (fresh) continue;
    Diagnostic& d = pass.complain(Code::declared_twice, c,
                                  "two readings are called " + quoted(pass.text(c)));
    d.labels.push_back({pass.tree[at->second].name, "the first one"});
  }
}

bool in_word(char c) {
  return c == '_' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
         (static_cast<unsigned char>(c) & 0x80U) != 0;
}

bool says_word(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || !in_word(text[at - 1])) && (end == text.size() || !in_word(text[end]))) return true;
  }
  return false;
}

// Named in the `source` of a clause, a procedure or a measure.
bool cited(const Pass& pass, std::string_view name) {
  for (const ClauseRow& clause : pass.vocabulary().clauses)
    for (NodeId c : pass.tree.of(clause.node))
      if (pass.tree.kind(c) == Node::item_source && says_word(pass.text(c), name)) return true;
  return false;
}

}  // namespace

void check_ambiguities(Pass& pass) {
  for (NodeId id = 0; id < pass.tree.rows.size(); ++id) {
    if (pass.tree.kind(id) == Node::reading) check_reading(pass, id);
    if (pass.tree.kind(id) == Node::clause) check_names(pass, id);
  }
}

void lint_ambiguities(Pass& pass) {
  const Vocabulary& v = pass.vocabulary();
  std::vector<bool> answered(v.ambiguities.size(), false);
  std::vector<NodeId> defaults(v.ambiguities.size(), no_node);
  for (const ClauseRow& clause : v.clauses) {
    for (NodeId reading : pass.tree.of(clause.node)) {
      if (pass.tree.kind(reading) != Node::reading) continue;
      const NodeId name = answers(pass, reading);
      if (name == no_node) continue;
      const Index row = v.ambiguity(pass.text(name));
      answered[row] = true;
      if (pass.child(reading, Node::default_reading) == no_node) continue;
      const NodeId first = defaults[row];
      if (first == no_node) defaults[row] = reading;
      if (first == no_node || pass.text(first) == pass.text(reading)) continue;
      Diagnostic& d = pass.complain(
          Code::different_defaults, reading,
          "where nobody chooses, " + quoted(pass.text(name)) + " is answered by " +
              quoted(pass.text(reading)) + " here and by " + quoted(pass.text(first)) + " in another clause",
          "let the same reading be the default in all clauses, or make them two ambiguities");
      d.labels.push_back({pass.tree[first].name, "the default there"});
    }
  }
  for (Index i = 0; i < v.ambiguities.size(); ++i) {
    const NodeId block = v.ambiguities[i].node;
    if (answered[i] || pass.child(block, Node::item_settled) != no_node || cited(pass, v.ambiguities[i].name))
      continue;
    pass.complain(Code::unanswered_ambiguity, block,
                  "nothing answers the ambiguity " + quoted(v.ambiguities[i].name),
                  "give a clause readings `of " + std::string(v.ambiguities[i].name) +
                      "`, name it in the `source` of the clause that it is about, or say what holds: `settled \"…\"`");
  }
}

}  // namespace samrad::rules
