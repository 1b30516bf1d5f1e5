// Base64 and SHA-256 by OpenSSL, and texts as mail writes them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace samrad::alerts {

[[nodiscard]] std::string base64(std::string_view bytes);
// With padding, of a length divisible by four; anything else gives nothing.
[[nodiscard]] std::optional<std::string> base64_bytes(std::string_view text);

[[nodiscard]] std::string hmac_sha256(std::string_view key, std::string_view bytes);

// The first half of the SHA-256 of the text as 32 hexadecimal digits: enough to tell keys apart.
[[nodiscard]] std::string digest_hex(std::string_view text);

[[nodiscard]] std::string random_bytes(std::size_t count);

// RFC 2045 § 6.7. Line breaks (LF, CR LF) become CR LF, lines are at most 76 bytes long.
[[nodiscard]] std::string quoted_printable(std::string_view text);

// RFC 2047: as it is where it is short plain ASCII, else as encoded words folded after CR LF. `text` holds no control character.
[[nodiscard]] std::string header_text(std::string_view text);

}  // namespace samrad::alerts
