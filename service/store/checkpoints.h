// Copies the write-ahead log back into the file, on a thread of its own, so that the log stays short and no commit waits for it.
#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "service/store/connection.h"
#include "service/store/sqlite.h"

namespace samrad::store {

class Checkpoints {
 public:
  // `writing` is held by whoever commits.
  Checkpoints(std::string path, const Options& options, std::mutex& writing);
  ~Checkpoints();  // empties the log, if no reader is in the way

  // The log holds so many pages after a commit. Any thread; returns at once.
  void grown(int pages);
  // Why the last copying back failed, until one succeeds.
  [[nodiscard]] std::optional<Failure> failure() const;

 private:
  void loop();
  [[nodiscard]] bool long_enough() const;
  void copy_back();
  void empty_log();
  [[nodiscard]] Result<void> connect();
  // One of SQLite's modes; the pages that are left in the log, or a failure that `failure()` gives from now on.
  [[nodiscard]] Result<int> checkpoint(int mode);

  const std::string path_;
  const Options options_;
  std::mutex& writing_;

  mutable std::mutex mutex_;  // of the members below
  std::condition_variable wake_;
  int pages_ = 0;     // in the log; 0 also: it is empty
  int tried_at_ = 0;  // pages of the log when it was last copied back
  std::uint64_t commits_ = 0;
  bool stopping_ = false;
  std::optional<Failure> failure_;

  std::optional<Connection> connection_;  // of the thread
  std::thread thread_;
};

}  // namespace samrad::store
