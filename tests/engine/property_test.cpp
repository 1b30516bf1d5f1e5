// What must hold of any history: made-up histories over a text that uses every form, told in many ways.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "engine/state.h"
#include "tests/engine/story.h"

namespace samrad::story {
namespace {

using engine::Event;

const std::string rules = R"(
fact agreed
  holds from signing of letter until revocation of letter
fact active of place
  holds from seen until gone
fact fresh
  holds from visit of north for 40 days

clause often
  source "1"
  meeting of council must happen at least 2 times every quarter
clause seldom
  source "2"
  alarm must happen at most 3 times every month, otherwise notice of plan must happen within 20 days
clause yearly
  source "3"
  due days move following
  report of plan must happen by 30 June, 31 December every year
clause reply
  source "4"
  except while agreed
  after request as x, report of the same document must happen within 20 days
clause minutes
  source "5"
  after meeting of youth, report of picture must happen before the next meeting of youth
clause first
  source "6"
  before decision as x, report of the same document must have happened since the previous one
clause early
  source "7"
  before decision of plan, consultation must have happened at least 10 days before
clause chair
  source "8"
  chair of meeting of council must alternate between chief, director
clause agenda
  source "9"
  every meeting of council must have agenda including "safety" or number of meeting of council in the last 60 days is at most 1
clause valid
  source "10"
  decision counts only if written
clause never
  source "11"
  meeting of board must not happen within 30 days after alarm
clause power
  source "12"
  only council may make decision
clause hold
  source "13"
  agreed must hold while fresh
clause word
  source "14"
  "All is well" must hold every half-year, judged by director
clause places
  source "15"
  for each place while active, patrol of place must happen at least once every month
clause extend
  source "16"
  term may be extended by 1 year if consultation happened at least 6 months before expiry
procedure change
  source "17"
  starts with request of plan
  step told notice within 30 days
  step decided decision by council within 60 days
  step filed report within 20 days
)";

// A made-up history of `n` events, one to a line.
std::string made_up(unsigned seed, int n) {
  std::mt19937 dice(seed);
  const auto pick = [&](std::initializer_list<const char*> all) {
    return std::string(*(all.begin() + dice() % all.size()));
  };
  std::string out;
  for (int i = 0; i < n; ++i) {
    const Day d =
        day("2016-05-15") +
        static_cast<int>(dice() % (seed % 2 == 0 ? 800U : 80U));  // odd seeds crowd the days
    std::string when = calendar::iso(d);
    if (dice() % 3 == 0) when += "T" + pick({"00:00", "08:30", "12:00", "12:00:01", "23:59"});
    const std::string what =
        pick({"meeting of council chair=chief agenda=safety",
              "meeting of council chair=director",
              "meeting of council chair=vice agenda=x",
              "meeting of council",
              "meeting of youth",
              "meeting of board",
              "alarm",
              "alarm",
              "report of plan",
              "report of picture",
              "report of plan",
              "request of plan",
              "request of picture",
              "notice of plan",
              "decision of plan by=council written=yes",
              "decision of plan by=council",
              "decision of picture by=youth written=no",
              "consultation",
              "signing of letter",
              "revocation of letter",
              "visit of north",
              "seen of park",
              "seen of square",
              "gone of park",
              "gone of square",
              "patrol of park",
              "patrol of square",
              "extension",
              "waiver occurrence=often/2016-Q4 by=chief reason=x",
              "assessment occurrence=word/2016-H2 by=director verdict=met reason=x"});
    out += when + " e" + std::to_string(i) + " " + what + "\n";
  }
  return out;
}

constexpr std::string_view as_of = "2018-09-01";

std::vector<std::uint8_t> final_state(const Story& story, const std::vector<Event>& events) {
  engine::State state = engine::begin(story.machine());
  engine::Findings said;
  for (const Event& e : events)
    engine::step(story.machine(), state, {{e.day, e.earliest}, &e}, said);
  return engine::encode(story.machine(), state);
}

class History : public testing::TestWithParam<unsigned> {};

TEST_P(History, AnyOrderOfInputGivesTheSameBook) {
  const std::string history = made_up(GetParam(), 150);
  const Story story(rules, history);
  const std::string book = story.describe(story.book(as_of));
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < history.size();) {
    const auto end = history.find('\n', at);
    lines.push_back(history.substr(at, end - at + 1));
    at = end + 1;
  }
  std::mt19937 dice(GetParam() + 1000);
  std::shuffle(lines.begin(), lines.end(), dice);
  std::string shuffled;
  for (const std::string& line : lines)
    shuffled += line;
  const Story other(rules, shuffled);
  EXPECT_EQ(book, other.describe(other.book(as_of)));
  // The state too, although names were met in another order.
  EXPECT_EQ(final_state(story, story.until(moment(as_of))),
            final_state(other, other.until(moment(as_of))));
}

TEST_P(History, WalkingDayByDayGivesTheSameBook) {
  const Story story(rules, made_up(GetParam(), 150));
  EXPECT_EQ(story.describe(story.book(as_of)), story.describe(story.walked(as_of)));
}

