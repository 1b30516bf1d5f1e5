// What two audits of one history say differently, and which late, corrected or withdrawn events are the cause.
#pragma once

#include <string>
#include <vector>

#include "service/reports/audit.h"
#include "service/reports/render.h"

namespace samrad::reports {

struct Changed {
  std::string id;
  const Occurrence* before = nullptr;  // null: it was not there
  const Occurrence* after = nullptr;   // null: it is gone
  std::vector<record::Revision>
      causes;  // revisions of events that either side rests on; empty: only time passed
};

struct Difference {
  AuditResult before;
  AuditResult after;
  std::vector<record::Revision> revisions;  // all that came on record between the two
  std::vector<Changed> changed;             // sorted by id
};

// Two audits of the same History; filters are passed over.
[[nodiscard]] Difference difference(AuditResult before, AuditResult after);

[[nodiscard]] std::string difference_text(const Difference& difference, const TextStyle& style);
[[nodiscard]] std::string difference_json(const Difference& difference);

}  // namespace samrad::reports
