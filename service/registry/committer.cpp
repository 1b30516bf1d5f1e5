#include "service/registry/committer.h"

#include <chrono>

namespace samrad::registry {

Committer::Committer(store::Store& store, std::function<void()> ended)
    : store_(store), ended_(std::move(ended)), thread_([this] { run(); }) {}

Committer::~Committer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void Committer::begin(const store::Batch& batch) {
  {
    const std::lock_guard lock(mutex_);
    batch_ = &batch;
  }
  changed_.notify_all();
}

bool Committer::idle() const {
  const std::lock_guard lock(mutex_);
  return batch_ == nullptr;
}

const Committer::Outcome& Committer::wait() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return batch_ == nullptr; });
  return outcome_;
}

void Committer::run() {
  using std::chrono::steady_clock;
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return batch_ != nullptr || stopping_; });
    if (batch_ == nullptr) return;
    const store::Batch& batch = *batch_;
    lock.unlock();
    const auto began = steady_clock::now();
    Outcome outcome{store_.commit(batch), 0};
    const auto took = steady_clock::now() - began;
    outcome.micros = static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::microseconds>(took).count());
    lock.lock();
    outcome_ = std::move(outcome);
    batch_ = nullptr;
    lock.unlock();
    changed_.notify_all();
    ended_();
    lock.lock();
  }
}

}  // namespace samrad::registry
