// Both passes, then the sums.

#include "service/fleet/fleet.h"

#include "service/fleet/chunks.h"
#include "service/fleet/lanes.h"
#include "service/fleet/slots.h"

namespace samrad::fleet {

Counts Result::counts() const {
  Counts all{};
  for (const Counts& clause : by_clause)
    for (std::size_t status = 0; status < statuses; ++status)
      all[status] += clause[status];
  return all;
}

Tally Result::tally(std::size_t row) const {
  const auto at = others.find(static_cast<std::uint32_t>(row));
  if (at != others.end()) return at->second;
  return lanes ? lanes->tally(static_cast<std::uint32_t>(row)) : Tally();
}

std::uint64_t Result::violations(std::size_t row) const {
  const auto at = others.find(static_cast<std::uint32_t>(row));
  if (at != others.end()) return at->second.violations().size();
  return lanes ? lanes->violations(static_cast<std::uint32_t>(row)) : 0;
}

std::uint64_t Result::violations() const {
  std::uint64_t number = 0;
  for (std::size_t row = 0; row < size(); ++row)
    number += violations(row);
  return number;
}

Result audit(Roster& roster, Inputs& inputs, const Question& question, const Tell& tell) {
  Result result;
  result.roster = &roster;
  result.question = question;
  result.by_clause.resize(roster.clauses().size());
  Work work{roster, inputs, question, tell, result, {}};
  work.apart.resize(roster.agreements().size());
  std::shared_ptr<Lanes> lanes = all_lines(inputs) ? Lanes::of(roster, question.threads) : nullptr;
  if (lanes)
    lanes->read(work);
  else
    read_in_order(work);
  judge_apart(work);
  if (lanes && question.named && !result.faults.any_error()) lanes->name_violations(work);
  result.faults.sort();
  for (auto& [row, tally] : result.others)
    tally.sort();
  if (!result.faults.any_error()) {
    if (lanes) result.by_clause = lanes->by_clause();
    for (const auto& [row, tally] : result.others)
      tally.add_to(result.by_clause);
  }
  result.lanes = std::move(lanes);
  return result;
}

}  // namespace samrad::fleet
