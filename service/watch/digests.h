// The weekly digests: a thread that waits for the next one's hour, and goes over all agreements when it comes.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "service/alerts/digest.h"
#include "service/registry/registry.h"
#include "service/watch/rules_in_use.h"

namespace samrad::watch {

class Digests {
 public:
  // All must outlive it. `base` as Watch has it.
  Digests(store::Store& store, registry::Rulebooks& rulebooks, const Clock& clock,
          const RulesInUse& rules, std::string base,
          std::function<void(const std::string&)> no_digests = {})
      : store_(store),
        rulebooks_(rulebooks),
        clock_(clock),
        rules_(rules),
        base_(std::move(base)),
        no_digests_(std::move(no_digests)) {}
  ~Digests() { stop(); }
  Digests(const Digests&) = delete;

  void start(registry::Registry& registry);  // once
  void stop();

  // Those that are due now, durable when it returns. Any thread but the registry's.
  [[nodiscard]] store::Result<void> make(registry::Registry& registry);

 private:
  using Parts = std::vector<std::vector<alerts::DigestPart>>;  // by message of the plan
  struct Walk;
  void run(registry::Registry& registry);
  [[nodiscard]] bool is_time() const;
  [[nodiscard]] static store::Result<void> visit(Walk& walk, const store::Agreement& agreement);
  [[nodiscard]] store::Result<void> over_all(Walk& walk) const;
  [[nodiscard]] store::Result<void> try_to_make(registry::Registry& registry);

  store::Store& store_;
  registry::Rulebooks& rulebooks_;
  const Clock& clock_;
  const RulesInUse& rules_;
  const std::string base_;
  const std::function<void(const std::string&)> no_digests_;  // see alerts::SenderSettings
  bool failed_ = false;                                       // the last time; guarded by making_

  std::mutex making_;  // one pass at a time
  mutable std::mutex mutex_;
  std::condition_variable stop_;
  std::atomic<bool> stopping_ = false;
  Micros looked_ = 0;  // when digests were planned last
  Micros next_ = 0;    // and when to plan them again
  std::uint64_t edition_ = 0;
  std::thread thread_;
};

}  // namespace samrad::watch
