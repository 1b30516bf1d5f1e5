// Canonical JSON: members in the order of their names' bytes, no blanks, texts with the fewest escapes, numbers as they were written. What
// says the same in the same words has the same bytes, so that a proof can be laid over them.
#pragma once

#include <string>
#include <string_view>

#include "service/clock.h"
#include "service/record/cloud_event.h"
#include "service/record/json.h"

namespace samrad::registry {

[[nodiscard]] std::string canonical(const record::Json& json);

// An event as the log keeps it: a CloudEvent with `recordedtime`. record::read_record gives the same Record back.
[[nodiscard]] std::string canonical(const record::Record& record);

// Appends `text` as a JSON text.
void append_text(std::string& out, std::string_view text);

// `2016-06-01T00:00:00.000001Z`
[[nodiscard]] std::string utc_text(Micros at);

[[nodiscard]] record::Instant instant_of(Micros at);
[[nodiscard]] Micros micros_of(const record::Instant& instant);

}  // namespace samrad::registry
