#include "service/api/hub.h"

#include <algorithm>

namespace samrad::api {

void Hub::begin(store::FindingNo last) {
  const std::lock_guard lock(mutex_);
  if (last > last_) last_ = last;
}

void Hub::tell(const std::vector<store::Finding>& findings) {
  if (findings.empty()) return;
  std::map<std::uint64_t, std::function<void()>> woken;
  {
    const std::lock_guard lock(mutex_);
    for (const store::Finding& one : findings) {
      latest_.push_back(one);
      last_ = std::max(last_, one.no);
    }
    while (latest_.size() > kept_max_)
      latest_.pop_front();
    woken.swap(waiting_);
  }
  for (const auto& [ticket, wake] : woken)
    wake();
}

void Hub::stop() {
  std::map<std::uint64_t, std::function<void()>> woken;
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    woken.swap(waiting_);
  }
  for (const auto& [ticket, wake] : woken)
    wake();
}

bool Hub::stopped() const {
  const std::lock_guard lock(mutex_);
  return stopped_;
}

store::FindingNo Hub::last() const {
  const std::lock_guard lock(mutex_);
  return last_;
}

std::size_t Hub::listeners() const {
  const std::lock_guard lock(mutex_);
  return waiting_.size();
}

std::optional<std::vector<store::Finding>> Hub::after(store::FindingNo no,
                                                      std::size_t limit) const {
  const std::lock_guard lock(mutex_);
  std::vector<store::Finding> found;
  if (no >= last_) return found;
  if (latest_.empty() || latest_.front().no > no + 1) return std::nullopt;
  auto it =
      std::upper_bound(latest_.begin(), latest_.end(), no,
                       [](store::FindingNo n, const store::Finding& one) { return n < one.no; });
  for (; it != latest_.end() && found.size() < limit; ++it)
    found.push_back(*it);
  return found;
}

std::uint64_t Hub::wait(store::FindingNo seen, std::function<void()> wake) {
  {
    const std::lock_guard lock(mutex_);
    if (!stopped_ && seen >= last_) {
      waiting_.emplace(++ticket_, std::move(wake));
      return ticket_;
    }
  }
  wake();
  return 0;
}

void Hub::leave(std::uint64_t ticket) {
  const std::lock_guard lock(mutex_);
  waiting_.erase(ticket);
}

}  // namespace samrad::api
