// What the registry does with each command, told by its answers and by what the store has afterwards.

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "service/registry/canonical.h"
#include "service/store/connection.h"
#include "tests/service/registry/desk.h"

namespace samrad::registry {
namespace {

const std::string club = R"(agreement club "Club"
  term 2016-06-01 to 2018-05-31
  part periods not assessed

party society
role chair of society
forum board
event meeting of forum

clause meetings
  source "§1"
  owner chair
  meeting of board must happen at least once every quarter
)";

// What somebody does to the file behind the store's back.
void run_sql(const Desk& desk, const char* sql) {
  auto connection =
      store::Connection::open(desk.folder.file("samrad.db"), store::Connection::Mode::write, "");
  ASSERT_TRUE(connection && connection->run(sql));
}

// How far the snapshot goes that the store has; 0: it has none.
std::uint64_t snapshot_of(Desk& desk) {
  const auto snapshot =
      desk.store->reader().value()->snapshot(desk.registry->directory().find("club")->no).value();
  return snapshot ? snapshot->sequence : 0;
}

TEST(Registry, ARecordedEventChangesTheVerdictAtOnce) {
  Desk desk(at("2016-07-01T08:00:00Z"));
  ASSERT_TRUE(desk.create("club", {club}));
  desk.registry->settle();
  EXPECT_EQ(desk.status_of("meetings/2016-Q3"), "open");
  const auto answer = desk.append("club", meeting("m-1", "2016-07-01"));
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->sequence, 1U);
  ASSERT_EQ(answer->findings.size(), 1U);
  EXPECT_EQ(answer->findings[0].occurrence, "meetings/2016-Q3");
  EXPECT_EQ(answer->findings[0].before, "open");
  EXPECT_EQ(answer->findings[0].after, "met");
  EXPECT_EQ(answer->findings[0].sequence, 1U);
  EXPECT_EQ(desk.status_of("meetings/2016-Q3"), "met");
  EXPECT_TRUE(desk.recounted().empty());
}

TEST(Registry, ADeadlineThatPassesIsNoticedThoughNothingHappens) {
  Desk desk(at("2016-07-01T08:00:00Z"));
  ASSERT_TRUE(desk.create("club", {club}));
  desk.set(at("2016-09-30T21:59:59Z"));
  EXPECT_EQ(desk.status_of("meetings/2016-Q3"), "open");
  desk.set(at("2016-09-30T22:00:00Z"));  // midnight in Stockholm
  EXPECT_EQ(desk.status_of("meetings/2016-Q3"), "missed");
  EXPECT_EQ(desk.findings().back().due_at, at("2016-09-30T22:00:00Z"));
}

TEST(Registry, WakesOverdueAfterAStopComeInDueOrderWithTheTimeOfNoticing) {
  Desk desk(at("2016-07-01T08:00:00Z"));
  ASSERT_TRUE(desk.create("club", {club}));
  ASSERT_TRUE(desk.create("club-2", {club}));
  desk.registry->settle();
  desk.registry.reset();
  desk.clock.set(at("2017-08-01T12:00:00Z"));
  desk.reopen();
  desk.registry->settle();
  const auto findings = desk.findings();
  std::vector<Micros> missed;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    if (i > 0 && findings[i].noticed == findings[i - 1].noticed) {
      EXPECT_LE(findings[i - 1].due_at, findings[i].due_at);
    }
    if (findings[i].after != "missed") continue;
    missed.push_back(findings[i].due_at);
    EXPECT_EQ(findings[i].noticed, at("2017-08-01T12:00:00Z"));
  }
  const Micros q3 = at("2016-09-30T22:00:00Z"), q4 = at("2016-12-31T23:00:00Z"),
               q1 = at("2017-03-31T22:00:00Z"), q2 = at("2017-06-30T22:00:00Z");
  EXPECT_EQ(missed, (std::vector<Micros>{q3, q3, q4, q4, q1, q1, q2, q2}));
  EXPECT_TRUE(desk.recounted().empty());
}

