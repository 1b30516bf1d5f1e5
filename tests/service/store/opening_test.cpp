// Aim: a store is opened by one at a time, comes back as it was left, and says in a sentence why it cannot be opened. Its
// write-ahead log stays short while it is written.

#include <fstream>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/service/store/sample.h"

namespace samrad::tests {
namespace {

namespace fs = std::filesystem;
using namespace store;
using testing::HasSubstr;

Failure failure_of_opening(const std::string& path, const Options& options = {}) {
  auto opened = open_sqlite(path, options);
  if (opened) return {Failure::Kind::io, "it opened"};
  return opened.error();
}

TEST(OpeningTest, WhatWasCommittedIsThereAgain) {
  const Folder folder;
  std::string id;
  std::string before;
  {
    const auto store = value(open_sqlite(folder.path()));
    Batch batch = founding(1);
    batch.events = {event(1, 1)};
    value(store->commit(batch));
    id = store->id();
    before = content(*store);
  }
  EXPECT_FALSE(fs::exists(folder.path("store.db-wal")));
  const auto store = value(open_sqlite(folder.path(), {.create = false}));
  EXPECT_EQ(store->id(), id);
  EXPECT_EQ(id.size(), 32);
  EXPECT_EQ(content(*store), before);

  const Folder other;
  EXPECT_NE(value(open_sqlite(other.path()))->id(), id);
}

TEST(OpeningTest, TheFolderIsMadeForThisUserAlone) {
  const Folder folder;
  const auto store = value(open_sqlite(folder.path("new/store.db")));
  struct stat status;
  ASSERT_EQ(stat(folder.path("new").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0700U);
}

TEST(OpeningTest, AbsentWhereItIsNotToBeMade) {
  const Folder folder;
  const Failure failure = failure_of_opening(folder.path(), {.create = false});
  EXPECT_EQ(failure.kind, Failure::Kind::absent);
  EXPECT_THAT(failure.message, HasSubstr(folder.path()));
  EXPECT_FALSE(fs::exists(folder.path()));
  EXPECT_EQ(failure_of_opening(folder.path("no/such/folder/store.db")).kind, Failure::Kind::absent);
}

TEST(OpeningTest, TwoCannotHaveOneStore) {
  const Folder folder;
  {
    const auto store = value(open_sqlite(folder.path()));
    const Failure failure = failure_of_opening(folder.path());
    EXPECT_EQ(failure.kind, Failure::Kind::locked);
    EXPECT_THAT(failure.message, HasSubstr("process " + std::to_string(getpid())));

    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) _exit(failure_of_opening(folder.path()).kind == Failure::Kind::locked ? 0 : 1);
    int status = -1;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
  }
  EXPECT_TRUE(open_sqlite(folder.path()));
}

TEST(OpeningTest, AProcessThatIsKilledLeavesNoLock) {
  const Folder folder;
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    const auto store = open_sqlite(folder.path());
    Batch batch = founding(1);
    _exit(store && (*store)->commit(batch) ? 0 : 1);  // without closing anything
  }
  int status = -1;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_EQ(status, 0);
  const auto store = value(open_sqlite(folder.path()));
  EXPECT_TRUE(value(value(store->reader())->agreement(1)));
}

TEST(OpeningTest, WhatIsNoStoreIsRefused) {
  const Folder folder;
  std::ofstream(folder.path("text")) << std::string(5000, 'x');
  EXPECT_EQ(failure_of_opening(folder.path("text")).kind, Failure::Kind::corrupt);
  EXPECT_EQ(fs::file_size(folder.path("text")), 5000);
  fs::create_directory(folder.path("folder"));
  EXPECT_FALSE(open_sqlite(folder.path("folder")));
}

TEST(OpeningTest, AFolderThatMayNotBeWritten) {
  if (geteuid() == 0) GTEST_SKIP() << "every folder may be written by this user";
  const Folder folder;
  fs::create_directory(folder.path("shut"));
  fs::permissions(folder.path("shut"), fs::perms::owner_read | fs::perms::owner_exec);
  EXPECT_EQ(failure_of_opening(folder.path("shut/store.db")).kind, Failure::Kind::read_only);
}

std::uintmax_t log_bytes(const Folder& folder) {
  std::error_code absent;
  const auto size = fs::file_size(folder.path("store.db-wal"), absent);
  return absent ? 0 : size;
}

TEST(OpeningTest, TheLogStaysShortUnderWriting) {
  const Folder folder;
  constexpr int pages = 100;
  const auto store = value(open_sqlite(folder.path(), {.checkpoint_pages = pages}));
  value(store->commit(founding(1)));
  std::uintmax_t longest = 0;
  for (std::uint64_t i = 1; i <= 5000; ++i) {
    Batch batch;
    batch.events = {event(1, i)};
    value(store->commit(batch));
    longest = std::max(longest, log_bytes(folder));
  }
  // About two pages a commit: 10,000 without any copying back.
  EXPECT_LT(longest, 60 * pages * 4096);
}

TEST(OpeningTest, TheLogIsEmptiedWhenNothingHappens) {
  const Folder folder;
  const auto store = value(open_sqlite(folder.path(), {.idle = std::chrono::milliseconds(5)}));
  value(store->commit(founding(1)));
  for (int i = 0; i < 2000 && log_bytes(folder) > 0; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  EXPECT_EQ(log_bytes(folder), 0);
  EXPECT_TRUE(value(value(store->reader())->agreement(1)));
}

TEST(OpeningTest, WithoutCopyingBackTheLogOnlyGrows) {
  const Folder folder;
  const auto store = value(
      open_sqlite(folder.path(), {.checkpoint_pages = 0, .idle = std::chrono::milliseconds(1)}));
  value(store->commit(founding(1)));
  const auto before = log_bytes(folder);
  value(store->commit(founding(2)));
  EXPECT_GT(log_bytes(folder), before);
}

}  // namespace
}  // namespace samrad::tests
