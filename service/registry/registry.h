// The one who records: takes commands from any thread, does them one batch after the other on a thread of its own, and wakes by itself when
// a deadline passes.
//
//   1. Everything that waits is taken (group commit) and held against its agreement: duplicates, conflicts, faults.
//   2. The engine is stepped, and what it found becomes findings, verdicts, wakes and messages.
//   3. One transaction holds all of it. Only if it commits do others see it and do the callers hear of it; if it does not, the agreements
//      that were touched leave memory and come back from the store as they were.
//
// A wake is the same without a caller. Agreements that nothing happens to leave memory; what is kept of them is an id and a wake.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "service/registry/commands.h"
#include "service/registry/directory.h"
#include "service/registry/rulebook.h"
#include "service/store/store.h"

namespace samrad::registry {

// What whoever runs the service should hear of: once when it begins, once when it is over.
struct Notice {
  enum class About : std::uint8_t {
    commits,    // transactions cannot be written
    agreement,  // it cannot be read, so that nothing is told of its deadlines
    work,       // something went wrong that should not: what was under way is given up
  };
  About about = About::commits;
  bool over = false;
  std::string agreement;  // its id, or `#` and its number where that cannot be read
  std::string message;    // a sentence
};

struct Options {
  std::size_t commands_max = 10'000;     // waiting; more are answered `busy`
  std::size_t batch_events_max = 1'000;  // events in one transaction, unless one command has more
  std::size_t active_max = 2'000;        // agreements in memory
  Micros sleep_after =
      store::never;  // without an event or a wake an agreement leaves memory; above 0
  std::uint64_t snapshot_every_events = 1'000;  // a state is stored again after so many
  std::size_t wakes_per_batch = 500;
  std::size_t sleeps_per_batch = 500;
  int ahead_days = 123;                       // how far ahead upcoming verdicts are kept
  std::function<void(const Notice&)> notify;  // on the registry's thread; may be empty
};

// What is to be told because an agreement stands as it does. Called on the registry's thread, within the transaction, of an agreement
// that has been judged up to now. One that is closed is judged no more: it is asked about when it is closed, and for as long as a moment
// to ask again was given.
class Announcer {
 public:
  struct Standing {
    const store::Agreement& agreement;
    const Rulebook& rules;
    const std::vector<const store::Verdict*>&
        held;  // more may be said of them; a missed one can still be met late
    const std::vector<const store::Verdict*>& done;  // settled for good in this round
    const std::vector<store::Finding>& findings;     // changes of this batch
    Micros now = 0;
    bool first = false;  // the agreement has just come into memory
    bool anew = false;   // something was kept about it in this very batch
  };
  virtual ~Announcer() = default;
  // Adds messages to `batch`; gives the next moment at which to be asked again though nothing happens, or `never`.
  virtual Micros announce(const Standing& standing, store::Batch& batch) = 0;
};

// What is told to those who listen, after the commit, on the registry's thread.
using Listener = std::function<void(const std::vector<store::Finding>&)>;

// Figures for /metrics and /readyz. Times in microseconds.
struct Gauges {
  std::uint64_t batches = 0, events = 0, findings = 0, wakes = 0, failures = 0;
  std::uint64_t judged = 0;  // events that the engine was stepped by, again and again counted
  std::uint64_t commit_micros = 0;  // all commits together
  std::uint64_t commit_micros_last = 0;
  std::size_t waiting = 0;  // commands
  std::size_t active = 0;   // agreements in memory
  std::size_t agreements = 0;
  std::size_t unreadable = 0;  // agreements that could not be read when it was their time
  Micros next_wake = store::never;
  Micros wake_lag = 0;  // how late the last wake was noticed
  Micros wake_lag_max = 0;
  std::string failure;  // of the last commit; empty: it succeeded
};

class Registry {
 public:
  // All must outlive the registry; `announcer` may be null. Nothing is read or written before start().
  Registry(store::Store& store, const Clock& clock, Rulebooks& rulebooks, Options options,
           Announcer* announcer = nullptr);
  ~Registry();  // stops
  Registry(const Registry&) = delete;

  // Reads what the store has and starts the thread.
  [[nodiscard]] store::Result<void> start();
  // Does what waits, answers all callers, lets the agreements in memory leave it, and ends the thread. Later commands are answered `stopping`.
  void stop();

  // From any thread.
  void create(Create command, Reply<Created> reply);
  void amend(Amend command, Reply<Amended> reply);
  void close(Close command, Reply<store::Agreement> reply);
  void append(Append command, Reply<Appended> reply);
  void keep(Keep command, Reply<Kept> reply);
  void progress(std::vector<store::Progress> progress, Reply<Kept> reply);
  // Rows of no agreement's log: `rows` puts them into the transaction. It is called on the registry's thread, so that what it reads
  // of the store stays so until then, but for what the batch holds already, and callers of earlier transactions have been answered.
  void add(std::function<void(store::Batch&)> rows, Reply<Kept> reply);

  // The clock was set (a manual one), or alert rules changed: look at the wakes again; with `all`, at every agreement that is not closed,
  // though nothing ever happens to it any more.
  void look_again(bool all = false);
  // Returns when everything given before it is done and no wake is due.
  void settle();

  // Who is told of findings; set before start().
  void listen(Listener listener);

  // Which agreements there are and how far their logs go, as committed. Any thread.
  [[nodiscard]] const Directory& directory() const;
  [[nodiscard]] Directory& directory();
  [[nodiscard]] Gauges gauges() const;

 private:
  class Work;
  std::unique_ptr<Work> work_;
};

}  // namespace samrad::registry
