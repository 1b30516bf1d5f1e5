// Which of several forms and languages the client wants (RFC 9110, 12.5).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "service/api/call.h"

namespace samrad::api {

// The form with the highest weight, of equal ones the first; nothing where none is accepted. No or an empty `accept` takes the first.
[[nodiscard]] std::optional<std::string_view> accepted(std::string_view accept,
                                                       std::span<const std::string_view> offered);

// `json`, `csv` …: the word of the parameter `format` for a media type, and back. Empty where there is none.
[[nodiscard]] std::string_view format_word(std::string_view media);

// What `accept-language` prefers; `usual` where it does not say.
[[nodiscard]] Language preferred_language(std::string_view accept_language, Language usual);

// The media type of a `content-type` in lower case, without its parameters.
[[nodiscard]] std::string media_type(std::string_view content_type);

}  // namespace samrad::api
