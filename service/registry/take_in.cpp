// Events held against an agreement: is it on record, does it say something that the rules know, does it act on something that exists.
//
// Plain events are decoded one by one. Where a correction or a withdrawal is among them the whole history with them is looked at, as a
// reader of it would see it.

#include <algorithm>

#include <fmt/format.h>

#include "service/record/history.h"
#include "service/registry/canonical.h"
#include "service/registry/work.h"

namespace samrad::registry {

// An event on its way into the log.
struct Registry::Work::Candidate {
  record::Record record;  // with the position in the request as its line
  std::size_t position = 0;
  bool act = false;     // a correction or a withdrawal
  engine::Event event;  // where not
  bool refused = false;
  Appended::Item* item = nullptr;
};

namespace {

void refuse(record::Faults& faults, const record::Record& record, std::string attribute,
            std::string message, std::string help = {}) {
  faults.add({record::Level::error, "", record.place.line, record.id, std::move(attribute),
              std::move(message), std::move(help)});
}

// It is a person's word on an occurrence, or makes another event one.
bool makes_ruling(const record::Record& record) {
  if (record.type != "correction") return record::is_ruling(record.type);
  const record::Json* type = record.data.find("type");
  return type != nullptr && record::is_ruling(type->text);
}

bool names(const record::Record& act, const record::Record& other) {
  const std::string_view name = record::named_by(act);
  return name == other.id || name == other.identity();
}

// Sets when it was recorded, or says why what the event says of it cannot stand.
void stamp(record::Record& record, bool keep, Micros now, const record::Zone& zone,
           record::Faults& faults) {
  if (record.has_recorded && !keep) {
    refuse(faults, record, "recordedtime", "is set by the service when it records the event",
           "leave it out; to bring a history along, use a token with the right to administer");
  } else if (record.has_recorded) {
    const record::Instant recorded =
        record.recorded.timed ? record.recorded.instant
                              : record::Instant{zone.first_second(record.recorded.day), 0};
    if (recorded > instant_of(now)) refuse(faults, record, "recordedtime", "lies in the future");
  } else {
    record.has_recorded = true;
    record.recorded = {true, instant_of(now), {}};
  }
}

}  // namespace

Registry::Work::Try<std::optional<store::Event>>
Registry::Work::logged(Round& round, Course& course, std::uint64_t sequence) {
  for (auto it = round.batch.events.rbegin(); it != round.batch.events.rend(); ++it)
    if (it->agreement == course.agreement.no && it->sequence == sequence) return *it;
  auto event = reader_of(course.agreement.no).event(course.agreement.no, sequence);
  if (!event) return tl::unexpected(trouble(event.error()));
  return std::move(*event);
}

Registry::Work::Try<void> Registry::Work::known_already(Round& round, Course& course,
                                                        Candidate& candidate,
                                                        Appended::Item& item) {
  for (const Sequence sequence : course.trail().of_id(candidate.record.id)) {
    auto event = logged(round, course, sequence);
    if (!event) return tl::unexpected(event.error());
    if (!*event || (*event)->source != candidate.record.source ||
        (*event)->id != candidate.record.id)
      continue;
    record::Faults unused;
    auto before = record::read_record((*event)->bytes, {}, unused);
    if (before) before->agreement = candidate.record.agreement;
    if (before && record::same_content(*before, candidate.record)) {
      item.outcome = Appended::Outcome::duplicate;
      item.sequence = sequence;
    } else {
      item.outcome = Appended::Outcome::refused;
      item.conflict = true;
      refuse(item.faults, candidate.record, "id",
             fmt::format("event {} of the log has the same `source` and `id` with other content",
                         sequence),
             "give it an id of its own, or record a `correction`");
    }
    return {};
  }
  return {};
}

// Refuses corrections and withdrawals that whoever sends them may not make: rulings are theirs who decide, all else theirs who record.
Registry::Work::Try<void> Registry::Work::check_rights(Round& round, Course& course,
                                                       const Append& command,
                                                       std::vector<Candidate>& candidates) {
  if (command.may_record && command.may_decide) return {};
  for (Candidate& candidate : candidates) {
    if (candidate.refused || !candidate.act) continue;
    auto meant = log_of(round, course)->some(course.concerned_by(candidate.record));
    if (!meant) return tl::unexpected(trouble(meant.error()));
    for (const Candidate& other : candidates)
      if (other.position < candidate.position && names(candidate.record, other.record))
        meant->push_back(other.record);
    const bool ruled =
        makes_ruling(candidate.record) || std::any_of(meant->begin(), meant->end(), makes_ruling);
    const bool plain = !ruled || std::any_of(meant->begin(), meant->end(), [](const auto& one) {
      return !record::is_act(one.type) && !record::is_ruling(one.type);
    });
    const char* lacking = ruled && !command.may_decide   ? "decide"
                          : plain && !command.may_record ? "record"
                                                         : nullptr;
    if (lacking == nullptr) continue;
    refuse(candidate.item->faults, candidate.record, "type",
           fmt::format("this takes the right `{}`, which the token does not have here", lacking),
           ruled ? "waivers and assessments are corrected and withdrawn by those who decide"
                 : "leave it to somebody who records");
    candidate.item->outcome = Appended::Outcome::refused;
    candidate.item->not_allowed = true;
    candidate.refused = true;
  }
  return {};
}

// What must be known of the log to judge the corrections and withdrawals among the candidates: what they are about, or all of it where that
// does not say enough.
store::Result<std::vector<record::Record>>
Registry::Work::concerned(const Round& round, const Course& course,
                          const std::vector<Candidate>& candidates) {
  const auto log = log_of(round, course);
  std::vector<Sequence> events;
  for (const Candidate& candidate : candidates) {
    if (candidate.refused || !candidate.act) continue;
    const std::vector<Sequence> some = course.concerned_by(candidate.record);
    if (some.empty() || course.confused()) return log->all();
    events.insert(events.end(), some.begin(), some.end());
  }
  std::sort(events.begin(), events.end());
  events.erase(std::unique(events.begin(), events.end()), events.end());
  return log->some(events);
}

// Finds what is wrong with the candidates that stand; true when nothing is.
Registry::Work::Try<bool> Registry::Work::all_sound(Round& round, Course& course,
                                                    std::vector<Candidate>& candidates) {
  const auto standing = [](const Candidate& c) { return !c.refused; };
  if (std::none_of(candidates.begin(), candidates.end(),
                   [&](const Candidate& c) { return standing(c) && c.act; }))
    return true;
  auto log = concerned(round, course, candidates);
  if (!log) return tl::unexpected(trouble(log.error()));
  record::Records records;
  for (record::Record& record : *log)
    records.add(std::move(record));
  for (const Candidate& candidate : candidates)
    if (standing(candidate)) {
      record::Record record = candidate.record;
      record.agreement.clear();
      record.place = {"request", candidate.position + 1};
      records.add(std::move(record));
    }
  const record::History history(course.room().book->whole, std::move(records));
  bool sound = true;
  const auto tell = [&](const record::Faults& faults) {
    for (const record::Fault& fault : faults.list()) {
      if (fault.level != record::Level::error || fault.line == 0) continue;
      // A correction whose content is wrong is told at the event that it corrects: then all acts of the request are to blame.
      const bool here = fault.file == "request" && fault.line <= candidates.size();
      for (Candidate& candidate : candidates) {
        const bool blamed = here ? candidate.position + 1 == fault.line : candidate.act;
        if (!blamed || candidate.refused) continue;
        record::Fault told = fault;
        told.file.clear();
        told.line = candidate.position + 1;
        candidate.item->faults.add(std::move(told));
        candidate.item->outcome = Appended::Outcome::refused;
        candidate.refused = true;
        sound = false;
      }
    }
  };
  tell(history.faults());
  if (sound) tell(history.all().faults);
  return sound;
}

void Registry::Work::record(Round& round, Course& course, Candidate& candidate,
                            const std::string& by) {
  const record::Record& record = candidate.record;
  const std::uint64_t sequence = course.sequence() + 1;
  store::Event row;
  row.agreement = course.agreement.no;
  row.sequence = sequence;
  row.source = record.source;
  row.id = record.id;
  row.type = record.type;
  row.subject = record.subject;
  row.day = record.time.timed ? course.room().zone.day_of(record.time.instant.seconds).n
                              : record.time.day.n;
  row.recorded = last_stamp_;
  row.by = by;
  row.bytes = canonical(record);
  round.batch.events.push_back(std::move(row));
  course.take(record, candidate.act ? nullptr : &candidate.event);
  candidate.item->sequence = sequence;
}

Registry::Work::Try<Appended> Registry::Work::take_in(Round& round, Course& course,
                                                      Append& command) {
  Appended out;
  out.items.resize(command.events.size());
  std::vector<Candidate> candidates;
  candidates.reserve(command.events.size());
  std::map<std::string, std::size_t> in_request;  // identity → candidate
  std::vector<std::pair<std::size_t, std::size_t>>
      twins;  // an item, and the candidate that it repeats
  const record::Zone& zone = course.room().zone;
  for (std::size_t i = 0; i < command.events.size(); ++i) {
    Incoming& incoming = command.events[i];
    Appended::Item& item = out.items[i];
    item.faults = std::move(incoming.faults);
    Candidate candidate;
    candidate.position = i;
    candidate.record = std::move(incoming.record);
    candidate.record.place = {"", i + 1};
    record::Record& record = candidate.record;
    if (!item.faults.any_error()) {
      if (!record.agreement.empty() && record.agreement != course.agreement.id &&
          record.agreement != course.room().book->name)
        refuse(item.faults, record, "agreement",
               fmt::format("the event is of `{}`, the request is about `{}`", record.agreement,
                           course.agreement.id),
               "post it to its own agreement, or leave `agreement` out");
      if (auto known = known_already(round, course, candidate, item); !known)
        return tl::unexpected(known.error());
      if (item.outcome == Appended::Outcome::duplicate) continue;
    }
    if (!item.faults.any_error()) {
      const auto [twin, fresh] = in_request.emplace(record.identity(), candidates.size());
      if (!fresh) {
        const Candidate& other = candidates[twin->second];
        if (record::same_content(other.record, record)) {
          item.outcome = Appended::Outcome::duplicate;
          twins.emplace_back(i, twin->second);
        } else {
          item.conflict = true;
          refuse(item.faults, record, "id",
                 fmt::format(
                     "event {} of the request has the same `source` and `id` with other content",
                     other.position + 1),
                 "give one of them an id of its own");
        }
      }
      if (item.outcome == Appended::Outcome::duplicate) continue;
    }
    candidate.act = record::is_act(record.type);
    if (!item.faults.any_error()) {
      stamp(record, command.keep_recorded, last_stamp_, zone, item.faults);
      if (!candidate.act)
        record::decode(course.room().vocabulary, record, candidate.event, item.faults);
    }
    if (item.faults.any_error()) {
      item.outcome = Appended::Outcome::refused;
      candidate.refused = true;
    }
    candidate.item = &item;
    candidates.push_back(std::move(candidate));
  }
  if (auto checked = check_rights(round, course, command, candidates); !checked)
    return tl::unexpected(checked.error());
  for (;;) {
    auto sound = all_sound(round, course, candidates);
    if (!sound) return tl::unexpected(sound.error());
    if (*sound || !command.each_alone) break;
  }
  const bool any_refused = std::any_of(candidates.begin(), candidates.end(),
                                       [](const Candidate& c) { return c.refused; });
  if (any_refused && !command.each_alone) {
    Trouble refusal = trouble(Trouble::Kind::wrong_events, "nothing was recorded");
    bool only_conflicts = true, only_rights = true;
    for (const Appended::Item& item : out.items) {
      refusal.events.append(item.faults);
      if (!item.faults.any_error()) continue;
      only_conflicts = only_conflicts && item.conflict;
      only_rights = only_rights && item.not_allowed;
    }
    if (only_conflicts) refusal.kind = Trouble::Kind::conflict;
    if (only_rights) refusal.kind = Trouble::Kind::not_allowed;
    return tl::unexpected(std::move(refusal));
  }
  for (Candidate& candidate : candidates)
    if (!candidate.refused) record(round, course, candidate, command.by);
  for (const auto& [twin, first] : twins) {
    out.items[twin] = *candidates[first].item;
    if (!candidates[first].refused) out.items[twin].outcome = Appended::Outcome::duplicate;
  }
  out.sequence = course.sequence();
  return out;
}

void Registry::Work::append(Round& round, Append& command, const Reply<Appended>& reply) {
  auto course = active(round, command.id);
  if (!course) return reply(tl::unexpected(std::move(course.error())));
  const store::AgreementNo no = (*course)->agreement.no;
  if ((*course)->agreement.closed)
    return reply(tl::unexpected(
        trouble(Trouble::Kind::closed, fmt::format("the agreement `{}` is closed", command.id))));
  if (command.expected_sequence && *command.expected_sequence != (*course)->sequence()) {
    Trouble refusal = trouble(Trouble::Kind::not_current,
                              fmt::format("the log's last event is {}, not {}",
                                          (*course)->sequence(), *command.expected_sequence));
    refusal.current = (*course)->sequence();
    return reply(tl::unexpected(std::move(refusal)));
  }
  if (auto caught_up = catch_up(round, **course); !caught_up)
    return reply(tl::unexpected(caught_up.error()));
  auto answer = take_in(round, **course, command);
  if (!answer) return reply(tl::unexpected(std::move(answer.error())));
  round.callers.push_back(
      {no, [reply, &round, no, answer = std::move(*answer)](const store::Failure* failure) mutable {
         if (failure != nullptr) return reply(tl::unexpected(trouble(*failure)));
         if (const auto it = round.findings.find(no); it != round.findings.end())
           answer.findings = it->second;
         reply(std::move(answer));
       }});
}

}  // namespace samrad::registry
