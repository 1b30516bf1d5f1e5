#include "service/alerts/duty.h"

#include "service/alerts/hours.h"

namespace samrad::alerts {

bool is_acknowledged(const Duty& duty, const record::Zone& zone) {
  if (!duty.acknowledged || !duty.overdue_since) return false;
  if (duty.due_at) return duty.acknowledged->at >= *duty.due_at;
  return seconds_of(duty.acknowledged->at) >= zone.first_second(*duty.overdue_since);
}

}  // namespace samrad::alerts
