// The rules themselves: what each event changes, and what each day that has passed settles.

#include "tests/bench/fleet/limit.h"

#include <algorithm>
#include <chrono>

namespace samrad::bench {

namespace {

constexpr int decision_days = 90;
constexpr int meetings_min = 2;
constexpr std::chrono::months notice{6};
constexpr std::size_t ahead = 16;  // how far before its turn a state is asked for

using std::chrono::sys_days;
using std::chrono::year_month_day;

year_month_day date_of(int day) { return sys_days(std::chrono::days(day)); }
int day_of(year_month_day date) {
  return static_cast<int>(sys_days(date).time_since_epoch().count());
}

int half_year_end(int day) {
  const year_month_day date = date_of(day);
  const bool spring = date.month() <= std::chrono::June;
  return day_of(spring ? date.year() / 6 / 30 : date.year() / 12 / 31);
}

bool begins_half_year(int day) {
  const year_month_day date = date_of(day);
  return static_cast<unsigned>(date.day()) == 1 && static_cast<unsigned>(date.month()) % 6 == 1;
}

// The last day on which a consultation is in time; the month's last where it has no such day.
int notice_day(int last_day) {
  const year_month_day date = date_of(last_day) - notice;
  return day_of(date.ok() ? date : year_month_day(date.year() / date.month() / std::chrono::last));
}

}  // namespace

void Check::put(int day, Deadline deadline) {
  const auto index = static_cast<std::size_t>(day - begin_);
  if (index >= days_.size()) days_.resize(index + 512);
  days_[index].push_back(deadline);
}

void Check::fall_due(const Deadline& deadline) {
  State& state = states_[deadline.row];
  switch (deadline.due) {
  case Due::half_year:
    counts_.r1 += state.meetings < meetings_min;
    state.meetings = 0;
    if (const int end = half_year_end(now_ + 1); end <= state.last_day) put(end, deadline);
    break;
  case Due::decision:
    for (Update& update : state.waiting) {
      if (update.annex != deadline.annex || update.day != now_ - decision_days) continue;
      ++counts_.r3;
      update = state.waiting.back();
      state.waiting.pop_back();
      break;
    }
    break;
  case Due::consultation: counts_.r4 += !state.consulted; break;
  }
}

void Check::advance(int day) {
  for (; now_ < day; ++now_) {
    const auto index = static_cast<std::size_t>(now_ - begin_);
    if (index >= days_.size()) {
      now_ = day;
      return;
    }
    const std::vector<Deadline> due = std::move(days_[index]);
    for (std::size_t i = 0; i < due.size(); ++i) {
      if (i + ahead < due.size()) __builtin_prefetch(&states_[due[i + ahead].row], 1);
      fall_due(due[i]);
    }
  }
}

void Check::apply(std::uint32_t row, const Event& event) {
  if (counts_.events++ == 0) begin_ = now_ = event.day;
  if (event.day != now_) advance(event.day);
  if (row >= states_.size()) states_.resize(row + 1);
  State& state = states_[row];
  switch (event.kind) {
  case Kind::signing: {
    state.last_day = event.what;
    int end = half_year_end(event.day);
    if (!begins_half_year(event.day)) end = half_year_end(end + 1);
    if (end <= state.last_day) put(end, {row, 0, Due::half_year});
    put(notice_day(state.last_day), {row, 0, Due::consultation});
    break;
  }
  case Kind::meeting:
    counts_.r2 += state.chair == event.flag;
    state.chair = event.flag;
    ++state.meetings;
    break;
  case Kind::update:
    state.waiting.push_back({event.what, event.day});
    put(event.day + decision_days, {row, event.what, Due::decision});
    break;
  case Kind::decision:
    if (event.flag)
      std::erase_if(state.waiting,
                    [&](const Update& update) { return update.annex == event.what; });
    break;
  case Kind::consultation: state.consulted = 1; break;
  }
}

std::size_t Check::bytes() const {
  std::size_t sum = states_.capacity() * sizeof(State) + days_.capacity() * sizeof(days_[0]);
  for (const State& state : states_)
    sum += state.waiting.capacity() * sizeof(Update);
  for (const auto& day : days_)
    sum += day.capacity() * sizeof(Deadline);
  return sum;
}

}  // namespace samrad::bench
