// The plain course of things, compiled: for programs of ordinary clauses, and as long as events come in order and leave nothing in doubt, an
// agreement is a record of some hundred bytes, and an event costs what its clauses cost.
//
// A lane gives the same statuses, due days and days of settling as the engine (engine.h) or says that it cannot: by refusing the program,
// or by calling one agreement odd. The caller then takes that agreement's events to the engine. Odd is: an event earlier than one before
// it, a value that a clause needs and the event lacks, two events of one day whose order would decide, an event on the record itself or
// on the term. Events must be distinct, and each agreement's records are one thread's at a time; a Lane itself is never changed.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/engine.h"
#include "engine/lane/row.h"

namespace samrad::engine::lane {

// Why a program has no lane: the clause, and what it asks for that lanes do not know.
struct Refusal {
  Index rule = program::none;  // none: it is no rule that stands in the way
  std::string_view why;
};

// A settled verdict that speaks against somebody, or takes an earlier one back: met_late after missed, of the same occurrence.
struct Verdict {
  std::uint32_t agreement = 0;
  std::uint16_t rule = 0;
  Status status = Status::missed;
  Bound bound = Bound::window;
  Day opens{};
  Day due = calendar::day_max;
  Day settled{};
  Day day{};                  // Key::day
  std::uint32_t ordinal = 0;  // bound to an event: Row::ordinal of it
};

// How many occurrences of a rule have which status, by Status.
using Counts = std::array<std::uint32_t, 9>;

// Room for the cases that records have none for. One thread.
class Overflow {
 public:
  explicit Overflow(std::size_t case_bytes) : stride_(case_bytes) {}

  [[nodiscard]] std::uint32_t add();         // the number of a new place, never 0; may move the others
  void drop(std::uint32_t place);
  [[nodiscard]] std::byte* at(std::uint32_t place) { return bytes_.data() + (place - 1) * stride_; }
  [[nodiscard]] const std::byte* at(std::uint32_t place) const { return bytes_.data() + (place - 1) * stride_; }
  [[nodiscard]] std::size_t bytes() const { return bytes_.size(); }

 private:
  std::size_t stride_;
  std::vector<std::byte> bytes_;
  std::vector<std::uint32_t> free_;
};

// What every record begins with.
struct Head {
  std::int32_t today = 0;       // of the last event
  std::int32_t wake = 0;        // the first day on which time alone changes something
  std::int32_t term_first = 0;
  std::int32_t expiry = 0;
  std::int32_t queued = 0;      // the caller's: for which day it is in a calendar
  std::uint16_t lane = 0;       // the caller's
  std::uint8_t odd = 0;         // not 0: the rest of the record means nothing any more
  std::uint8_t live = 0;        // bits of the parts that time can settle, where there are no more than eight
};

namespace detail {
struct Plan;
}

class Lane {
 public:
  // Nothing, with the reason, when the program has a clause that lanes do not know. `machine` must outlive the lane; the words of
  // rows must come from `texts`, which gets those of the program.
  [[nodiscard]] static std::optional<Lane> of(const Machine& machine, Texts& texts, Refusal& why);
  ~Lane();
  Lane(Lane&&) noexcept;
  Lane& operator=(Lane&&) noexcept;

  // What stands in Row::values for events of that type: numbers of fields, or program::subject_slot.
  [[nodiscard]] std::span<const std::uint32_t> reads(Index type) const;

  // The most values that any type's rows have.
  [[nodiscard]] std::size_t values() const;

  // Bytes of a record, a multiple of eight.
  [[nodiscard]] std::size_t bytes() const;

  // Fills in `row`, which has room for values(), from an event in the engine's form; `agreement` and `ordinal` stay. False: odd, since a
  // value has no word.
  [[nodiscard]] bool row_of(const Event& event, const Symbols& symbols, Texts& texts, Row& row) const;

  // Bytes of a place in Overflow.
  [[nodiscard]] std::size_t case_bytes() const;

  // The record before anything happened. False: odd.
  bool begin(std::byte* record, Term term) const;

  // Lets time pass to row.day, then takes the event. False: odd; what has been said of this agreement is void then.
  bool take(std::byte* record, const Row& row, Overflow& overflow, std::vector<Verdict>& out) const;

  // Lets time pass: what was due before `today` is settled.
  void pass(std::byte* record, std::uint32_t agreement, Day today, Overflow& overflow, std::vector<Verdict>& out) const;

  // How the occurrences of each rule stand on record.today, those that begin up to `until` included. `by_rule` has a row a rule.
  void tell(const std::byte* record, Day today, Day until, const Overflow& overflow, std::span<Counts> by_rule) const;

  // The cases of a record leave it: it has become odd, or is dropped.
  void forget(std::byte* record, Overflow& overflow) const;

  // Every word that the record holds on to, appended: for Texts::sweep.
  void words_of(const std::byte* record, const Overflow& overflow, std::vector<Word>& out) const;

 private:
  explicit Lane(std::unique_ptr<const detail::Plan> plan);
  std::unique_ptr<const detail::Plan> plan_;
};

}  // namespace samrad::engine::lane
