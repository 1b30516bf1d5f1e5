// What there is to choose between: an ambiguity that readings name (`reading NAME of AMBIGUITY`), with all the clauses that do, else one
// clause with several readings.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rules/program/program.h"

namespace samrad::reports {

// One way to take the words: choosing it means choosing this reading of each of these clauses.
struct Alternative {
  std::string name;
  std::string label;
  bool by_default = false;
  std::vector<program::Choice> choices;
};

struct Ambiguity {
  std::string name;
  std::string title;   // its own or the clause's; may be empty
  std::string source;  // likewise
  std::vector<Alternative> alternatives;

  // Whether a choice among the alternatives decides by which reading that clause is judged.
  [[nodiscard]] bool concerns(std::string_view clause) const;
};

// In the order of the text.
[[nodiscard]] std::vector<Ambiguity> ambiguities_of(const program::Program& program);

// An ambiguity that is kept as several clauses instead of readings: all of them are checked.
struct Unchosen {
  std::string name;
  std::string title;
  std::string source;
  std::vector<std::string> clauses;  // at least two, in the order of the text
};

// Clauses that cite the ambiguity in their `source` as they would a row of a catalogue, have no reading of it, and are about one duty:
// they have the same owners, and count, or constrain, events of one type and subject by the same fields. Clauses of different duties are not compared. In the order of the ambiguities.
[[nodiscard]] std::vector<Unchosen> unchosen_of(const program::Program& program);

// Whether both choose among the readings of one clause: then they are not chosen together.
[[nodiscard]] bool exclude(const Ambiguity& one, const Ambiguity& other);

}  // namespace samrad::reports