TEST(Registry, TheSameEventAgainIsADuplicateAndOtherContentAConflict) {
  Desk desk(at("2016-07-01T08:00:00Z"));
  ASSERT_TRUE(desk.create("club", {club}));
  ASSERT_TRUE(desk.append("club", meeting("m-1", "2016-06-20")));
  const auto again = desk.append("club", meeting("m-1", "2016-06-20"));
  ASSERT_TRUE(again);
  EXPECT_EQ(again->items[0].outcome, Appended::Outcome::duplicate);
  EXPECT_EQ(again->items[0].sequence, 1U);
  const auto other = desk.append("club", meeting("m-1", "2016-06-21"));
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().kind, Trouble::Kind::conflict);
  EXPECT_EQ(desk.store->reader().value()->last_sequence(1).value(), 1U);
}

TEST(Registry, ABatchIsAllOrNothingUnlessEachIsAskedForAlone) {
  Desk desk(at("2016-07-01T08:00:00Z"));
  ASSERT_TRUE(desk.create("club", {club}));
  const std::string lines =
      meeting("m-1", "2016-06-20") +
      R"({"specversion":"1.0","id":"m-2","source":"urn:club","type":"meting","time":"2016-06-21"})"
      "\n" +
      meeting("m-3", "2016-06-22");
  const auto all = desk.append("club", lines);
  ASSERT_FALSE(all);
  EXPECT_EQ(all.error().kind, Trouble::Kind::wrong_events);
  ASSERT_EQ(all.error().events.list().size(), 1U);
  EXPECT_EQ(all.error().events.list()[0].line, 2U);
  const auto each = desk.append("club", lines, false, true);
  ASSERT_TRUE(each);
  EXPECT_EQ(each->items[0].outcome, Appended::Outcome::recorded);
  EXPECT_EQ(each->items[1].outcome, Appended::Outcome::refused);
  EXPECT_EQ(each->items[2].sequence, 2U);
}

TEST(Registry, AFindingNamesTheEventOfTheBatchThatBroughtIt) {
  Desk desk(at("2016-11-01T08:00:00Z"));
  ASSERT_TRUE(desk.create("club", {club}));
  desk.registry->settle();
  const auto answer =
      desk.append("club", meeting("m-1", "2016-06-20") + meeting("m-2", "2016-10-20") +
                              meeting("m-3", "2016-07-20"));
  ASSERT_TRUE(answer);
  std::map<std::string, std::uint64_t> causes;
  for (const store::Finding& finding : answer->findings)
    causes[finding.occurrence] = finding.sequence;
  EXPECT_EQ(causes["meetings/2016-Q4"], 2U);
  EXPECT_EQ(causes["meetings/2016-Q3"], 3U);
}

TEST(Registry, ACorrectionActsOnWhatIsOnRecordOrIsRefused) {
  Desk desk(at("2016-11-01T08:00:00Z"));
  ASSERT_TRUE(desk.create("club", {club}));
  ASSERT_TRUE(desk.append("club", meeting("m-1", "2016-08-20")));
  const auto act = [](const std::string& id, const std::string& type, const std::string& data) {
    return R"({"specversion":"1.0","id":")" + id + R"(","source":"urn:club","type":")" + type +
           R"(","time":"2016-11-01","data":)" + data + "}\n";
  };
  const auto nothing =
      desk.append("club", act("c-1", "correction", R"({"corrects":"m-9","time":"2016-10-02"})"));
  ASSERT_FALSE(nothing);
  EXPECT_EQ(nothing.error().kind, Trouble::Kind::wrong_events);
  const auto moved =
      desk.append("club", act("c-2", "correction", R"({"corrects":"m-1","time":"2016-10-02"})"));
  ASSERT_TRUE(moved) << moved.error().message;
  EXPECT_EQ(desk.status_of("meetings/2016-Q3"), "missed");
  EXPECT_EQ(desk.status_of("meetings/2016-Q4"), "met");
  ASSERT_TRUE(desk.append(
      "club", act("w-1", "withdrawal", R"({"withdraws":"m-1","reason":"entered by mistake"})")));
  EXPECT_EQ(desk.status_of("meetings/2016-Q4"), "open");
  EXPECT_TRUE(desk.recounted().empty());
}

