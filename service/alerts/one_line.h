// Text that must stay on one line: what is a header, a subject, an error to show.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace samrad::alerts {

// A line break, another control character of ASCII, or DEL.
[[nodiscard]] bool has_control(std::string_view text);

// Control characters as blanks; cut after so many characters, with "…" in place of the rest.
[[nodiscard]] std::string one_line(std::string_view text, std::size_t characters_max);

}  // namespace samrad::alerts
