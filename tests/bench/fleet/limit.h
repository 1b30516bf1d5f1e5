// The four rules of workload.h written by hand: what a program that is made for them and nothing else can reach. The measure for ours.
//
// State in a flat row per agreement, found by a hash of its name; deadlines in a calendar queue with one bucket a day, so that no
// deadline is ever compared with the clock; events taken a batch at a time, so that all the memory they need is on its way before
// the first is applied.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "tests/bench/fleet/workload.h"

namespace samrad::bench {

inline constexpr std::size_t batch_events = 1024;

// Rows by key, in the order in which the keys came. Open addressing; `Key` has `hash()` and `==`.
template <class Key>
class Directory {
 public:
  void expect(const Key& key) const { __builtin_prefetch(&slots_[key.hash() & mask_]); }

  std::uint32_t row_of(const Key& key) {
    for (std::uint64_t i = key.hash() & mask_;; i = (i + 1) & mask_) {
      Slot& slot = slots_[i];
      if (slot.row == none) return add(slot, key);
      if (slot.key == key) return slot.row;
    }
  }
  std::size_t size() const { return size_; }
  std::size_t bytes() const { return slots_.capacity() * sizeof(Slot); }

 private:
  static constexpr std::uint32_t none = 0xffffffff;
  struct Slot {
    Key key;
    std::uint32_t row = none;
  };

  std::uint32_t add(Slot& slot, const Key& key) {
    const std::uint32_t row = size_++;
    slot = {key, row};
    if (std::uint64_t{size_} * 2 > mask_) grow();
    return row;
  }
  void grow() {
    std::vector<Slot> old(slots_.size() * 2);
    old.swap(slots_);
    mask_ = slots_.size() - 1;
    for (const Slot& slot : old) {
      if (slot.row == none) continue;
      std::uint64_t i = slot.key.hash() & mask_;
      while (slots_[i].row != none)
        i = (i + 1) & mask_;
      slots_[i] = slot;
    }
  }

  std::vector<Slot> slots_{1024};
  std::uint64_t mask_ = 1023;
  std::uint32_t size_ = 0;
};

struct Event {
  std::int32_t day = 0;   // since 1970-01-01
  std::int32_t what = 0;  // signing: the term's last day; update, decision: the annex
  Kind kind = Kind::signing;
  std::uint8_t flag = 0;  // meeting: who took the chair, not 0; decision: in writing
};

struct Counts {
  std::uint64_t events = 0, r1 = 0, r2 = 0, r3 = 0, r4 = 0;
};

// Judges events in order of day, each with the row of its agreement.
class Check {
 public:
  void expect(std::uint32_t row) const {
    if (row < states_.size()) __builtin_prefetch(&states_[row], 1);
  }
  void apply(std::uint32_t row, const Event& event);
  // Judges what falls due before `day`.
  void advance(int day);

  const Counts& counts() const { return counts_; }
  // What is held for the agreements and their deadlines.
  std::size_t bytes() const;

 private:
  struct Update {
    std::int32_t annex, day;
  };
  struct State {
    std::int32_t last_day = 0;
    std::uint8_t chair = 0, meetings = 0, consulted = 0;
    std::vector<Update> waiting;
  };
  enum class Due : std::uint8_t { half_year, decision, consultation };
  struct Deadline {
    std::uint32_t row;
    std::int32_t annex;
    Due due;
  };

  void put(int day, Deadline deadline);
  void fall_due(const Deadline& deadline);

  std::vector<State> states_;
  std::vector<std::vector<Deadline>> days_;  // from `begin_`
  int begin_ = 0;
  int now_ = 0;
  Counts counts_;
};

template <class Key>
struct Entry {
  Key agreement;
  Event event;
};

// Applies a batch: every slot is on its way before the first is looked at, and every state before the first event is applied.
template <class Key>
void apply(Directory<Key>& agreements, Check& check, const Entry<Key>* entries, std::size_t count) {
  std::uint32_t rows[batch_events];
  for (std::size_t i = 0; i < count; ++i)
    agreements.expect(entries[i].agreement);
  for (std::size_t i = 0; i < count; ++i) {
    rows[i] = agreements.row_of(entries[i].agreement);
    check.expect(rows[i]);
  }
  for (std::size_t i = 0; i < count; ++i)
    check.apply(rows[i], entries[i].event);
}

}  // namespace samrad::bench
