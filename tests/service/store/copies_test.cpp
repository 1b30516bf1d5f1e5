// Aim: a backup is one committed whole however busy the store is, a restored store is that backup, and no name ever stands for half
// a copy.

#include <fstream>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/service/store/sample.h"

namespace samrad::tests {
namespace {

namespace fs = std::filesystem;
using namespace store;
using Kind = Failure::Kind;

std::string content_at(const std::string& path) { return content(*value(open_sqlite(path))); }

TEST(CopiesTest, ABackupIsTheWholeStoreInOneFile) {
  const Folder folder;
  const auto store = value(open_sqlite(folder.path()));
  Batch batch = founding(1);
  for (std::uint64_t i = 1; i <= 5000; ++i)
    batch.events.push_back(event(1, i));
  value(store->commit(batch));
  value(store->backup(folder.path("backup.db")));
  EXPECT_FALSE(fs::exists(folder.path("backup.db.part")));
  EXPECT_FALSE(fs::exists(folder.path("backup.db-wal")));
  EXPECT_EQ(value(check_file(folder.path("backup.db"))).events, 5000);

  const auto again = store->backup(folder.path("backup.db"));
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().kind, Kind::conflict);
  EXPECT_EQ(store->backup(folder.path("no/such/folder")).error().kind, Kind::absent);
}

// Every batch adds an event and a finding; a copy with one of them and not the other is no committed whole.
TEST(CopiesTest, ABackupUnderWritesIsOneCommittedWhole) {
  const Folder folder;
  const auto store = value(open_sqlite(folder.path(), {.checkpoint_pages = 50}));
  value(store->commit(founding(1)));
  std::atomic<bool> over = false;
  std::atomic<std::uint64_t> committed = 0;
  std::thread writer([&] {
    for (std::uint64_t i = 1; !over; ++i) {
      Batch batch;
      batch.events = {event(1, i)};
      batch.events[0].bytes += std::string(3000, 'x');
      batch.findings = {finding(static_cast<FindingNo>(i), 1, i)};
      value(store->commit(batch));
      committed = i;
    }
  });
  for (int i = 0; i < 5; ++i) {
    const std::uint64_t before = committed;
    const std::string path = folder.path("copies-" + std::to_string(i));
    fs::create_directory(path);
    value(store->backup(path + "/store.db"));
    const std::uint64_t after = committed + 1;
    EXPECT_THAT(value(check_file(path + "/store.db")).faults, testing::IsEmpty());
    const auto copy = value(open_sqlite(path + "/store.db"));
    const auto totals = value(value(copy->reader())->totals());
    EXPECT_EQ(totals.events, static_cast<std::uint64_t>(totals.findings));
    EXPECT_GE(totals.events, before);
    EXPECT_LE(totals.events, after);
    EXPECT_EQ(copy->id(), store->id());
  }
  over = true;
  writer.join();
}

class RestoreTest : public testing::Test {
 protected:
  RestoreTest() {
    const auto store = value(open_sqlite(folder_.path("one/store.db")));
    value(store->commit(founding(1)));
    value(store->backup(backup_));
    old_ = content(*store);
    value(store->commit(founding(2)));
    now_ = content(*store);
  }

  Folder folder_;
  std::string backup_ = folder_.path("backup.db");
  std::string path_ = folder_.path("one/store.db");
  std::string old_, now_;
};

TEST_F(RestoreTest, ToANewPlace) {
  value(restore(backup_, folder_.path("new/store.db")));
  EXPECT_EQ(content_at(folder_.path("new/store.db")), old_);
  EXPECT_FALSE(fs::exists(folder_.path("new/store.db.restoring")));
}

TEST_F(RestoreTest, NotOverAStoreUnlessTold) {
  const auto done = restore(backup_, path_);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().kind, Kind::conflict);
  EXPECT_EQ(content_at(path_), now_);

  value(restore(backup_, path_, true));
  EXPECT_EQ(content_at(path_), old_);
  EXPECT_EQ(content_at(path_ + ".replaced"), now_);
  value(restore(backup_, path_, true));
  EXPECT_EQ(content_at(path_), old_);
}

// A process was killed, and what it had committed is still in the log: neither store may meet the log of the other.
TEST_F(RestoreTest, TheLogGoesWithItsStore) {
  {
    const auto store = value(open_sqlite(path_, {.checkpoint_pages = 0}));
    value(store->commit(founding(3)));
    now_ = content(*store);
  }
  ASSERT_TRUE(fs::exists(path_ + "-wal"));
  value(restore(backup_, path_, true));
  EXPECT_EQ(content_at(path_), old_);
  EXPECT_EQ(content_at(path_ + ".replaced"), now_);
}

TEST_F(RestoreTest, NotWhileTheStoreIsOpen) {
  const auto store = value(open_sqlite(path_));
  EXPECT_EQ(restore(backup_, path_, true).error().kind, Kind::locked);
}

TEST_F(RestoreTest, NotFromWhatIsNoBackup) {
  struct Case {
    const char* what;
    void (*spoil)(const std::string& path);
    Kind kind;
  };
  const Case cases[] = {
      {"absent", [](const std::string& path) { fs::remove(path); }, Kind::absent},
      {"empty", [](const std::string& path) { fs::resize_file(path, 0); }, Kind::corrupt},
      {"cut off", [](const std::string& path) { fs::resize_file(path, fs::file_size(path) / 2); },
       Kind::corrupt},
      {"another file",
       [](const std::string& path) { std::ofstream(path) << std::string(9999, '?'); },
       Kind::corrupt},
      {"damaged",
       [](const std::string& path) {
         std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
         file.seekp(4096 * 3);
         file << std::string(4096 * 8, '?');
       },
       Kind::corrupt},
  };
  for (const Case& each : cases) {
    SCOPED_TRACE(each.what);
    const std::string spoilt = folder_.path("spoilt.db");
    fs::copy_file(backup_, spoilt, fs::copy_options::overwrite_existing);
    each.spoil(spoilt);
    const auto done = restore(spoilt, path_, true);
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, each.kind) << done.error().message;
    EXPECT_EQ(content_at(path_), now_);
  }
}

// Cut off between the two renames that set the store aside, the worst moment.
TEST_F(RestoreTest, ARestoreThatWasCutOffIsToBeRunAgain) {
  {
    const auto store = value(open_sqlite(path_, {.checkpoint_pages = 0}));
    value(store->commit(founding(3)));
    now_ = content(*store);
  }
  fs::rename(path_, path_ + ".replaced");
  std::ofstream(path_ + ".restoring") << "half";
  const auto opened = open_sqlite(path_);
  ASSERT_FALSE(opened);
  EXPECT_THAT(opened.error().message, testing::HasSubstr("run it again"));
  EXPECT_FALSE(fs::exists(path_));
  value(restore(backup_, path_));
  EXPECT_EQ(content_at(path_), old_);
  EXPECT_EQ(content_at(path_ + ".replaced"), now_);
}

}  // namespace
}  // namespace samrad::tests
