#include "service/alerts/retry.h"

#include <algorithm>

#include <fmt/format.h>

#include "service/alerts/hours.h"
#include "service/alerts/one_line.h"

namespace samrad::alerts {

namespace {

std::int64_t wait_seconds(int tries, std::optional<std::int64_t> asked, std::uint32_t jitter) {
  const std::int64_t planned = retry_seconds[static_cast<std::size_t>(tries) - 1];
  const std::int64_t spread = planned + planned * std::min(jitter, 1023U) / 10240;
  return std::max(spread, std::clamp(asked.value_or(0), std::int64_t{0}, retry_after_seconds_max));
}

}  // namespace

std::string destination(const Row& row) { return row.way == Way::mail ? "mail" : row.to; }

Step next_step(const Row& row, const Outcome& outcome, Micros now, std::uint32_t jitter) {
  using Verdict = Outcome::Verdict;
  Step step{.key = row.key,
            .next = Step::Next::sent,
            .at = now,
            .tries = row.tries + 1,
            .error = one_line(outcome.error, error_characters_max)};
  switch (outcome.verdict) {
  case Verdict::accepted: step.error.clear(); return step;
  case Verdict::never: step.next = Step::Next::failed; return step;
  case Verdict::gone: step.next = Step::Next::disable; return step;
  case Verdict::not_now: break;
  }
  if (step.tries >= tries_max) {
    step.next = Step::Next::failed;
    step.error += fmt::format(" (given up after {} tries)", step.tries);
    return step;
  }
  step.next = Step::Next::again;
  step.at = now + wait_seconds(step.tries, outcome.retry_after, jitter) * micros_per_second;
  return step;
}

std::uint32_t jitter_of(const Row& row) {
  std::uint32_t hash = 2166136261U;  // FNV-1a
  for (char c : row.key + "#" + std::to_string(row.tries))
    hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  return (hash ^ hash >> 16U) % 1024U;
}

}  // namespace samrad::alerts
