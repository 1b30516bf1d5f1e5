#include "service/api/probe.h"

#include <fmt/format.h>

namespace samrad::api {

Probe::Probe(std::function<std::string()> ask) : ask_(std::move(ask)), thread_([this] { run(); }) {}

Probe::~Probe() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  wanted_.notify_one();
  thread_.join();
}

std::string Probe::fault(std::chrono::milliseconds fresh, std::chrono::milliseconds patience) {
  const Steady::time_point now = Steady::now();
  const auto is_fresh = [&] { return answered_ && now - answer_begun_ <= fresh; };
  std::unique_lock lock(mutex_);
  if (is_fresh()) return answer_;
  if (!busy_ && !want_) {
    want_ = true;
    begun_ = now;
    wanted_.notify_one();
  }
  done_.wait_until(lock, begun_ + patience, is_fresh);
  if (is_fresh()) return answer_;
  const auto waited = std::chrono::duration_cast<std::chrono::milliseconds>(Steady::now() - begun_);
  return fmt::format("a write has been under way for {} ms", waited.count());
}

void Probe::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    wanted_.wait(lock, [this] { return want_ || stop_; });
    if (stop_) return;
    want_ = false;
    busy_ = true;
    const Steady::time_point begun = begun_ = Steady::now();
    lock.unlock();
    std::string answer;
    try {
      answer = ask_();
    } catch (const std::exception&) {
      answer = "there is no memory left to ask with";
    }
    lock.lock();
    busy_ = false;
    answered_ = true;
    answer_begun_ = begun;
    answer_ = std::move(answer);
    done_.notify_all();
  }
}

}  // namespace samrad::api
