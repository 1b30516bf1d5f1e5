// The first pass where the program has a lane: rows instead of states, and threads that share nothing but the file.
//
// In turns, each thread reads a chunk of lines into rows, sorted by shard; in the next turn each takes the rows of its shard from all
// these chunks in the order of the file. What a lane cannot judge is set apart as in intake.cpp. The number of threads changes no result.
#pragma once

#include <memory>
#include <optional>

#include "service/fleet/slots.h"

namespace samrad::fleet {

class Lanes {
 public:
  // Nothing where a variant has no lane, or an agreement no variant.
  [[nodiscard]] static std::unique_ptr<Lanes> of(const Roster& roster, std::uint32_t threads);
  virtual ~Lanes() = default;

  // Reads all events; sets agreements of `work` apart. Once.
  virtual void read(Work& work) = 0;

  // Finds the ids that violations are named by; reads the events once more.
  virtual void name_violations(Work& work) = 0;

  // What has been counted of all agreements that were not set apart, by row of Roster::clauses.
  [[nodiscard]] virtual const std::vector<Counts>& by_clause() const = 0;

  // Of an agreement that was not set apart. Violations have ids when they were named.
  [[nodiscard]] virtual Tally tally(std::uint32_t row) const = 0;

  // Violations of rules of severity error, without their names.
  [[nodiscard]] virtual std::uint32_t violations(std::uint32_t row) const = 0;
};

}  // namespace samrad::fleet
