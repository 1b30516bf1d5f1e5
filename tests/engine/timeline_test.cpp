// The past can change: late, corrected and withdrawn events, and what that changes is the answer.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/engine/story.h"

namespace samrad::story {
namespace {

const std::string rules = clause("report of plan must happen by 31 January every year") +
                          "clause m\n  source \"2\"\n  chair of meeting of council must alternate "
                          "between chief, director\n";

// `id: before -> after` of each revision, joined.
std::string said(const Story& story, const std::vector<engine::Revision>& revisions) {
  std::vector<std::string> lines;
  for (const engine::Revision& r : revisions) {
    const auto side = [](const auto& f) {
      return f ? std::string(name(f->status)) : std::string("none");
    };
    lines.push_back(engine::occurrence_id(story.program(), story.machine().symbols, r.key) + ": " +
                    side(r.before) + " -> " + side(r.after));
  }
  std::sort(lines.begin(), lines.end());
  std::string out;
  for (const std::string& line : lines)
    out += (out.empty() ? "" : "; ") + line;
  return out;
}

TEST(Timeline, TimeThatPassesSettles) {
  const Story story(rules);
  engine::Timeline timeline(story.machine());
  EXPECT_EQ(said(story, timeline.pass(day("2017-01-31"))), "c/2017-01-31: none -> open");
  EXPECT_EQ(said(story, timeline.pass(day("2017-02-01"))),
            "c/2017-01-31: open -> missed; c/2018-01-31: none -> open");
  EXPECT_EQ(said(story, timeline.pass(day("2017-02-01"))), "");
  EXPECT_EQ(said(story, timeline.pass(day("2016-02-01"))), "");
}

TEST(Timeline, ATimelyActRecordedLateIsTimely) {
  const Story story(rules, "2017-01-20 r1 report of plan\n");
  engine::Timeline timeline(story.machine());
  timeline.pass(day("2017-03-01"));
  EXPECT_EQ(said(story, timeline.record(story.events()[0])), "c/2017-01-31: missed -> met");
  EXPECT_TRUE(timeline.contains(story.events()[0].identity));
  EXPECT_EQ(said(story, timeline.withdraw(story.events()[0].identity)),
            "c/2017-01-31: met -> missed");
  EXPECT_FALSE(timeline.contains(story.events()[0].identity));
  EXPECT_EQ(said(story, timeline.withdraw(story.events()[0].identity)), "");
}

TEST(Timeline, ACorrectionMayMoveAnEvent) {
  const Story story(rules, "2017-01-20 r1 report of plan\n");
  engine::Timeline timeline(story.machine());
  timeline.pass(day("2017-03-01"));
  engine::Event e = story.events()[0];
  timeline.record(e);
  e.day = day("2017-02-10");
  EXPECT_EQ(said(story, timeline.correct(e.identity, e)), "c/2017-01-31: met -> met_late");
  expect(Story(rules, "2017-02-10 r1 report of plan\n"), "2017-03-01",
         {{"c/2017-01-31", "met_late settled=2017-02-10"}});
  EXPECT_EQ(timeline.book(moment("2017-03-01")).find("c/2017-01-31")->finding.settled,
            day("2017-02-10"));
}

TEST(Timeline, AnEventInBetweenChangesWhoseTurnItWas) {
  const Story story(
      rules,
      "2016-09-01 m1 meeting of council chair=chief\n2016-11-01 m3 meeting of council chair=chief\n"
      "2016-10-01 m2 meeting of council chair=director\n");
  engine::Timeline timeline(story.machine());
  timeline.record(story.events()[0]);
  EXPECT_EQ(said(story, timeline.record(story.events()[1])).find("m/m3"), std::string::npos)
      << "a day is judged when it is over";
  EXPECT_EQ(said(story, timeline.pass(day("2016-11-02"))), "m/m3: none -> broken");
  EXPECT_EQ(timeline.book(moment("2016-11-02")).find("m/m3")->finding.status,
            engine::Status::broken);
  EXPECT_EQ(said(story, timeline.record(story.events()[2])),
            "m/m2: none -> met; m/m3: broken -> met");
}

TEST(Book, TwoSourcesMayUseOneId) {
  const Story story(clause("every meeting of council must have chair present"),
                    "2017-01-01 north#e1 meeting of council\n2017-01-02 south#e1 meeting of "
                    "council chair=chief\n");
  const engine::Book book = story.book("2017-01-02");
  ASSERT_EQ(book.occurrences.size(), 2U) << story.describe(book);
  EXPECT_NE(book.occurrences[0].id, book.occurrences[1].id);
  EXPECT_EQ(book.occurrences[0].finding.status, engine::Status::broken);
  EXPECT_EQ(book.occurrences[1].finding.status, engine::Status::met);
}

TEST(Book, TheDifferenceOfTwoBooks) {
  const Story story(rules, "2017-01-20 r1 report of plan\n");
  const engine::Book before = story.book("2017-01-19");
  const engine::Book after = story.book("2017-02-01");
  std::string out;
  for (const engine::Change& c : engine::difference(before, after))
    out += c.id + " " + (c.before ? std::string(name(c.before->finding.status)) : "none") + " " +
           (c.after ? std::string(name(c.after->finding.status)) : "none") + "; ";
  EXPECT_EQ(out, "c/2017-01-31 open met; c/2018-01-31 upcoming open; ");
  EXPECT_TRUE(engine::difference(before, before).empty());
  EXPECT_EQ(after.events, 1U);
  EXPECT_EQ(after.last_event, day("2017-01-20"));
}

}  // namespace
}  // namespace samrad::story
