// Both passes, then the sums.

#include "service/fleet/fleet.h"

#include "service/fleet/slots.h"

namespace samrad::fleet {

Counts Result::counts() const {
  Counts all{};
  for (const Counts& clause : by_clause)
    for (std::size_t status = 0; status < statuses; ++status)
      all[status] += clause[status];
  return all;
}

std::uint64_t Result::violations() const {
  std::uint64_t number = 0;
  for (const Tally& tally : tallies)
    number += tally.violations().size();
  return number;
}

Result audit(Roster& roster, Inputs& inputs, const Question& question, const Tell& tell) {
  Result result;
  result.roster = &roster;
  result.question = question;
  result.by_clause.resize(roster.clauses().size());
  Work work{roster, inputs, question, tell, result, {}};
  work.slots.resize(roster.agreements().size());
  read_in_order(work);
  judge_apart(work);
  result.faults.sort();
  result.tallies.reserve(work.slots.size());
  for (Slot& slot : work.slots) {
    slot.tally.sort();
    slot.tally.add_to(result.by_clause);
    result.tallies.push_back(std::move(slot.tally));
  }
  return result;
}

}  // namespace samrad::fleet
