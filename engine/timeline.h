// The history of one agreement that can be changed in the past: late, corrected and withdrawn events by replay.
//
// Events in order of time are folded on as they come. One that belongs further back takes the last snapshot before its day and
// folds forward from there; what that changed is the answer. The result never depends on the order of recording. Such a change costs
// what is folded again, and the logarithm of the history: neither what was said before the snapshot nor what the state remembers of
// the past is copied or searched through.
// Not thread-safe. Refers to its Machine, which must outlive it.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "engine/book.h"
#include "engine/memory_log.h"

namespace samrad::engine {

// An occurrence whose last finding changed (in the order of their ids); nothing on a side on which it does not exist.
struct Revision {
  Key key;
  std::optional<Finding> before;
  std::optional<Finding> after;
};

class Timeline {
 public:
  explicit Timeline(const Machine& machine);

  // Adds an event wherever its day puts it. The identity must be new (see contains).
  std::vector<Revision> record(Event event);

  // Takes an event back, as if it had never been recorded; nothing changes when there is none of that identity.
  std::vector<Revision> withdraw(Symbol identity);

  // Puts `event` in place of the one of that identity, which may move it to another day.
  std::vector<Revision> correct(Symbol identity, Event event);

  // Lets time pass to the beginning of `day`; a day before today does nothing.
  std::vector<Revision> pass(Day day);

  [[nodiscard]] bool contains(Symbol identity) const;

  // The state after everything recorded so far. The reference is good until the next change.
  [[nodiscard]] const State& state() const { return state_; }

  // How we stand at `as_of`, which must not lie before the last event or the last day passed to.
  [[nodiscard]] Book book(Moment as_of, int days_ahead = 400) const;

  // The number of events folded by the last change: what a late event costs.
  [[nodiscard]] std::size_t replayed() const { return replayed_; }

  static constexpr std::size_t snapshot_events = 64;  // events between two snapshots

 private:
  // After the first `events` events. Its today is the day of the last of them, so that it serves whatever comes behind them.
  struct Snapshot {
    std::size_t events = 0;
    State state;  // without its memory
    MemoryLog::Mark memory;
    std::size_t changes = 0, voids = 0, part_periods = 0, rulings = 0;
  };

  [[nodiscard]] std::size_t position(const Event& event) const;
  void take_snapshot();
  // Goes back to the last snapshot before event number `events`; gives the findings taken back.
  std::vector<Finding> rewind(std::size_t events);
  std::vector<Finding> take_back(std::size_t mark);
  // Folds what is not folded yet and says what that changed against what stood before, findings taken back included.
  std::vector<Revision> fold_rest(const std::vector<Finding>& taken_back = {});
  std::vector<Revision> replay_from(std::size_t events) { return fold_rest(rewind(events)); }
  // What has been said since `mark` against what was said in its place. last_ still says how it stood at the mark.
  [[nodiscard]] std::vector<Revision> compared(std::size_t mark,
                                               const std::vector<Finding>& taken_back) const;
  [[nodiscard]] std::vector<Revision> in_order(std::vector<Revision> revisions) const;

  const Machine& machine_;
  std::vector<Event> events_;     // in the order in which they are fed
  std::map<Symbol, Day> day_of_;  // by identity
  std::vector<Snapshot> snapshots_;
  MemoryLog memories_;
  State state_;
  Findings said_;
  std::map<Key, std::size_t> last_;   // the last of said_.changes of each occurrence, `gone` too
  std::vector<std::size_t> earlier_;  // for each of said_.changes the one before of its occurrence
  std::size_t folded_ = 0;
  std::size_t replayed_ = 0;
  Day passed_ = calendar::day_min;
};

}  // namespace samrad::engine
