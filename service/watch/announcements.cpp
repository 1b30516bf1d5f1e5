#include "service/watch/announcements.h"

#include <algorithm>
#include <set>

#include "service/alerts/compose.h"
#include "service/alerts/hours.h"
#include "service/record/cloud_event.h"
#include "service/watch/close_look.h"
#include "service/watch/on_record.h"
#include "service/watch/outbox.h"

namespace samrad::watch {

namespace {

constexpr Micros ask_again_after = 60'000'000;  // where the store could not be read

// What hours are counted from may be another one now.
bool may_move_hours(const store::Batch& batch, store::AgreementNo agreement) {
  return std::any_of(batch.events.begin(), batch.events.end(), [&](const store::Event& one) {
    return one.agreement == agreement && record::is_act(one.type);
  });
}

}  // namespace

void Announcements::forget(store::AgreementNo agreement) {
  const auto it = memory_.find(agreement);
  if (it == memory_.end()) return;
  unheard_ -= it->second.unheard;
  memory_.erase(it);
}

// Null: the store cannot be read.
Announcements::Memory* Announcements::remembered(const registry::Announcer::Standing& standing) {
  const store::AgreementNo no = standing.agreement.no;
  if (standing.first) forget(no);
  if (const auto it = memory_.find(no); it != memory_.end()) return &it->second;
  if (memory_.size() >= agreements_remembered_max) {
    memory_.clear();
    unheard_ = 0;
  }
  if (!reader_) {
    auto reader = store_.reader();
    if (!reader) return nullptr;
    reader_ = std::move(*reader);
  }
  auto rows = Rows::read(*reader_, no);
  if (!rows) return nullptr;
  Memory& memory = memory_[no];
  memory.rows = std::move(*rows);
  return &memory;
}

Micros Announcements::announce(const registry::Announcer::Standing& standing, store::Batch& batch) {
  const RulesInUse::Edition rules = rules_.now();
  const store::AgreementNo no = standing.agreement.no;
  if (rules.directory->rules_for(standing.agreement.id).empty()) {
    forget(no);
    return store::never;
  }
  Memory* memory = remembered(standing);
  if (!memory) return standing.now + ask_again_after;
  bool differs = memory->rows.follow(standing) || standing.anew || standing.agreement.closed;
  if (memory->by_the_hour && may_move_hours(batch, no)) {
    memory->rows.forget_hours();
    differs = true;
  }
  if (!differs && memory->edition == rules.number && standing.now < memory->next)
    return memory->next;
  const auto next = plan(standing, *rules.directory, *memory, batch);
  if (!next) {
    forget(no);
    return standing.now + ask_again_after;
  }
  memory->edition = rules.number;
  return memory->next = *next;
}

// Nothing: the store cannot be read, or the zone is none.
std::optional<Micros> Announcements::plan(const registry::Announcer::Standing& standing,
                                          const alerts::Directory& directory, Memory& memory,
                                          store::Batch& batch) {
  const store::AgreementNo no = standing.agreement.no;
  const program::Program& program = standing.rules.chosen;
  const auto zone = record::Zone::open(standing.agreement.zone);
  if (!zone) return std::nullopt;
  const calendar::Day today = zone->day_of(alerts::seconds_of(standing.now));
  OnRecord record(*reader_, &batch);
  const std::vector<store::Message> pending = record.pending(no);
  // What waits to be told is not let go of, however long the service could not send.
  std::set<std::string, std::less<>> awaited;
  for (const store::Message& one : pending)
    awaited.insert(one.occurrence);
  memory.rows.let_go(program, standing.now, today, awaited);

  // The log is judged again for what a row does not tell: once, and only where somebody is told.
  std::unique_ptr<CloseLook> kept;
  bool taken = false;
  const auto look = [&] {
    if (!taken)
      kept = CloseLook::take(*reader_, &batch, standing.agreement, standing.rules, standing.now);
    taken = true;
    return kept.get();
  };
  const auto hour = [&](const std::string& occurrence) {
    return look() ? kept->due_at(occurrence) : std::nullopt;
  };
  memory.by_the_hour = memory.rows.find_hours(program, hour) || memory.by_the_hour;

  alerts::Agreement agreement = agreement_of(standing.agreement, standing.rules, memory.rows, *zone,
                                             today, record.acknowledged(standing.agreement.id));
  std::vector<std::string> keys;
  for (const store::Message& one : pending)
    keys.push_back(one.key);
  const alerts::LastKey last = record.last_key();
  const alerts::Plan plan = alerts::plan(directory, agreement, standing.now, last, keys);
  if (record.failure()) return std::nullopt;

  const std::string& link = directory.configuration().link;
  for (const alerts::Message& message : plan.messages) {
    alerts::Duty& duty =
        agreement.duties[static_cast<std::size_t>(message.duty - agreement.duties.data())];
    if (duty.demand.sv.empty() && !(look() && kept->tell(duty)))
      duty.demand = demand_of(program, memory.rows.all().at(duty.occurrence).verdict);
    batch.messages.push_back(message_of(
        message, alerts::row_of(message, agreement, link.empty() ? base_ : link, standing.now), no,
        standing.now));
  }
  for (const store::Message& one : pending)
    if (std::find(plan.cancelled.begin(), plan.cancelled.end(), one.key) != plan.cancelled.end())
      batch.progress.push_back({.key = one.key,
                                .state = store::Message::State::cancelled,
                                .tries = one.tries,
                                .not_before = one.not_before,
                                .last_error = one.last_error,
                                .finished = standing.now});
  unheard_ += plan.unheard.size() - memory.unheard;
  memory.unheard = plan.unheard.size();
  return plan.next.value_or(store::never);
}

}  // namespace samrad::watch
