// The windows of a count, one after the other, as engine/windows.cpp has them for a text that holds all the time.
#include <algorithm>

#include "engine/lane/plan.h"

namespace samrad::engine::lane::detail {
namespace {

struct Bounds {
  Day first, last;
};

Bounds bounds(const program::Rule& r, const Head& head) {
  return {std::max(Day{head.term_first}, r.starts), std::min(Day{head.expiry}, r.ends)};
}

// The first window, from `cursor` on, of which the term leaves anything; `ended` when there is none.
void find_window(const program::Rule& r, const Head& head, Day cursor, Window& window) {
  const Bounds b = bounds(r, head);
  calendar::Period period = r.period;
  if (r.period_of_term) period.anchor = Day{head.term_first};
  cursor = std::max(cursor, b.first);
  while (cursor <= b.last && cursor < calendar::day_max) {
    const calendar::Window w = calendar::window_at(period, cursor);
    cursor = w.last < calendar::day_max ? w.last + 1 : calendar::day_max;
    if (!calendar::counted(period, w)) continue;
    const calendar::Clipped c = calendar::clip(period, w, Day{head.term_first}, b.last);
    if (c.empty()) continue;
    window.opens = std::max(c.first, r.starts).n;
    window.due = c.last.n;
    window.first = w.first.n;
    window.need = static_cast<std::int16_t>(calendar::needed(static_cast<int>(r.times), c, r.parts, r.period));
    window.have = 0;
    window.settled = 0;
    return;
  }
  window.ended = 1;
}

}  // namespace

void first_window(const Plan& plan, const Part& part, const Head& head, Window& window) {
  const program::Rule& r = plan.rule(part);
  if (r.has_period) return find_window(r, head, calendar::day_min, window);
  window.ended = head.term_first > head.expiry ? 1 : 0;
  window.opens = window.first = head.term_first;
  window.due = head.expiry;
  window.need = static_cast<std::int16_t>(r.times);
}

void next_window(const Plan& plan, const Part& part, const Head& head, Window& window) {
  const program::Rule& r = plan.rule(part);
  // A window that was cut short at its end was the last.
  if (!r.has_period || window.due >= calendar::day_max.n) window.ended = 1;
  else find_window(r, head, Day{window.due} + 1, window);
}

}  // namespace samrad::engine::lane::detail
