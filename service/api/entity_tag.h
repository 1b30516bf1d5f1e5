// Entity tags and what `if-match` and `if-none-match` ask of them (RFC 9110, 8.8.3 and 13.1).
//
// An agreement's tag is `"VERSION"`, with `-closed` when it is; that of its log is `"sSEQUENCE"`. Of other bodies it is made of their bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "service/api/call.h"
#include "service/store/store.h"

namespace samrad::api {

[[nodiscard]] std::string tag_of_bytes(std::string_view bytes);
[[nodiscard]] std::string tag_of(const store::Agreement& agreement);
[[nodiscard]] std::string tag_of_log(std::uint64_t sequence);

// Whether a list of tags, as both fields hold it, names this one or is `*`.
[[nodiscard]] bool names(std::string_view list, std::string_view tag, bool weak_counts);

// The answer 304 where the client has these bytes already, else the answer with its tag.
[[nodiscard]] http::Response with_tag(const Call& call, http::Response response, std::string tag);

// What `if-match` expects of an agreement's version; nothing: whatever it is (`*`, or absent where it need not be there).
// Faults: absent where it must be there (428), or no tag of that kind (400).
using Expectation = tl::expected<std::optional<std::uint64_t>, http::Problem>;
[[nodiscard]] Expectation expected_version(const Call& call);
[[nodiscard]] Expectation expected_sequence(const Call& call);

}  // namespace samrad::api
