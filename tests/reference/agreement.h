// An agreement text as its tree says it: what is declared (docs/language.md §2) and the clauses with what holds for each (§3).
//
// Nothing is compiled: a sentence stays a node of the tree, and the forms read it there.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "rules/calendar/holidays.h"
#include "rules/calendar/period.h"
#include "rules/calendar/shift.h"
#include "rules/tree/tree.h"
#include "tests/reference/value.h"

namespace samrad::reference {

using rules::no_node;
using rules::Node;
using rules::NodeId;
using rules::Tree;

struct Field {
  std::string type;  // the word as written, a plural of a kind turned into the kind
  bool list = false;
};

struct EventType {
  std::vector<std::string> subjects;  // kinds
  std::map<std::string, Field, std::less<>> fields;
  std::vector<std::string> field_order;
  bool not_recorded = false;
  std::optional<Day> not_recorded_before;
};

// A clause with its items, the reading chosen. A measure gives two, a procedure one.
struct Clause {
  enum class What { sentence, measured, target, procedure };
  What what = What::sentence;
  std::string name;
  NodeId node = no_node;           // the block
  NodeId sentence = no_node;       // of a clause
  NodeId core = no_node;           // of a clause: what the sentence says
  std::optional<Day> from, until;  // `in force`
  calendar::PartPolicy parts = calendar::PartPolicy::not_assessed;
  calendar::Shift shift = calendar::Shift::none;
  std::string judged_by;
  std::vector<std::string> waived_by;
  std::vector<NodeId> exceptions;
  struct Override {
    std::string clause;
    NodeId while_ = no_node;
  };
  std::vector<Override> overrides;
};

struct Agreement {
  const Tree* tree = nullptr;
  std::string name;
  std::string zone = "Europe/Stockholm";
  Day first{};
  std::optional<Day> last;
  std::optional<Day> in_force;  // of an amended text
  bool lapse = false;           // `open occurrences lapse`
  calendar::PartPolicy parts = calendar::PartPolicy::not_assessed;
  calendar::Shift shift = calendar::Shift::none;
  calendar::Holidays holidays = calendar::Holidays::sweden;

  std::map<std::string, std::vector<std::string>, std::less<>>
      kinds;  // members in the order of the text
  std::set<std::string, std::less<>> open_kinds;
  std::map<std::string, std::vector<std::string>, std::less<>> sets;
  std::map<std::string, std::string, std::less<>> belongs_to;  // member to the member after `of`
  std::map<std::string, std::string, std::less<>> kind_of;     // member to kind
  std::map<std::string, std::string, std::less<>> stands_for;  // deputy to role
  std::map<std::string, EventType, std::less<>> events;
  std::map<std::string, NodeId, std::less<>> facts;
  std::vector<Clause> clauses;
  struct Validity {  // `P counts only if COND`, of a clause or a step
    std::size_t clause = 0;
    NodeId pattern = no_node, condition = no_node;
  };
  std::map<std::string, std::vector<Validity>, std::less<>> validities;  // by event type

  [[nodiscard]] std::string text(NodeId id) const { return std::string(tree->text(id)); }
  // "A set … means what its members mean when they are written out" (§2): the members of a set or a
  // list, of `every KIND [of MEMBER]`, else the one that is named.
  [[nodiscard]] std::vector<std::string> written_out(NodeId name_or_list) const;
  [[nodiscard]] const EventType& event(std::string_view type) const {
    return events.find(type)->second;
  }
};

// The reading chosen for a clause or an ambiguity; the default where nothing is said (§8).
struct Choice {
  std::string of;
  std::string reading;
};

// The tree must outlive the answer and have no fault.
[[nodiscard]] Agreement read_agreement(const Tree& tree, const std::vector<Choice>& choices);

// What leaves stand for.
[[nodiscard]] Day day_of(const Tree& tree, NodeId date);
[[nodiscard]] calendar::Duration duration_of(const Tree& tree, NodeId v_duration);
[[nodiscard]] int whole(const Tree& tree, NodeId number);
[[nodiscard]] calendar::Months months_of(const Tree& tree,
                                         NodeId months);  // those named, whether `in` or `except`

}  // namespace samrad::reference
