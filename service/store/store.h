// What the service keeps: agreements with their rule texts, an append-only log of events for each, what the engine found, and what
// waits to be told. One small interface, so that one embedded file and, later, a database server serve alike.
//
//   Reader: any number, each for one thread at a time; each call sees one committed whole.
//   Store::commit: one at a time; all of a Batch or nothing of it, durable when it returns.
//
// All keys are given by the caller and grow: numbers of agreements and findings in the order of their making, events by agreement and
// sequence. Nothing here knows what an event means.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "service/clock.h"

namespace samrad::store {

// Why the store cannot do what it was asked.
struct Failure {
  enum class Kind : std::uint8_t {
    full,          // no room left on the disk
    read_only,     // the file or its folder may not be written
    io,            // reading or syncing failed; what was not acknowledged may be lost
    corrupt,       // the file is not what was written
    newer_schema,  // written by a later version of the program
    locked,        // another process has it
    absent,        // there is no store at that place
    conflict,      // a key exists already: the caller's numbers are wrong
  };
  Kind kind = Kind::io;
  std::string message;  // a sentence for the operator: where, what, what instead
};
template <class T>
using Result = tl::expected<T, Failure>;

using AgreementNo = std::int64_t;  // from 1, within one store
using FindingNo = std::int64_t;    // from 1, within one store

inline constexpr Micros never = INT64_MAX;

struct Agreement {
  AgreementNo no = 0;
  std::string id;  // unique, the caller's
  std::string title;
  std::string zone;
  Micros created = 0;
  std::string created_by;        // id of the principal
  std::optional<Micros> closed;  // no further events
  std::uint32_t version = 1;     // of the rules, the last one; the entity tag's content
};

// A rule text as it was handed in.
struct RuleVersion {
  AgreementNo agreement = 0;
  std::uint32_t version = 1;
  Micros recorded = 0;
  std::string by;
  std::string in_force_from;  // a date; empty for the first
  std::string content;        // canonical JSON: the texts and the parameters
  std::string program_hash;   // of all versions up to this one compiled together
};

// One record of the log. `bytes` are what a proof is laid over: canonical, never changed.
struct Event {
  AgreementNo agreement = 0;
  std::uint64_t sequence = 0;  // from 1 without gaps within the agreement
  std::string source;
  std::string id;
  std::string type;
  std::string subject;
  std::int64_t day = 0;  // days since 1970-01-01 on which it happened, in the agreement's zone
  Micros recorded = 0;
  std::string by;     // id of the principal that recorded it
  std::string bytes;  // the CloudEvent as canonical JSON, `recordedtime` included
};

// Where an agreement stood after event `sequence`; opaque to the store. The last one of each agreement is kept.
struct Snapshot {
  AgreementNo agreement = 0;
  std::uint64_t sequence = 0;
  std::string bytes;
};

// A change of a verdict, and what changed it.
struct Finding {
  FindingNo no = 0;
  AgreementNo agreement = 0;
  std::uint64_t sequence = 0;  // of the event that brought it; 0: time passed, or the rules changed
  std::string occurrence;
  std::string clause;
  std::string before;  // a status; empty: it did not exist
  std::string after;   // a status; empty: it does not exist any more
  std::string due;     // a date; empty: none
  Micros due_at = 0;   // the moment that brought it: the deadline's, or the event's recording
  Micros noticed = 0;  // when it was found; later than due_at where the service was not running
};

// How an occurrence stands now: what questions over all agreements are answered from.
struct Verdict {
  AgreementNo agreement = 0;
  std::string occurrence;
  std::string clause;
  std::string owners;  // names with a blank between them
  std::string status;
  std::string severity;
  std::string opens;  // a date
  std::string due;    // a date; empty: none
  std::string settled;
  bool firm = false;  // of what time can no more change: judged by a state that the log alone gives
  bool operator==(const Verdict&) const = default;
};

// Something to be told, in the transaction of what it tells.
struct Message {
  enum class State : std::uint8_t { waiting, sent, failed, cancelled };
  std::int64_t no = 0;  // given by the store, in order of making
  std::string key;      // unique: the same thing is not told twice
  AgreementNo agreement = 0;
  std::string recipient;
  std::string way;  // `email`, `webhook`
  std::string kind;
  std::string occurrence;
  std::string content;  // JSON: all that the sender needs
  Micros made = 0;
  Micros not_before = 0;
  State state = State::waiting;
  int tries = 0;
  std::string last_error;
  std::optional<Micros> finished;
};

// What happened to a message.
struct Progress {
  std::string key;
  Message::State state = Message::State::waiting;
  int tries = 0;
  Micros not_before = 0;
  std::string last_error;
  std::optional<Micros> finished;
};

// Small things that are kept whole and found by name: tokens, alert rules, acknowledgements, feeds.
struct Document {
  std::string kind;
  std::string id;
  std::string content;  // JSON
};
struct DocumentName {
  std::string kind;
  std::string id;
};

// All that becomes true at once. Rows are written in the order of the members.
struct Batch {
  std::vector<Agreement> agreements;  // new ones, or changed ones by their number
  std::vector<RuleVersion> versions;
  std::vector<Event> events;
  std::vector<Finding> findings;
  std::vector<Verdict> verdicts;  // put in the place of the one of that occurrence
  std::vector<std::pair<AgreementNo, std::string>> verdicts_gone;
  std::vector<std::pair<AgreementNo, Micros>> wakes;  // `never` removes
  std::vector<Snapshot> snapshots;
  std::vector<Message>
      messages;  // one whose key exists is left as it is, unless that was cancelled
  std::vector<Progress> progress;
  std::vector<Document> documents;  // put in the place of the one of that name
  std::vector<DocumentName> documents_gone;

