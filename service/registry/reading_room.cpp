#include "service/registry/reading_room.h"

#include <algorithm>

#include "service/registry/work.h"

namespace samrad::registry {

Case::Case(store::Agreement agreement, std::vector<store::RuleVersion> versions,
           RulebookPointer rules, record::Records records, std::uint64_t sequence)
    : agreement_(std::move(agreement)),
      versions_(std::move(versions)),
      rules_(std::move(rules)),
      sequence_(sequence),
      history_(rules_->whole, std::move(records)) {}

ReadingRoom::ReadingRoom(store::Store& store, Directory& directory, Rulebooks& rulebooks,
                         std::size_t events_max)
    : store_(store), directory_(directory), rulebooks_(rulebooks), events_max_(events_max) {}

store::Result<std::shared_ptr<store::Reader>> ReadingRoom::reader() {
  std::unique_ptr<store::Reader> reader;
  {
    const std::lock_guard lock(mutex_);
    if (!readers_.empty()) {
      reader = std::move(readers_.back());
      readers_.pop_back();
    }
  }
  if (!reader) {
    auto made = store_.reader();
    if (!made) return tl::unexpected(made.error());
    reader = std::move(*made);
  }
  return std::shared_ptr<store::Reader>(reader.release(), [this](store::Reader* back) {
    const std::lock_guard lock(mutex_);
    readers_.emplace_back(back);
  });
}

tl::expected<CasePointer, Trouble> ReadingRoom::read(std::string_view id,
                                                     std::optional<Micros> known_at,
                                                     const std::vector<record::Record>* more) {
  const auto failed = [](const store::Failure& failure) {
    return tl::unexpected(trouble(failure));
  };
  auto lent = reader();
  if (!lent) return failed(lent.error());
  store::Reader& reader = **lent;
  auto row = reader.agreement(id);
  if (!row) return failed(row.error());
  if (!*row)
    return tl::unexpected(
        trouble(Trouble::Kind::no_agreement, "no agreement `" + std::string(id) + "`"));
  auto versions = reader.versions((*row)->no);
  if (!versions) return failed(versions.error());
  if (known_at)
    while (versions->size() > 1 && versions->back().recorded > *known_at)
      versions->pop_back();
  std::vector<std::string> contents;
  for (const store::RuleVersion& version : *versions)
    contents.push_back(version.content);
  auto book = rulebooks_.get(contents);
  if (!book) {
    Trouble out = trouble(Trouble::Kind::wrong_rules, "the stored rules cannot be compiled");
    out.rules = std::move(book.error());
    return tl::unexpected(std::move(out));
  }
  auto events = reader.events((*row)->no, {}, SIZE_MAX);
  if (!events) return failed(events.error());
  record::Records records;
  for (const store::Event& event : *events) {
    record::Faults faults;
    auto record = record::read_record(event.bytes, {"log", event.sequence}, faults);
    if (!record)
      return tl::unexpected(
          trouble(Trouble::Kind::store, "event " + std::to_string(event.sequence) +
                                            " cannot be read; run `samrad fsck`"));
    record->agreement.clear();
    records.add(std::move(*record));
  }
  if (more != nullptr)
    for (record::Record record : *more) {
      record.agreement.clear();
      records.add(std::move(record));
    }
  if (records.faults().any_error()) {
    Trouble out = trouble(Trouble::Kind::conflict,
                          "an event has the identity of one on record and other content");
    out.events = records.faults();
    return tl::unexpected(std::move(out));
  }
  const std::uint64_t sequence = events->empty() ? 0 : events->back().sequence;
  auto made = std::make_shared<const Case>(std::move(**row), std::move(*versions), std::move(*book),
                                           std::move(records), sequence);
  if (more != nullptr) {
    Trouble out = trouble(Trouble::Kind::wrong_events, "the events cannot be used");
    out.events = made->ask([](const record::History& history) { return history.faults(); });
    if (out.events.any_error()) return tl::unexpected(std::move(out));
  }
  return made;
}

tl::expected<CasePointer, Trouble> ReadingRoom::open(std::string_view id,
                                                     std::optional<Micros> known_at) {
  const auto entry = directory_.find(id);
  if (!entry)
    return tl::unexpected(
        trouble(Trouble::Kind::no_agreement, "no agreement `" + std::string(id) + "`"));
  // A question about what was known before a rule version came is rare: such a case is made for it and not kept.
  if (known_at && entry->version > 1) return read(id, known_at, nullptr);
  {
    const std::lock_guard lock(mutex_);
    const auto it = by_id_.find(id);
    if (it != by_id_.end() && entry->known) {
      const CasePointer& kept = it->second->the_case;
      if (kept->sequence() == entry->sequence && kept->agreement().version == entry->version &&
          kept->agreement().closed.has_value() == entry->closed) {
        latest_.splice(latest_.begin(), latest_, it->second);
        return kept;
      }
    }
  }
  auto made = read(id, std::nullopt, nullptr);
  if (!made) return made;
  directory_.saw(id, (*made)->sequence());
  const std::lock_guard lock(mutex_);
  if (const auto it = by_id_.find(id); it != by_id_.end()) {
    events_ -= it->second->the_case->sequence() + 1;
    latest_.erase(it->second);
    by_id_.erase(it);
  }
  latest_.push_front({std::string(id), *made});
  by_id_.emplace(latest_.front().id, latest_.begin());
  events_ += (*made)->sequence() + 1;
  while (events_ > events_max_ && latest_.size() > 1) {
    events_ -= latest_.back().the_case->sequence() + 1;
    by_id_.erase(latest_.back().id);
    latest_.pop_back();
  }
  return made;
}

tl::expected<CasePointer, Trouble> ReadingRoom::open_with(std::string_view id,
                                                          const std::vector<record::Record>& more) {
  return read(id, std::nullopt, &more);
}

}  // namespace samrad::registry
