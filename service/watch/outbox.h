// The outbox that lies in the store.
#pragma once

#include <memory>

#include "service/alerts/outbox.h"
#include "service/alerts/planner.h"
#include "service/registry/registry.h"
#include "service/watch/rules_in_use.h"

namespace samrad::watch {

// A planned message as the store keeps it; `row` is what compose.h made of it. `agreement` 0: a digest.
[[nodiscard]] store::Message message_of(const alerts::Message& message, const alerts::Row& row,
                                        store::AgreementNo agreement, Micros now);

// Reads the store and writes by the registry. Of the sender's thread.
class StoreOutbox final : public alerts::Outbox {
 public:
  // All must outlive it.
  StoreOutbox(std::unique_ptr<store::Reader> reader, registry::Registry& registry,
              RulesInUse& rules)
      : reader_(std::move(reader)), registry_(registry), rules_(rules) {}

  [[nodiscard]] std::vector<alerts::Row> waiting(Micros now, std::size_t limit,
                                                 const std::vector<std::string>& not_to) override;
  [[nodiscard]] std::optional<alerts::Endpoint> endpoint(const std::string& id) override;
  // Waits until it is durable.
  [[nodiscard]] bool record(const std::vector<alerts::Step>& steps) override;

 private:
  // On the registry's thread, while the sender's waits. The rules with the endpoint disabled, where they change.
  std::optional<alerts::Configuration> put(const alerts::Step& step, store::Batch& batch);
  [[nodiscard]] alerts::Configuration rules_with(const store::Batch& batch) const;

  std::unique_ptr<store::Reader> reader_;
  registry::Registry& registry_;
  RulesInUse& rules_;
};

}  // namespace samrad::watch
