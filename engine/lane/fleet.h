// Many agreements, each a record of the same size in one block: what a lane is made for.
//
// take() works through a batch with the records fetched ahead, since at a million agreements the memory is slower than the rules. With a
// calendar kept, pass() settles what falls due day by day and looks only at agreements for which that day means something; without,
// each is looked at when its next event comes, and all of them by pass_all().
//
// A fleet can be split: shard n of 2^bits holds the agreements whose number ends in the bits n. Shards share nothing.
#pragma once

#include <deque>
#include <memory_resource>
#include <span>
#include <vector>

#include "engine/lane/lane.h"

namespace samrad::engine::lane {

class Fleet {
 public:
  struct Shard {
    std::uint32_t bits = 0;
    std::uint32_t number = 0;
  };

  // `lanes` must outlive the fleet. `calendar`: pass() will be used. The records are in `memory`; large pages serve them well.
  Fleet(std::vector<const Lane*> lanes, Shard shard, bool calendar,
        std::pmr::memory_resource* memory = std::pmr::new_delete_resource());
  ~Fleet();
  Fleet(const Fleet&) = delete;
  Fleet& operator=(const Fleet&) = delete;

  // Room for so many agreements.
  void reserve(std::size_t agreements);

  // The next agreement of this shard. False: it is odd from the beginning.
  bool add(std::uint16_t lane, Term term);

  // Makes the next agreement's place an odd one.
  void add_odd();

  // Takes the rows in their order; those of odd agreements are passed over, and those that become odd are appended to `odd`.
  void take(const Rows& rows, std::vector<std::uint32_t>& odd);

  // The day begins: what was due before it is settled. With a calendar.
  void pass(Day today);

  // As pass, for every agreement, calendar or not.
  void pass_all(Day today);

  // Calls the agreement odd, from outside.
  void set_odd(std::uint32_t agreement);
  [[nodiscard]] bool odd(std::uint32_t agreement) const { return head(agreement).odd != 0; }

  // As Lane::tell. The agreement must not be odd.
  void tell(std::uint32_t agreement, Day today, Day until, std::span<Counts> by_rule) const;
  [[nodiscard]] Term term(std::uint32_t agreement) const;

  // What has been said since the last clear(). Verdicts of agreements that are odd now are void.
  [[nodiscard]] const std::vector<Verdict>& verdicts() const { return verdicts_; }
  void clear() { verdicts_.clear(); }

  [[nodiscard]] std::size_t size() const { return count_; }
  [[nodiscard]] std::size_t record_bytes() const { return stride_; }
  [[nodiscard]] std::size_t bytes() const;  // of all states, the calendar included

  void words(std::vector<Word>& out) const;  // for Texts::sweep

 private:
  [[nodiscard]] std::byte* record(std::uint32_t agreement) { return block_ + std::size_t{agreement >> shard_.bits} * stride_; }
  [[nodiscard]] const std::byte* record(std::uint32_t agreement) const { return block_ + std::size_t{agreement >> shard_.bits} * stride_; }
  [[nodiscard]] Head& head(std::uint32_t agreement) { return *reinterpret_cast<Head*>(record(agreement)); }
  [[nodiscard]] const Head& head(std::uint32_t agreement) const { return *reinterpret_cast<const Head*>(record(agreement)); }
  bool begin(std::uint16_t lane, Term term, std::byte* record);
  std::uint32_t next_number();
  void fetch(std::uint32_t agreement) const;  // its record, which is needed soon
  void enter(std::uint32_t agreement);        // into the calendar

  // Records before anything happened, by lane and term: in a fleet the same come again and again.
  struct Begun {
    Term term;
    std::uint16_t lane = 0;
    bool plain = false;
    std::vector<std::byte> record;  // empty: none
  };

  std::vector<const Lane*> lanes_;
  Shard shard_;
  bool calendar_kept_;
  std::size_t stride_ = 0;
  std::size_t fetched_ = 0;  // bytes of a record that are fetched ahead
  std::size_t count_ = 0;
  std::size_t room_ = 0;
  std::pmr::memory_resource* memory_;
  std::byte* block_ = nullptr;
  std::vector<Begun> begun_;
  Overflow overflow_;
  std::vector<Verdict> verdicts_;
  std::deque<std::vector<std::uint32_t>> days_;  // from first_day_ on
  std::int32_t first_day_ = 0;
};

}  // namespace samrad::engine::lane
