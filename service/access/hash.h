// What the room needs of OpenSSL's digests and random numbers, and texts made of bytes. Any thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace samrad::access {

using Hash = std::array<std::uint8_t, 32>;

[[nodiscard]] Hash sha256(std::string_view bytes);

// In a time that does not depend on where they differ.
[[nodiscard]] bool same(const Hash& a, const Hash& b);

// For tables: a hash is as good as random already.
struct HashOfHash {
  std::size_t operator()(const Hash& hash) const noexcept;
};
struct SameHash {
  bool operator()(const Hash& a, const Hash& b) const { return same(a, b); }
};

[[nodiscard]] std::string hex(const Hash& hash);  // 64 digits in lower case
[[nodiscard]] std::optional<Hash> parse_hex(std::string_view digits);

// So many letters and digits, each of 62 equally likely, from the system's generator for secrets. Ends the program where that has
// none to give: nothing here is safe then.
[[nodiscard]] std::string random_base62(std::size_t letters);

// CRC-32 (as of zip files) of the bytes, as six letters and digits, the most significant first.
[[nodiscard]] std::string crc32_base62(std::string_view bytes);

// base64url without `=` (RFC 4648, 5). Reading is strict: one text for one row of bytes.
[[nodiscard]] std::string base64url(std::span<const std::uint8_t> bytes);
[[nodiscard]] std::optional<std::string> parse_base64url(std::string_view text);

}  // namespace samrad::access
