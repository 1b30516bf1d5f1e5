#include "service/registry/check.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "rules/calendar/date.h"
#include "service/registry/canonical.h"
#include "service/registry/course.h"
#include "service/reports/audit.h"

namespace samrad::registry {

namespace {

using Verdicts = std::map<std::string, store::Verdict>;

std::string told(const store::Verdict& verdict) {
  return fmt::format("{} (opens {}, due {}, settled {}, {} {})", verdict.status, verdict.opens,
                     verdict.due.empty() ? "never" : verdict.due,
                     verdict.settled.empty() ? "not" : verdict.settled, verdict.severity,
                     verdict.owners);
}

bool alike(const store::Verdict& a, const store::Verdict& b) {
  return a.clause == b.clause && a.owners == b.owners && a.status == b.status &&
         a.severity == b.severity && a.opens == b.opens && a.due == b.due && a.settled == b.settled;
}

class Recounter {
 public:
  Recounter(store::Reader& reader, Rulebooks& rulebooks, Micros now)
      : reader_(reader), rulebooks_(rulebooks), now_(now) {}

  store::Result<void> prepare() {
    auto wakes = reader_.wakes();
    if (!wakes) return tl::unexpected(wakes.error());
    wakes_.insert(wakes->begin(), wakes->end());
    return {};
  }

  store::Result<void> look(const store::Agreement& agreement) {
    ++out.agreements;
    id_ = agreement.id;
    auto versions = reader_.versions(agreement.no);
    if (!versions) return tl::unexpected(versions.error());
    std::vector<std::string> contents;
    for (store::RuleVersion& version : *versions)
      contents.push_back(std::move(version.content));
    auto book = rulebooks_.get(contents);
    if (!book) {
      fault("the rules cannot be compiled");
      return {};
    }
    if (versions->back().program_hash != (*book)->hash)
      fault(fmt::format("the rules compile to {}, they were recorded as {}", (*book)->hash,
                        versions->back().program_hash));
    auto room = Workroom::make(*book);
    if (!room) {
      fault(room.error());
      return {};
    }
    auto records = read_log(agreement, (*room)->zone);
    if (!records) return tl::unexpected(records.error());
    if (agreement.closed) return {};  // its verdicts stand as they stood when it was closed

    store::VerdictFilter all;
    all.agreement = agreement.no;
    auto rows = reader_.verdicts(all, SIZE_MAX);
    if (!rows) return tl::unexpected(rows.error());
    Verdicts stored;
    for (store::Verdict& row : *rows) {
      std::string occurrence = row.occurrence;
      stored.emplace(std::move(occurrence), std::move(row));
    }
    out.verdicts += stored.size();
    const auto wake = wakes_.find(agreement.no);
    const Micros at = wake == wakes_.end() ? now_ : std::min(now_, wake->second - 1);
    Course course(agreement, std::shared_ptr<Workroom>(std::move(*room)), ahead_days);
    compare(stored, course.judged_again(*records, at), course.room().moment(at).day);
    return by_report(**book, std::move(*records), stored, at);
  }

  Recount out;

 private:
  static constexpr int ahead_days = 123;

  void fault(std::string message) { out.faults.push_back(fmt::format("`{}`: {}", id_, message)); }

  store::Result<std::vector<record::Record>> read_log(const store::Agreement& agreement,
                                                      const record::Zone& zone) {
    auto events = reader_.events(agreement.no, {}, SIZE_MAX);
    if (!events) return tl::unexpected(events.error());
    std::vector<record::Record> records;
    std::uint64_t expected = 0;
    for (const store::Event& event : *events) {
      ++out.events;
      if (event.sequence != ++expected) {
        fault(fmt::format("event {} is missing from the log", expected));
        expected = event.sequence;
      }
      record::Faults faults;
      auto record = record::read_record(event.bytes, {"log", event.sequence}, faults);
      if (!record) {
        fault(fmt::format("event {} cannot be read", event.sequence));
        continue;
      }
      if (record->source != event.source || record->id != event.id || record->type != event.type ||
          record->subject != event.subject)
        fault(fmt::format("event {} says another thing than its row", event.sequence));
      const auto day =
          record->time.timed ? zone.day_of(record->time.instant.seconds) : record->time.day;
      if (day.n != event.day)
        fault(fmt::format("event {} happened on another day than its row says", event.sequence));
      if (canonical(*record) != event.bytes)
        fault(fmt::format("event {} is not in canonical form", event.sequence));
      record->agreement.clear();
      records.push_back(std::move(*record));
    }
    return records;
  }

