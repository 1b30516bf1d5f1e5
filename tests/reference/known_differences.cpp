#include "tests/reference/known_differences.h"

namespace samrad::tests {
namespace {

using reference::Status;

bool consequence(const Difference& d) { return d.id.ends_with("/otherwise"); }

struct Known {
  const char* name;
  bool (*is)(const Difference&, const Said& engine, const Said& reference);
};

// docs/language.md can be read in both ways.
constexpr Known page_is_open[] = {
    // §3.3: Q on the day on which R comes, R being a P of the same clause: does Q serve what R has just made late or what R has just opened?
    {"an act on the day of the next event, of what that day made late",
     [](const Difference&, const Said& e, const Said& r) {
       return e.status == Status::met_late && r.status == Status::missed &&
              e.settled == r.settled && e.due == r.due && e.settled == e.due + 1;
     }},
    {"an act on the day of the next event, of what that day opened",
     [](const Difference&, const Said& e, const Said& r) {
       return e.status == Status::open && r.status == Status::met && r.settled == r.opens &&
              e.opens == r.opens;
     }},
    {"an act on the day of the next event, order unknown",
     [](const Difference&, const Said& e, const Said& r) {
       return e.status == Status::cannot_assess && e.settled == e.due &&
              ((r.status == Status::cannot_assess && r.settled == r.due + 1) ||
               (r.status == Status::open && r.due == e.due));
     }},
};

// The page is plain, and the engine says something else.
constexpr Known engine_differs[] = {
    // §3.13: a consequence opens when the occurrence is missed, the day after its due day.
    {"a consequence that opens on the due day",
     [](const Difference& d, const Said& e, const Said& r) {
       return consequence(d) && e.status == r.status && e.due == r.due && e.settled == r.settled &&
              e.opens + 1 == r.opens;
     }},
    // §7.2: a standing duty is met on its last day; the day on which the `while` has ended is none of it.
    {"a standing duty that its `while` ends, settled the day after its last",
     [](const Difference&, const Said& e, const Said& r) {
       return e.status == Status::met && r.status == Status::met && e.opens == r.opens &&
              e.due == r.due && e.settled == r.settled + 1;
     }},
    // §3.3: an act that may count serves the oldest open occurrence; the verdict of a younger one does not turn on it.
    {"an uncertain act held to every open occurrence",
     [](const Difference&, const Said& e, const Said& r) {
       return e.status == Status::cannot_assess && r.status == Status::missed &&
              e.opens == r.opens && e.due == r.due && e.settled == r.settled;
     }},
};

}  // namespace

std::string known(const Difference& d) {
  // §3.13, §7.2: what is late by the clock was missed when the hour had passed, so that its consequence opens.
  if (consequence(d) && !d.engine)
    return "no consequence of what is late by the clock on its due day";
  if (!d.engine || !d.reference) return "";
  for (const Known& one : page_is_open)
    if (one.is(d, *d.engine, *d.reference)) return one.name;
  for (const Known& one : engine_differs)
    if (one.is(d, *d.engine, *d.reference)) return one.name;
  return "";
}

}  // namespace samrad::tests
