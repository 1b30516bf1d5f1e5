// The log of the service: one JSON object a line on standard error. Whole lines, from any thread.
#pragma once

#include <atomic>
#include <initializer_list>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "service/clock.h"
#include "service/config/configuration.h"

namespace samrad::serve {

class Journal {
 public:
  Journal(config::LogLevel level, const Clock& clock) : level_(level), clock_(clock) {}

  using Members = std::initializer_list<std::pair<std::string_view, std::string>>;
  // {"time": …, "level": …, "event": …, and the members as texts}. Nothing where the level is not kept.
  void write(config::LogLevel level, std::string_view event, Members members = {});

  [[nodiscard]] bool keeps(config::LogLevel level) const { return level <= level_; }

 private:
  config::LogLevel level_;
  const Clock& clock_;
  std::mutex mutex_;
};

}  // namespace samrad::serve