TEST_P(History, RecordedInAnyOrderTheTimelineEndsInTheSameState) {
  const Story story(rules, made_up(GetParam(), 150));
  std::vector<Event> events = story.until(moment(as_of));
  const auto in_order = final_state(story, events);
  const std::string book = story.describe(story.book(as_of));
  std::mt19937 dice(GetParam() + 2000);
  for (int round = 0; round < 3; ++round) {
    std::shuffle(events.begin(), events.end(), dice);
    engine::Timeline timeline(story.machine());
    for (const Event& e : events)
      timeline.record(e);
    EXPECT_EQ(in_order, engine::encode(story.machine(), timeline.state()));
    EXPECT_EQ(book, story.describe(timeline.book(moment(as_of))));
  }
}

TEST_P(History, TimeMayPassBetweenRecordings) {
  const Story story(rules, made_up(GetParam(), 100));
  std::vector<Event> events = story.until(moment(as_of));
  engine::State state = engine::begin(story.machine());
  engine::Findings said;
  for (const Event& e : events)
    engine::step(story.machine(), state, {{e.day, e.earliest}, &e}, said);
  engine::step(story.machine(), state, {{day(as_of), 0}, nullptr}, said);
  const std::string book = story.describe(story.book(as_of));
  std::mt19937 dice(GetParam() + 5000);
  std::shuffle(events.begin(), events.end(), dice);
  engine::Timeline timeline(story.machine());
  for (const Event& e : events) {
    timeline.record(e);
    if (dice() % 3 == 0) timeline.pass(day("2016-05-01") + static_cast<int>(dice() % 700U));
  }
  timeline.pass(day(as_of));
  EXPECT_EQ(engine::encode(story.machine(), state),
            engine::encode(story.machine(), timeline.state()));
  EXPECT_EQ(book, story.describe(timeline.book(moment(as_of))));
}

TEST_P(History, WithdrawingWhatWasRecordedChangesNothing) {
  const Story story(rules, made_up(GetParam(), 150));
  const std::vector<Event> events = story.until(moment(as_of));
  engine::Timeline timeline(story.machine());
  for (std::size_t i = 0; i + 20 < events.size(); ++i)
    timeline.record(events[i]);
  const auto before = engine::encode(story.machine(), timeline.state());
  const std::string book = story.describe(timeline.book(moment(as_of)));
  for (std::size_t i = events.size() - 20; i < events.size(); ++i) {
    Event e = events[i];
    e.day = day("2016-06-01") + static_cast<int>(i * 37 % 700);
    e.timed = false;
    e.earliest = utc_of(e.day, 0);
    e.latest = utc_of(e.day + 1, 0) - 1;
    timeline.record(e);
    timeline.withdraw(e.identity);
    ASSERT_EQ(before, engine::encode(story.machine(), timeline.state())) << story.id(e.identity);
    ASSERT_EQ(book, story.describe(timeline.book(moment(as_of)))) << story.id(e.identity);
  }
}

TEST_P(History, CorrectingIsAsIfItHadBeenSoFromTheBeginning) {
  const Story story(rules, made_up(GetParam(), 120));
  std::vector<Event> events = story.until(moment(as_of));
  engine::Timeline timeline(story.machine());
  for (const Event& e : events)
    timeline.record(e);
  for (std::size_t i = 3; i < events.size(); i += 11) {
    Event& e = events[i];
    e.day = day("2016-06-01") + static_cast<int>(i * 53 % 700);
    e.timed = false;
    e.earliest = utc_of(e.day, 0);
    e.latest = utc_of(e.day + 1, 0) - 1;
    timeline.correct(e.identity, e);
  }
  engine::Timeline fresh(story.machine());
  for (const Event& e : events)
    fresh.record(e);
  EXPECT_EQ(engine::encode(story.machine(), fresh.state()),
            engine::encode(story.machine(), timeline.state()));
  EXPECT_EQ(story.describe(fresh.book(moment(as_of))),
            story.describe(timeline.book(moment(as_of))));
}

TEST_P(History, RevisionsTellWhatChanged) {
  const Story story(rules, made_up(GetParam(), 80));
  const std::vector<Event> events = story.until(moment(as_of));
  std::vector<Event> order = events;
  std::mt19937 dice(GetParam() + 3000);
  std::shuffle(order.begin(), order.end(), dice);
  engine::Timeline timeline(story.machine());
  std::map<engine::Key, engine::Finding> told;
  for (const Event& e : order) {
    for (const engine::Revision& r : timeline.record(e)) {
      const auto at = told.find(r.key);
      ASSERT_EQ(at != told.end(), r.before.has_value())
          << engine::occurrence_id(story.program(), story.machine().symbols, r.key);
      if (at != told.end()) {
        ASSERT_EQ(name(at->second.status), name(r.before->status));
      }
      if (r.after)
        told[r.key] = *r.after;
      else
        told.erase(r.key);
    }
  }
  // What was told last is what a fresh evaluation says.
  engine::State state = engine::begin(story.machine());
  engine::Findings said;
  for (const Event& e : events)
    engine::step(story.machine(), state, {{e.day, e.earliest}, &e}, said);
  std::map<engine::Key, engine::Finding> last;
  for (const engine::Finding& f : said.changes)
    last[f.key] = f;
  for (const auto& [key, f] : last) {
    const auto at = told.find(key);
    const std::string id = engine::occurrence_id(story.program(), story.machine().symbols, key);
    if (f.gone) {
      EXPECT_TRUE(at == told.end() || at->second.gone) << id;
      continue;
    }
    ASSERT_NE(at, told.end()) << id;
    EXPECT_EQ(name(at->second.status), name(f.status)) << id;
    EXPECT_EQ(at->second.evidence, f.evidence) << id;
  }
}

