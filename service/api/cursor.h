// Where a page ended, as the opaque text `next`: some texts in base64url, whose meaning is the operation's own.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace samrad::api {

[[nodiscard]] std::string cursor_of(const std::vector<std::string>& places);
// At least one place; nothing where `text` is no cursor.
[[nodiscard]] std::optional<std::vector<std::string>> parse_cursor(std::string_view text);

// A place that is a whole number from 0.
[[nodiscard]] std::optional<std::uint64_t> number_at(const std::vector<std::string>& places,
                                                     std::size_t i);

}  // namespace samrad::api
