// Whether the store can be written, asked beside the requests: a disk that hangs must not hold up who asks how the service is.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace samrad::api {

class Probe {
 public:
  using Steady = std::chrono::steady_clock;
  // `ask` may take as long as it will; it gives what is wrong, or nothing. Called on a thread of the probe's own.
  explicit Probe(std::function<std::string()> ask);
  ~Probe();  // waits for an `ask` that is under way
  Probe(const Probe&) = delete;
  Probe& operator=(const Probe&) = delete;

  // What is wrong, empty where nothing is: an answer that was begun at most `fresh` ago. Waits for it at most `patience`, and not at all
  // where one has been under way for longer; then the answer is that none has come for so long. Any thread.
  [[nodiscard]] std::string
  fault(std::chrono::milliseconds fresh = std::chrono::milliseconds(200),
        std::chrono::milliseconds patience = std::chrono::milliseconds(250));

 private:
  void run();

  std::function<std::string()> ask_;
  std::mutex mutex_;
  std::condition_variable wanted_, done_;
  bool want_ = false, busy_ = false, stop_ = false;
  bool answered_ = false;
  Steady::time_point begun_;         // of the one under way, or of the last
  Steady::time_point answer_begun_;  // of the last that ended
  std::string answer_;
  std::thread thread_;
};

}  // namespace samrad::api
