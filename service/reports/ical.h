// iCalendar (RFC 5545) as text: content lines folded at 75 octets, never inside a character, and ended by CR LF.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "rules/calendar/date.h"

namespace samrad::reports {

// § 3.3.11: backslash, semicolon, comma and line break.
[[nodiscard]] std::string ical_escaped(std::string_view text);

// § 3.1: a line that is too long goes on in the next one after a blank. `line` is escaped where it must be.
void ical_line(std::string& out, std::string_view line);

// `20170510`
[[nodiscard]] std::string ical_date(calendar::Day day);

// `20170510T215959Z`
[[nodiscard]] std::string ical_stamp(std::int64_t utc);

// The lines before the first component, and the last one. A calendar has at least one component (§ 3.6): `empty` puts one in.
void ical_begin(std::string& out, std::string_view name);
void ical_end(std::string& out, bool empty);

}  // namespace samrad::reports
