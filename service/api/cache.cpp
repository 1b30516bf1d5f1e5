#include "service/api/cache.h"

namespace samrad::api {

namespace {

std::size_t size_of(const std::string& key, const Kept& kept) {
  return key.size() + kept.agreement.size() + kept.response.content().size() + 512;
}

}  // namespace

KeptPointer Cache::find(std::string_view key) {
  const std::lock_guard lock(mutex_);
  const auto it = by_key_.find(key);
  if (it == by_key_.end()) return nullptr;
  latest_.splice(latest_.begin(), latest_, it->second);
  return it->second->kept;
}

void Cache::keep(std::string key, KeptPointer kept) {
  const std::size_t size = size_of(key, *kept);
  if (size > bytes_max_ / 8) return;
  const std::lock_guard lock(mutex_);
  if (const auto it = by_key_.find(key); it != by_key_.end()) {
    latest_.splice(latest_.end(), latest_, it->second);
    drop_last();
  }
  latest_.push_front({std::move(key), std::move(kept)});
  by_key_.emplace(latest_.front().key, latest_.begin());
  bytes_ += size;
  while (bytes_ > bytes_max_)
    drop_last();
}

void Cache::drop_last() {
  const Entry& last = latest_.back();
  bytes_ -= size_of(last.key, *last.kept);
  by_key_.erase(last.key);
  latest_.pop_back();
}

std::size_t Cache::bytes() const {
  const std::lock_guard lock(mutex_);
  return bytes_;
}

bool Cache::begin(const std::string& key, Waiter then) {
  const std::lock_guard lock(mutex_);
  const auto [it, first] = at_work_.try_emplace(key);
  if (!first) it->second.push_back(std::move(then));
  return first;
}

void Cache::done(const std::string& key, const http::Response& response) {
  std::vector<Waiter> waiting;
  {
    const std::lock_guard lock(mutex_);
    const auto it = at_work_.find(key);
    if (it == at_work_.end()) return;
    waiting = std::move(it->second);
    at_work_.erase(it);
  }
  for (const Waiter& then : waiting)
    then(response);
}

}  // namespace samrad::api
