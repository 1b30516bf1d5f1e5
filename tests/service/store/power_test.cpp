// Aim: after a loss of power at any moment, with what was not synced dropped, torn and reordered, every acknowledged batch is there
// whole, and the one under way whole or not at all.

#include <cstdlib>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "tests/service/store/losing_disk.h"
#include "tests/service/store/sample.h"

namespace samrad::tests {
namespace {

using namespace store;

constexpr int batches = 40;
constexpr int seeds_by_default = 300;

int seeds() {
  const char* wanted = std::getenv("SAMRAD_STORE_SEEDS");
  return wanted == nullptr ? seeds_by_default : std::atoi(wanted);
}

// The work of all seeds: batches of every kind of row and of various sizes, each with its number.
std::vector<Batch> make_work() {
  std::mt19937 random(7);
  std::vector<Batch> work;
  std::map<AgreementNo, std::uint64_t> last;
  FindingNo finding_no = 0;
  for (int i = 1; i <= batches; ++i) {
    Batch batch;
    if (i <= 5) batch = founding(i);
    const auto agreements = static_cast<AgreementNo>(std::min(i, 5));
    for (std::size_t n = random() % 30; n > 0; --n) {
      const AgreementNo no = 1 + random() % agreements;
      batch.events.push_back(event(no, ++last[no]));
      batch.events.back().bytes += std::string(random() % 900, 'x');
      batch.findings.push_back(finding(++finding_no, no, last[no]));
      batch.verdicts.push_back(verdict(no, fmt::format("meet/{}", random() % 20),
                                       random() % 2 == 0 ? "open" : "met", "2017-06-30"));
      batch.wakes.emplace_back(no, random() % 5 == 0 ? never : static_cast<Micros>(random()));
      batch.messages.push_back(message(fmt::format("m{}", random() % 200), random()));
    }
    if (!batch.events.empty()) {
      const Event& newest = batch.events.back();
      batch.snapshots = {{newest.agreement, newest.sequence, std::string(random() % 3000, 's')}};
    }
    batch.documents = {{"token", "batch", std::to_string(i)}};
    work.push_back(std::move(batch));
  }
  return work;
}

const std::vector<Batch>& work() {
  static const std::vector<Batch> made = make_work();
  return made;
}

// What a store holds after so many batches, without any loss.
const std::vector<std::string>& contents() {
  static const std::vector<std::string> made = [] {
    const Folder folder;
    const auto store = value(open_sqlite(folder.path()));
    std::vector<std::string> all = {content(*store)};
    for (const Batch& batch : work()) {
      value(store->commit(batch));
      all.push_back(content(*store));
    }
    return all;
  }();
  return made;
}

int batches_in(Store& store) {
  const auto last = value(value(store.reader())->document("token", "batch"));
  return last ? std::stoi(last->content) : 0;
}

// Copies back at a moment of the test's choice, as the thread of the store does at one of its own.
void copy_back(const std::string& path, int mode) {
  sqlite3* db = nullptr;
  if (sqlite3_open_v2(path.c_str(), &db, SQLITE_OPEN_READWRITE, LosingDisk::name) == SQLITE_OK)
    sqlite3_wal_checkpoint_v2(db, nullptr, mode, nullptr, nullptr);
  sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  sqlite3_close(db);
}

// Opens, commits what is not there yet, and goes down with the power. Gives how many batches were acknowledged.
int live(const std::string& path, int from, std::mt19937& random) {
  LosingDisk& disk = LosingDisk::one();
  // Every fourth with the thread that copies back; the others are the same every time.
  const bool thread = random() % 4 == 0;
  const auto opened =
      open_sqlite(path, {.vfs = LosingDisk::name, .checkpoint_pages = thread ? 20 : 0});
  int acknowledged = from;
  if (opened) {
    while (acknowledged < batches &&
           (*opened)->commit(work()[static_cast<std::size_t>(acknowledged)])) {
      ++acknowledged;
      if (random() % 6 == 0)
        copy_back(path, random() % 2 == 0 ? SQLITE_CHECKPOINT_PASSIVE : SQLITE_CHECKPOINT_TRUNCATE);
    }
  }
  disk.cut();
  return acknowledged;
}

TEST(PowerTest, NothingAcknowledgedIsLostAndNothingIsHalf) {
  LosingDisk& disk = LosingDisk::one();
  int unfinished = 0;      // cut before the last batch
  int more_than_told = 0;  // the batch under way was there
  for (int seed = 1; seed <= seeds(); ++seed) {
    SCOPED_TRACE(fmt::format("seed {}", seed));
    std::mt19937 random(static_cast<unsigned>(seed));
    const Folder folder;
    int there = 0;
    for (int life = 0; life < 2 && there < batches; ++life) {
      const std::string before = folder.path(fmt::format("life-{}", life));
      const std::string after = folder.path(fmt::format("life-{}", life + 1));
      using Count = LosingDisk::Count;
      const bool at_sync = random() % 2 == 0;
      disk.begin(before, random(), at_sync ? Count::syncs : Count::changes,
                 1 + static_cast<int>(random() % (at_sync ? 60 : 1000)));
      const int acknowledged = live(before + "/store.db", there, random);
      disk.leave(after);
      const std::string path = after + "/store.db";

      const auto store = value(open_sqlite(path));
      there = batches_in(*store);
      ASSERT_GE(there, acknowledged);
      ASSERT_LE(there, acknowledged + 1);
      ASSERT_EQ(content(*store), contents()[static_cast<std::size_t>(there)]);
      ASSERT_THAT(value(check_file(path)).faults, testing::IsEmpty());
      unfinished += acknowledged < batches;
      more_than_told += there > acknowledged;
    }
  }
  // The cuts were where they are of interest.
  EXPECT_GT(unfinished, seeds() / 2);
  EXPECT_GT(more_than_told, 0);
}

}  // namespace
}  // namespace samrad::tests
