// A bucket is the moment at which it is full again (the generic cell rate algorithm): taking one request moves it on by the time in which
// one comes back, and more than a burst ahead of now it must not go.

#include "service/access/rate.h"

#include <algorithm>
#include <cassert>
#include <cstdlib>
#include <functional>

#include <fmt/format.h>

namespace samrad::access {

namespace {

constexpr Micros second_micros = 1'000'000;
constexpr Micros minute_micros = 60 * second_micros;

std::uint32_t seconds_up(Micros micros) {
  return static_cast<std::uint32_t>((micros + second_micros - 1) / second_micros);
}

}  // namespace

RateLimiter::RateLimiter(Rate rate) : rate_(std::move(rate)) {
  assert(rate_.burst > 0 && rate_.per_minute > 0);
  per_request_ = std::max<Micros>(1, minute_micros / rate_.per_minute);
}

Micros& RateLimiter::bucket(Shelf& shelf, std::string_view key, Micros now) const {
  key = key.substr(0, rate_key_bytes_max);
  if (const auto found = shelf.full_at.find(key); found != shelf.full_at.end())
    return found->second;
  const std::size_t places = rate_buckets_max / shelves_.size();
  // Making room goes through all of them: once in a while, not for each stranger.
  if (shelf.full_at.size() >= places && std::abs(now - shelf.swept) >= second_micros) {
    std::erase_if(shelf.full_at, [&](const auto& entry) { return entry.second <= now; });
    shelf.swept = now;
  }
  if (shelf.full_at.size() >= places) return shelf.shared_full_at;
  return shelf.full_at.emplace(key, now).first->second;
}

RateAnswer RateLimiter::take(std::string_view key, Micros now, std::uint32_t cost) {
  assert(cost > 0);
  const Micros window = per_request_ * rate_.burst;
  Shelf& shelf = shelves_[std::hash<std::string_view>{}(key) % shelves_.size()];
  const std::lock_guard lock(shelf.mutex);
  Micros& full_at = bucket(shelf, key, now);
  // A clock that was set back empties the bucket at most.
  Micros at = std::clamp(full_at, now, now + window);
  const Micros after = at + per_request_ * std::min(cost, rate_.burst);
  RateAnswer answer;
  answer.limit = rate_.burst;
  answer.allowed = after <= now + window;
  if (answer.allowed)
    at = after;
  else
    answer.retry_after_seconds = std::max(1U, seconds_up(after - window - now));
  full_at = at;
  answer.remaining = static_cast<std::uint32_t>((now + window - at) / per_request_);
  answer.reset_seconds = seconds_up(at - now);
  return answer;
}

std::size_t RateLimiter::buckets() const {
  std::size_t count = 0;
  for (const Shelf& shelf : shelves_) {
    const std::lock_guard lock(shelf.mutex);
    count += shelf.full_at.size();
  }
  return count;
}

std::vector<std::pair<std::string, std::string>> fields_of(const RateAnswer& answer,
                                                           const Rate& rate) {
  std::vector<std::pair<std::string, std::string>> fields = {
      {"ratelimit-policy",
       fmt::format("{};w=60;burst={};name=\"{}\"", rate.per_minute, rate.burst, rate.name)},
      {"ratelimit-limit", std::to_string(answer.limit)},
      {"ratelimit-remaining", std::to_string(answer.remaining)},
      {"ratelimit-reset", std::to_string(answer.reset_seconds)}};
  if (!answer.allowed)
    fields.emplace_back("retry-after", std::to_string(answer.retry_after_seconds));
  return fields;
}

std::string detail_of(const RateAnswer& answer, const Rate& rate) {
  return fmt::format("more than {} at once and {} a minute of the limit `{}`; try again in {} s",
                     rate.burst, rate.per_minute, rate.name, answer.retry_after_seconds);
}

}  // namespace samrad::access
