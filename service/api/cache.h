// Answers kept for the next one who asks the same: found by target and headers, and good as long as the agreement stands as it did.
//
// Also sees to it that of many who ask the same at once one is worked for and all get the answer. Any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "service/api/route.h"
#include "service/clock.h"

namespace samrad::api {

// How far an agreement was when an answer was made.
struct Standing {
  std::uint64_t sequence = 0;
  std::uint32_t version = 0;
  auto operator<=>(const Standing&) const = default;
};

struct Kept {
  const Route* route = nullptr;
  std::string agreement;
  Standing standing;
  Micros fresh_until = 0;
  http::Response response;  // with `etag` and a shared body
};
using KeptPointer = std::shared_ptr<const Kept>;

class Cache {
 public:
  explicit Cache(std::size_t bytes_max) : bytes_max_(bytes_max) {}

  // Null: none. Whether it is still good is for the caller to see.
  [[nodiscard]] KeptPointer find(std::string_view key);
  // In place of what was kept of that key; what was used longest ago goes. An answer larger than an eighth of the whole is not kept.
  void keep(std::string key, KeptPointer kept);
  [[nodiscard]] std::size_t bytes() const;

  // True: nobody is at work on `key`, and the caller is from now on, until he calls `done`. False: `then` is called by him who is.
  using Waiter = std::function<void(const http::Response&)>;
  [[nodiscard]] bool begin(const std::string& key, Waiter then);
  void done(const std::string& key, const http::Response& response);

 private:
  struct Entry {
    std::string key;
    KeptPointer kept;
  };
  void drop_last();

  std::size_t bytes_max_;
  mutable std::mutex mutex_;
  std::list<Entry> latest_;  // the one used last first
  std::unordered_map<std::string_view, std::list<Entry>::iterator> by_key_;
  std::size_t bytes_ = 0;
  std::unordered_map<std::string, std::vector<Waiter>> at_work_;
};

}  // namespace samrad::api
