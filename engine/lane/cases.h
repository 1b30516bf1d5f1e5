// The cases of a response: in order of opening, the first in the record and the rest in Overflow. Internal to lane/.
#pragma once

#include "engine/lane/plan.h"

namespace samrad::engine::lane::detail {

[[nodiscard]] inline Word* values_of(Case& c) { return reinterpret_cast<Word*>(&c + 1); }
[[nodiscard]] inline const Word* values_of(const Case& c) { return reinterpret_cast<const Word*>(&c + 1); }

// A response's part of a record. Good until Overflow grows.
class Cases {
 public:
  Cases(const Part& part, std::byte* record, Overflow& overflow)
      : waiting_(at<Waiting>(record, part.at)),
        first_(record + part.at + sizeof(Waiting) + part.answer_values * sizeof(Word)),
        bytes_(sizeof(Case) + part.origin_values * sizeof(Word)),
        inline_(part.cases_inline),
        overflow_(overflow) {}

  // A new last case; its values stand behind it, not yet filled.
  Case& add() {
    if (waiting_.inline_cases < inline_ && waiting_.more == 0) return *new (first_ + waiting_.inline_cases++ * bytes_) Case;
    const std::uint32_t place = overflow_.add();
    link(place) = 0;
    if (waiting_.more == 0) waiting_.more = place;
    else link(last()) = place;
    return *new (overflow_.at(place) + sizeof(Link)) Case;
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
      const auto next = static_cast<std::uint32_t>(link(place));
      const Then then = f(*reinterpret_cast<Case*>(overflow_.at(place) + sizeof(Link)));
      if (then == Then::go_on) {
        before = place;
      } else {
        if (before == 0) waiting_.more = next;
        else link(before) = next;
        overflow_.drop(place);
        if (then == Then::leave_and_stop) return;
      }
      place = next;
    }
  }

 private:
  Link& link(std::uint32_t place) { return *reinterpret_cast<Link*>(overflow_.at(place)); }

  std::uint32_t last() {
    std::uint32_t place = waiting_.more;
    while (link(place) != 0) place = static_cast<std::uint32_t>(link(place));
    return place;
  }

  void erase_inline(std::uint32_t i) {
    std::memmove(first_ + i * bytes_, first_ + (i + 1) * bytes_, (waiting_.inline_cases - i - 1) * bytes_);
    if (waiting_.more == 0) {
      --waiting_.inline_cases;
      return;
    }
    const std::uint32_t place = waiting_.more;
    waiting_.more = static_cast<std::uint32_t>(link(place));
    std::memcpy(first_ + (waiting_.inline_cases - 1) * bytes_, overflow_.at(place) + sizeof(Link), bytes_);
    overflow_.drop(place);
  }

  Waiting& waiting_;
  std::byte* first_;
  std::size_t bytes_;
  std::uint8_t inline_;
  Overflow& overflow_;
};

// As Cases::each, without change.
template <typename F>
void each_case(const Part& part, const std::byte* record, const Overflow& overflow, F f) {
  const auto& waiting = at<Waiting>(record, part.at);
  const std::size_t bytes = sizeof(Case) + part.origin_values * sizeof(Word);
  const std::byte* const first = record + part.at + sizeof(Waiting) + part.answer_values * sizeof(Word);
  for (std::uint32_t i = 0; i < waiting.inline_cases; ++i) f(at<Case>(first + i * bytes, 0));
  for (std::uint32_t place = waiting.more; place != 0; place = static_cast<std::uint32_t>(at<Link>(overflow.at(place), 0)))
    f(at<Case>(overflow.at(place), sizeof(Link)));
}

}  // namespace samrad::engine::lane::detail
