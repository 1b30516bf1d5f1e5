// The cases of a response: in order of opening, the first in the record and the rest in Overflow. Internal to lane/.
#pragma once

#include "engine/lane/plan.h"

namespace samrad::engine::lane::detail {

// A response's part of a record. Good until Overflow grows.
class Cases {
 public:
  Cases(const Part& part, std::byte* record, Overflow& overflow)
      : waiting_(at<Waiting>(record, part.at)),
        first_(record + part.at + sizeof(Waiting) + part.answer_values * sizeof(Word)),
        bytes_(sizeof(Case) + part.origin_values * sizeof(Word)),
        overflow_(overflow) {}

  // A new last case; its values stand behind it, not yet filled.
  Case& add() {
    if (waiting_.inline_cases < cases_inline && waiting_.more == 0) return fresh(first_ + waiting_.inline_cases++ * bytes_);
    const std::uint32_t place = overflow_.add();
    if (waiting_.more == 0) waiting_.more = place;
    else last().next = place;
    return fresh(overflow_.at(place));
  }

  // Calls f(case) for each until it says stop; one that it says is done with leaves.
  enum class Then : std::uint8_t { go_on, leave, leave_and_stop };
  template <typename F>
  void each(F f) {
    for (std::uint32_t i = 0; i < waiting_.inline_cases;) {
      const Then then = f(*reinterpret_cast<Case*>(first_ + i * bytes_));
      if (then == Then::go_on) ++i;
      else erase_inline(i);
      if (then == Then::leave_and_stop) return;
    }
    std::uint32_t before = 0;
    for (std::uint32_t place = waiting_.more; place != 0;) {
      Case& c = in_overflow(place);
      const std::uint32_t next = c.next;
      const Then then = f(c);
      if (then == Then::go_on) {
        before = place;
      } else {
        (before == 0 ? waiting_.more : in_overflow(before).next) = next;
        overflow_.drop(place);
        if (then == Then::leave_and_stop) return;
      }
      place = next;
    }
  }

 private:
  Case& in_overflow(std::uint32_t place) { return *reinterpret_cast<Case*>(overflow_.at(place)); }

  Case& last() {
    std::uint32_t place = waiting_.more;
    while (in_overflow(place).next != 0) place = in_overflow(place).next;
    return in_overflow(place);
  }

  static Case& fresh(std::byte* where) { return *new (where) Case; }

  void erase_inline(std::uint32_t i) {
    std::memmove(first_ + i * bytes_, first_ + (i + 1) * bytes_, (waiting_.inline_cases - i - 1) * bytes_);
    if (waiting_.more == 0) {
      --waiting_.inline_cases;
      return;
    }
    const std::uint32_t place = waiting_.more;
    waiting_.more = in_overflow(place).next;
    std::byte* const end = first_ + (waiting_.inline_cases - 1) * bytes_;
    std::memcpy(end, overflow_.at(place), bytes_);
    reinterpret_cast<Case*>(end)->next = 0;
    overflow_.drop(place);
  }

  Waiting& waiting_;
  std::byte* first_;
  std::size_t bytes_;
  Overflow& overflow_;
};

[[nodiscard]] inline Word* values_of(Case& c) { return reinterpret_cast<Word*>(&c + 1); }

}  // namespace samrad::engine::lane::detail
