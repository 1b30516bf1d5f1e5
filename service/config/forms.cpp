#include "service/config/forms.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <span>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>

namespace samrad::config {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_host(char c) {
  return is_lower(c) || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '-' || c == '.' || c == '_';
}
bool is_visible(char c) { return c > 0x20 && c < 0x7f; }

template <class Test>
bool all(std::string_view text, Test test) {
  return std::all_of(text.begin(), text.end(), test);
}

std::optional<unsigned> parse_number(std::string_view digits) {
  unsigned number = 0;
  const auto [end, error] = std::from_chars(digits.begin(), digits.end(), number);
  if (error != std::errc() || end != digits.end()) return std::nullopt;
  return number;
}

bool is_port(std::string_view text) {
  const auto number = parse_number(text);
  return number && *number >= 1 && *number <= 65'535;
}

// The bytes of an address, 4 or 16; none where it is not one.
std::span<const std::uint8_t> address_bytes(std::string_view text,
                                            std::array<std::uint8_t, 16>& bytes) {
  const std::string address(text);
  if (inet_pton(AF_INET, address.c_str(), bytes.data()) == 1) return std::span(bytes).first(4);
  if (inet_pton(AF_INET6, address.c_str(), bytes.data()) == 1) return bytes;
  return {};
}

bool is_ipv6(std::string_view text) {
  std::array<std::uint8_t, 16> bytes{};
  return address_bytes(text, bytes).size() == 16;
}

}  // namespace

std::string wrong_with_any(std::string_view text) {
  const bool control = std::any_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
  });
  return control ? "a text without line breaks and control characters is expected" : "";
}

std::string wrong_with_path(std::string_view text) {
  return text.empty() ? "a path is expected" : wrong_with_any(text);
}

std::string wrong_with_address(std::string_view text) {
  std::array<std::uint8_t, 16> bytes{};
  if (!address_bytes(text, bytes).empty()) return {};
  return "an IPv4 or IPv6 address is expected, as `127.0.0.1` or `::`";
}

std::optional<UrlParts> parts_of(std::string_view url) {
  const std::size_t colon = url.find("://");
  if (colon == 0 || colon == std::string_view::npos || !all(url, is_visible)) return std::nullopt;
  UrlParts parts;
  parts.scheme = url.substr(0, colon);
  const std::string_view after = url.substr(colon + 3);
  const std::size_t end = std::min(after.find_first_of("/?#"), after.size());
  std::string_view host = after.substr(0, end);
  parts.rest = after.substr(end);
  const std::size_t close = host.starts_with('[') ? host.find(']') : 0;
  const std::size_t port = host.find(':', close == std::string_view::npos ? 0 : close);
  if (port != std::string_view::npos) {
    parts.port = host.substr(port + 1);
    if (!is_port(parts.port)) return std::nullopt;
    host = host.substr(0, port);
  }
  const bool bracketed = host.starts_with('[') && host.ends_with(']');
  parts.host = bracketed ? host.substr(1, host.size() - 2) : host;
  const bool good_host = bracketed ? is_ipv6(parts.host) : !host.empty() && all(host, is_host);
  if (!good_host || !all(parts.scheme, is_lower)) return std::nullopt;
  return parts;
}

std::string wrong_with_https_url(std::string_view text) {
  const auto parts = parts_of(text);
  if (parts && parts->scheme == "https" && parts->rest.find('#') == std::string_view::npos)
    return {};
  return "an address that begins with `https://` and names no user is expected";
}

std::string wrong_with_public_url(std::string_view text) {
  const auto parts = parts_of(text);
  if (parts && (parts->scheme == "https" || parts->scheme == "http") &&
      parts->rest.find_first_of("?#") == std::string_view::npos)
    return {};
  return "an address that begins with `https://` or `http://`, without user, `?` and `#`, is "
         "expected";
}

std::string wrong_with_smtp_url(std::string_view text) {
  const auto parts = parts_of(text);
  if (parts && (parts->scheme == "smtp" || parts->scheme == "smtps") &&
      (parts->rest.empty() || parts->rest == "/"))
    return {};
  return "an address as `smtp://mail.example.org:587` or `smtps://mail.example.org` is expected, "
         "without user and password";
}

std::string wrong_with_origin(std::string_view text) {
  const auto parts = parts_of(text);
  const bool web = parts && (parts->scheme == "https" || parts->scheme == "http");
  const bool capital =
      std::any_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  if (text == "*" || (web && parts->rest.empty() && !capital)) return {};
  return "an origin as `https://portal.example.org` is expected: in lower case, without a path";
}

std::string wrong_with_mail_address(std::string_view text) {
  const std::size_t sign = text.find('@');
  const bool good = sign != std::string_view::npos && sign > 0 && all(text, is_visible) &&
                    text.find_first_of("<>(),;:\"\\") == std::string_view::npos &&
                    sign + 1 < text.size() && all(text.substr(sign + 1), is_host);
  return good ? "" : "one address as `samrad@example.org` is expected, without a name";
}

std::string wrong_with_range(std::string_view text) {
  const std::string expected = "a range as `10.20.0.0/16` or `fd00::/8` is expected";
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return expected;
  std::array<std::uint8_t, 16> storage{};
  const auto bytes = address_bytes(text.substr(0, slash), storage);
  const auto length = parse_number(text.substr(slash + 1));
  if (bytes.empty() || !length || *length > bytes.size() * 8) return expected;
  for (std::size_t bit = *length; bit < bytes.size() * 8; ++bit)
    if ((bytes[bit / 8] >> (7 - bit % 8) & 1) != 0)
      return fmt::format("the address has bits set beyond the first {}: a range begins with its "
                         "lowest address",
                         *length);
  return {};
}

std::optional<Micros> parse_offset(std::string_view text) {
  constexpr std::int64_t seconds_max = 100LL * 366 * 86'400;
  if (text.size() < 3 || (text[0] != '+' && text[0] != '-')) return std::nullopt;
  constexpr std::string_view units = "smhd";
  constexpr std::int64_t unit_seconds[] = {1, 60, 3'600, 86'400};
  const std::size_t unit = units.find(text.back());
  const auto number = parse_number(text.substr(1, text.size() - 2));
  if (unit == std::string_view::npos || !number) return std::nullopt;
  const std::int64_t seconds = std::int64_t{*number} * unit_seconds[unit];
  if (seconds > seconds_max) return std::nullopt;
  return (text[0] == '-' ? -seconds : seconds) * 1'000'000;
}

}  // namespace samrad::config