// Whatever becomes a waiver, stops being one or is one of something else: the rows say what an audit of the log says.
TEST(Registry, AnEventThatIsCorrectedIntoARulingRules) {
  Desk desk(at("2016-11-01T08:00:00Z"));
  ASSERT_TRUE(desk.create("club", {club + "event note\n"}));
  const auto act = [&](const std::string& id, const std::string& type, const std::string& data) {
    const auto done = desk.append("club", R"({"specversion":"1.0","id":")" + id +
                                              R"(","source":"urn:club","type":")" + type +
                                              R"(","time":"2016-11-01","data":)" + data + "}\n");
    EXPECT_TRUE(done) << id;
    EXPECT_TRUE(desk.recounted().empty()) << id;
    return desk.status_of("meetings/2016-Q3");
  };
  EXPECT_EQ(act("n-1", "note", "{}"), "missed");
  EXPECT_EQ(
      act("c-1", "correction",
          R"({"corrects":"n-1","type":"waiver","occurrence":"meetings/2016-Q3","by":"chair"})"),
      "waived");
  EXPECT_EQ(act("c-2", "correction", R"({"corrects":"n-1","occurrence":"meetings/2016-Q2"})"),
            "missed");
  EXPECT_EQ(act("w-1", "waiver", R"({"occurrence":"meetings/2016-Q3","by":"chair"})"), "waived");
  EXPECT_EQ(act("c-3", "correction", R"({"corrects":"w-1","type":"note","data":{}})"), "missed");
  desk.reopen();
  EXPECT_EQ(act("x-1", "withdrawal", R"({"withdraws":"c-3"})"), "waived");
  EXPECT_EQ(act("x-2", "withdrawal", R"({"withdraws":"w-1"})"), "missed");
}

// Whoever repeats an event within a request is told what became of the first one.
TEST(Registry, ATwinWithinARequestSharesWhatTheFirstOneGot) {
  Desk desk(at("2016-11-01T08:00:00Z"));
  ASSERT_TRUE(desk.create("club", {club}));
  const std::string bad =
      R"({"specversion":"1.0","id":"x","source":"urn:club","type":"withdrawal","time":"2016-11-01","data":{"withdraws":"none"}})"
      "\n";
  const auto answer =
      desk.append("club",
                  meeting("m-1", "2016-08-20") + bad + meeting("m-2", "2016-08-21") + bad +
                      meeting("m-1", "2016-08-20"),
                  false, true);
  ASSERT_TRUE(answer);
  using Outcome = Appended::Outcome;
  const std::vector<std::pair<Outcome, std::uint64_t>> expected = {{Outcome::recorded, 1},
                                                                   {Outcome::refused, 0},
                                                                   {Outcome::recorded, 2},
                                                                   {Outcome::refused, 0},
                                                                   {Outcome::duplicate, 1}};
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(answer->items[i].outcome, expected[i].first) << i;
    EXPECT_EQ(answer->items[i].sequence, expected[i].second) << i;
  }
  EXPECT_TRUE(answer->items[3].faults.any_error());
  EXPECT_EQ(answer->sequence, 2U);
}

TEST(Registry, AClockSetBackOverARestartRecordsNothingEarlier) {
  Desk desk(at("2016-11-01T08:00:00Z"));
  ASSERT_TRUE(desk.create("club", {club}));
  ASSERT_TRUE(desk.append("club", meeting("m-1", "2016-08-20")));
  desk.clock.set(at("2016-10-30T08:00:00Z"));
  desk.reopen();
  ASSERT_TRUE(desk.append("club", meeting("m-2", "2016-08-20")));
  const auto log = desk.store->reader().value()->events(1, {}, 10).value();
  EXPECT_GT(log[1].recorded, log[0].recorded);
}

