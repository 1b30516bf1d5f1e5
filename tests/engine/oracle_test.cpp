// The values that were computed by hand for the first term of the real agreement (clause catalogue, section 1.8), each
// from a small rule text of its own.
#include <gtest/gtest.h>

#include "tests/engine/story.h"

namespace samrad::story {
namespace {

int count(const Story& story, std::string_view as_of, std::string_view prefix = "c/") {
  int n = 0;
  for (const engine::Occurrence& o : story.book(as_of).occurrences)
    n += o.id.starts_with(prefix) ? 1 : 0;
  return n;
}

int needed(const Story& story) {
  int n = 0;
  for (const engine::Occurrence& o : story.book("2016-05-01").occurrences)
    n += o.finding.need;
  return n;
}

TEST(Oracle, CouncilMeetings) {
  const Story calendar(clause("meeting of council must happen at least 2 times every half-year"));
  EXPECT_EQ(ids(calendar.book("2016-05-01")), "c/2016-H2 c/2017-H1 c/2017-H2");
  EXPECT_EQ(needed(calendar), 6);
  EXPECT_EQ(calendar.book("2016-05-01").part_periods.size(), 2U);
  const Story term(
      clause("meeting of council must happen at least 2 times every half-year of the term"));
  EXPECT_EQ(count(term, "2016-05-01"), 4);
  EXPECT_EQ(needed(term), 8);
  EXPECT_TRUE(term.book("2016-05-01").part_periods.empty());
}

TEST(Oracle, ConsultationAndExpiry) {
  const auto chance = [](const std::string& due_days) {
    return clause(
        due_days +
        "term may be extended by 2 years if consultation happened at least 6 months before expiry");
  };
  const std::string history = "2017-11-01 k1 consultation\n2018-05-01 e1 extension\n2019-11-01 k2 "
                              "consultation\n2020-05-01 e2 extension\n";
  check({
      {"first term: Thursday 30 November 2017",
       chance(""),
       "",
       "2016-06-01",
       {{"c/2018-05-31", "open due=2017-11-30"}}},
      {"renewed: Saturday 30 November 2019 stays",
       chance(""),
       history,
       "2019-06-01",
       {{"c/2020-05-31", "open due=2019-11-30"}}},
      {"or moves to Monday 2 December",
       chance("due days move following\n"),
       history,
       "2019-06-01",
       {{"c/2020-05-31", "open due=2019-12-02 nominal=2019-11-30 why=due_moved"}}},
      {"moved: a consultation on that Monday is in time",
       chance("due days move following\n"),
       "2017-11-01 k1 consultation\n2018-05-01 e1 extension\n2019-12-02 k2 "
       "consultation\n2020-05-01 e2 extension\n",
       "2020-05-02",
       {{"expiry", "2022-05-31"}, {"c/2020-05-31", "met settled=2019-12-02"}}},
      {"unmoved: it is not",
       chance(""),
       "2017-11-01 k1 consultation\n2018-05-01 e1 extension\n2019-12-02 k2 "
       "consultation\n2020-05-01 e2 extension\n",
       "2020-05-02",
       {{"expiry", "2020-05-31"}, {"c/2020-05-31", "lapsed"}}},
      {"renewed again: Tuesday 30 November 2021, expiry 31 May 2022",
       chance(""),
       history,
       "2020-06-01",
       {{"expiry", "2022-05-31"}, {"c/2022-05-31", "open due=2021-11-30"}}},
      {"expiry on Whit Sunday 2020 does not move",
       chance("due days move following\n"),
       "2017-11-01 k1 consultation\n2018-05-01 e1 extension\n",
       "2018-05-02",
       {{"expiry", "2020-05-31"}}},
  });
}

TEST(Oracle, ForumsThatMeetByMonth) {
  const Story youth(
      clause("meeting of youth must happen at least once every month except July from 2016-06-16"));
  EXPECT_EQ(count(youth, "2016-05-01"), 22);
  EXPECT_TRUE(youth.book("2016-05-01").part_periods.empty());
  const Story klara(
      clause("meeting of council must happen at least once every month from 2016-09-01"));
  EXPECT_EQ(count(klara, "2016-05-01"), 21);
  const Story klara_short(clause("meeting of council must happen at least once every month except "
                                 "June to August from 2016-09-01"));
  EXPECT_EQ(count(klara_short, "2016-05-01"), 18);
  const Story safety(
      clause("meeting of board must happen at least once every month in June, December"));
  EXPECT_EQ(ids(safety.book("2016-05-01")), "c/2016-06 c/2016-12 c/2017-06 c/2017-12");
}

TEST(Oracle, SituationPicture) {
  const Story calendar(clause("report of picture must happen at least once every half-year"));
  EXPECT_EQ(count(calendar, "2016-05-01"), 3);
  const Story term(
      clause("report of picture must happen at least once every half-year of the term"));
  EXPECT_EQ(ids(term.book("2016-05-01")), "c/2016-06-01 c/2016-12-01 c/2017-06-01 c/2017-12-01");
}

TEST(Oracle, TobaccoAndFollowUp) {
  const Story dates(clause("report of plan must happen by 31 January every year"));
  expect(dates, "2016-05-01", {{"ids c/", "c/2017-01-31 c/2018-01-31"}});
  const Story inspections(clause("visit of north must happen at least 4 times every year"));
  expect(inspections, "2016-05-01", {{"ids c/", "c/2017"}, {"c/2017", "upcoming have=0/4"}});
  // 31 January is a Sunday in 2021 and 2027 and a Saturday in 2026.
  const Story moved(with_head("term 2020-06-01 to 2028-05-31\ndue days move following",
                              clause("report of plan must happen by 31 January every year")));
  expect(moved, "2020-06-01",
         {{"c/2021-01-31", "open due=2021-02-01"},
          {"c/2022-01-31", "upcoming due=2022-01-31"},
          {"c/2026-01-31", "upcoming due=2026-02-02"},
          {"c/2027-01-31", "upcoming due=2027-02-01"},
          {"c/2028-01-31", "upcoming due=2028-01-31"}});
  const Story follow_up(clause("report of picture must happen by 31 May every year"));
  expect(follow_up, "2016-06-01",
         {{"ids c/", "c/2017-05-31 c/2018-05-31"}, {"c/2017-05-31", "open opens=2016-06-01"}});
  const Story window(clause("report of picture must happen at least once every year of the term"));
  expect(window, "2016-06-01",
         {{"c/2016-06-01", "open due=2017-05-31"}, {"c/2017-06-01", "upcoming due=2018-05-31"}});
}

TEST(Oracle, OnceAMonthIsACountAndSkipsNoShortMonth) {
  const Story story(clause("meeting of council must happen at least once every month of the term"));
  EXPECT_EQ(count(story, "2016-05-01"), 24);
  const Story from_31(
      with_head("term 2016-07-31 to 2018-07-30",
                clause("meeting of council must happen at least once every month of the term")));
  EXPECT_EQ(count(from_31, "2016-05-01"), 24);
}

}  // namespace
}  // namespace samrad::story
