// A history: what the files say, held against an agreement, and ready to be asked "as known at" any moment.
//
//   Records records;
//   for each file:  records.read(text, name);
//   History history(program, std::move(records));
//   Known known = history.known_at(moment);
//   if (history.faults().any_error() || known.faults.any_error()) …
//
// Pure: the same records give the same answers, whatever the order of their lines. Interns while asked, so one thread at a time.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/event.h"
#include "engine/symbols.h"
#include "service/record/decode.h"
#include "service/record/effective.h"

namespace samrad::record {

// What is known at a moment: events in no order that matters, sorted by feeds_before and identity.
struct Known {
  std::vector<engine::Event> events;
  Faults faults;  // of content that corrections made
};

// Something that came on record between two moments and bears on what happened before.
struct Revision {
  enum class Kind : std::uint8_t {
    recorded,   // an event not known before
    corrected,  // another content than before
    withdrawn,  // in force before, not any more
    restored,   // its withdrawal was withdrawn
  };
  Kind kind = Kind::recorded;
  std::string event;  // identity of the event that changed
  std::string
      cause;  // identity of the correction or withdrawal recorded last among those that did it; empty for recorded
  Asked recorded;  // when the cause, or the event itself, was recorded
  calendar::Day
      happened{};  // the event's day as now known, or as known before where it is withdrawn
};

class History {
 public:
  // `program` must outlive the history, which can be moved but not copied. An unknown time zone is a fault, and nothing is known then.
  History(const program::Program& program, Records records);

  [[nodiscard]] const program::Program& program() const { return *program_; }
  [[nodiscard]] const engine::Symbols& symbols() const { return *symbols_; }
  [[nodiscard]] const Zone& zone() const { return *zone_; }  // only where has_zone()
  [[nodiscard]] bool has_zone() const { return zone_ != nullptr; }

  // Faults of reading and linking, and of events whatever is known when. Warnings are among them.
  [[nodiscard]] const Faults& faults() const { return faults_; }

  // Cheap after the first time: only corrected events are decoded again.
  [[nodiscard]] Known known_at(Instant moment) const;
  [[nodiscard]] Known all() const;

  // The latest moment at which anything of this agreement was recorded; nothing when there are no events.
  [[nodiscard]] std::optional<Instant> last_recorded() const;

  // What changed in what is known, by the event's identity.
  [[nodiscard]] std::vector<Revision> revisions(Instant before, Instant after) const;

  // The agreement's own records in the order of the files, for those who show the log.
  [[nodiscard]] const std::vector<Record>& records() const { return records_; }

 private:
  [[nodiscard]] calendar::Day day_of(const Record& record) const;

  const program::Program* program_;
  std::vector<Record> records_;
  std::vector<Link> links_;
  std::unique_ptr<engine::Symbols> symbols_;  // grows while corrected events are decoded
  std::unique_ptr<Zone> zone_;
  std::optional<Vocabulary> vocabulary_;               // refers to the three above
  std::vector<std::optional<engine::Event>> decoded_;  // of each record as first written
  Faults faults_;
};

}  // namespace samrad::record
