// Texts that a setting takes: what is wrong with one, as a sentence that says what is expected; empty: nothing. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "service/clock.h"

namespace samrad::config {

[[nodiscard]] std::string
wrong_with_any(std::string_view text);  // anything without control characters
[[nodiscard]] std::string wrong_with_path(std::string_view text);     // not empty either
[[nodiscard]] std::string wrong_with_address(std::string_view text);  // IPv4 or IPv6
[[nodiscard]] std::string wrong_with_https_url(std::string_view text);
[[nodiscard]] std::string
wrong_with_public_url(std::string_view text);  // http or https, without query
[[nodiscard]] std::string
wrong_with_smtp_url(std::string_view text);                          // smtp or smtps, without path
[[nodiscard]] std::string wrong_with_origin(std::string_view text);  // as browsers send it, or `*`
[[nodiscard]] std::string wrong_with_mail_address(std::string_view text);
[[nodiscard]] std::string
wrong_with_range(std::string_view text);  // CIDR, no bit set beyond its length

// `scheme://host[:port]` and what follows; nothing where it is not so, or has a user, blanks or control characters.
struct UrlParts {
  std::string_view scheme;  // lower case
  std::string_view host;    // IPv6 without brackets
  std::string_view port;    // empty: none given
  std::string_view rest;    // from the first `/`, `?` or `#`
};
[[nodiscard]] std::optional<UrlParts> parts_of(std::string_view url);

// `+3d`, `-90m`, `+12h`, `+5s`: days, hours, minutes, seconds; at most a hundred years.
[[nodiscard]] std::optional<Micros> parse_offset(std::string_view text);

}  // namespace samrad::config