// One agreement whose log is damaged fails alone, is told of once, and is told of again when it can be read.
TEST(Registry, AnAgreementThatCannotBeReadHoldsUpNoOther) {
  std::vector<std::string> told;
  Options options;
  options.notify = [&](const Notice& notice) {
    told.push_back((notice.over ? "over " : "begun ") + notice.agreement);
  };
  Desk desk(at("2016-08-01T08:00:00Z"), options);
  ASSERT_TRUE(desk.create("club", {club}));
  ASSERT_TRUE(desk.create("other", {club}));
  ASSERT_TRUE(desk.append("club", meeting("m-1", "2016-07-20")));
  desk.reopen();
  run_sql(desk, "DELETE FROM snapshot; UPDATE event SET bytes = CAST(bytes || 'x' AS BLOB)");
  desk.registry.reset();
  desk.registry = std::make_unique<Registry>(*desk.store, desk.clock, *desk.rulebooks, options);
  ASSERT_TRUE(desk.registry->start());
  desk.set(at("2016-10-01T08:00:00Z"));
  desk.set(at("2016-10-01T09:00:00Z"));
  EXPECT_EQ(told, std::vector<std::string>{"begun #1"});
  EXPECT_EQ(desk.registry->gauges().unreadable, 1U);
  EXPECT_FALSE(desk.append("club", meeting("m-2", "2016-08-20")));
  ASSERT_TRUE(desk.append("other", meeting("m-2", "2016-08-20")));
  run_sql(desk, "UPDATE event SET bytes = substr(bytes, 1, length(bytes) - 1) WHERE agreement = 1");
  desk.set(at("2016-10-01T10:00:00Z"));
  EXPECT_EQ(told, (std::vector<std::string>{"begun #1", "over #1"}));
  EXPECT_EQ(desk.registry->gauges().unreadable, 0U);
  ASSERT_TRUE(desk.append("club", meeting("m-2", "2016-08-20")));
}

TEST(Registry, OnlyAHistoryThatIsBroughtAlongSaysWhenItWasRecorded) {
  Desk desk(at("2016-11-01T08:00:00Z"));
  ASSERT_TRUE(desk.create("club", {club}));
  const std::string line =
      R"({"specversion":"1.0","id":"m-1","source":"urn:club","type":"meeting","subject":"board","time":"2016-08-20","recordedtime":"2016-08-25"})";
  const auto refused = desk.append("club", line);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().events.list()[0].attribute, "recordedtime");
  ASSERT_TRUE(desk.append("club", line, true));
  const auto event = desk.store->reader().value()->event(1, 1).value().value();
  EXPECT_NE(event.bytes.find(R"("recordedtime":"2016-08-25")"), std::string::npos);
  EXPECT_GE(event.recorded, at("2016-11-01T08:00:00Z"));
}

TEST(Registry, ANewVersionJudgesFromItsDayOn) {
  Desk desk(at("2016-07-01T08:00:00Z"));
  ASSERT_TRUE(desk.create("club", {club}));
  std::string monthly = club;
  monthly.replace(monthly.find("every quarter"), 13, "every month");
  const auto answer = desk.amend("club", monthly, "2017-01-01");
  ASSERT_TRUE(answer) << answer.error().message << answer.error().rules.rendered;
  EXPECT_EQ(answer->agreement.version, 2U);
  desk.set(at("2017-02-01T12:00:00Z"));
  EXPECT_EQ(desk.status_of("meetings/2016-Q4"), "missed");
  EXPECT_EQ(desk.status_of("meetings/2017-01"), "missed");
  EXPECT_EQ(desk.status_of("meetings/2017-02"), "open");
  EXPECT_TRUE(desk.recounted().empty());
}

