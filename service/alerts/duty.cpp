#include "service/alerts/duty.h"

#include "service/alerts/hours.h"

namespace samrad::alerts {

bool is_acknowledged(const Duty& duty, const record::Zone& zone) {
  return duty.acknowledged && duty.overdue_since &&
         seconds_of(duty.acknowledged->at) >= zone.first_second(*duty.overdue_since);
}

}  // namespace samrad::alerts
