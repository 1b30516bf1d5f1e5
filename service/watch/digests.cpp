#include "service/watch/digests.h"

#include <algorithm>
#include <deque>
#include <future>
#include <set>

#include "service/alerts/compose.h"
#include "service/alerts/hours.h"
#include "service/watch/close_look.h"
#include "service/watch/on_record.h"
#include "service/watch/outbox.h"

namespace samrad::watch {

namespace {

constexpr std::chrono::seconds look_at_the_clock{1};  // it may be set at any time
constexpr Micros try_again_after = 60'000'000;
constexpr std::size_t agreements_at_a_time = 500;

store::Result<void> keep(registry::Registry& registry, std::vector<store::Message> messages) {
  std::promise<store::Result<void>> promise;
  auto kept = promise.get_future();
  registry.add(
      [&](store::Batch& batch) {
        std::move(messages.begin(), messages.end(), std::back_inserter(batch.messages));
      },
      [&](const auto& answer) {
        if (answer) return promise.set_value({});
        promise.set_value(
            tl::unexpected(store::Failure{store::Failure::Kind::io, answer.error().message}));
      });
  return kept.get();
}

// Its duties without those that no part speaks of.
alerts::Agreement only_told(const alerts::Agreement& agreement,
                            const std::set<const alerts::Duty*>& told) {
  alerts::Agreement made{.id = agreement.id,
                         .title = agreement.title,
                         .zone = agreement.zone,
                         .holidays = agreement.holidays,
                         .since = agreement.since,
                         .roles = agreement.roles,
                         .duties = {}};
  for (const alerts::Duty& duty : agreement.duties)
    if (told.contains(&duty)) made.duties.push_back(duty);
  return made;
}

}  // namespace

// One pass over all agreements, for all digests that are due.
struct Digests::Walk {
  store::Reader& reader;
  registry::Rulebooks& rulebooks;
  const alerts::Directory& directory;
  const std::vector<alerts::Message>& messages;
  Micros now = 0;
  Parts parts;
  std::deque<alerts::Agreement> agreements;  // that the parts point into
};

store::Result<void> Digests::visit(Walk& walk, const store::Agreement& agreement) {
  if (agreement.closed || walk.directory.rules_for(agreement.id).empty()) return {};
  const auto versions = walk.reader.versions(agreement.no);
  if (!versions) return tl::unexpected(versions.error());
  std::vector<std::string> contents;
  for (const store::RuleVersion& one : *versions)
    contents.push_back(one.content);
  const auto book = walk.rulebooks.get(contents);
  const auto zone = record::Zone::open(agreement.zone);
  if (!book || !zone) return {};  // the registry says so where it matters
  auto rows = Rows::read(walk.reader, agreement.no);
  if (!rows) return tl::unexpected(rows.error());
  const calendar::Day today = zone->day_of(alerts::seconds_of(walk.now));
  rows->let_go((*book)->chosen, walk.now, today, {});
  OnRecord record(walk.reader);
  const alerts::Agreement whole =
      agreement_of(agreement, **book, *rows, *zone, today, record.acknowledged(agreement.id));
  if (record.failure()) return tl::unexpected(*record.failure());

  std::set<const alerts::Duty*> told;
  for (const alerts::Message& message : walk.messages)
    if (const auto part = digest_part(walk.directory, *message.recipient, whole, walk.now))
      for (const alerts::DigestItem& item : part->items)
        told.insert(item.duty);
  if (told.empty()) return {};
  alerts::Agreement& kept = walk.agreements.emplace_back(only_told(whole, told));
  if (const auto look = CloseLook::take(walk.reader, nullptr, agreement, **book, walk.now))
    for (alerts::Duty& duty : kept.duties)
      (void)look->tell(duty);
  for (std::size_t i = 0; i < walk.messages.size(); ++i)
    if (auto part = digest_part(walk.directory, *walk.messages[i].recipient, kept, walk.now))
      walk.parts[i].push_back(std::move(*part));
  return {};
}

store::Result<void> Digests::over_all(Walk& walk) const {
  std::string after;
  for (;;) {
    const auto page = walk.reader.agreements(after, agreements_at_a_time);
    if (!page) return tl::unexpected(page.error());
    for (const store::Agreement& agreement : *page) {
      if (stopping_)
        return tl::unexpected(
            store::Failure{store::Failure::Kind::io, "the service is being stopped"});
      if (auto visited = visit(walk, agreement); !visited) return visited;
    }
    if (page->size() < agreements_at_a_time) return {};
    after = page->back().id;
  }
}

store::Result<void> Digests::make(registry::Registry& registry) {
  const std::lock_guard one(making_);
  auto made = try_to_make(registry);
  if (failed_ == !made.has_value() || stopping_) return made;
  failed_ = !made.has_value();
  if (no_digests_) no_digests_(made ? std::string() : made.error().message);
  return made;
}

store::Result<void> Digests::try_to_make(registry::Registry& registry) {
  const auto [directory, edition] = rules_.now();
  const alerts::Configuration& configuration = directory->configuration();
  const Micros now = clock_.now();
  const auto planned = [&](Micros next) {
    const std::lock_guard lock(mutex_);
    looked_ = now;
    next_ = next;
    edition_ = edition;
  };
  planned(now + try_again_after);
  auto reader = store_.reader();
  if (!reader) return tl::unexpected(reader.error());
  const auto zone = record::Zone::open(configuration.zone);
  if (!zone) return {};
  OnRecord record(**reader);
  const alerts::DigestPlan plan = plan_digests(*directory, *zone, now, record.last_key());
  if (record.failure()) return tl::unexpected(*record.failure());

  if (!plan.messages.empty()) {
    Walk walk{**reader, rulebooks_, *directory, plan.messages, now, {}, {}};
    walk.parts.resize(plan.messages.size());
    if (auto done = over_all(walk); !done) return done;
    const std::string& base = configuration.link.empty() ? base_ : configuration.link;
    std::vector<store::Message> rows;
    for (std::size_t i = 0; i < plan.messages.size(); ++i)
      rows.push_back(message_of(plan.messages[i],
                                digest_row(plan.messages[i], walk.parts[i], base, now), 0, now));
    if (auto kept = keep(registry, std::move(rows)); !kept) return kept;
  }
  planned(plan.next.value_or(store::never));
  return {};
}

// The rules may have changed, or the clock may have been set back.
bool Digests::is_time() const {
  const Micros now = clock_.now();
  return edition_ != rules_.now().number || now >= next_ || now < looked_;
}

void Digests::start(registry::Registry& registry) {
  thread_ = std::thread([this, &registry] { run(registry); });
}

void Digests::run(registry::Registry& registry) {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    if (is_time()) {
      lock.unlock();
      try {
        (void)make(registry);
      } catch (const std::exception&) {
        // No memory, say: it is tried again.
      }
      lock.lock();
    }
    if (!stopping_) stop_.wait_for(lock, look_at_the_clock);
  }
}

void Digests::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stop_.notify_all();
  if (thread_.joinable()) thread_.join();
}

}  // namespace samrad::watch
