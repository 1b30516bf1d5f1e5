// The checker: from a tree in which names may be unknown and types may clash to one in which each word has a meaning.
//
// Each check is a loop over the rows of the tree, children before parents or parents before children; none recurses and
// none stops at the first fault. A word that was already complained of is `wrong` and causes no further message.
#pragma once

#include "rules/check/vocabulary.h"
#include "rules/diagnostics/diagnostic.h"
#include "rules/syntax/parse.h"
#include "rules/tree/tree.h"

#include <optional>
#include <span>

namespace samrad::rules {

// What a value or condition is.
enum class Type : std::uint8_t {
  wrong,  // has been complained of, or is no value
  truth,  // a condition
  yes_no,
  number,
  money,
  date,
  duration,
  text,
  member,
};

// What a name stands for.
enum class Refers : std::uint8_t {
  nothing,
  pending,  // not found yet: may become a member of an open kind
  field,    // index: position in the event's fields; frame tells which event
  subject,  // of the event of `frame`
  event_day,
  event_id,
  variable,  // of the sentence's `for each`
  fact,      // index: row of Vocabulary::facts
  member,    // index: row of Vocabulary::members, or none for one that only events name
  kind,      // index: row of Vocabulary::kinds
  event,     // index: row of Vocabulary::events (patterns)
  expiry,
  start,
  set,        // index: row of Vocabulary::sets, or none for `every KIND of MEMBER`; a list of members
  parameter,  // index: row of Vocabulary::parameters; not of a member, which is a member
};

struct Meaning {
  Type type = Type::wrong;
  Refers refers = Refers::nothing;
  bool list = false;
  std::uint8_t frame = 0;
  Index index = none;
  Index kind = none;  // of a member
};

// Which events and variables the words of a part of the text can speak of.
struct Scope {
  Index event = none;         // the event whose fields stand bare; frame 0
  Index sentence = none;      // the event that the sentence began with; frame 1
  std::string_view alias;     // its name, `as x`
  std::string_view variable;  // of `for each`
  Index variable_kind = none;
  bool lost =
      false;  // the event that should be at hand is not declared: what it has nobody can tell
  bool beginning = false;  // inside the event that the sentence begins with
  bool plain =
      false;  // inside a count of events or a fact, where neither counts nor facts can be asked
  NodeId block = no_node;  // the clause, procedure, fact or measure
};

struct Checked {
  Vocabulary vocabulary;
  std::vector<Meaning> meanings;        // one a row of the tree
  std::vector<Scope> scopes;            // row 0: nothing to speak of
  std::vector<std::uint32_t> scope_of;  // one a row of the tree: row of `scopes`
  Diagnostics diagnostics;              // sorted

  [[nodiscard]] const Scope& scope(NodeId node) const { return scopes[scope_of[node]]; }
};

// Sources are those of the parse. With no error among the diagnostics (those of the parse included) the tree can be
// lowered. Pure; time n log n in the rows of the tree.
[[nodiscard]] Checked check(const Tree& tree, std::span<const LeftOut> left_out);

// As check() but without lints and conflicts: for a text that has faults of syntax, where what is left out would be
// missed.
[[nodiscard]] Checked check_words(const Tree& tree, std::span<const LeftOut> left_out);

}  // namespace samrad::rules
