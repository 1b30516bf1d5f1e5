// While commits go on, the log grows behind every copying back, and it can only begin anew at a moment when all of it is copied. So
// the bulk is copied beside the commits, and the little that came meanwhile with the commits held off.

#include "service/store/checkpoints.h"

#include <utility>

namespace samrad::store {

namespace {

constexpr int rounds_max = 4;         // beside the commits, before they are held off
constexpr int remainder_pages = 500;  // so little is copied in a millisecond or two
constexpr int readers_milliseconds =
    20;  // that a commit may wait until readers of the old log are done

}  // namespace

Checkpoints::Checkpoints(std::string path, const Options& options, std::mutex& writing)
    : path_(std::move(path)), options_(options), writing_(writing), thread_([this] { loop(); }) {}

Checkpoints::~Checkpoints() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void Checkpoints::grown(int pages) {
  bool worth_waking = false;
  {
    const std::lock_guard lock(mutex_);
    worth_waking = pages_ == 0;
    if (pages < tried_at_) tried_at_ = 0;  // the log has begun anew
    pages_ = pages;
    ++commits_;
    worth_waking = worth_waking || long_enough();
  }
  if (worth_waking) wake_.notify_one();
}

// In vain, because a reader was in the way or the disk failed, it is tried again when the log has grown by as much.
bool Checkpoints::long_enough() const {
  return options_.checkpoint_pages > 0 && pages_ - tried_at_ >= options_.checkpoint_pages;
}

std::optional<Failure> Checkpoints::failure() const {
  const std::lock_guard lock(mutex_);
  return failure_;
}

void Checkpoints::loop() {
  if (options_.checkpoint_pages == 0) return;
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    if (pages_ == 0) {
      wake_.wait(lock);
      continue;
    }
    const std::uint64_t commits = commits_;
    wake_.wait_for(lock, options_.idle, [this] { return stopping_ || long_enough(); });
    const bool enough = long_enough();
    if (stopping_ || (!enough && commits != commits_)) continue;
    lock.unlock();
    enough ? copy_back() : empty_log();
    lock.lock();
  }
  lock.unlock();
  empty_log();
  // The last to close removes the log's file.
  if (connection_)
    sqlite3_db_config(connection_->get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, nullptr);
}

void Checkpoints::copy_back() {
  Result<int> left = checkpoint(SQLITE_CHECKPOINT_PASSIVE);
  for (int round = 1; left && *left > remainder_pages && round < rounds_max; ++round)
    left = checkpoint(SQLITE_CHECKPOINT_PASSIVE);
  const std::lock_guard holding(writing_);
  if (left) (void)checkpoint(SQLITE_CHECKPOINT_RESTART);
  const std::lock_guard lock(mutex_);
  tried_at_ = pages_;
}

void Checkpoints::empty_log() {
  const std::lock_guard holding(writing_);
  if (const auto left = checkpoint(SQLITE_CHECKPOINT_TRUNCATE); !left || *left > 0) return;
  const std::lock_guard lock(mutex_);
  pages_ = tried_at_ = 0;
}

Result<void> Checkpoints::connect() {
  auto opened = Connection::open(path_, Connection::Mode::write, options_.vfs);
  if (!opened) return tl::unexpected(std::move(opened.error()));
  sqlite3_busy_timeout(opened->get(), readers_milliseconds);
  if (auto set = opened->run("PRAGMA synchronous = FULL"); !set) return set;
  // A connection that has read nothing does not know yet that there is a log.
  if (auto read = opened->integer("PRAGMA user_version"); !read)
    return tl::unexpected(std::move(read.error()));
  connection_ = std::move(*opened);
  return {};
}

Result<int> Checkpoints::checkpoint(int mode) {
  Result<int> left = 0;
  if (!connection_)
    if (auto connected = connect(); !connected) left = tl::unexpected(std::move(connected.error()));
  if (connection_) {
    int in_log = 0;
    int copied = 0;
    const int code = sqlite3_wal_checkpoint_v2(connection_->get(), nullptr, mode, &in_log, &copied);
    if (code == SQLITE_OK || (code & 0xFF) == SQLITE_BUSY) {
      left = in_log - copied;
    } else {
      left = tl::unexpected(connection_->failure(code));
      connection_.reset();
    }
  }
  const std::lock_guard lock(mutex_);
  failure_ = left ? std::nullopt : std::optional(left.error());
  return left;
}

}  // namespace samrad::store
