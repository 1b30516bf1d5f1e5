// Checked trees to a Program.
//
// Gone afterwards: names, sugar (measures, procedures, `of the same`, `for each` over closed kinds), the several texts
// of an amended agreement. Guaranteed: what program.h promises. Symbols and rows come in the order of the text, so that
// the same text gives the same bytes.
#pragma once

#include "rules/check/check.h"
#include "rules/check/literals.h"
#include "rules/diagnostics/source.h"
#include "rules/lower/pools.h"
#include "rules/syntax/token.h"

#include <array>
#include <map>

namespace samrad::rules {

// One version of the agreement. Precondition: no error in `checked`, nor in the parse of `tree`.
struct CheckedText {
  const Tree& tree;
  const Checked& checked;
  std::array<std::uint8_t, 32> source_hash{};
};

struct Lowered {
  std::optional<Program> program;
  Diagnostics diagnostics;  // where two versions contradict each other
};

// `texts` in order of time: each after the first has `in force from`. `sources` are all those that spans speak of.
[[nodiscard]] Lowered lower(std::span<const CheckedText> texts, std::span<const Source> sources);

// ---- what the files of this folder share ------------------------------------------------------------------------------

// What the variable of a `for each` stands for while a sentence is lowered.
struct Binding {
  Symbol member = 0;     // a closed kind's member
  bool dynamic = false;  // an open kind: whatever member the rule is asked for
};

// A rule of clause `by` overrides all rules of clause `target`, while `condition` holds.
struct Override {
  Index by = none;
  Symbol target = 0;
  program::Expression condition;
};

// Lowers one text, block by block, into pools that the texts share.
class Lowering {
 public:
  Lowering(const CheckedText& text, std::span<const Source> sources, Pools& pools);

  const Tree& tree;
  const Checked& checked;
  const Vocabulary& vocabulary;
  Pools& pools;
  Terms terms;

  // Rows of the Program for rows of the vocabulary; filled by merge_vocabulary and lower_facts.
  std::vector<Index> kind_row;
  std::vector<Index> event_row;
  std::vector<std::vector<std::uint32_t>> slots;  // of each event's fields
  std::vector<Index> fact_row;
  std::vector<Index> parameter_row;
  std::vector<Index> ambiguity_row;
  std::vector<Override> overrides;

  // -- vocabulary.cpp
  void facts();
  // -- clauses.cpp: appends the rules of one block
  void clause(NodeId block);
  void measure(NodeId block);
  void targets(program::Rule rule, NodeId block, Index type, Index pattern);
  void times_of(program::Rule& rule, NodeId times);
  // -- procedures.cpp
  void procedure(NodeId block);
  // -- expressions.cpp
  [[nodiscard]] std::string words(NodeId node);  // as written, on one line, without comments
  Symbol words_symbol(NodeId node) { return pools.symbol(words(node)); }
  // Lowers the patterns and counts under `root`, which expression() and pattern() then refer to.
  void prepare(NodeId root);
  program::Expression expression(NodeId condition);
  program::Expression value(NodeId value);
  void emit(NodeId root, bool truth = true);  // as expression() or value(), into the code under way
  // -- patterns.cpp
  // `same`: the subject must be that of the event the sentence began with.
  Index pattern(NodeId node, bool same = false);
  [[nodiscard]] Index event_of(NodeId pattern) const { return checked.meanings[pattern].index; }
  [[nodiscard]] program::Value literal(NodeId id, bool as_days = false);
  // -- parameters.cpp
  // The parameter that stands as that word, or none.
  [[nodiscard]] Index given(NodeId name) const;
  // The parameter that stands for a date, a duration or a number under the node, or none.
  [[nodiscard]] Index given_in(NodeId node) const { return given(parameter_in(tree, node)); }
  // -- forms.cpp
  void form(program::Rule& rule, NodeId core);
  void period_of(program::Rule& rule, NodeId period);
  void recurs(program::Rule& rule, NodeId node);
  [[nodiscard]] bool implies_same(NodeId first, NodeId second) const;

  Binding binding;

 private:
  friend struct ExpressionWriter;
  [[nodiscard]] const Meaning& meaning(NodeId node) const { return checked.meanings[node]; }
  [[nodiscard]] const EventRow& event(NodeId pattern) const {
    return vocabulary.events[event_of(pattern)];
  }
  [[nodiscard]] std::uint32_t slot(Index event, Index field) const { return slots[event][field]; }
  Symbol name(NodeId node) { return pools.symbol(tree.text(node)); }
  Symbol label(NodeId block);
  [[nodiscard]] NodeId condition_of(NodeId node) const;

