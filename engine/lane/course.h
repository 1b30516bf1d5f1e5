// One event or one stretch of time on one record. Internal to lane/.
#pragma once

#include "engine/lane/cases.h"

namespace samrad::engine::lane::detail {

class Course {
 public:
  Course(const Plan& plan, std::byte* record, std::uint32_t agreement, Overflow& overflow, std::vector<Verdict>& out)
      : plan_(plan), head_(at<Head>(record, 0)), record_(record), agreement_(agreement), overflow_(overflow), out_(out) {}

  bool begin(Term term);
  bool take(const Row& row);
  void pass(std::int32_t today);

 private:
  static constexpr std::int32_t never = INT32_MAX;

  // What time settles; each gives the next day on which it would settle something.
  std::int32_t close_windows(const Part& part, std::int32_t today);
  std::int32_t close_cases(const Part& part, std::int32_t today);
  std::int32_t close_chance(const Part& part, std::int32_t today);

  // What an event does; false: odd.
  bool count(const Part& part, const Frames& f);
  bool judge(const Part& part, const Row& row, const Frames& f);
  bool turn(const Part& part, const Row& row, const Frames& f);
  bool open_case(const Part& part, const Row& row, const Frames& f);
  bool answer(const Part& part, const Row& row, const Frames& f);
  bool consult(const Part& part, const Act& act, const Frames& f);

  [[nodiscard]] bool in_term(std::int32_t day) const { return head_.term_first <= day && day <= head_.expiry; }
  [[nodiscard]] std::int32_t due_of(const program::Rule& r, Day day) const;
  Verdict& say(const Part& part, Status status, Bound bound);
  bool judged(const Part& part, Tally& tally, const Row& row, bool met);
  // The part wants to be looked at on that day; never: not for the time being.
  void wake_at(const Part& part, std::int32_t day) {
    if (day == never) return;
    if (day < head_.wake) head_.wake = day;
    if (plan_.live_words == 0) head_.live = static_cast<std::uint8_t>(head_.live | 1U << part.live);
    else live_word(part.live / 64) |= Word{1} << part.live % 64;
  }
  [[nodiscard]] Word& live_word(std::uint32_t i) { return reinterpret_cast<Word*>(record_ + sizeof(Head))[i]; }
  void close(const Part& part, std::int32_t today);
  [[nodiscard]] bool act(const Act& act, const Row& row, const Frames& f);

  const Plan& plan_;
  Head& head_;
  std::byte* record_;
  std::uint32_t agreement_;
  Overflow& overflow_;
  std::vector<Verdict>& out_;
  bool full_ = false;  // a number has no room for more: odd
};

}  // namespace samrad::engine::lane::detail
