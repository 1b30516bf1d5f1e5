// Time alone says things: a state that comes back from the store stands where its snapshot stands, the verdicts further on.

#include <gtest/gtest.h>

#include "tests/service/registry/desk.h"

namespace samrad::registry {
namespace {

const std::string reports = R"(agreement club "Club"
  term 2016-02-29 to 2018-02-28

party society
role clerk of society
document plan
forum board
event meeting of forum
event report of document

clause ahead
  source "§2"
  owner clerk
  before report of plan, meeting of board must have happened at least 13 days before

clause afterwards
  source "§3"
  owner clerk
  after report of plan, meeting of board must happen within 10 days
)";

// A report is on record, the service has been stopped with that, and what follows from it was told by time, far on. Then the service
// stops: `killed`, with nothing that it would write at its end. Nothing is due before the next thing recorded.
void report_then_time_then_stop(Desk& desk, bool killed) {
  ASSERT_TRUE(desk.create("club", {reports}));
  const auto answer =
      desk.append("club", event("r-1", "report", R"("subject":"plan","time":"2016-03-26")"));
  ASSERT_TRUE(answer) << answer.error().message;
  desk.reopen();
  desk.set(at("2016-08-20T10:00:00Z"));
  ASSERT_EQ(desk.status_of("ahead/r-1"), "broken");
  ASSERT_EQ(desk.status_of("afterwards/r-1"), "missed");
  if (killed) desk.store->fails = store::Failure::Kind::io;
  desk.reopen();
  desk.clock.set(at("2016-08-20T11:00:00Z"));
}

class AfterAStop : public testing::TestWithParam<bool> {};

TEST_P(AfterAStop, WhatRestsOnAWithdrawnEventGoes) {
  Desk desk(at("2016-03-26T12:00:00Z"));
  report_then_time_then_stop(desk, GetParam());
  ASSERT_TRUE(desk.append("club", event("w-1", "withdrawal",
                                        R"("time":"2016-08-20","data":{"withdraws":"urn:club#r-1",)"
                                        R"("reason":"by mistake"})")));
  EXPECT_EQ(desk.status_of("ahead/r-1"), "");
  EXPECT_EQ(desk.status_of("afterwards/r-1"), "");
  EXPECT_EQ(desk.recounted(), std::vector<std::string>());
}

TEST_P(AfterAStop, WhatIsRecordedLateOfTheTimeBetweenCounts) {
  Desk desk(at("2016-03-26T12:00:00Z"));
  report_then_time_then_stop(desk, GetParam());
  ASSERT_TRUE(
      desk.append("club", event("m-1", "meeting", R"("subject":"board","time":"2016-04-02")")));
  EXPECT_EQ(desk.status_of("afterwards/r-1"), "met");
  EXPECT_EQ(desk.recounted(), std::vector<std::string>());
}

INSTANTIATE_TEST_SUITE_P(Snapshots, AfterAStop, testing::Bool(),
                         [](const auto& one) { return one.param ? "Killed" : "InPeace"; });

}  // namespace
}  // namespace samrad::registry
