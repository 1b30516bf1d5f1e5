// Aim: who asks whether the store can be written gets an answer in time, also where a write hangs, and writes are not heaped up by asking.

#include "service/api/probe.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <new>

namespace samrad::api {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds long_time{10'000};
constexpr milliseconds at_once{0};

TEST(Probe, SaysWhatIsWrong) {
  std::atomic<int> asked = 0;
  Probe probe([&] { return ++asked == 1 ? "no room left" : ""; });
  EXPECT_EQ(probe.fault(long_time, long_time), "no room left");
  EXPECT_EQ(probe.fault(long_time, long_time), "no room left") << "the answer is fresh";
  EXPECT_EQ(asked, 1);
  EXPECT_EQ(probe.fault(at_once, long_time), "") << "it is asked anew";
  EXPECT_EQ(asked, 2);
}

TEST(Probe, DoesNotWaitForAWriteThatHangs) {
  std::promise<void> gate;
  std::atomic<int> asked = 0;
  const std::shared_future<void> open = gate.get_future().share();
  Probe probe([&] {
    ++asked;
    open.wait();
    return std::string();
  });
  for (int i = 0; i < 3; ++i)
    EXPECT_EQ(probe.fault(at_once, milliseconds(20)).substr(0, 30),
              "a write has been under way for");
  EXPECT_LE(asked, 1) << "one hangs, and no more are begun";
  gate.set_value();
  EXPECT_EQ(probe.fault(long_time, long_time), "");
}

TEST(Probe, OutlivesAnAskThatThrows) {
  std::atomic<int> asked = 0;
  Probe probe([&]() -> std::string {
    if (++asked == 1) throw std::bad_alloc();
    return "";
  });
  EXPECT_EQ(probe.fault(long_time, long_time), "there is no memory left to ask with");
  EXPECT_EQ(probe.fault(at_once, long_time), "");
}

}  // namespace
}  // namespace samrad::api
