// New findings on their way to those who listen: the latest in memory, the rest in the store, and who is to be woken.
//
// Any thread. What a stream has missed it reads from the store, so that a slow one costs no memory.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "service/store/store.h"

namespace samrad::api {

class Hub {
 public:
  explicit Hub(std::size_t kept_max) : kept_max_(kept_max) {}

  // How far findings go at the start.
  void begin(store::FindingNo last);
  void tell(const std::vector<store::Finding>& findings);
  // No more will come: all who wait are woken.
  void stop();
  [[nodiscard]] bool stopped() const;

  [[nodiscard]] store::FindingNo last() const;
  [[nodiscard]] std::size_t listeners() const;

  // Findings after that number, at most `limit`; nothing where the first of them is no longer in memory.
  [[nodiscard]] std::optional<std::vector<store::Finding>> after(store::FindingNo no,
                                                                 std::size_t limit) const;

  // Calls `wake` once, soon after a finding behind `seen` is told; at once where one is already. A number, to be given to leave().
  std::uint64_t wait(store::FindingNo seen, std::function<void()> wake);
  void leave(std::uint64_t ticket);

 private:
  std::size_t kept_max_;
  mutable std::mutex mutex_;
  std::deque<store::Finding> latest_;
  store::FindingNo last_ = 0;
  bool stopped_ = false;
  std::uint64_t ticket_ = 0;
  std::map<std::uint64_t, std::function<void()>> waiting_;
};

}  // namespace samrad::api
