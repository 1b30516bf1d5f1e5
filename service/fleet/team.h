// A few threads that do one thing together, again and again.
#pragma once

#include <barrier>
#include <cstdint>
#include <functional>
#include <thread>
#include <vector>

namespace samrad::fleet {

class Team {
 public:
  explicit Team(std::uint32_t size) : size_(size), begin_(size), end_(size) {
    for (std::uint32_t n = 1; n < size; ++n)
      others_.emplace_back([this, n] {
        for (;;) {
          begin_.arrive_and_wait();
          if (!work_) return;
          work_(n);
          end_.arrive_and_wait();
        }
      });
  }
  Team(const Team&) = delete;
  Team& operator=(const Team&) = delete;
  ~Team() {
    work_ = nullptr;
    begin_.arrive_and_wait();
    for (std::thread& other : others_)
      other.join();
  }

  // Calls work(0) to work(size - 1), each in a thread of its own, and returns when all have. Work does not throw.
  void run(std::function<void(std::uint32_t)> work) {
    work_ = std::move(work);
    begin_.arrive_and_wait();
    work_(0);
    end_.arrive_and_wait();
  }

  [[nodiscard]] std::uint32_t size() const { return size_; }

 private:
  std::uint32_t size_;
  std::function<void(std::uint32_t)> work_;
  std::barrier<> begin_, end_;
  std::vector<std::thread> others_;
};

}  // namespace samrad::fleet
