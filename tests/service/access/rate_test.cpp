// Aim: a token gets its burst and then its rate, each its own, in bounded memory and whatever the clock does.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "service/access/rate.h"

namespace samrad::access {
namespace {

using testing::Contains;
using testing::Not;
using testing::Pair;

constexpr Micros second = 1'000'000;
constexpr Micros now = 1'800'000'000LL * second;
const Rate five_and_one_a_second{"requests", 5, 60};

TEST(Rate, the_burst_then_one_by_one) {
  RateLimiter limiter(five_and_one_a_second);
  const struct {
    Micros at;
    bool allowed;
    std::uint32_t remaining, reset_seconds, retry_after_seconds;
  } table[] = {
      {0, true, 4, 1, 0},
      {0, true, 3, 2, 0},
      {0, true, 2, 3, 0},
      {0, true, 1, 4, 0},
      {0, true, 0, 5, 0},
      {0, false, 0, 5, 1},
      {second / 2, false, 0, 5, 1},
      {second, true, 0, 5, 0},
      {second, false, 0, 5, 1},
      {3 * second, true, 1, 4, 0},
      {100 * second, true, 4, 1, 0},
  };
  int number = 0;
  for (const auto& row : table) {
    const RateAnswer answer = limiter.take("a", now + row.at);
    EXPECT_EQ(answer.allowed, row.allowed) << ++number;
    EXPECT_EQ(answer.limit, 5);
    EXPECT_EQ(answer.remaining, row.remaining) << number;
    EXPECT_EQ(answer.reset_seconds, row.reset_seconds) << number;
    EXPECT_EQ(answer.retry_after_seconds, row.retry_after_seconds) << number;
  }
}

TEST(Rate, who_comes_again_when_told_is_let_in) {
  RateLimiter limiter({"requests", 3, 7});
  Micros at = now;
  for (int i = 0; i < 20; ++i) {
    RateAnswer answer = limiter.take("a", at);
    if (!answer.allowed) {
      at += answer.retry_after_seconds * second;
      answer = limiter.take("a", at);
    }
    EXPECT_TRUE(answer.allowed) << i;
  }
  EXPECT_GE(at - now, 17 * 60 * second / 7);
}

TEST(Rate, one_token_does_not_spend_another_s) {
  RateLimiter limiter(five_and_one_a_second);
  EXPECT_EQ(limiter.take("a", now, 5).remaining, 0);
  EXPECT_FALSE(limiter.take("a", now).allowed);
  EXPECT_EQ(limiter.take("b", now).remaining, 4);
  EXPECT_TRUE(limiter.take("c", now, 100).allowed) << "a batch costs the burst at most";
}

TEST(Rate, a_clock_set_back_costs_the_burst_at_most) {
  RateLimiter limiter(five_and_one_a_second);
  EXPECT_TRUE(limiter.take("a", now + 3600 * second).allowed);
  EXPECT_FALSE(limiter.take("a", now).allowed);
  EXPECT_TRUE(limiter.take("a", now + second).allowed);
}

TEST(Rate, memory_is_bounded_and_strangers_beyond_share) {
  RateLimiter limiter({"requests", 2, 1});
  const std::size_t asked = rate_buckets_max + rate_buckets_max / 4;
  for (std::size_t i = 0; i < asked; ++i)
    (void)limiter.take("key " + std::to_string(i), now);
  EXPECT_LE(limiter.buckets(), rate_buckets_max);
  EXPECT_GT(limiter.buckets(), rate_buckets_max / 2);
  EXPECT_FALSE(limiter.take("one more", now).allowed) << "the shared bucket is empty by now";
  EXPECT_TRUE(limiter.take("key 0", now).allowed) << "who has a bucket keeps it";
  // When the buckets are full again their places are free.
  for (int i = 0; i < 1000; ++i)
    EXPECT_TRUE(limiter.take("late " + std::to_string(i), now + 600 * second).allowed);
  EXPECT_LT(limiter.buckets(), rate_buckets_max / 2);
  (void)limiter.take(std::string(1'000'000, 'x'), now);
}

TEST(Rate, is_told_in_the_answer) {
  RateLimiter limiter(five_and_one_a_second);
  const RateAnswer good = limiter.take("a", now, 2);
  const auto fields = fields_of(good, limiter.rate());
  EXPECT_THAT(fields, Contains(Pair("ratelimit-limit", "5")));
  EXPECT_THAT(fields, Contains(Pair("ratelimit-remaining", "3")));
  EXPECT_THAT(fields, Contains(Pair("ratelimit-reset", "2")));
  EXPECT_THAT(fields, Contains(Pair("ratelimit-policy", "60;w=60;burst=5;name=\"requests\"")));
  EXPECT_THAT(fields, Not(Contains(Pair("retry-after", testing::_))));
  const RateAnswer bad = limiter.take("a", now, 5);
  EXPECT_THAT(fields_of(bad, limiter.rate()), Contains(Pair("retry-after", "2")));
  EXPECT_EQ(detail_of(bad, limiter.rate()),
            "more than 5 at once and 60 a minute of the limit `requests`; try again in 2 s");
}

}  // namespace
}  // namespace samrad::access
