// What the passes of the checker share: the tree, what is known of it so far, and how to complain.
#pragma once

#include "rules/check/check.h"
#include "rules/diagnostics/near.h"

#include <set>

namespace samrad::rules {

struct Pass {
  const Tree& tree;
  Checked& out;
  std::set<std::string_view> silent;  // names whose declaration could not be read

  [[nodiscard]] const Vocabulary& vocabulary() const { return out.vocabulary; }
  [[nodiscard]] std::string_view text(NodeId id) const { return tree.text(id); }
  [[nodiscard]] NodeId child(NodeId id, Node kind) const { return tree.child(id, kind); }
  [[nodiscard]] std::string label(NodeId id) const;  // the quoted label, or empty
  [[nodiscard]] const Scope& scope(NodeId id) const { return out.scope(id); }
  [[nodiscard]] Meaning& meaning(NodeId id) { return out.meanings[id]; }

  Diagnostic& complain(Code code, Span at, std::string message, std::string help = {});
  // At the word itself.
  Diagnostic& complain(Code code, NodeId at, std::string message, std::string help = {}) {
    return complain(code, tree[at].name, std::move(message), std::move(help));
  }
  // Over the whole construct.
  Diagnostic& complain_all(Code code, NodeId at, std::string message, std::string help = {}) {
    return complain(code, tree[at].span, std::move(message), std::move(help));
  }
  // With the nearest of `candidates` as help and as a fix. Silent (and null) for a name that was left out.
  Diagnostic* unknown(Code code, NodeId at, std::string message,
                      const std::vector<std::string_view>& candidates, std::string help = {});
};

// `clause `moten` "Chefsamrådet sammanträder"`, for both ends of a conflict.
[[nodiscard]] std::string heading(const Pass& pass, NodeId block);

// "a number", "a list of roles", "yes or no": for messages.
[[nodiscard]] std::string spoken(const Vocabulary& vocabulary, Type type, bool list, Index kind);
[[nodiscard]] std::string spoken(const Vocabulary& vocabulary, const Meaning& meaning);
[[nodiscard]] std::string article(std::string_view word);  // "a role", "an area"
[[nodiscard]] Type type_of(program::ValueKind kind);

// Names of a table, for near-name search.
[[nodiscard]] std::vector<std::string_view> names(const NameTable& table);
[[nodiscard]] std::vector<std::string_view> names(const std::vector<FieldRow>& fields);

// A pattern or a kind of node that reads a count over past events.
[[nodiscard]] bool counts_events(Node kind);
// Of a sentence: its core, the pattern that it begins with (or no_node).
[[nodiscard]] NodeId core_of(const Tree& tree, NodeId sentence);
[[nodiscard]] NodeId first_pattern(const Tree& tree, NodeId core);
// The sentences of a clause: one, or one a reading.
[[nodiscard]] std::vector<NodeId> sentences_of(const Tree& tree, NodeId clause);

// -- the passes, in this order -------------------------------------------------------------------------------------

void collect_vocabulary(Pass& pass);  // declarations; duplicates
void find_scopes(Pass& pass);         // parents before children
void find_meanings(Pass& pass);       // names, patterns and types; children before parents
void check_parameters(Pass& pass);    // what a template leaves open, and where it is used
void check_declarations(Pass& pass);  // items, owners, facts, events
void check_ambiguities(Pass& pass);   // readings and what they answer
void check_sets(Pass& pass);          // members of named sets
void check_sentences(Pass& pass);     // what each form needs
void check_times(Pass& pass);         // dates, durations, periods
void check_structure(Pass& pass);     // overrides, procedures, deputies
void check_conflicts(Pass& pass);     // two clauses that cannot both be met
void check_lints(Pass& pass);         // legal and probably wrong

}  // namespace samrad::rules
