// A few threads for what takes longer than a session's thread may be held.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace samrad::api {

class Pool {
 public:
  // `threads` and `waiting_max` at least 1.
  Pool(std::size_t threads, std::size_t waiting_max);
  ~Pool();  // stops
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  // False, and `task` is let go, where too much waits or the pool is being stopped. A task throws nothing. Any thread.
  [[nodiscard]] bool run(std::function<void()> task);
  [[nodiscard]] std::size_t waiting() const;

  // Does what waits and ends the threads. Not on one of them.
  void stop();

 private:
  void work();

  std::size_t waiting_max_;
  mutable std::mutex mutex_;
  std::condition_variable more_;
  std::deque<std::function<void()>> tasks_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace samrad::api
