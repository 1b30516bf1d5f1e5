// How a message about one duty begins: its subject, and a sentence on why it comes now.
#pragma once

#include <string>

#include "service/alerts/planner.h"

namespace samrad::alerts {

// In the recipient's language. Precondition: the message has a duty and is no digest.
[[nodiscard]] std::string subject(const Message& message, const Agreement& agreement);
[[nodiscard]] std::string opening(const Message& message, const Agreement& agreement);

}  // namespace samrad::alerts