TEST(Registry, WhatCannotBeUsedIsRefusedWithTheReason) {
  Desk desk(at("2016-07-01T08:00:00Z"));
  const auto wrong =
      desk.create("club", {"agreement club \"Club\"\n  trem 2016-06-01 to 2018-05-31\n"});
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().kind, Trouble::Kind::wrong_rules);
  EXPECT_FALSE(wrong.error().rules.rendered.empty());
  const auto name = desk.create("a/b", {club});
  ASSERT_FALSE(name);
  EXPECT_EQ(name.error().kind, Trouble::Kind::wrong_request);
  ASSERT_TRUE(desk.create("", {club}));
  const auto twice = desk.create("club", {club});
  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().kind, Trouble::Kind::exists);
  const auto nobody = desk.append("klubb", meeting("m-1", "2016-06-20"));
  ASSERT_FALSE(nobody);
  EXPECT_EQ(nobody.error().kind, Trouble::Kind::no_agreement);
}

TEST(Registry, AnEventOfADayToComeWaitsForItsDay) {
  Desk desk(at("2016-07-01T08:00:00Z"));
  ASSERT_TRUE(desk.create("club", {club}));
  ASSERT_TRUE(desk.append("club", meeting("m-1", "2016-09-01")));
  EXPECT_EQ(desk.status_of("meetings/2016-Q3"), "open");
  desk.reopen();
  desk.set(at("2016-09-01T06:00:00Z"));
  EXPECT_EQ(desk.status_of("meetings/2016-Q3"), "met");
  EXPECT_TRUE(desk.recounted().empty());
}

TEST(Registry, WhatCannotBeWrittenIsNotThereAndTheNextOneIs) {
  Desk desk(at("2016-07-01T08:00:00Z"));
  ASSERT_TRUE(desk.create("club", {club}));
  desk.registry->settle();
  desk.store->fails = store::Failure::Kind::full;
  const auto refused = desk.append("club", meeting("m-1", "2016-07-01"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, Trouble::Kind::store);
  EXPECT_FALSE(desk.registry->gauges().failure.empty());
  desk.store->fails.reset();
  const auto answer = desk.append("club", meeting("m-1", "2016-07-01"));
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->items[0].outcome, Appended::Outcome::recorded);
  EXPECT_EQ(answer->sequence, 1U);
  EXPECT_TRUE(desk.registry->gauges().failure.empty());
  EXPECT_EQ(desk.status_of("meetings/2016-Q3"), "met");
  EXPECT_TRUE(desk.recounted().empty());
}

TEST(Registry, ADeadlineThatPassedWhileTheStoreFailedIsNoticedAfterwards) {
  Desk desk(at("2016-07-01T08:00:00Z"));
  ASSERT_TRUE(desk.create("club", {club}));
  desk.registry->settle();
  desk.store->fails = store::Failure::Kind::io;
  desk.clock.set(at("2016-10-01T08:00:00Z"));
  desk.registry->look_again();
  desk.registry->settle();  // returns as soon as the commit has failed
  EXPECT_EQ(desk.status_of("meetings/2016-Q3"), "open");
  desk.store->fails.reset();
  desk.set(at("2016-10-01T08:00:02Z"));
  while (!desk.registry->gauges().failure.empty())
    desk.set(desk.clock.now() + 1'000'000);
  EXPECT_EQ(desk.status_of("meetings/2016-Q3"), "missed");
  EXPECT_TRUE(desk.recounted().empty());
}

