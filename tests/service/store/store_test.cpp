// Aim: what a batch holds is there after it, for every kind of row and every way to ask for one, and nothing of a batch that fails.

#include <limits>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/service/store/sample.h"

namespace samrad::tests {
namespace {

using namespace store;
using testing::ElementsAre;
using testing::IsEmpty;

class StoreTest : public testing::Test {
 protected:
  void commit(const Batch& batch) { value(store_->commit(batch)); }

  Folder folder_;
  std::unique_ptr<Store> store_ = value(open_sqlite(folder_.path()));
  std::unique_ptr<Reader> reader_ = value(store_->reader());
};

TEST_F(StoreTest, AgreementsComeBackWholeAndChange) {
  Batch batch = founding(1);
  batch.agreements.push_back(agreement(2, "a-first-by-id"));
  commit(batch);
  EXPECT_FALSE(value(reader_->agreement("agreement-00001"))->closed);

  Batch change;
  change.agreements = {agreement(1)};
  change.agreements[0].closed = 77;
  change.agreements[0].version = 2;
  change.agreements[0].title = "Åtgärder\n`ö`";
  change.versions = {rule_version(1, 2)};
  commit(change);

  const auto one = value(reader_->agreement(1));
  ASSERT_TRUE(one);
  EXPECT_EQ(one->id, "agreement-00001");
  EXPECT_EQ(one->title, "Åtgärder\n`ö`");
  EXPECT_EQ(one->zone, "Europe/Stockholm");
  EXPECT_EQ(one->created, 1001);
  EXPECT_EQ(one->created_by, "registrar");
  EXPECT_EQ(one->closed, 77);
  EXPECT_EQ(one->version, 2);
  EXPECT_EQ(value(reader_->agreement("agreement-00001"))->no, 1);
  EXPECT_FALSE(value(reader_->agreement("agreement")));
  EXPECT_FALSE(value(reader_->agreement(3)));

  const auto versions = value(reader_->versions(1));
  ASSERT_EQ(versions.size(), 2);
  EXPECT_EQ(versions[0].in_force_from, "");
  EXPECT_EQ(versions[1].in_force_from, "2017-02-01");
  EXPECT_EQ(versions[1].content, R"({"rules":"1 2"})");
  EXPECT_EQ(versions[1].program_hash, "sha256:1-2");
  EXPECT_EQ(versions[1].recorded, 2002);
  EXPECT_EQ(versions[1].by, "registrar");
  EXPECT_THAT(value(reader_->versions(2)), IsEmpty());
}

TEST_F(StoreTest, EventsComeBackByteForByte) {
  Event odd = event(1, 1);
  odd.bytes = std::string("\0\xFF{}\n", 5);
  odd.subject = "";
  odd.day = -5;
  odd.recorded = std::numeric_limits<Micros>::max();
  Batch batch = founding(1);
  batch.events = {odd, event(1, 2)};
  commit(batch);

  const auto got = value(reader_->event(1, 1));
  ASSERT_TRUE(got);
  EXPECT_EQ(got->bytes, odd.bytes);
  EXPECT_EQ(got->subject, "");
  EXPECT_EQ(got->day, -5);
  EXPECT_EQ(got->recorded, odd.recorded);
  const auto two = value(reader_->event(1, 2));
  EXPECT_EQ(two->source, "urn:example:diary");
  EXPECT_EQ(two->id, "1-2");
  EXPECT_EQ(two->type, "meeting");
  EXPECT_EQ(two->by, "clerk");
  EXPECT_FALSE(value(reader_->event(1, 3)));
  EXPECT_FALSE(value(reader_->event(1, std::numeric_limits<std::uint64_t>::max())));
  EXPECT_FALSE(value(reader_->event(2, 1)));
  EXPECT_EQ(value(reader_->last_sequence(1)), 2);
  EXPECT_EQ(value(reader_->last_sequence(2)), 0);
}

TEST_F(StoreTest, OneSnapshotAndOneWakeAnAgreement) {
  Batch batch = founding(1);
  batch.snapshots = {{1, 3, std::string("\0a", 2)}, {1, 5, "b"}, {2, 1, ""}};
  batch.wakes = {{1, 100}, {2, 200}, {1, 150}, {3, 1}};
  commit(batch);
  EXPECT_EQ(value(reader_->snapshot(1))->sequence, 5);
  EXPECT_EQ(value(reader_->snapshot(1))->bytes, "b");
  EXPECT_EQ(value(reader_->snapshot(2))->bytes, "");
  EXPECT_FALSE(value(reader_->snapshot(9)));

  Batch later;
  later.wakes = {{3, never}, {4, never}};
  commit(later);
  EXPECT_THAT(value(reader_->wakes()),
              testing::UnorderedElementsAre(std::pair(1, 150), std::pair(2, 200)));
}

TEST_F(StoreTest, DocumentsByName) {
  Batch batch;
  batch.documents = {
      {"token", "b", "1"}, {"token", "a", "2"}, {"rule", "a", "3"}, {"token", "b", "4"}};
  commit(batch);
  EXPECT_EQ(value(reader_->document("token", "b"))->content, "4");
  EXPECT_FALSE(value(reader_->document("rule", "b")));

  Batch gone;
  gone.documents = {{"token", "c", "5"}};
  gone.documents_gone = {{"token", "b"}, {"token", "never there"}};
  commit(gone);
  const auto tokens = value(reader_->documents("token"));
  ASSERT_EQ(tokens.size(), 2);
  EXPECT_EQ(tokens[0].id, "a");
  EXPECT_EQ(tokens[1].id, "c");
  EXPECT_THAT(value(reader_->documents("none")), IsEmpty());
}

TEST_F(StoreTest, TotalsAreTheHighestNumbers) {
  const auto none = value(reader_->totals());
  EXPECT_EQ(none.agreements, 0);
  EXPECT_EQ(none.findings, 0);
  EXPECT_EQ(none.events, 0);

  Batch batch = founding(1);
  batch.agreements.push_back(agreement(7));
  batch.events = {event(1, 1), event(7, 1), event(1, 2)};
  batch.findings = {finding(1, 1), finding(40, 1)};
  commit(batch);
  const auto all = value(reader_->totals());
  EXPECT_EQ(all.agreements, 7);
  EXPECT_EQ(all.findings, 40);
  EXPECT_EQ(all.events, 3);
}

// A batch of all kinds of row, the last of which collides with one that is there.
TEST_F(StoreTest, ABatchThatFailsLeavesNothing) {
  Batch there = founding(1);
  there.events = {event(1, 1)};
  there.findings = {finding(1, 1)};
  there.messages = {message("told", 1)};
  there.documents = {{"token", "t", "old"}};
  commit(there);
  const std::string before = content(*store_);

  struct Case {
    const char* what;
    void (*spoil)(Batch&);
  };
  const Case cases[] = {
      {"event", [](Batch& b) { b.events.push_back(event(1, 1)); }},
      {"finding", [](Batch& b) { b.findings.push_back(finding(1, 1)); }},
      {"rule version", [](Batch& b) { b.versions.push_back(rule_version(1, 1)); }},
      {"agreement's id", [](Batch& b) { b.agreements.push_back(agreement(9, "agreement-00001")); }},
  };
  for (const Case& each : cases) {
    SCOPED_TRACE(each.what);
    Batch batch = founding(2);
    batch.events = {event(1, 2), event(2, 1)};
    batch.findings = {finding(2, 1)};
    batch.verdicts = {verdict(1, "meet/1", "open", "2017-06-30")};
    batch.wakes = {{1, 5}};
    batch.snapshots = {{1, 2, "s"}};
    batch.messages = {message("second", 1)};
    batch.progress = {{.key = "told", .state = Message::State::sent}};
    batch.documents = {{"token", "t", "new"}};
    each.spoil(batch);
    const auto done = store_->commit(batch);
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, Failure::Kind::conflict);
    EXPECT_EQ(content(*store_), before);
  }
  Batch good = founding(2);
  good.events = {event(1, 2)};
  commit(good);
  EXPECT_EQ(value(reader_->last_sequence(1)), 2);
}

TEST_F(StoreTest, RowsOfABatchAreCounted) {
  Batch batch;
  EXPECT_TRUE(batch.empty());
  value(store_->commit(batch));
  batch.verdicts_gone = {{1, "meet/1"}};
  batch.progress.resize(2);
  EXPECT_FALSE(batch.empty());
  EXPECT_EQ(batch.rows(), 3);
}

// Two agreements change together; a reader on another thread must never see one without the other.
TEST_F(StoreTest, AReaderSeesOneCommittedWhole) {
  commit(founding(1));
  std::atomic<bool> over = false;
  std::atomic<int> seen = 0;
  std::atomic<int> torn = 0;
  std::thread watcher([&] {
    const auto reader = value(store_->reader());
    while (!over) {
      const auto totals = value(reader->totals());
      if (totals.events != 2 * static_cast<std::uint64_t>(totals.findings)) ++torn;
      ++seen;
    }
  });
  for (std::uint64_t i = 1; i <= 200 || seen < 20; ++i) {
    Batch batch;
    batch.events = {event(1, 2 * i - 1), event(1, 2 * i)};
    batch.findings = {finding(static_cast<FindingNo>(i), 1)};
    commit(batch);
  }
  over = true;
  watcher.join();
  EXPECT_EQ(torn, 0);
}

TEST_F(StoreTest, AProbeLeavesNoTrace) {
  commit(founding(1));
  const std::string before = content(*store_);
  for (int i = 0; i < 3; ++i)
    value(store_->probe());
  EXPECT_EQ(content(*store_), before);
}

TEST(StoreOnDiskTest, AHundredThousandEvents) {
  const Folder folder(Folder::on_disk);
  const auto store = value(open_sqlite(folder.path()));
  const auto reader = value(store->reader());
  constexpr AgreementNo agreements = 500;
  constexpr std::uint64_t each = 200;
  for (AgreementNo no = 1; no <= agreements; ++no)
    value(store->commit(founding(no)));
  for (std::uint64_t sequence = 1; sequence <= each;) {
    Batch batch;
    for (int i = 0; i < 10 && sequence <= each; ++i, ++sequence)
      for (AgreementNo no = 1; no <= agreements; ++no)
        batch.events.push_back(event(no, sequence));
    value(store->commit(batch));
  }
  EXPECT_EQ(value(reader->totals()).events, agreements * each);
  for (AgreementNo no : {AgreementNo{1}, AgreementNo{250}, agreements}) {
    const auto all = value(reader->events(no, {}, 1000));
    ASSERT_EQ(all.size(), each);
    for (std::uint64_t i = 0; i < each; ++i)
      ASSERT_EQ(all[i].bytes, event(no, i + 1).bytes);
  }
}

}  // namespace
}  // namespace samrad::tests
