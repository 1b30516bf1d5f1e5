// Bodies to begin with, for the OpenAPI document. They hold nothing of a person, and a test sends each.
#pragma once

#include <string_view>

namespace samrad::api {

// JSON, or text where the media type is none of it; empty: there is none.
[[nodiscard]] std::string_view example_of(std::string_view operation, std::string_view media);

}  // namespace samrad::api
