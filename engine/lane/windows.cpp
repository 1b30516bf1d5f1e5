// The windows of a count, one after the other, as engine/windows.cpp has them for a text that holds all the time.
#include <algorithm>

#include "engine/lane/plan.h"

namespace samrad::engine::lane::detail {
namespace {

// The days that the window of that number has, from the table where it reaches.
calendar::Window numbered(const Plan& plan, const Part& part, const calendar::Period& period, std::int32_t ordinal) {
  const auto at = static_cast<std::uint32_t>(ordinal - part.starts_from);
  if (ordinal < part.starts_from || at + 1 >= part.starts.count) return calendar::window_number(period, ordinal);
  const Day* const starts = plan.starts.data() + part.starts.first;
  return {starts[at], starts[at + 1] - 1, ordinal};
}

calendar::Period period_of(const program::Rule& r, const Head& head) {
  calendar::Period period = r.period;
  if (r.period_of_term) period.anchor = Day{head.term_first};
  return period;
}

// The first window from `w` on of which the term leaves anything; `ended` when there is none.
void find_window(const Plan& plan, const Part& part, const Head& head, const calendar::Period& period, calendar::Window w, Window& window) {
  const program::Rule& r = plan.rule(part);
  const Day last = std::min(Day{head.expiry}, r.ends);
  for (; w.first <= last && w.last >= std::max(Day{head.term_first}, r.starts); w = numbered(plan, part, period, w.ordinal + 1)) {
    const calendar::Clipped c = calendar::clip(period, w, Day{head.term_first}, last);
    if (calendar::counted(period, w) && !c.empty()) {
      window.opens = std::max(c.first, r.starts).n;
      window.due = c.last.n;
      window.ordinal = w.ordinal;
      window.need = static_cast<std::int16_t>(c.part ? calendar::needed(static_cast<int>(r.times), c, r.parts, r.period) : static_cast<int>(r.times));
      window.have = 0;
      window.settled = 0;
      return;
    }
    if (w.last >= calendar::day_max) break;
  }
  window.ended = 1;
}

}  // namespace

void first_window(const Plan& plan, const Part& part, const Head& head, Window& window) {
  const program::Rule& r = plan.rule(part);
  if (r.has_period) {
    const calendar::Period period = period_of(r, head);
    return find_window(plan, part, head, period, calendar::window_at(period, std::max(Day{head.term_first}, r.starts)), window);
  }
  window.ended = head.term_first > head.expiry ? 1 : 0;
  window.opens = head.term_first;
  window.due = head.expiry;
  window.need = static_cast<std::int16_t>(r.times);
}

void next_window(const Plan& plan, const Part& part, const Head& head, Window& window) {
  const program::Rule& r = plan.rule(part);
  // A window that was cut short at its end was the last.
  if (!r.has_period || window.due >= std::min({Day{head.expiry}, r.ends, calendar::day_max}).n) {
    window.ended = 1;
    return;
  }
  const calendar::Period period = period_of(r, head);
  find_window(plan, part, head, period, numbered(plan, part, period, window.ordinal + 1), window);
}

Day first_day(const Plan& plan, const Part& part, const Head& head, const Window& window) {
  const program::Rule& r = plan.rule(part);
  return r.has_period ? numbered(plan, part, period_of(r, head), window.ordinal).first : Day{head.term_first};
}

}  // namespace samrad::engine::lane::detail
