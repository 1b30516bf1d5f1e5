// The answer to "how do we stand": every occurrence with its verdict, as of a moment.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/engine.h"

namespace samrad::engine {

struct Occurrence {
  std::string id;
  Finding finding;
  program::Severity severity = program::Severity::error;  // of the rule
};

// Sorted by due day, then id. Part periods and void events in order of time.
struct Book {
  std::vector<Occurrence> occurrences;
  std::vector<VoidEvent> voids;
  std::vector<PartPeriod> part_periods;
  Day term_first{};
  Day expiry{};            // as it stands at `as_of`, extensions included
  Moment as_of;
  std::size_t events = 0;  // happened by as_of
  Day last_event{};        // meaningful when events > 0

  [[nodiscard]] const Occurrence* find(std::string_view id) const;
};

// Judges a whole history. `events` may stand in any order; those after `as_of` are left out. Occurrences that are still to come
// (upcoming) are listed to the end of the term, or of a term without end to the day `ahead` after as_of.
[[nodiscard]] Book evaluate(const program::Program&, const Symbols&, std::span<const Event> events, Moment as_of,
                            int days_ahead = 400);

// The book of a history that has been stepped through: `state` and everything `said` on the way. Both are taken by value, since asking
// moves the state on.
[[nodiscard]] Book conclude_book(const Machine&, State state, Findings said, Moment as_of, int days_ahead = 400);

// The person's word that a waiver or an assessment is; nothing where the event is neither.
[[nodiscard]] std::optional<Ruling> ruling_of(const program::Program&, const Event&);

// Why a person's word counts for nothing, and the text that says it.
struct Refusal {
  Why why = Why::no_authority;
  Symbol text = 0;
};
// Lays a person's word over the verdict on the occurrence that it names. Words come in the order of the events; after a refusal nothing has
// changed.
std::optional<Refusal> rule_on(const Machine&, const Ruling&, Finding&);

// What changed between two books, by id: added, gone, or with another status, due day or evidence.
struct Change {
  std::string id;
  const Occurrence* before = nullptr;  // null: new
  const Occurrence* after = nullptr;   // null: gone
};
[[nodiscard]] std::vector<Change> difference(const Book& before, const Book& after);

}  // namespace samrad::engine
