// The deterministic core: a program, a state and an input give the next state and findings.
//
//   Machine machine(program, symbols);
//   State state = begin(machine);
//   for each input in order of time:  step(machine, state, input, findings);
//   conclude(machine, state, as_of, findings);   // on a copy, when a question is asked
//
// Nothing here reads a clock, keeps a global or calls back: the same inputs give the same findings and the same state on every machine.
// Inputs come in order of civil day; within one day events may come in any order and give the same verdicts.
// Events that come late, or are corrected or withdrawn, are the business of Timeline (engine/timeline.h), which replays.
#pragma once

#include <optional>

#include "engine/event.h"
#include "engine/finding.h"
#include "engine/machine.h"
#include "engine/state.h"

namespace samrad::engine {

// An event that happened, or a moment that came: `event` null means that time passed. `event` is copied.
struct Input {
  Moment at;
  const Event* event = nullptr;
};

// The first and last day of an agreement, both included; last day_max: until further notice.
struct Term {
  Day first{};
  Day last = calendar::day_max;
};

// The state before anything happened.
[[nodiscard]] State begin(const Machine&);

// As above for one of many agreements that share a Program and have each a term of its own.
[[nodiscard]] State begin(const Machine&, Term term);

// Takes one input and appends what changed to `out`. `input.at.day` must not lie before state.today. A day is judged as a whole when the
// next one begins, since its events may have no order. Returns the first day, after state.today, on whose beginning the engine wants to
// be called even if nothing happens; nullopt: never.
std::optional<Day> step(const Machine&, State&, const Input&, Findings& out);

// Brings `state` to what is known at `as_of`: the events of that day are judged, what was due before it is settled, and every
// occurrence that is still in the state is reported as it stands. A due day counts to its last instant, so what is due on that
// very day stays open. The state can take no further events of that day afterwards: ask on a copy.
void conclude(const Machine&, State&, Moment as_of, Findings& out);

// Reports the windows, due days and chances that begin after state.today, up to and including `until`, as upcoming.
void forecast(const Machine&, const State&, Day until, Findings& out);

}  // namespace samrad::engine
