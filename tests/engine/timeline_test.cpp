// The past can change: late, corrected and withdrawn events, and what that changes is the answer.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

#include "engine/state.h"
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

// Clauses that remember for ever, for a number of days, and back to the previous event.
const std::string remembering =
    clause("before decision of plan, consultation must have happened") +
    "clause often\n  source \"2\"\n  every meeting of council must number of meeting of council in "
    "the last 90 days is at most 3\n"
    "clause anew\n  source \"3\"\n  before decision as x, report of the same document must have "
    "happened since the previous one\n"
    "clause reply\n  source \"4\"\n  after request as x, report of the same document must happen "
    "within 20 days\n"
    "clause valid\n  source \"5\"\n  decision counts only if written\n";

// Some years of what `remembering` asks about, `count` events in order of time, one or two days between them.
std::string diary(int count) {
  std::string lines;
  std::mt19937 dice(7);
  for (int i = 0; i < count; ++i) {
    constexpr const char* what[] = {
        "consultation",   "meeting of council",           "request of plan",
        "report of plan", "decision of plan written=yes", "decision of plan"};
    lines += calendar::iso(day("2016-06-01") + i * 3 / 2) + " e" + std::to_string(i) + " " +
             what[dice() % std::size(what)] + "\n";
  }
  return lines;
}

// How every occurrence stands, by id, from what a timeline has told of it.
class Ledger {
 public:
  explicit Ledger(const Story& story) : story_(story) {}

  // Each revision must begin where the last one on its occurrence ended.
  void take(const std::vector<engine::Revision>& revisions) {
    for (const engine::Revision& r : revisions) {
      const std::string id =
          engine::occurrence_id(story_.program(), story_.machine().symbols, r.key);
      EXPECT_EQ(told(r.before), stands_.contains(id) ? stands_[id] : "none") << id;
      if (r.after)
        stands_[id] = told(r.after);
      else
        stands_.erase(id);
    }
  }

  bool operator==(const Ledger& other) const { return stands_ == other.stands_; }

 private:
  [[nodiscard]] std::string told(const std::optional<engine::Finding>& f) const {
    if (!f) return "none";
    std::string text = std::string(name(f->status)) + " due=" + std::to_string(f->due.n);
    for (const program::Symbol identity : f->evidence)
      text += " " + story_.id(identity);
    return text;
  }

  const Story& story_;
  std::map<std::string, std::string> stands_;
};

TEST(Timeline, RevisionsAddUpToHowItStands) {
  const Story story(remembering, diary(400));
  const std::vector<engine::Event> events = story.until(moment("2018-03-01"));
  engine::Timeline in_order(story.machine());
  Ledger expected(story);
  for (const engine::Event& e : events)
    expected.take(in_order.record(e));

  // Nearly in order, as records arrive; one in ten on a wrong day first, or withdrawn for a while.
  std::mt19937 dice(11);
  std::vector<engine::Event> arriving = events;
  for (std::size_t i = 0; i + 1 < arriving.size(); ++i)
    std::swap(arriving[i], arriving[std::min(i + dice() % 100, arriving.size() - 1)]);
  engine::Timeline timeline(story.machine());
  Ledger ledger(story);
  std::vector<engine::Event> withdrawn;
  std::vector<engine::Event> wrong;
  for (const engine::Event& e : arriving) {
    const bool right = dice() % 10 != 0;
    engine::Event recorded = e;
    if (!right) recorded.day = e.day - static_cast<int>(dice() % 200);
    ledger.take(timeline.record(recorded));
    if (!right)
      wrong.push_back(e);
    else if (dice() % 10 == 0) {
      ledger.take(timeline.withdraw(e.identity));
      withdrawn.push_back(e);
    }
  }
  for (const engine::Event& e : withdrawn)
    ledger.take(timeline.record(e));
  for (const engine::Event& e : wrong)
    ledger.take(timeline.correct(e.identity, e));

  EXPECT_TRUE(ledger == expected);
  EXPECT_EQ(engine::encode(story.machine(), timeline.state()),
            engine::encode(story.machine(), in_order.state()));
  EXPECT_EQ(story.describe(timeline.book(moment("2018-03-01"))),
            story.describe(in_order.book(moment("2018-03-01"))));
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
