#include "tests/reference/known_differences.h"

namespace samrad::tests {

std::string known(const Difference& d) {
  if (!d.engine || !d.reference) return "";
  const Said &e = *d.engine, &r = *d.reference;
  // Where it turns on what is not known when something was due, the page does not say which day to show.
  const bool in_doubt = e.status == reference::Status::cannot_assess && r.status == e.status;
  return in_doubt && e.opens == r.opens && e.settled == r.settled
             ? "the due day of what cannot be assessed"
             : "";
}

}  // namespace samrad::tests
