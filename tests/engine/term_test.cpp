// The term and its extension, and what a breach opens (docs/language.md §3.12, §3.13).
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/engine/story.h"

namespace samrad::story {
namespace {

const std::string agreed =
    "fact agreed\n  holds from signing of letter until revocation of letter\n";
const std::string extend =
    agreed + clause("term may be extended by 2 years\n  if consultation happened at least 6 months "
                    "before expiry\n  and agreed");
const std::string s = "2016-05-01 s1 signing of letter\n";

TEST(Extension, TheChance) {
  check({
      {"one occurrence for each expiry; due on the latest day of the dated condition",
       extend,
       s,
       "2016-06-01",
       {{"ids c/", "c/2018-05-31"}, {"c/2018-05-31", "open opens=2016-06-01 due=2017-11-30"}}},
      {"open to the last instant", extend, s, "2017-11-30", {{"c/2018-05-31", "open"}}},
      {"met once every dated condition is true",
       extend,
       s + "2017-11-30 k1 consultation\n",
       "2017-11-30",
       {{"c/2018-05-31", "met settled=2017-11-30 by=k1 why=dated_condition_met"}}},
      {"lapsed when the day passes without",
       extend,
       s,
       "2017-12-01",
       {{"c/2018-05-31", "lapsed why=dated_condition_missed"}}},
      {"a day late it stays lapsed",
       extend,
       s + "2017-12-01 k1 consultation\n",
       "2017-12-31",
       {{"c/2018-05-31", "lapsed"}}},
      {"undated conditions do not hold it back",
       extend,
       "2017-11-30 k1 consultation\n",
       "2017-11-30",
       {{"c/2018-05-31", "met"}}},
      {"without conditions it is due at the expiry",
       clause("term may be extended by 1 year"),
       "",
       "2018-05-31",
       {{"c/2018-05-31", "open due=2018-05-31"}}},
      {"and lapses then",
       clause("term may be extended by 1 year"),
       "",
       "2018-06-01",
       {{"c/2018-05-31", "lapsed"}}},
      {"what nobody records may have happened",
       clause(
           "term may be extended by 1 year\n  if silence happened at least 6 months before expiry"),
       "",
       "2017-12-01",
       {{"c/2018-05-31", "cannot_assess missing=silence"}}},
  });
}

TEST(Extension, MovesTheExpiry) {
  const std::string ok = s + "2017-11-01 k1 consultation\n";
  check({
      {"an extension whose condition is true moves it",
       extend,
       ok + "2018-05-01 e1 extension\n",
       "2018-05-02",
       {{"expiry", "2020-05-31"}, {"c/2018-05-31", "met by=k1,e1 why=extended"}, {"voids", ""}}},
      {"and a new chance opens",
       extend,
       ok + "2018-05-01 e1 extension\n",
       "2018-05-02",
       {{"c/2020-05-31", "open opens=2018-05-01 due=2019-11-30"}}},
      {"which the old consultation does not serve",
       extend,
       ok + "2018-05-01 e1 extension\n",
       "2019-12-01",
       {{"c/2020-05-31", "lapsed"}, {"c/2018-05-31", "met"}}},
      {"nor can it serve a second extension",
       extend,
       ok + "2018-05-01 e1 extension\n2018-05-02 e2 extension\n",
       "2018-05-03",
       {{"expiry", "2020-05-31"}, {"voids", "e2:void_event"}}},
      {"a new consultation does",
       extend,
       ok + "2018-05-01 e1 extension\n2019-11-30 k2 consultation\n2020-03-01 e2 extension\n",
       "2020-03-02",
       {{"expiry", "2022-05-31"},
        {"c/2020-05-31", "met by=k2,e2"},
        {"c/2022-05-31", "open due=2021-11-30"},
        {"c/2018-05-31", "met by=k1,e1"}}},
      {"one whose condition is false is void",
       extend,
       s + "2018-05-01 e1 extension\n",
       "2018-05-02",
       {{"expiry", "2018-05-31"}, {"c/2018-05-31", "lapsed"}, {"voids", "e1:void_event"}}},
      {"the fact must hold on its day",
       extend,
       ok + "2018-04-01 x1 revocation of letter\n2018-05-01 e1 extension\n",
       "2018-05-02",
       {{"expiry", "2018-05-31"}, {"voids", "e1:void_event"}}},
      {"after the expiry it is too late",
       extend,
       ok + "2018-06-01 e1 extension\n",
       "2018-06-02",
       {{"expiry", "2018-05-31"}, {"voids", "e1:term_had_ended"}}},
      {"on the last day it is not",
       extend,
       ok + "2018-05-31 e1 extension\n",
       "2018-06-01",
       {{"expiry", "2020-05-31"}}},
      {"counted once from the day after expiry, so that a month's end leads to a month's end",
       with_head("term 2015-03-01 to 2016-02-29", clause("term may be extended by 1 year")),
       "2016-01-01 e1 extension\n2017-01-01 e2 extension\n",
       "2017-01-02",
       {{"expiry", "2018-02-28"}}},
      {"void for every other clause",
       extend + "clause d\n  source \"2\"\n  after extension, notice of plan must happen within 30 "
                "days\n",
       s + "2018-04-01 e1 extension\n",
       "2018-05-30",
       {{"ids d/", ""}}},
      {"an effective one is not",
       extend + "clause d\n  source \"2\"\n  after extension, notice of plan must happen within 30 "
                "days\n",
       ok + "2018-04-01 e1 extension\n",
       "2018-05-30",
       {{"d/e1", "missed"}}},
  });
}

TEST(Extension, WhatTheTermCuts) {
  const std::string e = "2018-03-01 e1 extension\n";
  const std::string x = "clause x\n  source \"2\"\n  term may be extended by 2 years\n";
  check({
      {"a part window becomes whole, with what happened in it",
       x + clause("meeting of council must happen at least 2 times every half-year"),
       "2018-01-10 m1 meeting of council\n2018-02-10 m2 meeting of council\n" + e,
       "2018-03-01",
       {{"c/2018-H1", "met have=2/2 by=m1,m2 due=2018-06-30"}}},
      {"or can be met yet",
       x + clause("meeting of council must happen at least 2 times every half-year"),
       "2018-01-10 m1 meeting of council\n" + e + "2018-06-10 m2 meeting of council\n",
       "2018-06-10",
       {{"c/2018-H1", "met"}, {"c/2018-H2", "upcoming"}}},
      {"deadlines of the new years",
       x + clause("report of plan must happen by 31 January every year"),
       e,
       "2018-03-01",
       {{"c/2019-01-31", "open"}, {"c/2020-01-31", "upcoming"}, {"c/2021-01-31", "none"}}},
      {"a standing duty goes on",
       x + agreed + clause("agreed must hold"),
       s + e,
       "2018-07-01",
       {{"ids c/", "c/2016-06-01"}, {"c/2016-06-01", "open due=2020-05-31"}}},
      {"what is attested for the term too",
       x + clause("\"Well kept\" must hold, judged by director"),
       e,
       "2018-07-01",
       {{"ids c/", "c/2016-06-01"}, {"c/2016-06-01", "open due=2020-05-31"}}},
      {"events after the old expiry are judged",
       x + clause("every meeting of council must have chair present"),
       e + "2018-07-01 m1 meeting of council\n",
       "2018-07-01",
       {{"c/m1", "broken"}}},
  });
}

TEST(Extension, MakesAPartPeriodWhole) {
  const std::string rules =
      with_head("term 2016-06-01 to 2018-05-31\npart periods in full",
                "clause x\n  source \"2\"\n  term may be extended by 2 years\n" +
                    clause("meeting of council must happen at least once every half-year"));
  const auto part = [&](const char* history) {
    const Story story(rules, history);
    const auto book = story.book("2018-03-01");
    const auto& notes = book.find("c/2018-H1")->finding.notes;
    return std::any_of(notes.begin(), notes.end(),
                       [](const engine::Note& n) { return n.why == engine::Why::part_in_full; });
  };
  EXPECT_TRUE(part(""));
  EXPECT_FALSE(part("2018-03-01 e1 extension\n"));
}

TEST(TermWithoutEnd, UntilFurtherNotice) {
  const std::string head = "term from 2016-06-01";
  check({
      {"windows go on",
       with_head(head, clause("meeting of council must happen at least once every half-year")),
       "",
       "2026-01-01",
       {{"c/2025-H2", "missed"}, {"c/2026-H1", "open"}, {"c/2026-H2", "upcoming"}}},
      {"deadlines go on",
       with_head(head, clause("report of plan must happen by 31 January every year")),
       "",
       "2026-02-01",
       {{"c/2026-01-31", "missed"}, {"c/2027-01-31", "open"}}},
      {"a standing duty has no due day",
       with_head(head, agreed + clause("agreed must hold")),
       s,
       "2026-02-01",
       {{"c/2016-06-01", "open due=never"}}},
  });
}

TEST(Otherwise, WhatABreachOpens) {
  const std::string d = clause("report of plan must happen by 31 January every year, otherwise "
                               "notice of plan must happen within 10 days");
  const std::string b = clause("every meeting of council must have chair present, otherwise notice "
                               "of plan must happen within 10 days");
  const std::string r = clause("after request of plan, report of plan must happen within 5 days, "
                               "otherwise notice of plan must happen within 24 hours");
  const std::string text = clause(
      "every meeting of council must have chair present, otherwise \"The meeting is held again\"");
  check({
      {"when an occurrence is missed a consequence opens, due D after that day",
       d,
       "",
       "2017-02-01",
       {{"c/2017-01-31", "missed"},
        {"c/2017-01-31/otherwise", "open due=2017-02-10 why=consequence_of"}}},
      {"met",
       d,
       "2017-02-10 n1 notice of plan\n",
       "2017-02-10",
       {{"c/2017-01-31/otherwise", "met by=n1"}}},
      {"missed in its turn", d, "", "2017-02-11", {{"c/2017-01-31/otherwise", "missed"}}},
      {"nothing opens before the breach",
       d,
       "2017-01-15 n1 notice of plan\n",
       "2017-01-31",
       {{"c/2017-01-31/otherwise", "none"}}},
      {"nor where the duty was met",
       d,
       "2017-01-15 r1 report of plan\n",
       "2017-03-31",
       {{"c/2017-01-31/otherwise", "none"}}},
      {"broken opens one on that day",
       b,
       "2017-01-15 m1 meeting of council\n",
       "2017-01-15",
       {{"c/m1", "broken"}, {"c/m1/otherwise", "open opens=2017-01-15 due=2017-01-25"}}},
      {"cannot-assess opens none",
       clause("every meeting of council must have remote, otherwise notice of plan must happen "
              "within 10 days"),
       "2017-01-15 m1 meeting of council\n",
       "2017-01-15",
       {{"c/m1", "cannot_assess"}, {"c/m1/otherwise", "none"}}},
      {"waived by an exception opens none",
       clause("except while open_season\nevery meeting of council must have chair present, "
              "otherwise notice of plan must happen within 10 days") +
           "fact open_season\n  holds from start until revocation of letter\n",
       "2017-01-15 m1 meeting of council\n",
       "2017-01-15",
       {{"c/m1", "waived"}, {"c/m1/otherwise", "none"}}},
      {"within hours of a missed day",
       r,
       "2017-01-10 q1 request of plan\n2017-01-16 n1 notice of plan\n",
       "2017-01-17",
       {{"c/q1", "missed due=2017-01-15"}, {"c/q1/otherwise", "met due=2017-01-16"}}},
      {"a text only names it",
       text,
       "2017-01-15 m1 meeting of council\n",
       "2017-01-15",
       {{"ids c/", "c/m1"}, {"c/m1", "broken"}}},
      {"each breach has its own, the oldest is served first",
       b,
       "2017-01-15 m1 meeting of council\n2017-01-16 m2 meeting of council\n2017-01-18 n1 notice "
       "of plan\n",
       "2017-01-18",
       {{"c/m1/otherwise", "met by=n1"}, {"c/m2/otherwise", "open"}}},
      {"it opens once, when missed; the late act opens no other",
       d,
       "2017-02-05 n1 notice of plan\n2017-02-20 r1 report of plan\n",
       "2017-03-31",
       {{"c/2017-01-31", "met_late"}, {"c/2017-01-31/otherwise", "met by=n1 due=2017-02-10"}}},
  });
}

}  // namespace
}  // namespace samrad::story