  // parameters.cpp
  void fill(program::Place place, Index parameter);
  void needs_of(NodeId root);    // optional parameters without which what stands under the node means nothing
  void needs_member(Index member);
  void need(Index parameter_of_text);
  Index push(program::Rule rule);  // with the fillings since the last one, and the needs at hand
  struct Instance {
    Symbol member = 0;
    Index list = none;  // of Program::parameters: the member stands for each of it
    Index row = none;   // of the vocabulary's members
  };
  [[nodiscard]] std::vector<Instance> instances(NodeId each);

  // clauses.cpp
  program::Rule base(NodeId block, NodeId items);
  void item(program::Rule& rule, NodeId item);
  void sentence(program::Rule rule, NodeId sentence, NodeId block);
  void expanded(program::Rule rule, NodeId sentence, NodeId block);
  void consequence(Index rule, NodeId otherwise);
  void forget() { patterns_.clear(), aggregates_.clear(); }
  void exceptions(program::Rule& rule, NodeId block);
  Range name_list(NodeId node);

  // expressions.cpp
  struct Step {
    NodeId id;
    bool truth;     // a truth value is wanted
    bool expanded;  // its children are done
    bool as_days;   // a duration that is compared with a number of days
  };
  void emit_children(std::vector<Step>& open, NodeId id);
  void emit_node(const Step& step);
  void emit_name(NodeId id);
  void emit_reference(const Meaning& meaning, NodeId id, Index event);
  void emit_fact(NodeId id, NodeId key);
  void emit_literal(NodeId id, bool as_days);
  void emit_list_op(NodeId id);
  void emit_member(Symbol member, Symbol text);
  std::uint32_t emit_members(NodeId id);
  [[nodiscard]] Index event_at(NodeId id, std::uint8_t frame) const;

  // patterns.cpp
  Index aggregate(NodeId node);
  void range_of(program::Aggregate& a, NodeId range);
  void subjects(program::Pattern& p, NodeId node, std::uint32_t& conditions);
  void subject_condition(NodeId subject, NodeId pattern);
  void role_condition(NodeId role, Index event);

  // procedures.cpp
  struct Case {
    NodeId block, start_node;
    Index procedure, start;
    program::Rule base;
    std::vector<NodeId> steps;  // those with an event
  };
  Index event_step(const Case& of, NodeId step, std::uint32_t number);
  void validity_steps(const Case& of, NodeId step);
  void validity_step(const Case& of, NodeId step, NodeId event_step);
  [[nodiscard]] bool speaks_of_start(NodeId pattern) const;

  // forms.cpp
  void due(program::Rule& rule, NodeId due);
  void response(program::Rule& rule, NodeId core);
  void precedence(program::Rule& rule, NodeId core);
  void prohibition(program::Rule& rule, NodeId core);
  void among(program::Rule& rule, NodeId core);
  void standing(program::Rule& rule, NodeId core);
  void attested(program::Rule& rule, NodeId core);
  void extension(program::Rule& rule, NodeId core);

  const std::vector<Token>& tokens_of(std::uint32_t file);

  std::span<const Source> sources_;
  std::map<std::uint32_t, std::vector<Token>> tokens_;  // by source, once asked for
  std::map<NodeId, Index> patterns_;  // lowered under the binding at hand
  std::map<NodeId, Index> aggregates_;
  std::vector<program::Filling> block_fillings_;  // of the items of the block under way
  std::vector<program::Filling> fillings_;        // of the rule under way
  std::vector<Index> needs_;                      // rows of Program::parameters
};

// -- vocabulary.cpp: kinds, members, event types and measures of all texts, by name; fills kind_row, event_row and slots.
void merge_vocabulary(std::span<Lowering> texts, Pools& pools, Diagnostics& out);
// -- parameters.cpp: the parameters of all texts, by name; fills parameter_row.
void merge_parameters(std::span<Lowering> texts, Pools& pools, Diagnostics& out);
// -- versions.cpp: lowers the blocks of each text and gives each rule its interval.
void lower_versions(std::span<Lowering> texts, Pools& pools);

}  // namespace samrad::rules
