// Agreements come into memory and are looked at.

#include <algorithm>

#include "service/registry/canonical.h"
#include "service/registry/work.h"

namespace samrad::registry {

namespace {

constexpr std::size_t names_max =
    500'000;  // texts that events brought into one room, after which a new room is made

Trouble no_agreement(std::string_view id) {
  return trouble(Trouble::Kind::no_agreement, "no agreement `" + std::string(id) + "`");
}

}  // namespace

Registry::Work::Try<Course*> Registry::Work::active(Round& round, std::string_view id) {
  if (const auto it = round.created.find(id); it != round.created.end())
    return active(round, it->second);
  const auto entry = directory.find(id);
  if (!entry) return tl::unexpected(no_agreement(id));
  return active(round, entry->no);
}

Registry::Work::Try<Course*> Registry::Work::active(Round& round, store::AgreementNo no) {
  round.touched.insert(no);
  if (const auto it = active_.find(no); it != active_.end()) {
    use(no);
    return it->second.course.get();
  }
  auto course = load(no);
  if (!course) {
    round.touched.erase(no);
    return tl::unexpected(std::move(course.error()));
  }
  return &put(std::move(*course));
}

Course& Registry::Work::put(std::unique_ptr<Course> course) {
  const store::AgreementNo no = course->agreement.no;
  used_.push_front(no);
  Active& entry = active_[no];
  entry.course = std::move(course);
  entry.used = used_.begin();
  entry.first = true;
  return *entry.course;
}

void Registry::Work::use(store::AgreementNo no) {
  used_.splice(used_.begin(), used_, active_.at(no).used);
}

Registry::Work::Try<std::shared_ptr<Workroom>> Registry::Work::room(const RulebookPointer& book) {
  const auto it = rooms_.find(book.get());
  if (it != rooms_.end()) {
    if (it->second->symbols.brought_along() < names_max) return it->second;
    rooms_.erase(it);  // those inside keep it; who comes now gets a fresh one
  }
  auto made = Workroom::make(book);
  if (!made) return tl::unexpected(trouble(Trouble::Kind::wrong_rules, made.error()));
  return rooms_.emplace(book.get(), std::move(*made)).first->second;
}

Registry::Work::Try<std::unique_ptr<Course>> Registry::Work::load(store::AgreementNo no) {
  const auto failed = [](const store::Failure& failure) {
    return tl::unexpected(trouble(failure));
  };
  auto row = reader_->agreement(no);
  if (!row) return failed(row.error());
  if (!*row) return tl::unexpected(no_agreement("#" + std::to_string(no)));
  auto versions = reader_->versions(no);
  if (!versions) return failed(versions.error());
  std::vector<std::string> contents;
  for (store::RuleVersion& version : *versions)
    contents.push_back(std::move(version.content));
  auto book = rulebooks_.get(contents);
  if (!book) {
    Trouble out = trouble(Trouble::Kind::wrong_rules,
                          "the stored rules of `" + (*row)->id + "` cannot be compiled");
    out.rules = std::move(book.error());
    return tl::unexpected(std::move(out));
  }
  auto workroom = room(*book);
  if (!workroom) return tl::unexpected(workroom.error());
  auto course = std::make_unique<Course>(std::move(**row), *workroom, options_.ahead_days);

  auto snapshot = reader_->snapshot(no);
  if (!snapshot) return failed(snapshot.error());
  std::vector<std::uint64_t> later;
  const bool restored = *snapshot && course->restore((*snapshot)->bytes, later);
  if (restored) course->snapshot_sequence = (*snapshot)->sequence;
  const auto decoded = [&](const store::Event& event, engine::Event& out, record::Record& record) {
    record::Faults faults;
    auto read = record::read_record(event.bytes, {}, faults);
    if (!read) return false;
    record = std::move(*read);
    return record.type != "correction" && record.type != "withdrawal" &&
           record::decode(course->room().vocabulary, record, out, faults);
  };
  for (const std::uint64_t sequence : later) {
    auto event = reader_->event(no, sequence);
    if (!event) return failed(event.error());
    engine::Event out;
    record::Record record;
    if (*event && decoded(**event, out, record)) course->restore_later(std::move(out), sequence);
  }
  store::EventFilter rest;
  rest.after = course->sequence();
  auto events = reader_->events(no, rest, SIZE_MAX);
  if (!events) return failed(events.error());
  for (const store::Event& event : *events) {
    engine::Event out;
    record::Record record;
    const bool plain = decoded(event, out, record);
    course->take(record, event.sequence, plain ? &out : nullptr);
  }
  if ((!restored && !events->empty()) || (course->acted() && !later.empty())) course->judge_again();
  course->forget_cause();
  store::VerdictFilter all;
  all.agreement = no;
  auto verdicts = reader_->verdicts(all, SIZE_MAX);
  if (!verdicts) return failed(verdicts.error());
  course->restore_verdicts(std::move(*verdicts));
  return course;
}

store::Result<std::vector<record::Record>> Registry::Work::records_of(const Round& round,
                                                                      const Course& course) {
  auto events = reader_->events(course.agreement.no, {}, SIZE_MAX);
  if (!events) return tl::unexpected(events.error());
  for (const store::Event& event : round.batch.events)
    if (event.agreement == course.agreement.no) events->push_back(event);
  std::vector<record::Record> records;
  records.reserve(events->size());
  for (const store::Event& event : *events) {
    record::Faults faults;
    auto record = record::read_record(event.bytes, {"log", event.sequence}, faults);
    if (!record)
      return tl::unexpected(
          store::Failure{store::Failure::Kind::corrupt, "event " + std::to_string(event.sequence) +
                                                            " of `" + course.agreement.id +
                                                            "` cannot be read; run `samrad fsck`"});
    record->agreement.clear();
    records.push_back(std::move(*record));
  }
  return records;
}

store::Result<std::vector<store::Verdict>> Registry::Work::verdicts_of(const Round& round,
                                                                       const Course& course) {
  const store::AgreementNo no = course.agreement.no;
  store::VerdictFilter filter;
  filter.agreement = no;
  auto stored = reader_->verdicts(filter, SIZE_MAX);
  if (!stored) return stored;
  std::vector<store::Verdict> out;
  for (store::Verdict& row : *stored)
    if (!round.verdicts.contains({no, row.occurrence})) out.push_back(std::move(row));
  auto it = round.verdicts.lower_bound({no, std::string()});
  for (; it != round.verdicts.end() && it->first.first == no; ++it)
    if (it->second) out.push_back(*it->second);
  return out;
}

Registry::Work::Try<void> Registry::Work::look(Round& round, Course& course, Micros at) {
  const store::AgreementNo no = course.agreement.no;
  auto changes = course.look(
      at, [&] { return records_of(round, course); }, [&] { return verdicts_of(round, course); });
  if (!changes) return tl::unexpected(trouble(changes.error()));
  for (store::Finding& finding : changes->findings) {
    finding.noticed = round.now;
    round.findings[no].push_back(std::move(finding));
  }
  for (store::Verdict& verdict : changes->verdicts) {
    std::pair key{no, verdict.occurrence};
    round.verdicts.insert_or_assign(std::move(key), std::move(verdict));
  }
  for (std::string& id : changes->gone)
    round.verdicts.insert_or_assign({no, std::move(id)}, std::nullopt);
  const Micros wake = course.agreement.closed ? store::never : std::max(changes->wake, at + 1);
  if (wake != wake_of(no)) {
    set_wake(no, wake);
    round.batch.wakes.emplace_back(no, wake);
  }
  if (course.sequence() >= course.snapshot_sequence + options_.snapshot_every_events) {
    round.batch.snapshots.push_back({no, course.sequence(), course.snapshot()});
    course.snapshot_sequence = course.sequence();
  }
  return {};
}

Registry::Work::Try<void> Registry::Work::catch_up(Round& round, Course& course) {
  while (wake_of(course.agreement.no) <= round.now)
    if (auto looked = look(round, course, wake_of(course.agreement.no)); !looked) return looked;
  return {};
}

void Registry::Work::set_wake(store::AgreementNo no, Micros at) {
  const auto it = wake_of_.find(no);
  if (it != wake_of_.end()) {
    wakes_.erase({it->second, no});
    if (at == store::never) {
      wake_of_.erase(it);
      return;
    }
    it->second = at;
  } else if (at == store::never) {
    return;
  } else {
    wake_of_.emplace(no, at);
  }
  wakes_.emplace(at, no);
}

Micros Registry::Work::wake_of(store::AgreementNo no) const {
  const auto it = wake_of_.find(no);
  return it == wake_of_.end() ? store::never : it->second;
}

}  // namespace samrad::registry
