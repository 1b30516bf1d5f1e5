// What is remembered of one agreement's log so that it need not be read: of each event a hash of its id and the day on which it counts, which
// event acts on which, and states that were kept along the way, to go back to.
//
// A stop is the state after all events of the days before one day. The further back, the further apart: going back to the last stop before a
// day costs at most about three times what has happened since that day, and the stops together grow with the logarithm of the log.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "rules/calendar/date.h"

namespace samrad::registry {

using Sequence = std::uint64_t;  // of an event, from 1

class Trail {
 public:
  static constexpr std::uint64_t stop_events = 32;  // events between two stops
  static constexpr std::size_t stops_bytes_max =
      1'000'000;  // all together; then they are further apart

  // -- the log
  // The next event. `day` nowhere: it does not count by itself, as a correction does.
  static constexpr calendar::Day nowhere = calendar::day_max;
  void add(std::string_view id, calendar::Day day);
  [[nodiscard]] Sequence size() const { return days_.size(); }
  [[nodiscard]] calendar::Day day(Sequence event) const { return days_[event - 1]; }
  void move(Sequence event, calendar::Day day) { days_[event - 1] = day; }
  // Those that count on `day` or later, ascending.
  [[nodiscard]] std::vector<Sequence> since(calendar::Day day) const;
  [[nodiscard]] bool knows(std::string_view id) const;
  // Those whose id may be that one, ascending.
  [[nodiscard]] std::vector<Sequence> of_id(std::string_view id) const;

  // -- acts
  void link(Sequence act, Sequence target);
  [[nodiscard]] bool acted_on(Sequence event) const { return acts_.contains(event); }
  // Those that a correction or withdrawal of `text` may mean.
  [[nodiscard]] std::vector<Sequence> meant_by(std::string_view text) const;
  // These and all that acts on them or that they act on, over any number of steps; ascending.
  [[nodiscard]] std::vector<Sequence> with_acts(std::vector<Sequence> events) const;

  // -- stops
  struct Stop {
    calendar::Day day = calendar::day_min;
    std::uint64_t events = 0;  // folded until then
    std::string state;         // engine::encode; empty: none, the beginning
  };
  [[nodiscard]] const Stop& last_before(calendar::Day day) const;  // or on it
  // Whether an event of a later day than all before it has come far enough for a stop.
  [[nodiscard]] bool wants_stop(std::uint64_t events) const {
    return events >= stops_.back().events + stop_events;
  }
  void put(Stop stop);
  void go_back(calendar::Day day);  // those behind `day` go

  void forget_stops() { stops_.resize(1); }

  // As bytes, and back: false where they are damaged.
  void write(std::string& out) const;
  [[nodiscard]] bool read(std::string_view bytes);

 private:
  void thin(std::uint64_t ratio);

  std::vector<calendar::Day> days_;
  std::unordered_multimap<std::uint64_t, std::uint32_t> ids_;  // hash → sequence
  std::map<Sequence, Sequence> targets_;                       // act → what it acts on
  std::multimap<Sequence, Sequence> acts_;                     // and back
  std::vector<Stop> stops_{Stop{}};                            // the beginning first
};

}  // namespace samrad::registry
