// The two times: which content of which event was known at a moment, after corrections and withdrawals.
//
// A correction names what it corrects (`corrects`: an id or `source#id`) and gives new content: `type`, `subject`, `time` or `data` (all
// fields anew), and any other member is one field anew. Corrections add up in the order of recording, ties by identity, so that for
// each attribute the one recorded last wins. A correction of a correction changes what that one says; a withdrawal takes back
// what it names, be it an event, a correction or another withdrawal. The order of lines never matters.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "service/record/cloud_event.h"
#include "service/record/zone.h"

namespace samrad::record {

inline constexpr std::uint32_t nowhere = 0xFFFFFFFFU;

// What a record does to another.
enum class Act : std::uint8_t { event, correction, withdrawal };

struct Link {
  Act act = Act::event;
  std::uint32_t target = nowhere;  // position of the record it acts on
  Instant recorded;                // known from this instant on
  bool ours = true;                // belongs to the agreement asked for
};

// One for each record. Targets that do not exist and corrections that go in a circle are faults; such records have no effect.
[[nodiscard]] std::vector<Link> link(std::span<const Record> records, std::string_view agreement,
                                     const Zone& zone, Faults& faults);

// The positions of the records that belong to the agreement and are events in force as known at `known_at`, ascending; `changed` tells the
// content of those that a correction touched.
struct Effective {
  std::vector<std::uint32_t> events;
  std::vector<std::pair<std::uint32_t, Record>> changed;  // ascending; a subset of `events`
};
[[nodiscard]] Effective effective(std::span<const Record> records, std::span<const Link> links,
                                  Instant known_at);

// When the record came to be known: a plain day counts to its last second.
[[nodiscard]] Instant recorded_at(const Record& record, const Zone& zone);

}  // namespace samrad::record
