#include "service/alerts/encoding.h"

#include <algorithm>

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

namespace samrad::alerts {

namespace {

constexpr std::size_t line_bytes = 76;          // of quoted-printable
constexpr std::size_t plain_header_bytes = 60;  // beside its name it still fits into a line
constexpr std::size_t encoded_word_bytes = 42;  // of text in one encoded word, before base64

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }

}  // namespace

std::string base64(std::string_view bytes) {
  std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
  const int length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), bytes_of(bytes),
                                     static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(length));
  return text;
}

std::optional<std::string> base64_bytes(std::string_view text) {
  const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
  const bool plain =
      std::all_of(text.begin(), text.end() - static_cast<std::ptrdiff_t>(padding), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '+' || c == '/';
      });
  if (text.empty() || text.size() % 4 != 0 || !plain) return std::nullopt;
  std::string bytes(text.size() / 4 * 3, '\0');
  const int length = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()), bytes_of(text),
                                     static_cast<int>(text.size()));
  if (length < 0) return std::nullopt;
  bytes.resize(static_cast<std::size_t>(length) - padding);
  return bytes;
}

std::string hmac_sha256(std::string_view key, std::string_view bytes) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int length = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes_of(bytes), bytes.size(),
       digest, &length);
  return std::string(reinterpret_cast<const char*>(digest), length);
}

std::string digest_hex(std::string_view text) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int length = 0;
  EVP_Digest(text.data(), text.size(), digest, &length, EVP_sha256(), nullptr);
  std::string hex;
  for (std::size_t i = 0; i < 16; ++i)
    hex += fmt::format("{:02x}", digest[i]);
  return hex;
}

std::string random_bytes(std::size_t count) {
  std::string bytes(count, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(count)) != 1)
    bytes.clear();
  return bytes;
}

std::string quoted_printable(std::string_view text) {
  std::string out;
  std::size_t column = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool crlf = c == '\r' && text.substr(i + 1, 1) == "\n";
    if (c == '\n' || crlf) {
      out += "\r\n";
      column = 0;
      i += crlf ? 1 : 0;
      continue;
    }
    const std::string_view next = text.substr(i + 1, 1);
    const bool ends_line = next.empty() || next == "\n" || next == "\r";
    const bool plain = (c > ' ' && c <= '~' && c != '=') || ((c == ' ' || c == '\t') && !ends_line);
    const std::string piece =
        plain ? std::string(1, c) : fmt::format("={:02X}", static_cast<unsigned char>(c));
    if (column + piece.size() > line_bytes - 1) {
      out += "=\r\n";
      column = 0;
    }
    out += piece;
    column += piece.size();
  }
  return out;
}

std::string header_text(std::string_view text) {
  const bool plain =
      std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
  if (plain && text.size() <= plain_header_bytes && text.find("=?") == std::string_view::npos)
    return std::string(text);
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = std::min(i + encoded_word_bytes, text.size());
    while (end < text.size() && end > i + 1 && !begins_character(text[end]))
      --end;
    out += (i == 0 ? "" : "\r\n ") + std::string("=?UTF-8?B?") + base64(text.substr(i, end - i)) +
           "?=";
    i = end;
  }
  return out;
}

}  // namespace samrad::alerts
