#include "service/watch/watch.h"

#include "service/alerts/kept.h"
#include "service/watch/announcements.h"
#include "service/watch/digests.h"
#include "service/watch/outbox.h"

namespace samrad::watch {

class Watch::Work {
 public:
  Work(store::Store& store, registry::Rulebooks& rulebooks, const Clock& clock,
       alerts::SenderSettings settings, const std::string& base)
      : store_(store),
        clock_(clock),
        settings_(std::move(settings)),
        announcements(store, rules, base),
        digests(store, rulebooks, clock, rules, base, settings_.no_digests) {}

  store::Result<void> attach(registry::Registry& registry) {
    registry_ = &registry;
    auto reader = store_.reader();
    if (!reader) return tl::unexpected(reader.error());
    const auto kept = (*reader)->document(alerts::kind_of_alerts, alerts::id_of_alerts);
    outbox_ = std::make_unique<StoreOutbox>(std::move(*reader), registry, rules);
    sender = std::make_unique<alerts::Sender>(*outbox_, clock_, settings_);
    if (!kept) return tl::unexpected(kept.error());
    if (!*kept) return {};
    auto read = alerts::read_configuration((*kept)->content);
    if (!read)
      return tl::unexpected(
          store::Failure{store::Failure::Kind::corrupt,
                         "the alert rules on record cannot be read, and nobody is told anything; "
                         "put them anew with `PUT /v1/alerts/rules`"});
    rules.change(std::move(*read));
    return {};
  }

  [[nodiscard]] registry::Registry* registry() const { return registry_; }

 private:
  store::Store& store_;
  const Clock& clock_;
  const alerts::SenderSettings settings_;
  registry::Registry* registry_ = nullptr;
  std::unique_ptr<StoreOutbox> outbox_;

 public:
  RulesInUse rules;
  Announcements announcements;
  Digests digests;
  std::unique_ptr<alerts::Sender> sender;  // null: not attached
};

Watch::Watch(store::Store& store, registry::Rulebooks& rulebooks, const Clock& clock,
             alerts::SenderSettings settings, std::string base)
    : work_(std::make_unique<Work>(store, rulebooks, clock, std::move(settings), base)) {}

Watch::~Watch() { stop(); }

store::Result<void> Watch::attach(registry::Registry& registry) { return work_->attach(registry); }

void Watch::start() {
  if (!work_->sender) return;
  work_->sender->start();
  work_->digests.start(*work_->registry());
}

void Watch::stop() {
  work_->digests.stop();
  if (work_->sender) work_->sender->stop();
}

Micros Watch::announce(const Standing& standing, store::Batch& batch) {
  return work_->announcements.announce(standing, batch);
}

void Watch::use(const alerts::Configuration& configuration) { work_->rules.change(configuration); }

void Watch::wake() {
  if (work_->sender) work_->sender->wake();
}

store::Result<void> Watch::make_digests() {
  auto made = work_->digests.make(*work_->registry());
  wake();
  return made;
}

alerts::SenderCounts Watch::counts() const {
  return work_->sender ? work_->sender->counts() : alerts::SenderCounts{};
}

std::uint64_t Watch::unheard() const { return work_->announcements.unheard(); }

}  // namespace samrad::watch
