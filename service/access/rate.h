// How many requests a token may make: a bucket that holds `burst` requests and is filled evenly. Any thread.
//
// A bucket is one moment in time, that at which it is full again; a full one needs no place. Memory is bounded: beyond rate_buckets_max
// that are not full, all further keys share one bucket.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "service/clock.h"

namespace samrad::access {

inline constexpr std::size_t rate_buckets_max = 65'536;  // kept at once
inline constexpr std::size_t rate_key_bytes_max = 128;   // longer keys are cut

struct Rate {
  std::string name = "requests";     // told in the answer
  std::uint32_t burst = 200;         // requests at once, from 1
  std::uint32_t per_minute = 6'000;  // requests that come back in a minute, from 1
};

struct RateAnswer {
  bool allowed = true;
  std::uint32_t limit = 0;          // the burst
  std::uint32_t remaining = 0;      // requests that may follow at once
  std::uint32_t reset_seconds = 0;  // until the bucket is full, rounded up
  std::uint32_t retry_after_seconds =
      0;  // of a refusal: until one request may come, rounded up, from 1
};

class RateLimiter {
 public:
  explicit RateLimiter(Rate rate);
  // Takes `cost` requests from the bucket of that key (at most the burst) (a principal's id, or an address), or none and refuses.
  [[nodiscard]] RateAnswer take(std::string_view key, Micros now, std::uint32_t cost = 1);
  [[nodiscard]] std::size_t buckets() const;
  [[nodiscard]] const Rate& rate() const { return rate_; }

 private:
  struct HashOfText {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept {
      return std::hash<std::string_view>{}(text);
    }
  };
  struct Shelf {
    mutable std::mutex mutex;
    std::unordered_map<std::string, Micros, HashOfText, std::equal_to<>> full_at;
    Micros shared_full_at = 0;
    Micros swept = 0;
  };
  [[nodiscard]] Micros& bucket(Shelf& shelf, std::string_view key, Micros now) const;

  Rate rate_;
  Micros per_request_;  // microseconds in which one request comes back
  std::array<Shelf, 16> shelves_;
};

// `ratelimit-limit`, `ratelimit-remaining`, `ratelimit-reset`, `ratelimit-policy`; with a refusal `retry-after` too.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> fields_of(const RateAnswer& answer,
                                                                         const Rate& rate);
// "more than 200 at once and 6000 a minute …": the detail of the answer 429, type `requests-exceeded`.
[[nodiscard]] std::string detail_of(const RateAnswer& answer, const Rate& rate);

}  // namespace samrad::access
