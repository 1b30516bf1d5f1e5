// What to do after a try: the pure part of sending.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "service/alerts/outbox.h"

namespace samrad::alerts {

// Seconds from one try to the next: ten tries over a little more than three days.
inline constexpr std::array<std::int64_t, 9> retry_seconds = {5,     300,   1800,  7200, 18000,
                                                              36000, 50400, 72000, 86400};
inline constexpr int tries_max = 1 + static_cast<int>(retry_seconds.size());
inline constexpr std::int64_t retry_after_seconds_max = 86'400;  // what a receiver may ask for
inline constexpr std::size_t error_characters_max = 500;

// How one try ended.
struct Outcome {
  enum class Verdict : std::uint8_t {
    accepted,
    not_now,  // no answer, or one that may be another next time
    never,    // refused for good
    gone,     // a webhook's receiver wants no more of them
  };
  Verdict verdict = Verdict::accepted;
  std::optional<std::int64_t> retry_after;  // seconds, as the receiver asked
  std::string error;                        // a sentence: where, what, what the receiver said
};

// `jitter` in 0..1023 makes the wait up to a tenth longer, so that what failed together does not come back together.
[[nodiscard]] Step next_step(const Row& row, const Outcome& outcome, Micros now,
                             std::uint32_t jitter);

// A jitter that depends on the row and the try alone.
[[nodiscard]] std::uint32_t jitter_of(const Row& row);

}  // namespace samrad::alerts
