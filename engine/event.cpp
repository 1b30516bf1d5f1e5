// The order of events in time.
#include "engine/event.h"

namespace samrad::engine {

Order order(const Event& a, const Event& b) {
  if (a.day != b.day) return a.day < b.day ? Order::before : Order::after;
  if (!a.timed || !b.timed || a.earliest == b.earliest) return Order::unknown;
  return a.earliest < b.earliest ? Order::before : Order::after;
}

bool feeds_before(const Event& a, const Event& b) {
  if (a.day != b.day) return a.day < b.day;
  if (a.timed != b.timed) return a.timed;
  return a.timed && a.earliest < b.earliest;
}

}  // namespace samrad::engine
