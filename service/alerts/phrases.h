// Small phrases that alerts and digests share. Nothing here knows a message.
#pragma once

#include <string>
#include <string_view>

#include "service/alerts/duty.h"

namespace samrad::alerts {

using calendar::Day;
using calendar::Language;

// "fredag 30 juni 2017"; "Friday 30 June 2017"
[[nodiscard]] std::string weekday_date(Day day, Language language);

// "i dag", "i morgon", "om 14 dagar"; "today", "tomorrow", "in 14 days". `days` at least 0.
[[nodiscard]] std::string days_ahead(int days, Language language);

// "en dag", "14 dagar"; "1 day", "14 days"
[[nodiscard]] std::string days_long(int days, Language language);

// The last day, with the hour where there is one: "fredag 30 juni 2017 kl. 12.00"; "Friday 30 June 2017 at 12:00".
[[nodiscard]] std::string last_day(const Duty& duty, const Agreement& agreement, Language language);

// The day that a message about a verdict names: of a breach by an event its own, else the last day.
[[nodiscard]] std::string telling_day(const Duty& duty, const Agreement& agreement,
                                      Language language);

// The hour alone: "kl. 12.00"; "at 12:00".
[[nodiscard]] std::string hour_of_day(Micros moment, const record::Zone& zone, Language language);

// "Lokalpolischefen, Stadsdelsdirektören": labels as they are declared, which may begin with a capital; "ingen är utpekad" where the clause
// names nobody.
[[nodiscard]] std::string owners(const Duty& duty, Language language);

// "pågår"; "försummad, kan fortfarande göras"
[[nodiscard]] std::string standing(const Duty& duty, Language language);

// "1 av 2", "1 of 2"; empty where an act is asked for only once, or none.
[[nodiscard]] std::string progress(const Duty& duty, Language language);

// The title with its paragraph: "Chefsamrådet sammanträder (§5 st 3)".
[[nodiscard]] std::string title(const Duty& duty);

// One line without control characters, cut after subject_characters_max with "…".
[[nodiscard]] std::string subject_line(std::string_view text);

// Percent-encoded as one segment of a path.
[[nodiscard]] std::string segment(std::string_view text);

}  // namespace samrad::alerts
