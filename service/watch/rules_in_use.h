// The alert rules that hold now, with their look-ups made. Any thread.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>

#include "service/alerts/directory.h"

namespace samrad::watch {

class RulesInUse {
 public:
  struct Edition {
    std::shared_ptr<const alerts::Directory> directory;  // never null
    std::uint64_t number = 0;                            // grows with each change
  };

  [[nodiscard]] Edition now() const {
    const std::lock_guard lock(mutex_);
    return edition_;
  }
  void change(alerts::Configuration configuration) {
    auto directory = std::make_shared<const alerts::Directory>(std::move(configuration));
    const std::lock_guard lock(mutex_);
    edition_ = {std::move(directory), edition_.number + 1};
  }

 private:
  mutable std::mutex mutex_;
  Edition edition_{std::make_shared<const alerts::Directory>(alerts::Configuration{}), 0};
};

}  // namespace samrad::watch
