// Agreements come into memory and are looked at.

#include <algorithm>
#include <initializer_list>

#include <fmt/format.h>

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

store::Reader& Registry::Work::reader_of(store::AgreementNo no) {
  if (under_way_ && under_way_->touched.contains(no)) wait_for_commit();
  return *reader_;
}

std::optional<store::AgreementNo> Registry::Work::just_created(const Round& round,
                                                               std::string_view id) const {
  const std::initializer_list<const Round*> rounds = {&round, under_way_.get()};
  for (const Round* one : rounds)
    if (one != nullptr)
      if (const auto it = one->created.find(id); it != one->created.end()) return it->second;
  return std::nullopt;
}

Registry::Work::Try<Course*> Registry::Work::active(Round& round, std::string_view id) {
  if (const auto no = just_created(round, id)) return active(round, *no);
  const auto entry = directory.find(id);
  if (!entry) return tl::unexpected(no_agreement(id));
  return active(round, entry->no);
}

Registry::Work::Try<Course*> Registry::Work::active(Round& round, store::AgreementNo no) {
  round.touch(no);
  if (const auto it = active_.find(no); it != active_.end()) {
    use(no);
    return it->second.course.get();
  }
  auto course = load(no);
  if (!course) {
    round.touched.erase(no);
    round.unjudged.erase(no);
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
  auto row = reader_of(no).agreement(no);
  if (!row) return failed(row.error());
  if (!*row) return tl::unexpected(no_agreement("#" + std::to_string(no)));
  auto versions = reader_of(no).versions(no);
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

  auto snapshot = reader_of(no).snapshot(no);
  if (!snapshot) return failed(snapshot.error());
  const bool restored = *snapshot && course->restore((*snapshot)->bytes);
  if (restored) course->snapshot_sequence = (*snapshot)->sequence;
  store::EventFilter rest;
  rest.after = course->sequence();
  auto events = reader_of(no).events(no, rest, SIZE_MAX);
  if (!events) return failed(events.error());
  for (const store::Event& event : *events) {
    record::Faults faults;
    const auto record = record::read_record(event.bytes, {}, faults);
    if (!record || event.sequence != course->sequence() + 1)
      return failed({store::Failure::Kind::corrupt,
                     fmt::format("event {} of `{}` cannot be read; run `samrad fsck`",
                                 course->sequence() + 1, course->agreement.id)});
    engine::Event plain;
    const bool act = record::is_act(record->type);
    // What cannot be decoded as it was first written has been corrected since.
    const bool decoded = !act && record::decode(course->room().vocabulary, *record, plain, faults);
    course->take(*record, decoded ? &plain : nullptr);
  }
  if (!restored && !events->empty()) course->judge_again();
  course->forget_cause();
  store::VerdictFilter all;
  all.agreement = no;
  auto verdicts = reader_of(no).verdicts(all, SIZE_MAX);
  if (!verdicts) return failed(verdicts.error());
  course->restore_verdicts(std::move(*verdicts));
  return course;
}

Registry::Work::Try<void> Registry::Work::look(Round& round, Course& course, Micros at) {
  const store::AgreementNo no = course.agreement.no;
  auto changes = course.look(at, *log_of(round, course));
  if (!changes) return tl::unexpected(trouble(changes.error()));
  judged_ += changes->judged;
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
  const Micros wake = std::max(changes->wake, at + 1);
  if (wake != wake_of(no)) {
    set_wake(no, wake);
    round.batch.wakes.emplace_back(no, wake);
  }
  // A snapshot grows with the log: so does the way to the next one.
  const std::uint64_t far_enough = std::max(options_.snapshot_every_events, course.sequence() / 4);
  if (course.sequence() >= course.snapshot_sequence + far_enough) {
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
