// Aim: each way the rows of a file can contradict each other is found and named, and a sound file has no fault.

#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "service/store/connection.h"
#include "tests/service/store/sample.h"

namespace samrad::tests {
namespace {

using namespace store;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class CheckTest : public testing::Test {
 protected:
  CheckTest() {
    const auto store = value(open_sqlite(folder_.path()));
    Batch batch = founding(1);
    batch.agreements.push_back(agreement(2));
    batch.agreements[1].version = 2;
    batch.versions.push_back(rule_version(2, 1));
    batch.versions.push_back(rule_version(2, 2));
    for (std::uint64_t i = 1; i <= 50; ++i)
      batch.events.push_back(event(1, i));
    batch.findings = {finding(1, 1, 5), finding(2, 2)};
    batch.snapshots = {{1, 50, "s"}, {2, 0, ""}};
    batch.verdicts = {verdict(1, "meet/1", "open", "2017-06-30")};
    batch.wakes = {{1, 5}};
    batch.messages = {message("m", 1), message("digest", 1, 0)};
    value(store->commit(batch));
  }

  void spoil(const char* sql) {
    auto connection = value(Connection::open(folder_.path(), Connection::Mode::write, ""));
    value(connection.run(sql));
    value(connection.run("PRAGMA journal_mode = DELETE"));  // all in the one file
  }

  Folder folder_;
};

TEST_F(CheckTest, ASoundFileHasNoFault) {
  const Check check = value(check_file(folder_.path()));
  EXPECT_THAT(check.faults, IsEmpty());
  EXPECT_EQ(check.agreements, 2);
  EXPECT_EQ(check.events, 50);
}

TEST_F(CheckTest, WhileTheStoreIsInUse) {
  const auto store = value(open_sqlite(folder_.path()));
  value(store->commit(founding(3)));
  EXPECT_EQ(value(check_file(folder_.path())).agreements, 3);
}

TEST_F(CheckTest, EachContradictionIsNamed) {
  struct Case {
    const char* sql;
    const char* fault;
  };
  const Case cases[] = {
      {"DELETE FROM event WHERE sequence = 7", "agreement 1 has 49 events numbered 1 to 50"},
      {"DELETE FROM event WHERE sequence = 1", "agreement 1 has 49 events numbered 2 to 50"},
      {"UPDATE event SET agreement = 8, sequence = 1 WHERE sequence = 50",
       "event 1 of agreement 8, which is not there"},
      {"DELETE FROM event WHERE sequence = 50", "snapshot of agreement 1 after event 50"},
      {"DELETE FROM event WHERE sequence = 5", "finding 1 by event 5 of agreement 1"},
      {"DELETE FROM rule_version WHERE agreement = 2 AND version = 1",
       "agreement 2 is at rule version 2 and has 1"},
      {"UPDATE agreement SET version = 3 WHERE no = 2",
       "agreement 2 is at rule version 3 and has 2"},
      {"UPDATE rule_version SET version = 3 WHERE version = 2",
       "agreement 2 is at rule version 2 and has 2"},
      {"DELETE FROM rule_version WHERE agreement = 1",
       "agreement 1 is at rule version 1 and has 0"},
      {"UPDATE rule_version SET agreement = 9 WHERE agreement = 1",
       "rule version 1 of agreement 9"},
      {"UPDATE finding SET agreement = 9 WHERE no = 2", "finding 2 of agreement 9"},
      {"UPDATE verdict SET agreement = 9", "verdict `meet/1` of agreement 9"},
      {"UPDATE snapshot SET agreement = 9 WHERE agreement = 2", "snapshot of agreement 9"},
      {"UPDATE wake SET agreement = 9", "wake of agreement 9"},
      {"UPDATE message SET agreement = 9 WHERE key = 'm'", "message `m` of agreement 9"},
  };
  const std::string whole = folder_.path("whole.db");
  std::filesystem::copy_file(folder_.path(), whole);
  for (const Case& each : cases) {
    std::filesystem::remove(folder_.path());
    std::filesystem::copy_file(whole, folder_.path());
    spoil(each.sql);
    EXPECT_THAT(value(check_file(folder_.path())).faults, testing::Contains(HasSubstr(each.fault)))
        << each.sql;
  }
}

TEST_F(CheckTest, AnOlderSchemaIsToBeBroughtUpToDate) {
  spoil("PRAGMA user_version = 0");
  EXPECT_THAT(value(check_file(folder_.path())).faults, ElementsAre(HasSubstr("has schema 0")));
}

TEST_F(CheckTest, DamagedPagesAreFaults) {
  {
    std::fstream file(folder_.path(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(4096 * 3);
    file << std::string(4096 * 4, '?');
  }
  EXPECT_THAT(value(check_file(folder_.path())).faults, Not(IsEmpty()));
}

TEST_F(CheckTest, WhatIsNoStore) {
  EXPECT_EQ(check_file(folder_.path("none")).error().kind, Failure::Kind::absent);
  std::ofstream(folder_.path("text")) << std::string(5000, 'x');
  EXPECT_EQ(check_file(folder_.path("text")).error().kind, Failure::Kind::corrupt);
}

}  // namespace
}  // namespace samrad::tests
