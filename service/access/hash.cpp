#include "service/access/hash.h"

#include <cstdlib>
#include <cstring>
#include <memory>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

namespace samrad::access {

namespace {

constexpr std::string_view base62 =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
constexpr std::string_view base64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

constexpr std::array<std::uint32_t, 256> crc32_table() {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t i = 0; i < table.size(); ++i) {
    std::uint32_t value = i;
    for (int bit = 0; bit < 8; ++bit)
      value = (value >> 1) ^ ((value & 1) != 0 ? 0xedb88320U : 0U);
    table[i] = value;
  }
  return table;
}

constexpr std::array<std::int8_t, 256> places_of(std::string_view alphabet) {
  std::array<std::int8_t, 256> places{};
  places.fill(-1);
  for (std::size_t i = 0; i < alphabet.size(); ++i)
    places[static_cast<unsigned char>(alphabet[i])] = static_cast<std::int8_t>(i);
  return places;
}

int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

}  // namespace

// Fetching the digest costs more than a short text; each thread keeps its context.
Hash sha256(std::string_view bytes) {
  static const std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)> digest(
      EVP_MD_fetch(nullptr, "SHA256", nullptr), EVP_MD_free);
  thread_local const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(
      EVP_MD_CTX_new(), EVP_MD_CTX_free);
  Hash hash{};
  if (EVP_DigestInit_ex2(context.get(), digest.get(), nullptr) != 1 ||
      EVP_DigestUpdate(context.get(), bytes.data(), bytes.size()) != 1 ||
      EVP_DigestFinal_ex(context.get(), hash.data(), nullptr) != 1)
    std::abort();
  return hash;
}

bool same(const Hash& a, const Hash& b) { return CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0; }

std::size_t HashOfHash::operator()(const Hash& hash) const noexcept {
  std::size_t value = 0;
  std::memcpy(&value, hash.data(), sizeof value);
  return value;
}

std::string hex(const Hash& hash) {
  std::string text;
  for (const std::uint8_t byte : hash)
    (text += "0123456789abcdef"[byte >> 4]) += "0123456789abcdef"[byte & 15];
  return text;
}

std::optional<Hash> parse_hex(std::string_view digits) {
  Hash hash{};
  if (digits.size() != 2 * hash.size()) return std::nullopt;
  for (std::size_t i = 0; i < hash.size(); ++i) {
    const int high = digit_of(digits[2 * i]);
    const int low = digit_of(digits[2 * i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    hash[i] = static_cast<std::uint8_t>(high * 16 + low);
  }
  return hash;
}

std::string random_base62(std::size_t letters) {
  std::string text;
  while (text.size() < letters) {
    std::array<unsigned char, 64> bytes{};
    if (RAND_priv_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) std::abort();
    // 248 is the last multiple of 62: what is beyond would favour the first letters.
    for (const unsigned char byte : bytes)
      if (byte < 248 && text.size() < letters) text += base62[byte % 62];
    OPENSSL_cleanse(bytes.data(), bytes.size());
  }
  return text;
}

std::string crc32_base62(std::string_view bytes) {
  static constexpr std::array<std::uint32_t, 256> table = crc32_table();
  std::uint32_t crc = 0xffffffffU;
  for (const char c : bytes)
    crc = (crc >> 8) ^ table[(crc ^ static_cast<unsigned char>(c)) & 0xff];
  crc ^= 0xffffffffU;
  std::string text(6, '0');
  for (auto digit = text.rbegin(); digit != text.rend(); ++digit, crc /= 62)
    *digit = base62[crc % 62];
  return text;
}

std::string base64url(std::span<const std::uint8_t> bytes) {
  std::string text;
  std::uint32_t held = 0;
  int bits = 0;
  for (const std::uint8_t byte : bytes) {
    held = (held << 8) | byte;
    for (bits += 8; bits >= 6; bits -= 6)
      text += base64[(held >> (bits - 6)) & 63];
  }
  if (bits > 0) text += base64[(held << (6 - bits)) & 63];
  return text;
}

std::optional<std::string> parse_base64url(std::string_view text) {
  static constexpr std::array<std::int8_t, 256> places = places_of(base64);
  if (text.size() % 4 == 1) return std::nullopt;
  std::string bytes;
  bytes.reserve(text.size() * 3 / 4);
  std::uint32_t held = 0;
  int bits = 0;
  for (const char c : text) {
    const int place = places[static_cast<unsigned char>(c)];
    if (place < 0) return std::nullopt;
    held = (held << 6) | static_cast<std::uint32_t>(place);
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes += static_cast<char>((held >> bits) & 0xff);
    }
  }
  // The last letter has bits that no byte takes: they must be 0, or several texts would stand for the same bytes.
  if ((held & ((1U << bits) - 1)) != 0) return std::nullopt;
  return bytes;
}

}  // namespace samrad::access