  void compare(const Verdicts& stored, const Verdicts& judged, calendar::Day today) {
    const std::string in_sight = calendar::iso(today + (ahead_days - Course::look_days - 1));
    for (const auto& [occurrence, row] : stored) {
      const auto it = judged.find(occurrence);
      if (it == judged.end())
        fault(fmt::format("occurrence `{}` is kept as {}; the log has none of that id", occurrence,
                          told(row)));
      else if (!alike(row, it->second))
        fault(fmt::format("occurrence `{}` is kept as {}; the log gives {}", occurrence, told(row),
                          told(it->second)));
    }
    for (const auto& [occurrence, row] : judged)
      if (!stored.contains(occurrence) && row.opens <= in_sight)
        fault(fmt::format("occurrence `{}` is missing; the log gives {}", occurrence, told(row)));
  }

  // The same once more as a report finds it: from the History, without the registry's code.
  store::Result<void> by_report(const Rulebook& book, std::vector<record::Record> list,
                                const Verdicts& stored, Micros at) {
    record::Records records;
    for (record::Record& record : list)
      records.add(std::move(record));
    const record::History history(book.whole, std::move(records));
    if (!history.has_zone()) return {};
    reports::AuditRequest request;
    const std::int64_t utc = instant_of(at).seconds;
    request.as_of = {{history.zone().day_of(utc), utc}, false};
    const auto result = reports::audit(history, request);
    if (!result) {
      fault("the log cannot be audited: " + record::text_of(result.error().faults));
      return {};
    }
    const std::string today = calendar::iso(request.as_of.moment.day);
    std::map<std::string_view, const reports::Occurrence*>
        by_id;  // of two of one name the newer text's, as the registry has it
    for (const reports::Occurrence& occurrence : result->book().occurrences) {
      if (occurrence.finding.opens > request.as_of.moment.day) continue;
      const auto [it, fresh] = by_id.emplace(occurrence.id, &occurrence);
      if (!fresh && it->second->finding.key < occurrence.finding.key) it->second = &occurrence;
    }
    for (const auto& [occurrence, found] : by_id) {
      const std::string_view status = reports::code(found->finding.status);
      const auto it = stored.find(std::string(occurrence));
      if (it == stored.end() || it->second.status != status)
        fault(fmt::format("occurrence `{}` is {}; an audit finds {}", occurrence,
                          it == stored.end() ? "not kept" : it->second.status, status));
    }
    const auto kept = static_cast<std::size_t>(std::count_if(
        stored.begin(), stored.end(), [&](const auto& row) { return row.second.opens <= today; }));
    if (kept != by_id.size())
      fault(fmt::format("{} occurrences are kept that have begun; an audit finds {}", kept,
                        by_id.size()));
    return {};
  }

  store::Reader& reader_;
  Rulebooks& rulebooks_;
  Micros now_;
  std::map<store::AgreementNo, Micros> wakes_;
  std::string id_;
};

}  // namespace

store::Result<Recount> recount(store::Store& store, Rulebooks& rulebooks, Micros now,
                               std::string_view id) {
  auto reader = store.reader();
  if (!reader) return tl::unexpected(reader.error());
  Recounter recounter(**reader, rulebooks, now);
  if (auto prepared = recounter.prepare(); !prepared) return tl::unexpected(prepared.error());
  constexpr std::size_t page = 1'000;
  std::string after;
  for (;;) {
    auto agreements = (*reader)->agreements(after, page);
    if (!agreements) return tl::unexpected(agreements.error());
    for (const store::Agreement& agreement : *agreements)
      if (id.empty() || agreement.id == id)
        if (auto looked = recounter.look(agreement); !looked) return tl::unexpected(looked.error());
    if (agreements->size() < page) break;
    after = agreements->back().id;
  }
  return std::move(recounter.out);
}

}  // namespace samrad::registry
