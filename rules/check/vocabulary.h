// What an agreement text declares: kinds and their members, event types and their fields, facts, clauses.
//
// Rows refer to each other by index and to the tree by node; names are views into the tree, which must outlive the
// Vocabulary, or into the program itself for what every agreement has. Lookups take logarithmic time.
#pragma once

#include "rules/program/program.h"
#include "rules/tree/tree.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace samrad::rules {

using program::Index;
using program::none;

using NameTable = std::map<std::string_view, Index>;

struct KindRow {
  std::string_view name;
  NodeId node = no_node;  // no_node: exists in every agreement
  bool open = false;      // members appear in events
  std::vector<Index> members = {};
};

struct MemberRow {
  std::string_view name;
  NodeId node = no_node;
  Index kind = none;
  Index parameter = none;  // that names it; a list has one row for all its members, which is in no name table
};

// What a template leaves open. A parameter of a member is a member, too.
struct ParameterRow {
  std::string_view name;
  NodeId node = no_node;
  program::ValueKind type = program::ValueKind::absent;  // absent: could not be read
  bool list = false;
  bool optional = false;
  Index kind = none;    // of members
  Index member = none;  // row of `members`
};

struct FieldRow {
  std::string_view name;
  NodeId node = no_node;
  program::ValueKind type = program::ValueKind::text;
  Index kind = none;  // of members
  bool list = false;
  bool required = true;
};

struct EventRow {
  std::string_view name;
  NodeId node = no_node;
  program::Builtin builtin = program::Builtin::ordinary;
  std::vector<Index> subject_kinds = {};
  std::vector<FieldRow> fields = {};

  [[nodiscard]] bool has_subject(Index kind) const;
  // The position of the field in `fields`, or none.
  [[nodiscard]] Index field(std::string_view field_name) const;
};

struct FactRow {
  std::string_view name;
  NodeId node = no_node;
  Index kind = none;  // one fact for each member
};

// What occurrences can be called after: a clause, a procedure or a measure.
struct ClauseRow {
  std::string_view name;
  NodeId node = no_node;
};

struct SetRow {
  std::string_view name;
  NodeId node = no_node;
  Index kind = none;
};

struct Vocabulary {
  std::vector<KindRow> kinds;
  std::vector<MemberRow> members;
  std::vector<EventRow> events;
  std::vector<FactRow> facts;
  std::vector<ClauseRow> clauses;
  std::vector<ParameterRow> parameters;
  std::vector<ClauseRow> ambiguities;
  std::vector<SetRow> sets;
  NameTable kind_of;
  NameTable member_of;
  NameTable event_of;
  NameTable fact_of;
  NameTable clause_of;
  NameTable parameter_of;
  NameTable ambiguity_of;
  NameTable set_of;
  NodeId agreement = no_node;

  // The row of that name, or none.
  [[nodiscard]] Index kind(std::string_view name) const { return find(kind_of, name); }
  [[nodiscard]] Index member(std::string_view name) const { return find(member_of, name); }
  [[nodiscard]] Index event(std::string_view name) const { return find(event_of, name); }
  [[nodiscard]] Index fact(std::string_view name) const { return find(fact_of, name); }
  [[nodiscard]] Index clause(std::string_view name) const { return find(clause_of, name); }
  [[nodiscard]] Index parameter(std::string_view name) const { return find(parameter_of, name); }
  [[nodiscard]] Index ambiguity(std::string_view name) const { return find(ambiguity_of, name); }
  [[nodiscard]] Index set(std::string_view name) const { return find(set_of, name); }

 private:
  static Index find(const NameTable& table, std::string_view name) {
    const auto at = table.find(name);
    return at == table.end() ? none : at->second;
  }
};

// The members for which an entry of a list stands: those of a set or of `every KIND of MEMBER`, else the name itself.
[[nodiscard]] std::vector<std::string_view> members_named(const Tree& tree, const Vocabulary& vocabulary, NodeId entry);

// `plural` of a kind as a type word: `parties`, `roles`, `areas`.
[[nodiscard]] bool is_plural_of(std::string_view word, std::string_view kind);

}  // namespace samrad::rules
