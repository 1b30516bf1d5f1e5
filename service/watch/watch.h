// Watches the agreements so that people are told: joins the registry's verdicts to the alert rules, puts what is to be told into the outbox
// in the transaction of the finding that it tells of, and sends it.
//
//   Watch watch(store, rulebooks, clock, settings, base_url);
//   Registry registry(store, clock, rulebooks, options, &watch);
//   watch.attach(registry);   // reads the rules on record
//   registry.start(); watch.start(); … ; watch.stop(); registry.stop();
//
// The API's Alerting: {changed = use, wake = wake, figures = counts}.
#pragma once

#include <memory>
#include <string>

#include "service/alerts/rule.h"
#include "service/alerts/sender.h"
#include "service/registry/registry.h"

namespace samrad::watch {

class Watch final : public registry::Announcer {
 public:
  // All must outlive it. `base` is what links begin with where the rules do not say; empty: no links.
  Watch(store::Store& store, registry::Rulebooks& rulebooks, const Clock& clock,
        alerts::SenderSettings settings, std::string base);
  ~Watch() override;  // stops
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  // Once, before registry.start(). After a failure nobody is told anything until new rules are given to use().
  [[nodiscard]] store::Result<void> attach(registry::Registry& registry);
  // Begins to send and to make digests; once, after registry.start().
  void start();
  // Lets tries that run end and records what they came to. Before registry.stop().
  void stop();

  // On the registry's thread.
  Micros announce(const Standing& standing, store::Batch& batch) override;

  // New rules, that are on record; who calls it has the registry look at all agreements again. Any thread.
  void use(const alerts::Configuration& configuration);
  // Something waits to be sent. Any thread, cheap.
  void wake();
  // Makes the digests that are due now; what start() does by itself as time passes. Any thread.
  [[nodiscard]] store::Result<void> make_digests();

  [[nodiscard]] alerts::SenderCounts counts() const;  // any thread
  // Duties of which somebody should be told now, and nobody is named for; of agreements in memory. Any thread.
  [[nodiscard]] std::uint64_t unheard() const;

 private:
  class Work;
  std::unique_ptr<Work> work_;
};

}  // namespace samrad::watch
