// What a planned event holds: fields filled in so that every clause about it is content.
//
// A clause's condition is taken apart and brought about: the parts of an `and` one by one, of an `or` the first that works without
// spoiling what was achieved before. What cannot be brought about by filling in fields (the past, facts) is left and named. Pure.
#pragma once

#include <vector>

#include "service/plan/condition_tree.h"

namespace samrad::plan {

// A condition that an event must meet beyond what the clauses about its type say: to fit a pattern, for example.
struct Wish {
  program::Expression code;
  const engine::Event* origin = nullptr;  // frame 1; null: the event itself
  Symbol member = 0;                      // of an open `for each`
  Index rule = program::none;
  std::uint32_t key_slot =
      program::none;  // instead of `code`: that field, or the subject, is `member`
};

struct Fill {
  const engine::Machine& machine;
  const engine::State& state;  // at the beginning of the event's day
  engine::Symbols& symbols;
  Symbol placeholder = 0;  // for texts that only people can write
};

struct Filled {
  std::vector<Index> shaped_by;  // rules that asked for some content, in the order of the text
  std::vector<Index> failing;    // rules whose condition could not be met
};

// Fills `event`, whose type, day, identity and instants are set, and its subject unless `choose_subject`.
Filled fill(const Fill&, engine::Event& event, const std::vector<Wish>& wishes,
            bool choose_subject);

}  // namespace samrad::plan
