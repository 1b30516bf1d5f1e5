// The history of one agreement that can be changed in the past: late, corrected and withdrawn events by replay.
//
// Events in order of time are folded on as they come. One that belongs further back takes the last snapshot before its day and
// folds forward from there; what that changed is the answer. The result never depends on the order of recording.
// Not thread-safe. Refers to its Machine, which must outlive it.
#pragma once

#include <optional>
#include <vector>

#include "engine/book.h"

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
  struct Snapshot {
    std::size_t events = 0;  // folded so far
    State state;
    std::size_t changes = 0, voids = 0, part_periods = 0, rulings = 0;
  };

  [[nodiscard]] std::size_t position(const Event& event) const;
  void take_snapshot();
  void rewind(std::size_t events);
  void fold_rest();
  std::vector<Revision> replay_from(std::size_t events);
  [[nodiscard]] std::vector<Revision> in_order(std::vector<Revision> revisions) const;
  [[nodiscard]] std::vector<Revision> news_since(std::size_t mark) const;

  const Machine& machine_;
  std::vector<Event> events_;
  std::vector<Snapshot> snapshots_;
  State state_;
  Findings said_;
  std::size_t folded_ = 0;
  std::size_t replayed_ = 0;
  Day passed_ = calendar::day_min;
};

}  // namespace samrad::engine
