// Aim: whatever the disk answers, nothing of a failed batch is there, the failure has the right name, what was acknowledged can be
// read, and when the disk is well again the next commit succeeds without anybody's doing.

#include <cerrno>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/service/store/faulty_disk.h"
#include "tests/service/store/sample.h"

namespace samrad::tests {
namespace {

using namespace store;
using Call = FaultyDisk::Call;
using Kind = Failure::Kind;

Batch batch_of(std::uint64_t sequence) {
  Batch batch;
  for (std::uint64_t i = 0; i < 20; ++i)
    batch.events.push_back(event(1, 20 * (sequence - 1) + i + 1));
  batch.wakes = {{1, static_cast<Micros>(sequence)}};
  return batch;
}

struct Fault {
  const char* what;
  Call call;
  int reason;
  Kind kind;
};

class FaultsTest : public testing::TestWithParam<Fault> {
 protected:
  FaultsTest() { disk_.heal(); }
  ~FaultsTest() override { disk_.heal(); }

  FaultyDisk& disk_ = FaultyDisk::one();
  Folder folder_;
};

TEST_P(FaultsTest, FailsWholeAndHeals) {
  const Fault& fault = GetParam();
  auto store = value(open_sqlite(folder_.path(), {.vfs = FaultyDisk::name, .checkpoint_pages = 0}));
  value(store->commit(founding(1)));
  std::uint64_t sequence = 0;
  std::string before;
  for (int good = 0; good < 25; ++good) {
    SCOPED_TRACE(good);
    // A reader that stays, and none but for a moment: SQLite keeps more in mind while a file is open.
    const auto reader = good % 2 == 0 ? value(store->reader()) : nullptr;
    value(store->commit(batch_of(++sequence)));
    disk_.fail(fault.call, good, fault.reason);
    Result<void> done;
    do {
      before = content(*store);
      done = store->commit(batch_of(sequence + 1));
      if (done && ++sequence > 1000) FAIL() << "no commit failed";
    } while (done);
    EXPECT_TRUE(disk_.has_failed());
    EXPECT_EQ(done.error().kind, fault.kind) << done.error().message;
    EXPECT_THAT(done.error().message, testing::HasSubstr(folder_.path()));
    EXPECT_EQ(store->commit(batch_of(sequence + 1)).error().kind, fault.kind);
    EXPECT_EQ(store->probe().error().kind, fault.kind);
    EXPECT_EQ(content(*store), before);

    disk_.heal();
    EXPECT_EQ(content(*store), before);
    value(store->probe());
    EXPECT_EQ(content(*store), before);
    value(store->commit(batch_of(++sequence)));
    EXPECT_EQ(value(value(store->reader())->last_sequence(1)), 20 * sequence);
  }
  before = content(*store);
  store.reset();
  EXPECT_EQ(content(*value(open_sqlite(folder_.path()))), before);
  EXPECT_THAT(value(check_file(folder_.path())).faults, testing::IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Disk, FaultsTest,
                         testing::Values(Fault{"Full", Call::write, ENOSPC, Kind::full},
                                         Fault{"OverQuota", Call::write, EDQUOT, Kind::full},
                                         Fault{"WriteFails", Call::write, EIO, Kind::io},
                                         Fault{"ReadOnly", Call::write, EROFS, Kind::read_only},
                                         Fault{"SyncFails", Call::sync, EIO, Kind::io},
                                         Fault{"SyncFindsNoRoom", Call::sync, ENOSPC, Kind::full},
                                         Fault{"SyncReadOnly", Call::sync, EROFS, Kind::read_only}),
                         [](const auto& each) { return each.param.what; });

class DiskTest : public FaultsTest {};

// Copying the log back goes on beside the commits: its failure must not stop them, and must be told.
TEST_F(DiskTest, CopyingBackThatFailsIsTold) {
  const auto store = value(open_sqlite(
      folder_.path(),
      {.vfs = FaultyDisk::name, .checkpoint_pages = 50, .idle = std::chrono::milliseconds(2)}));
  value(store->commit(founding(1)));
  disk_.fail(Call::truncate, 0, EIO);  // the log is emptied by nothing else
  Result<void> probed;
  for (int i = 0; i < 5000 && (probed = store->probe()); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  ASSERT_FALSE(probed);
  EXPECT_EQ(probed.error().kind, Kind::io);
  value(store->commit(batch_of(1)));

  disk_.heal();
  for (int i = 0; i < 5000 && !(probed = store->probe()); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  EXPECT_TRUE(probed);
}

TEST_F(DiskTest, AReadThatFailsIsAFailureAndHeals) {
  const auto store = value(open_sqlite(folder_.path(), {.vfs = FaultyDisk::name}));
  value(store->commit(founding(1)));
  const auto reader = value(store->reader());
  disk_.fail(Call::read, 0, EIO);
  const auto failed = reader->agreement(1);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().kind, Kind::io);
  disk_.heal();
  EXPECT_TRUE(value(reader->agreement(1)));
}

TEST_F(DiskTest, AnOpeningThatFailsLeavesWhatCanBeOpened) {
  for (const Call call : {Call::write, Call::sync, Call::read})
    for (int good = 0; good < 40; ++good) {
      const Folder folder;
      disk_.fail(call, good, EIO);
      {
        const auto opened = open_sqlite(folder.path(), {.vfs = FaultyDisk::name});
        EXPECT_TRUE(opened || opened.error().kind == Kind::io);
        disk_.heal();
      }
      const auto store = value(open_sqlite(folder.path(), {.vfs = FaultyDisk::name}));
      value(store->commit(founding(1)));
    }
}

TEST_F(DiskTest, ABackupThatFailsLeavesNothing) {
  const auto store = value(open_sqlite(folder_.path(), {.vfs = FaultyDisk::name}));
  value(store->commit(founding(1)));
  for (const Call call : {Call::write, Call::sync})
    for (int good = 0; good < 3; ++good) {
      disk_.fail(call, good, ENOSPC);
      const auto done = store->backup(folder_.path("backup.db"));
      disk_.heal();
      ASSERT_FALSE(done);
      EXPECT_EQ(done.error().kind, Kind::full);
      for (const char* name : {"backup.db", "backup.db.part", "backup.db.part-journal"})
        EXPECT_FALSE(std::filesystem::exists(folder_.path(name))) << name;
    }
  value(store->backup(folder_.path("backup.db")));
}

}  // namespace
}  // namespace samrad::tests
