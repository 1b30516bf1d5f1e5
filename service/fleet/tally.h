// What is known of one agreement's occurrences: how many have which status, and which of them are violations.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "service/fleet/roster.h"

namespace samrad::fleet {

using calendar::Day;
using engine::Status;

inline constexpr std::size_t statuses = 9;
using Counts = std::array<std::uint64_t, statuses>;  // by Status

struct Violation {
  std::string id;
  std::uint32_t clause = 0;  // row of Roster::clauses
  Status status = Status::missed;
  Day opens{};
  Day due = calendar::day_max;  // day_max: none
  Day settled{};
};

class Tally {
 public:
  void count(std::uint32_t clause, Status status, std::uint32_t number = 1);
  void violate(Violation violation) { violations_.push_back(std::move(violation)); }

  // By due day, then id, as an audit of the agreement alone lists them.
  void sort();

  [[nodiscard]] Counts counts() const;
  [[nodiscard]] const std::vector<Violation>& violations() const { return violations_; }

  // Adds to `by_clause`, one row for each of Roster::clauses.
  void add_to(std::vector<Counts>& by_clause) const;

 private:
  struct Entry {
    std::uint16_t clause = 0;
    Status status = Status::open;
    std::uint32_t number = 0;
  };
  std::vector<Entry> entries_;  // what has been counted at all: few
  std::vector<Violation> violations_;
};

inline constexpr int days_ahead = 400;  // of agreements without end, as engine::evaluate has it

// As the agreement's own Program would name the occurrence.
[[nodiscard]] std::string id_of(const Variant& variant, const Agreement& agreement, const engine::Key& key);

// One agreement under way: the engine's state, packed between two events, and the last word on each occurrence that may still change.
// Everything else has been counted.
class Running {
 public:
  Running(const Variant& variant, const Agreement& agreement);

  // The event's day must not lie before today(). `findings` is used again from call to call.
  void take(const Variant& variant, const Agreement& agreement, const engine::Event& event,
            engine::Findings& findings, Tally& tally);

  // Counts what is left: how each occurrence stands at `as_of`, those to come included. Nothing can be taken afterwards.
  void end(const Variant& variant, const Agreement& agreement, engine::Moment as_of,
           engine::Findings& findings, Tally& tally);

  // Lets time pass to `day` when it lies ahead.
  void pass(const Variant& variant, const Agreement& agreement, Day day, engine::Findings& findings,
            Tally& tally);

  // The term is over and nothing is open or still to be done: no event can change anything but those that were late.
  [[nodiscard]] bool finished() const { return finished_; }

  [[nodiscard]] Day today() const { return today_; }
  [[nodiscard]] Day expiry() const { return expiry_; }
  void mark(std::vector<bool>& live) const;

 private:
  struct Said {
    engine::Key key;
    Status status = Status::open;
    Day opens{}, due{}, settled{};
  };

  void absorb(const Variant& variant, const Agreement& agreement, const engine::State& state,
              const std::vector<engine::Finding>& changes, Tally& tally);
  void count_settled(const Variant& variant, const Agreement& agreement, const engine::State& state, Tally& tally);
  void rest(const engine::State& state);

  std::vector<std::uint8_t> resting_;  // engine::pack
  Day today_{}, expiry_{};
  bool finished_ = false;
  std::vector<Said> said_;
  std::size_t settled_at_ = 16;  // when said_ is that long, what has left the state is counted
};

}  // namespace samrad::fleet