TEST(Registry, AnAgreementThatNothingHappensToLeavesMemoryAndComesBackAsItWas) {
  Options options;
  options.sleep_after = 600'000'000;
  Desk desk(at("2016-07-01T08:00:00Z"), options);
  ASSERT_TRUE(desk.create("club", {club}));
  ASSERT_TRUE(desk.append("club", meeting("m-1", "2016-07-01")));
  desk.set(at("2016-07-01T08:09:59Z"));
  EXPECT_EQ(desk.registry->gauges().active, 1U);
  EXPECT_EQ(snapshot_of(desk), 0U);
  desk.set(at("2016-07-01T08:10:01Z"));
  EXPECT_EQ(desk.registry->gauges().active, 0U);
  EXPECT_EQ(snapshot_of(desk), 1U);
  const auto again = desk.append("club", meeting("m-1", "2016-07-01"));
  ASSERT_TRUE(again);
  EXPECT_EQ(again->items[0].outcome, Appended::Outcome::duplicate);
  desk.registry->settle();
  EXPECT_EQ(desk.registry->gauges().active, 1U);
  desk.set(at("2016-10-01T08:00:00Z"));
  desk.set(at("2017-01-01T08:00:00Z"));
  EXPECT_EQ(desk.registry->gauges().active, 1U);
  EXPECT_EQ(desk.status_of("meetings/2016-Q3"), "met");
  EXPECT_EQ(desk.status_of("meetings/2016-Q4"), "missed");
  EXPECT_TRUE(desk.recounted().empty());
}

TEST(Registry, AStateIsStoredAgainAfterSoManyEvents) {
  Options options;
  options.snapshot_every_events = 2;
  Desk desk(at("2016-07-05T08:00:00Z"), options);
  ASSERT_TRUE(desk.create("club", {club}));
  const std::uint64_t expected[] = {0, 2, 2, 4};
  for (int n = 0; n < 4; ++n) {
    ASSERT_TRUE(desk.append("club", meeting("m-" + std::to_string(n), "2016-07-01")));
    EXPECT_EQ(snapshot_of(desk), expected[n]) << n;
  }
}

TEST(Registry, AClockThatGoesBackwardsTakesNothingBack) {
  Desk desk(at("2016-07-01T08:00:00Z"));
  ASSERT_TRUE(desk.create("club", {club}));
  desk.set(at("2016-10-01T08:00:00Z"));
  const std::size_t found = desk.findings().size();
  desk.set(at("2016-09-20T08:00:00Z"));
  EXPECT_EQ(desk.status_of("meetings/2016-Q3"), "missed");
  ASSERT_TRUE(desk.append("club", meeting("m-1", "2016-09-19")));
  EXPECT_EQ(desk.status_of("meetings/2016-Q3"), "met");
  desk.set(at("2016-10-01T08:00:00Z"));
  EXPECT_EQ(desk.status_of("meetings/2016-Q3"), "met");
  EXPECT_GT(desk.findings().size(), found);
  const auto log = desk.store->reader().value()->events(1, {}, 10).value();
  EXPECT_GE(log[0].recorded,
            at("2016-10-01T08:00:00Z"));  // recorded after what was recorded before it
}

TEST(Registry, TheRealHistoryGivesTheAuditsVerdicts) {
  const auto text = [](const std::string& name) {
    std::ifstream file(std::string(SAMRAD_SOURCE_DIR "/examples/norrmalm/") + name);
    std::stringstream out;
    out << file.rdbuf();
    return out.str();
  };
  Desk desk(at("2018-05-31T12:00:00Z"));
  Create command;
  for (const auto& entry :
       std::filesystem::directory_iterator(SAMRAD_SOURCE_DIR "/examples/norrmalm"))
    if (entry.path().extension() == ".samrad" &&
        entry.path().filename() != "norrmalm-2017.samrad" &&
        entry.path().filename() != "bilaga-4-ungdomar-2017.samrad")
      command.text.files.push_back(
          {entry.path().filename().string(), text(entry.path().filename().string())});
  std::sort(command.text.files.begin(), command.text.files.end(),
            [](const auto& a, const auto& b) { return a.name < b.name; });
  Trouble trouble;
  desk.registry->create(command, [&](auto answer) {
    if (!answer) trouble = answer.error();
  });
  const auto answer = desk.append("norrmalm", text("history.ndjson"), true);
  ASSERT_TRUE(answer) << trouble.rules.rendered << record::text_of(answer.error().events);
  EXPECT_GT(desk.verdicts("norrmalm").size(), 100U);
  EXPECT_TRUE(desk.recounted().empty()) << desk.recounted().front();
}

}  // namespace
}  // namespace samrad::registry
