#include "service/api/cursor.h"

#include <charconv>
#include <cstdint>

#include "service/access/hash.h"

namespace samrad::api {

namespace {

constexpr char between = '\x1F';  // no id has a control character
constexpr std::string_view beginning = "1\x1F";

}  // namespace

std::string cursor_of(const std::vector<std::string>& places) {
  std::string text(beginning);
  for (const std::string& place : places)
    (text += place) += between;
  return access::base64url({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

std::optional<std::vector<std::string>> parse_cursor(std::string_view text) {
  const auto decoded = access::parse_base64url(text);
  if (!decoded || !decoded->starts_with(beginning)) return std::nullopt;
  std::vector<std::string> places(1);
  for (const char c : std::string_view(*decoded).substr(beginning.size())) {
    if (c == between)
      places.emplace_back();
    else
      places.back() += c;
  }
  if (!places.back().empty()) return std::nullopt;
  places.pop_back();
  if (places.empty()) return std::nullopt;
  return places;
}

std::optional<std::uint64_t> number_at(const std::vector<std::string>& places, std::size_t i) {
  if (i >= places.size()) return std::nullopt;
  std::uint64_t n = 0;
  const char* const end = places[i].data() + places[i].size();
  const auto [at, error] = std::from_chars(places[i].data(), end, n);
  if (error != std::errc() || at != end || n > INT64_MAX) return std::nullopt;
  return n;
}

}  // namespace samrad::api
