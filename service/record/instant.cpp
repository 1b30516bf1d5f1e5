// RFC 3339 by hand: one pass over the characters, no allocation.

#include "service/record/instant.h"

#include <fmt/format.h>

namespace samrad::record {

namespace {

// Exactly `count` digits from `text`, which loses them; -1 where there are not that many.
int digits(std::string_view& text, std::size_t count) noexcept {
  if (text.size() < count) return -1;
  int n = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    n = n * 10 + (text[i] - '0');
  }
  text.remove_prefix(count);
  return n;
}

bool take(std::string_view& text, char c) noexcept {
  if (text.empty() || text[0] != c) return false;
  text.remove_prefix(1);
  return true;
}

// The nanoseconds after a point, cut after nine digits; -1 where no digit stands.
std::int64_t decimals(std::string_view& text) noexcept {
  std::int64_t nanos = 0;
  std::size_t count = 0;
  for (; !text.empty() && text[0] >= '0' && text[0] <= '9'; text.remove_prefix(1), ++count)
    if (count < 9) nanos = nanos * 10 + (text[0] - '0');
  if (count == 0) return -1;
  for (; count < 9; ++count)
    nanos *= 10;
  return nanos;
}

// Seconds east of UTC; nothing where the text does not end in an offset.
std::optional<int> offset(std::string_view text) noexcept {
  if (text == "Z" || text == "z") return 0;
  const bool west = !text.empty() && text[0] == '-';
  if (!west && (text.empty() || text[0] != '+')) return std::nullopt;
  text.remove_prefix(1);
  const int hours = digits(text, 2);
  if (hours < 0 || hours > 23 || !take(text, ':')) return std::nullopt;
  const int minutes = digits(text, 2);
  if (minutes < 0 || minutes > 59 || !text.empty()) return std::nullopt;
  return (west ? -1 : 1) * (hours * 3600 + minutes * 60);
}

}  // namespace

std::optional<Instant> parse_rfc3339(std::string_view text) noexcept {
  if (text.size() < 20) return std::nullopt;
  const std::optional<calendar::Day> day = calendar::parse_iso(text.substr(0, 10));
  if (!day || (text[10] != 'T' && text[10] != 't' && text[10] != ' ')) return std::nullopt;
  text.remove_prefix(11);
  const int hour = digits(text, 2);
  if (hour < 0 || hour > 23 || !take(text, ':')) return std::nullopt;
  const int minute = digits(text, 2);
  if (minute < 0 || minute > 59 || !take(text, ':')) return std::nullopt;
  int second = digits(text, 2);
  if (second < 0 || second > 60) return std::nullopt;
  std::int64_t nanos = 0;
  if (take(text, '.') && (nanos = decimals(text)) < 0) return std::nullopt;
  const std::optional<int> east = offset(text);
  if (!east) return std::nullopt;
  if (second == 60) {
    // Leap seconds end a UTC month: 23:59:60Z. The text's own minute must be that one.
    const int utc_minute = ((hour * 60 + minute - *east / 60) % 1440 + 1440) % 1440;
    if (utc_minute != 1439) return std::nullopt;
    second = 59;
    nanos = 999'999'999;
  }
  const std::int64_t seconds =
      std::int64_t{day->n} * 86400 + hour * 3600 + minute * 60 + second - *east;
  return Instant{seconds, static_cast<std::uint32_t>(nanos)};
}

std::string rfc3339(std::int64_t utc, int offset_seconds) {
  const std::int64_t local = utc + offset_seconds;
  std::int64_t day = local / 86400;
  std::int64_t rest = local % 86400;
  if (rest < 0) rest += 86400, --day;
  std::string text = fmt::format("{}T{:02}:{:02}:{:02}", calendar::iso(calendar::saturated(day)),
                                 rest / 3600, rest / 60 % 60, rest % 60);
  if (offset_seconds == 0) return text + 'Z';
  const int minutes = (offset_seconds < 0 ? -offset_seconds : offset_seconds) / 60;
  return text +
         fmt::format("{}{:02}:{:02}", offset_seconds < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

}  // namespace samrad::record
