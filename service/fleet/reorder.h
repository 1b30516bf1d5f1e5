// Rows that come late, held back until those that should stand before them have come.
//
// As long as rows come in order of day they go through. The first that comes late opens a span of days, twice as long as it was late, in
// which rows wait from then on; a later one opens it further. What is later still than the span goes through as it comes, and its
// agreement is judged apart. One thread.
#pragma once

#include <cstdint>
#include <deque>

#include "engine/lane/fleet.h"

namespace samrad::fleet {

class Reorder {
 public:
  explicit Reorder(std::size_t values) : values_(values) {}

  // Calls take(rows) with all that can go, in order of day, those of one day in the order in which they came.
  template <typename Take>
  void add(const engine::lane::Rows& rows, Take take) {
    if (!open(rows)) return take(rows);
    for (std::size_t i = 0; i < rows.size(); ++i)
      hold(rows[i], take);
    while (!days_.empty() && (first_ < newest_ - span_ || held_ > held_max))
      release(take);
  }

  // What is still held.
  template <typename Take>
  void end(Take take) {
    while (!days_.empty())
      release(take);
  }

  // Every word that the held rows have.
  void words(std::vector<engine::lane::Word>& out) const {
    for (const engine::lane::Rows& day : days_)
      for (std::size_t i = 0; i < day.size(); ++i)
        out.insert(out.end(), day[i].values(), day[i].values() + values_);
  }

  static constexpr std::int32_t span_max = 800;         // days
  static constexpr std::size_t held_max = 2'000'000;    // rows

 private:
  // Whether rows must wait. Moves newest_ and span_.
  bool open(const engine::lane::Rows& rows) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const std::int32_t day = rows[i].day;
      if (day < newest_) span_ = std::max(span_, std::min(2 * (newest_ - day), span_max));
      newest_ = std::max(newest_, day);
    }
    return span_ > 0;
  }

  template <typename Take>
  void hold(const engine::lane::Row& row, Take take) {
    if (days_.empty()) first_ = std::max(row.day, released_);
    if (row.day < released_) {  // too late for the span
      late_.clear();
      late_.add(row);
      return take(late_);
    }
    for (; row.day < first_; --first_)
      days_.emplace_front(values_);
    while (row.day - first_ >= static_cast<std::int32_t>(days_.size()))
      days_.emplace_back(values_);
    days_[static_cast<std::size_t>(row.day - first_)].add(row);
    ++held_;
  }

  template <typename Take>
  void release(Take take) {
    held_ -= days_.front().size();
    released_ = ++first_;
    if (days_.front().size() > 0) take(days_.front());
    days_.pop_front();
  }

  std::size_t values_;
  std::int32_t newest_ = INT32_MIN / 2;
  std::int32_t span_ = 0;
  std::int32_t first_ = 0;                    // day of days_.front()
  std::int32_t released_ = INT32_MIN / 2;     // days before it have gone
  std::size_t held_ = 0;
  std::deque<engine::lane::Rows> days_;
  engine::lane::Rows late_{values_};
};

}  // namespace samrad::fleet
