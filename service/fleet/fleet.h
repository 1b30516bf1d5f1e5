// The audit of a fleet: one stream in which the events of all agreements are mixed, and for each agreement the same counts and violations
// as an audit of it alone would give.
//
// In the first pass each event is folded into its agreement's state as it comes. An agreement for which that is not enough is set apart: an event
// earlier than one before it, a correction, withdrawal, waiver or assessment, an id that comes again, an event that cannot be read. Those
// are judged in a second pass over the same files, a bounded number at a time, by all their events together.
//
// Memory: what is open, the violations, and some hundred bytes for each agreement; none for events that are done with.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "service/fleet/input.h"
#include "service/fleet/roster.h"
#include "service/fleet/tally.h"
#include "service/record/fault.h"
#include "service/record/zone.h"

namespace samrad::fleet {

struct Question {
  record::Asked as_of;
  std::optional<record::Asked> known_at;  // absent: everything on record
  bool named = true;                      // each violation is asked for, not only how many there are
  std::uint32_t threads = 1;              // changes no result
};

class Lanes;


struct Result {
  const Roster* roster = nullptr;
  Question question;
  std::vector<Counts> by_clause;  // by row of Roster::clauses
  std::uint64_t events = 0;       // read
  std::uint64_t apart = 0;        // agreements judged in the second pass
  record::Faults faults;          // with an error among them there is no result

  [[nodiscard]] std::size_t size() const { return roster->agreements().size(); }
  [[nodiscard]] Counts counts() const;
  [[nodiscard]] std::uint64_t violations() const;

  // Of one agreement, by row of the roster: what has been counted, violations sorted; and how many of these there are.
  [[nodiscard]] Tally tally(std::size_t row) const;
  [[nodiscard]] std::uint64_t violations(std::size_t row) const;

  std::shared_ptr<const Lanes> lanes;               // of agreements that are not among the others
  std::unordered_map<std::uint32_t, Tally> others;  // by row of the roster
};

// What is being done, and how far it has come: bytes of bytes, or agreements of agreements.
using Tell = std::function<void(std::string_view what, std::uint64_t done, std::uint64_t of)>;

// `roster` is not const because reading events adds texts to its variants' tables.
[[nodiscard]] Result audit(Roster& roster, Inputs& inputs, const Question& question,
                           const Tell& tell);

}  // namespace samrad::fleet
