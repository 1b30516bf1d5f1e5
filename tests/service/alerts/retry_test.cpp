// Aim: what follows a try is decided by its outcome alone: ten tries over a little more than three days, as long as the receiver asks, and
// an end that says why.

#include <gmock/gmock.h>

#include "service/alerts/hours.h"
#include "service/alerts/retry.h"

namespace samrad::alerts {
namespace {

using Next = Step::Next;
using Verdict = Outcome::Verdict;

constexpr Micros hour = 3600 * micros_per_second;

Row tried(int tries) { return {.key = "k", .way = Way::mail, .to = "x", .tries = tries}; }

TEST(Retry, ten_tries_over_three_days) {
  Micros now = 0;
  int tries = 0;
  for (;; ++tries) {
    const Step step = next_step(tried(tries), {Verdict::not_now, {}, "no answer"}, now, 0);
    EXPECT_EQ(step.tries, tries + 1);
    if (step.next != Next::again) {
      EXPECT_EQ(step.next, Next::failed);
      EXPECT_EQ(step.error, "no answer (given up after 10 tries)");
      break;
    }
    EXPECT_EQ(step.error, "no answer");
    EXPECT_EQ(step.at - now, retry_seconds[static_cast<std::size_t>(tries)] * micros_per_second);
    now = step.at;
  }
  EXPECT_EQ(tries + 1, 10);
  EXPECT_GT(now, 72 * hour);
  EXPECT_LT(now, 80 * hour);
}

TEST(Retry, each_outcome_has_its_step) {
  const struct {
    Verdict verdict;
    Next next;
  } table[] = {{Verdict::accepted, Next::sent},
               {Verdict::not_now, Next::again},
               {Verdict::never, Next::failed},
               {Verdict::gone, Next::disable}};
  for (const auto& row : table) {
    const Step step = next_step(tried(2), {row.verdict, {}, "why"}, 5, 0);
    EXPECT_EQ(step.next, row.next);
    EXPECT_EQ(step.key, "k");
    EXPECT_EQ(step.tries, 3);
    EXPECT_EQ(step.error, row.verdict == Verdict::accepted ? "" : "why");
  }
}

TEST(Retry, waits_as_long_as_asked_within_a_day) {
  const struct {
    int tries;
    std::optional<std::int64_t> asked;
    std::uint32_t jitter;
    std::int64_t seconds;
  } table[] = {
      {0, {}, 0, 5}, {0, 120, 0, 120},   {1, 120, 0, 300},   {0, 1'000'000, 0, 86'400},
      {0, -5, 0, 5}, {1, {}, 1023, 329}, {1, {}, 5000, 329}, {8, {}, 512, 90'720},
  };
  for (const auto& row : table)
    EXPECT_EQ(next_step(tried(row.tries), {Verdict::not_now, row.asked, ""}, 0, row.jitter).at,
              row.seconds * micros_per_second)
        << row.tries;
}

TEST(Retry, an_error_is_one_line_of_some_length) {
  const Step step =
      next_step(tried(0), {Verdict::never, {}, "a\r\nb\x01" + std::string(600, 'x')}, 0, 0);
  EXPECT_TRUE(step.error.starts_with("a  b x"));
  EXPECT_EQ(step.error.size(), error_characters_max + std::string("…").size());
}

TEST(Retry, jitter_depends_on_the_row_and_the_try) {
  EXPECT_EQ(jitter_of(tried(1)), jitter_of(tried(1)));
  EXPECT_NE(jitter_of(tried(1)), jitter_of(tried(2)));
  Row other = tried(1);
  other.key = "l";
  EXPECT_NE(jitter_of(tried(1)), jitter_of(other));
  EXPECT_LT(jitter_of(tried(1)), 1024U);
}

}  // namespace
}  // namespace samrad::alerts
