// Everything that the store says of verdicts, found again from the raw events: what `samrad fsck` compares.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "service/registry/rulebook.h"
#include "service/store/store.h"

namespace samrad::registry {

struct Recount {
  std::vector<std::string> faults;  // sentences; none: all is as it should be
  std::size_t agreements = 0;
  std::uint64_t events = 0;
  std::size_t verdicts = 0;
};

// Looks at one agreement, or at all where `id` is empty: reads every event again, compares it with its row, judges the whole log on two ways
// (as the registry does after a late event, and as a report does) and compares with the verdicts that are kept, and the snapshot's state with
// that of the log. Reads only. `now` bounds what may have been noticed.
[[nodiscard]] store::Result<Recount> recount(store::Store& store, Rulebooks& rulebooks, Micros now,
                                             std::string_view id = {});

}  // namespace samrad::registry
