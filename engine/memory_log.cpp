// Memory and log are compared at their ends only: neither is walked through from its beginning.
#include "engine/memory_log.h"

#include <algorithm>

namespace samrad::engine {
namespace {

std::ptrdiff_t offset(std::size_t n) { return static_cast<std::ptrdiff_t>(n); }

}  // namespace

MemoryLog::Mark MemoryLog::mark(const Memory& memory) {
  log_.resize(memory.size());
  Mark mark;
  for (std::size_t type = 0; type < memory.size(); ++type) {
    const std::vector<Remembered>& held = memory[type];
    std::vector<Remembered>& log = log_[type];
    auto news = held.end();
    while (news != held.begin() &&
           (log.empty() || std::prev(news)->event.identity != log.back().event.identity))
      --news;
    log.insert(log.end(), news, held.end());
    mark.emplace_back(log.size() - held.size(), log.size());
  }
  return mark;
}

void MemoryLog::go_back(const Mark& mark, Memory& memory) {
  for (std::size_t type = 0; type < memory.size(); ++type) {
    const auto [from, to] = mark[type];
    std::vector<Remembered>& held = memory[type];
    std::vector<Remembered>& log = log_[type];
    log.resize(to);
    // What was forgotten since: all before the first that is held still.
    std::size_t kept = from;
    while (kept < to && (held.empty() || log[kept].event.identity != held[0].event.identity))
      ++kept;
    held.resize(to - kept);
    held.insert(held.begin(), log.begin() + offset(from), log.begin() + offset(kept));
  }
}

}  // namespace samrad::engine
