// The words of the configuration that have a form of their own: hours, weekdays, lengths of time.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "service/alerts/rule.h"

namespace samrad::alerts {

// `07:00`; 00:00..23:59, always five characters.
[[nodiscard]] std::string hour_word(MinuteOfDay minute);
[[nodiscard]] std::optional<MinuteOfDay> hour_of(std::string_view word);

// `monday` … `sunday`
[[nodiscard]] std::string_view weekday_word(calendar::Weekday weekday);
[[nodiscard]] std::optional<calendar::Weekday> weekday_of(std::string_view word);

// `60 days`, `1 week`, `10 working days`: as the language writes it, in days, working days, weeks, months and years; 1..days_max of them.
[[nodiscard]] std::string duration_word(calendar::Duration duration);
[[nodiscard]] std::optional<calendar::Duration> duration_of(std::string_view word);

}  // namespace samrad::alerts
