// Turns a window and a term into what is left of the window, how many of its days count, and how
// much is asked of it.
//
// Which days count is a matter of months only, so that days are counted a month at a time. The
// shares are integer quotients of products in 64 bits: a share computed with fractions could differ
// between machines by one meeting.

#include "rules/calendar/period.h"

#include <algorithm>

namespace samrad::calendar {
namespace {

// `n` × `inside` ÷ `total` under the policy, or n when nothing was cut off. `total` > 0.
int share(int n, std::int64_t inside, std::int64_t total, PartPolicy policy) noexcept {
  const std::int64_t whole = std::max(n, 0);
  const std::int64_t product = whole * inside;
  if (inside >= total) return static_cast<int>(whole);
  switch (policy) {
  case PartPolicy::not_assessed: return -1;
  case PartPolicy::in_full: return static_cast<int>(whole);
  case PartPolicy::pro_rata_up: return static_cast<int>((product + total - 1) / total);
  case PartPolicy::pro_rata_down: return static_cast<int>(product / total);
  case PartPolicy::pro_rata_nearest: return static_cast<int>((2 * product + total) / (2 * total));
  }
  return -1;
}

bool all_months(const Period& period) noexcept {
  return (period.months.mask & Months::all.mask) == Months::all.mask;
}

}  // namespace

bool counts(const Period& period, Day day) noexcept {
  return all_months(period) || period.months.contains(to_date(day).month);
}

bool counted(const Period& period, const Window& window) noexcept {
  if (all_months(period)) return true;
  const Date first = to_date(window.first);
  const Date last = to_date(window.last);
  const int months =
      (last.year - first.year) * 12 + static_cast<int>(last.month) - static_cast<int>(first.month);
  for (int i = 0; i <= std::min(months, 11); ++i) {
    if (period.months.contains((first.month - 1 + static_cast<unsigned>(i)) % 12 + 1)) return true;
  }
  return false;
}

int counting_days(const Period& period, Day first, Day last) noexcept {
  const Day end = saturated(last.n);
  if (all_months(period)) return std::max(end - saturated(first.n) + 1, 0);
  int days = 0;
  for (Day day = saturated(first.n); day <= end;) {
    const Date date = to_date(day);
    const Day month_end = day + (days_in_month(date.year, date.month) - static_cast<int>(date.day));
    if (period.months.contains(date.month)) days += std::min(month_end, end) - day + 1;
    if (month_end == day_max) break;
    day = month_end + 1;
  }
  return days;
}

Clipped clip(const Window& window, Day term_first, Day term_last) noexcept {
  Clipped clipped{window, std::max(window.first, term_first), std::min(window.last, term_last),
                  false};
  clipped.part = clipped.first != window.first || clipped.last != window.last;
  return clipped;
}

Clipped clip(const Period& period, const Window& window, Day term_first, Day term_last) noexcept {
  Clipped clipped = clip(window, term_first, term_last);
  if (clipped.part && !clipped.empty()) {
    clipped.part = counting_days(period, clipped.first, clipped.last) !=
                   counting_days(period, window.first, window.last);
  }
  return clipped;
}

int needed(int n, const Clipped& clipped, PartPolicy policy) noexcept {
  if (clipped.empty()) return -1;
  if (!clipped.part) return std::max(n, 0);
  const std::int64_t inside = clipped.last - clipped.first + 1;
  const std::int64_t total = clipped.full.last - clipped.full.first + 1;
  return share(n, inside, total, policy);
}

int needed(int n, const Clipped& clipped, PartPolicy policy, const Period& period) noexcept {
  if (clipped.empty()) return -1;
  const std::int64_t inside = counting_days(period, clipped.first, clipped.last);
  const std::int64_t total = counting_days(period, clipped.full.first, clipped.full.last);
  if (inside == 0) return -1;
  return share(n, inside, total, policy);
}

}  // namespace samrad::calendar