TEST_P(History, StoppingAndResumingAtEveryEventChangesNothing) {
  Story story(rules, made_up(GetParam(), 100));
  const std::vector<Event> events = story.until(moment(as_of));
  engine::State state = engine::begin(story.machine());
  engine::State resumed = engine::begin(story.machine());
  engine::Findings said;
  for (const Event& e : events) {
    const auto wake = engine::step(story.machine(), state, {{e.day, e.earliest}, &e}, said);
    engine::Findings again;
    const std::size_t mark = again.changes.size();
    const auto wake2 = engine::step(story.machine(), resumed, {{e.day, e.earliest}, &e}, again);
    ASSERT_EQ(wake, wake2);
    ASSERT_EQ(mark, 0U);
    const auto bytes = engine::encode(story.machine(), resumed);
    ASSERT_EQ(engine::encode(story.machine(), state), bytes);
    auto decoded = engine::decode(story.machine(), story.symbols(), bytes);
    ASSERT_TRUE(decoded.has_value()) << story.id(e.identity);
    ASSERT_EQ(bytes, engine::encode(story.machine(), *decoded));
    resumed = std::move(*decoded);
  }
}

TEST_P(History, NothingChangesBeforeTheWakeThatWasAskedFor) {
  const Story story(rules, made_up(GetParam(), 60));
  const std::vector<Event> events = story.until(moment(as_of));
  engine::State state = engine::begin(story.machine());
  engine::Findings said;
  for (std::size_t i = 0; i < events.size(); ++i) {
    said.clear();
    const auto wake = engine::step(story.machine(), state,
                                   {{events[i].day, events[i].earliest}, &events[i]}, said);
    const Day next = i + 1 < events.size() ? events[i + 1].day : day(as_of);
    const Day quiet_until = wake && *wake < next ? *wake : next;
    if (quiet_until <= events[i].day + 1) continue;
    engine::State copy = state;
    engine::Findings heard;
    engine::step(story.machine(), copy, {{quiet_until - 1, 0}, nullptr}, heard);
    std::string changed;
    for (const engine::Finding& f : heard.changes)
      if (f.settled > events[i].day || (!engine::settled(f.status) && f.opens > events[i].day))
        changed += engine::occurrence_id(story.program(), story.machine().symbols, f.key) + " ";
    EXPECT_EQ(changed, "") << story.id(events[i].identity) << " wake "
                           << (wake ? calendar::iso(*wake) : "never");
  }
}

TEST_P(History, DamagedStatesAreRefusedOrHarmless) {
  Story story(rules, made_up(GetParam(), 40));
  std::vector<std::uint8_t> bytes = final_state(story, story.until(moment(as_of)));
  std::mt19937 dice(GetParam() + 4000);
  for (int i = 0; i < 200; ++i) {
    std::vector<std::uint8_t> damaged = bytes;
    damaged[40 + dice() % (damaged.size() - 40)] = static_cast<std::uint8_t>(dice());
    if (i % 4 == 0) damaged.resize(dice() % damaged.size());
    auto state = engine::decode(story.machine(), story.symbols(), damaged);
    if (!state) continue;
    engine::Findings said;
    if (state->today < day("2030-01-01"))
      engine::step(story.machine(), *state, {{day("2030-01-01"), 0}, nullptr}, said);
  }
}

INSTANTIATE_TEST_SUITE_P(MadeUp, History, testing::Range(1U, 9U));

TEST(Timeline, LateEventsCostNoMoreThanWhatFollowsTheLastSnapshot) {
  const Story story(rules, made_up(77, 600));
  std::vector<Event> events = story.until(moment(as_of));
  engine::Timeline timeline(story.machine());
  const Event late = events[events.size() - 10];
  events.erase(events.end() - 10);
  for (const Event& e : events) {
    timeline.record(e);
    EXPECT_EQ(timeline.replayed(), 1U);
  }
  timeline.record(late);
  EXPECT_LE(timeline.replayed(), 10 + 2 * engine::Timeline::snapshot_events);
}

TEST(Determinism, TwoRunsGiveTheSameBytesAndHash) {
  const std::string history = made_up(5, 100);
  const Story a(rules, history);
  const Story b(rules, history);
  EXPECT_EQ(final_state(a, a.until(moment(as_of))), final_state(b, b.until(moment(as_of))));
  EXPECT_EQ(a.describe(a.book(as_of)), b.describe(b.book(as_of)));
}

}  // namespace
}  // namespace samrad::story
