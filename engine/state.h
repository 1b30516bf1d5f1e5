// Everything the engine remembers about one agreement between two inputs.
//
// A value: copy it, compare it, encode it. Holds what is open, the past events that some rule may still ask about, and nothing
// else: settled occurrences leave it (a missed duty stays until it is done, since it can still be met late).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/event.h"
#include "engine/finding.h"
#include "engine/machine.h"

namespace samrad::engine {

enum class Truth : std::uint8_t { no, unknown, yes };

// A past event and whether it has effect (validity clauses).
struct Remembered {
  Event event;
  Truth effect = Truth::yes;
  Symbol void_text = 0;  // effect not yes: the validity condition
  auto operator<=>(const Remembered&) const = default;
};

// An occurrence that is not settled, or missed and still to be done.
struct Open {
  Finding finding;
  bool unassessed = false;   // a part period that the policy leaves out: counted along in case the term is extended
  bool has_anchor = false;
  Event anchor;              // the event that opened it: frame 1 of the answer's condition
  Event base;                // steps: the event that the time is counted from (fields left out)
  Day doubt_from = calendar::day_max;  // `before the next`: the first day on which the next may have come, for all that is known
  bool exception_asked = false;          // the clause's exception was asked on the due day, and this was the answer:
  Truth excepted = Truth::no;
  std::vector<Symbol> exception_missing;
  Day credit_from = calendar::day_min;   // deadlines: first day on which an act counts; before `opens` where nothing was due before
  Day credit_until = calendar::day_max;  // last day on which a late act still goes to this occurrence
  calendar::Window window{}; // count, attested: the whole window
};

// A value that was, or may have been, the last before the next turn. Without `event`: there may have been none.
struct Turn {
  bool known = false;
  Symbol value = 0;     // deputies already replaced by the one they stand in for
  Symbol event = 0;
  Day day{};
  bool timed = false;
  std::int64_t instant = 0;
};

// A rule at work for one member (or for the agreement as a whole).
struct Instance {
  Index rule = program::none;
  Symbol member = 0;                // open `for each`
  Day from{};                       // first day on which the rule applies to it
  Day to = calendar::day_max;
  std::vector<Open> open;           // in order of opening
  Day cursor{};                     // count, attested: the first day not yet covered by a window; deadline: the nominal due day
                                    // last opened
  Day next_opens = calendar::day_max;  // when the next window, due day or spell opens; day_max: none under the term as it stands
  bool started = false;             // standing: a spell has begun and the duty has lasted since
  std::vector<Turn> previous;       // alternation, precedence: the possible previous events of the pattern
};

struct FactState {
  Index fact = program::none;
  Symbol key = 0;
  Truth value = Truth::no;
  Symbol cause = 0;                 // Event::identity of what made it so
  Day since{};
  Day until = calendar::day_max;    // last day, for facts that end by themselves
};

struct State {
  Day today{calendar::day_min.n - 1};  // the eve of all days, so that the first one begins like any other
  Day term_first{};
  Day expiry = calendar::day_max;
  std::int32_t extensions = 0;
  Day extended_on = calendar::day_min;  // what a further extension asks for must have happened after this day
  std::vector<Event> pending;         // today's events, not yet judged
  std::vector<Instance> instances;    // those of rules without open `for each` first, in the order of the rules
  std::vector<FactState> facts;       // sorted by fact, then order of appearance
  std::vector<std::vector<Remembered>> memory;  // by event type, in order of time
};

// Canonical bytes: texts instead of symbol numbers, little-endian, so that equal histories give equal bytes on every machine.
[[nodiscard]] std::vector<std::uint8_t> encode(const Machine&, const State&);

// The state that `bytes` hold, or nothing when they are no encoding of a state of this very program. Texts that the table does not
// know are added to `symbols`, which must be the machine's own.
[[nodiscard]] std::optional<State> decode(const Machine&, Symbols& symbols, std::span<const std::uint8_t> bytes);

// SHA-256 of encode(state).
[[nodiscard]] std::array<std::uint8_t, 32> hash(const Machine&, const State&);

}  // namespace samrad::engine