  [[nodiscard]] bool empty() const;
  [[nodiscard]] std::size_t rows() const;
};

// Which events of an agreement; empty members do not restrict.
struct EventFilter {
  std::uint64_t after = 0;  // sequence
  std::string type;
  std::string subject;
  std::optional<Micros> recorded_from, recorded_before;
};

struct FindingFilter {
  FindingNo after = 0;
  std::optional<AgreementNo> agreement;
  std::string clause;
  std::string status;  // Finding::after
};

// Verdicts in the order of due day (none last), agreement's number, occurrence.
struct VerdictFilter {
  std::optional<AgreementNo> agreement;
  std::vector<std::string> statuses;
  std::string clause;
  std::string occurrence;
  std::string owner;
  std::string due_from, due_through;  // dates, both included
  std::optional<bool> firm;
  // Goes on behind this one.
  struct Place {
    std::string due;
    AgreementNo agreement = 0;
    std::string occurrence;
  };
  std::optional<Place> after;
};

struct MessageFilter {
  std::int64_t after = 0;  // Message::no
  std::optional<AgreementNo> agreement;
  std::optional<Message::State> state;
  std::string recipient;
};

class Reader {
 public:
  virtual ~Reader() = default;

  virtual Result<std::optional<Agreement>> agreement(std::string_view id) = 0;
  virtual Result<std::optional<Agreement>> agreement(AgreementNo no) = 0;
  // By id, those after `after`.
  virtual Result<std::vector<Agreement>> agreements(std::string_view after, std::size_t limit) = 0;
  virtual Result<std::vector<RuleVersion>> versions(AgreementNo agreement) = 0;

  virtual Result<std::uint64_t> last_sequence(AgreementNo agreement) = 0;  // 0: no event
  virtual Result<std::vector<Event>> events(AgreementNo agreement, const EventFilter& filter,
                                            std::size_t limit) = 0;
  virtual Result<std::optional<Event>> event(AgreementNo agreement, std::uint64_t sequence) = 0;

  virtual Result<std::optional<Snapshot>> snapshot(AgreementNo agreement) = 0;
  virtual Result<std::vector<Finding>> findings(const FindingFilter& filter, std::size_t limit) = 0;
  virtual Result<std::vector<Verdict>> verdicts(const VerdictFilter& filter, std::size_t limit) = 0;

  // All wakes, in no order that matters.
  virtual Result<std::vector<std::pair<AgreementNo, Micros>>> wakes() = 0;

  virtual Result<std::vector<Message>> messages(const MessageFilter& filter, std::size_t limit) = 0;
  virtual Result<std::optional<Message>> message(std::string_view key) = 0;
  // The last in byte order of the keys that begin with `prefix`, cancelled ones left out.
  virtual Result<std::optional<std::string>> last_message_key(std::string_view prefix) = 0;
  // Waiting ones whose time has come, the oldest first.
  virtual Result<std::vector<Message>> to_send(Micros now, std::size_t limit) = 0;
  // How many wait, and since when the oldest could have been sent. What was tried three times in vain has waited since it was made,
  // though its next try lies ahead.
  struct Waiting {
    std::size_t count = 0;
    Micros oldest = never;
    std::size_t given_up = 0;  // failed ones, which wait for somebody to have them tried again
  };
  virtual Result<Waiting> waiting() = 0;

  virtual Result<std::optional<Document>> document(std::string_view kind, std::string_view id) = 0;
  virtual Result<std::vector<Document>> documents(std::string_view kind) = 0;

  struct Totals {
    AgreementNo agreements = 0;  // the highest number given
    FindingNo findings = 0;      // likewise
    std::uint64_t events = 0;
    Micros last_recorded = 0;  // of the last event
  };
  virtual Result<Totals> totals() = 0;
};

class Store {
 public:
  virtual ~Store() = default;

  [[nodiscard]] virtual Result<std::unique_ptr<Reader>> reader() = 0;  // any thread
  // Durable when it returns. After a failure nothing of the batch is there; the next commit may succeed.
  [[nodiscard]] virtual Result<void> commit(const Batch& batch) = 0;
  // A copy that is one committed whole, made while the store is used; `path` must not exist.
  [[nodiscard]] virtual Result<void> backup(const std::string& path) = 0;
  // Whether a write would succeed now, without leaving a trace.
  [[nodiscard]] virtual Result<void> probe() = 0;
  // A name for this store that backups share: made at random when it was created.
  [[nodiscard]] virtual std::string id() const = 0;
};

}  // namespace samrad::store
