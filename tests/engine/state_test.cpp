// States that leave memory: what is written can be read again, under the text it was written under and no other, and two states have one
// hash only where they are one; a state remembers as much of the past as a question may reach back to, and says when to ask it again.
#include <gtest/gtest.h>

#include "engine/engine.h"
#include "rules/calendar/duration.h"
#include "tests/engine/story.h"

namespace samrad::story {
namespace {

const std::string turns =
    clause("chair of meeting of council must alternate between chief, director");
const std::string meetings = "2016-09-01 m1 meeting of council chair=chief\n2016-10-01 m2 meeting "
                             "of council chair=director\n";

engine::State fed(const Story& story, std::size_t events) {
  engine::State state = engine::begin(story.machine());
  engine::Findings said;
  for (std::size_t i = 0; i < events; ++i) {
    const engine::Event& e = story.events()[i];
    engine::step(story.machine(), state, {{e.day, e.earliest}, &e}, said);
  }
  return state;
}

TEST(State, HasAHashOfItsOwn) {
  const Story story(turns, meetings);
  const auto hash = [&](const Story& of, std::size_t events) {
    return engine::hash(of.machine(), fed(of, events));
  };
  EXPECT_EQ(hash(story, 2), hash(story, 2));
  EXPECT_EQ(hash(story, 2), hash(Story(turns, meetings), 2));
  EXPECT_NE(hash(story, 1), hash(story, 2));
  EXPECT_NE(hash(story, 0), hash(story, 1));
  EXPECT_NE(hash(story, 2), hash(Story(turns, "2016-09-01 m1 meeting of council chair=director\n"
                                              "2016-10-01 m2 meeting of council chair=director\n"),
                                 2));
}

TEST(State, IsReadUnderItsOwnTextOnly) {
  Story story(turns, meetings);
  Story other(clause("chair of meeting of council must rotate among chief, director"), meetings);
  const auto bytes = engine::encode(story.machine(), fed(story, 2));
  const auto read = engine::decode(story.machine(), story.symbols(), bytes);
  ASSERT_TRUE(read);
  EXPECT_EQ(engine::encode(story.machine(), *read), bytes);
  EXPECT_FALSE(engine::decode(other.machine(), other.symbols(), bytes));
}

TEST(State, IsReadWholeOrNotAtAll) {
  Story story(turns, meetings);
  const auto bytes = engine::encode(story.machine(), fed(story, 2));
  for (std::size_t n = 0; n < bytes.size(); ++n)
    EXPECT_FALSE(engine::decode(story.machine(), story.symbols(), std::span(bytes).first(n))) << n;
  auto longer = bytes;
  longer.push_back(0);
  EXPECT_FALSE(engine::decode(story.machine(), story.symbols(), longer));
}

// Something happens on the eve, and the state lets go of what no question can reach any more.
TEST(State, RemembersAsFarAsAQuestionReaches) {
  using calendar::Unit;
  const struct {
    const char* text;
    calendar::Duration length;
  } table[] = {
      {"1 day", {1, Unit::day}},
      {"30 days", {30, Unit::day}},
      {"10 working days", {10, Unit::working_day}},
      {"2 weeks", {2, Unit::week}},
      {"3 months", {3, Unit::month}},
      {"1 month", {1, Unit::month}},
      {"1 year", {1, Unit::year}},
  };
  const Day day = story::day("2018-01-15");
  for (const auto& row : table) {
    const std::string first =
        calendar::iso(calendar::minus(day, row.length, calendar::Holidays::sweden));
    const std::string history = first + " r1 report of plan\n" + calendar::iso(day - 1) +
                                " a1 alarm\n" + calendar::iso(day) + " m1 meeting of council\n";
    const std::string length = row.text;
    check({
        {"a question about the last " + length,
         clause("every meeting of council must have number of report of plan in the last " +
                length + " is 1"),
         history,
         "2018-01-15",
         {{"c/m1", "met"}}},
        {"what must have come within " + length,
         clause("before meeting of council, report of plan must have happened within " + length +
                " before"),
         history,
         "2018-01-15",
         {{"c/m1", "met by=r1,m1"}}},
        {"what must not come within " + length,
         clause("meeting of council must not happen within " + length + " after report of plan"),
         history,
         "2018-01-15",
         {{"c/m1", "broken"}}},
    });
  }
}

// Missed on the day after the due day (docs/language.md §7.2): whoever waits for the day that was asked for hears of it then, not later.
TEST(State, WantsToBeAskedOnTheDayOfTheVerdict) {
  const struct {
    const char* rules;
    const char* history;
    const char* asked;
    const char* missed;  // and when it was told
  } table[] = {
      {"report of plan must happen by 31 January every year", "", "2017-01-15",
       "c/2017-01-31 2017-02-01"},
      {"meeting of council must happen at least once every quarter", "", "2017-02-15",
       "c/2017-Q1 2017-04-01"},
      {"after request of plan, report of plan must happen within 30 days",
       "2017-01-10 q1 request of plan\n", "2017-01-20", "c/q1 2017-02-10"},
      // By the clock, on the day after that of the hour, or where that is the last of its day and the clock may have been put back, the next.
      {"after request of plan, report of plan must happen within 72 hours",
       "2017-01-10T09:00 q1 request of plan\n", "2017-01-11", "c/q1 2017-01-14"},
      {"after request of plan, report of plan must happen within 72 hours",
       "2017-01-10T23:00 q1 request of plan\n", "2017-01-11", "c/q1 2017-01-15"},
  };
  for (const auto& row : table) {
    const Story story(clause(row.rules), row.history);
    engine::State state = fed(story, story.events().size());
    engine::Findings said;
    auto wake = engine::step(story.machine(), state, {{day(row.asked), 0}, nullptr}, said);
    std::string missed;
    while (wake && missed.empty()) {
      const Day asked = *wake;
      said.clear();
      wake = engine::step(story.machine(), state, {{asked, 0}, nullptr}, said);
      for (const engine::Finding& f : said.changes)
        if (f.status == engine::Status::missed)
          missed += engine::occurrence_id(story.program(), story.machine().symbols, f.key) + " " +
                    calendar::iso(asked);
    }
    EXPECT_EQ(missed, row.missed) << row.rules;
  }
}

}  // namespace
}  // namespace samrad::story
