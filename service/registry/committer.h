// Transactions on a thread of their own, one at a time: while the disk syncs, whoever gave one goes on. Used from one thread.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <thread>

#include "service/store/store.h"

namespace samrad::registry {

class Committer {
 public:
  // `ended` is called after each transaction, on the committer's thread. The store outlives this.
  Committer(store::Store& store, std::function<void()> ended);
  ~Committer();  // waits for what is under way
  Committer(const Committer&) = delete;

  // None is under way; `batch` stays as it is until wait() returns.
  void begin(const store::Batch& batch);
  // Whether nothing is under way. Any thread.
  [[nodiscard]] bool idle() const;

  struct Outcome {
    store::Result<void> result;
    std::uint64_t micros = 0;  // that it took
  };
  // Of the last transaction begun, once it has ended.
  [[nodiscard]] const Outcome& wait();

 private:
  void run();

  store::Store& store_;
  const std::function<void()> ended_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  const store::Batch* batch_ = nullptr;  // null: nothing is under way
  Outcome outcome_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace samrad::registry
