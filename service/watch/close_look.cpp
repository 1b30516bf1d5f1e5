// Judges the whole log as an audit does and words what it found of one occurrence, so that a letter says what the service's answers say.
// Entry point: CloseLook::take.

#include "service/watch/close_look.h"

#include "service/alerts/hours.h"
#include "service/reports/audit.h"
#include "service/reports/sentences.h"

namespace samrad::watch {

namespace {

using calendar::Language;
using engine::Reason;
using engine::ReasonKind;

// The log, what is about to be committed included. Nothing: it is too long or cannot be read.
std::optional<record::Records> log_of(store::Reader& reader, const store::Batch* batch,
                                      store::AgreementNo agreement) {
  auto events = reader.events(agreement, {}, looked_into_events_max + 1);
  if (!events) return std::nullopt;
  if (batch != nullptr)
    for (const store::Event& one : batch->events)
      if (one.agreement == agreement) events->push_back(one);
  if (events->size() > looked_into_events_max) return std::nullopt;
  record::Records records;
  for (const store::Event& event : *events) {
    record::Faults faults;
    auto record = record::read_record(event.bytes, {"log", event.sequence}, faults);
    if (!record) return std::nullopt;
    record->agreement.clear();
    records.add(std::move(*record));
  }
  return records;
}

bool starts_at_an_hour(const engine::Ground& ground, const Reason& root) {
  const Reason* time = root.child(ReasonKind::time);
  const Reason* since = time == nullptr ? nullptr : time->child(ReasonKind::since_event);
  const engine::Event* from = since == nullptr ? nullptr : ground.event(since->event);
  return from == nullptr || from->timed;
}

// The account goes on from the demand, which stands apart in a letter.
std::string without(std::string account, const std::string& demand) {
  if (!account.starts_with(demand)) return account;
  account.erase(0, account.find_first_not_of(' ', demand.size()));
  return account == demand ? std::string() : account;
}

}  // namespace

struct CloseLook::Judged {
  Judged(const program::Program& program, record::Records records)
      : history(program, std::move(records)) {}
  record::History history;
  std::optional<reports::AuditResult> audit;
};

CloseLook::CloseLook(std::unique_ptr<Judged> judged) : judged_(std::move(judged)) {}
CloseLook::~CloseLook() = default;

std::unique_ptr<CloseLook> CloseLook::take(store::Reader& reader, const store::Batch* batch,
                                           const store::Agreement& agreement,
                                           const registry::Rulebook& rules, Micros now) {
  auto records = log_of(reader, batch, agreement.no);
  if (!records) return nullptr;
  auto judged = std::make_unique<Judged>(rules.whole, std::move(*records));
  if (!judged->history.has_zone()) return nullptr;
  const std::int64_t second = alerts::seconds_of(now);
  reports::AuditRequest request;
  request.as_of = {{judged->history.zone().day_of(second), second}, false};
  auto audit = reports::audit(judged->history, request);
  if (!audit) return nullptr;
  judged->audit = std::move(*audit);
  return std::unique_ptr<CloseLook>(new CloseLook(std::move(judged)));
}

std::optional<Micros> CloseLook::due_at(const std::string& occurrence) const {
  const reports::AuditResult& audit = *judged_->audit;
  const engine::Occurrence* found = audit.find(occurrence);
  if (found == nullptr || found->finding.due_instant == 0 ||
      !starts_at_an_hour(audit.ground(), engine::explain(audit.ground(), *found)))
    return std::nullopt;
  return found->finding.due_instant * alerts::micros_per_second;
}

bool CloseLook::tell(alerts::Duty& duty) const {
  const reports::AuditResult& audit = *judged_->audit;
  const engine::Occurrence* found = audit.find(duty.occurrence);
  if (found == nullptr) return false;
  const Reason root = engine::explain(audit.ground(), *found);
  const record::Zone& zone = judged_->history.zone();
  const auto demand = [&](Language language) {
    return reports::demand_text(audit.ground(), root, language);
  };
  const auto account = [&](Language language) {
    return without(reports::account(audit.ground(), root, zone, language), demand(language));
  };
  duty.demand = {demand(Language::sv), demand(Language::en)};
  duty.verdict = {account(Language::sv), account(Language::en)};
  duty.have = found->finding.have;
  duty.need = found->finding.need;
  duty.due_at = due_at(duty.occurrence);
  return true;
}

}  // namespace samrad::watch
