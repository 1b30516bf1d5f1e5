// A Program made ready to run: which rules an event type concerns, and how long past events must be remembered.
//
// Immutable once made and safe to share between threads. Refers to the Program and the Symbols it was made from, which must outlive it.
#pragma once

#include <vector>

#include "engine/event.h"
#include "engine/symbols.h"
#include "rules/program/program.h"

namespace samrad::engine {

// What an event of a type is to a rule.
enum class Part : std::uint8_t { main, answer, next, starts };

struct Concern {
  Index row = program::none;  // rule; for Part::starts the procedure
  Part part = Part::main;
};

struct Machine {
  Machine(const program::Program&, const Symbols&);

  const program::Program& program;
  const Symbols& symbols;

  std::vector<std::vector<Concern>> concerns;  // by event type, in the order of the rules
  std::vector<std::vector<Index>> validity;    // by event type: validity rules
  std::vector<std::vector<Index>> facts;       // by event type: facts that it may begin or end
  // By event type, how far back events must be kept: -1 not at all, else days; keep_for_ever: always.
  std::vector<std::int32_t> keep_days;
  // By event type: precedence rules that ask for one of its events since the previous event; they need no more than the last ones.
  std::vector<std::vector<Index>> since_previous;
  static constexpr std::int32_t keep_for_ever = 0x7FFFFFFF;
  std::vector<Index> extensions;  // rules of form extension
  // Where a rule's instance stands in State::instances; none for validity rules, which have none, and for rules of an open `for each`,
  // whose instances stand after all these, in the order in which their members began.
  std::vector<Index> instance_of;
  Index fixed_instances = 0;
  // By rule: the rule of the same clause, member and step whose text ended on the eve of this one's; none when it is new.
  std::vector<Index> replaces;
  // By rule that an event may answer: the rules of the clause's older texts that the same event may answer, oldest first, and itself last.
  // One act meets one occurrence of the clause, whichever text asks for it. The older ones are not among the concerns.
  std::vector<std::vector<Index>> same_clause;
  // By rule: its `while` can change by the passing of time alone (histories, the day itself), so that every day must be looked at.
  std::vector<bool> daily;
  // Rules of form response or step whose time runs by the hour.
  std::vector<Index> by_the_clock;
  bool consequences = false;  // there is an `otherwise` that somebody must do
};

}  // namespace samrad::engine
