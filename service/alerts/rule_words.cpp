#include "service/alerts/rule_words.h"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

namespace samrad::alerts {

namespace {

using calendar::Unit;

constexpr std::array<std::string_view, 7> weekday_words = {
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};

struct UnitWord {
  std::string_view word;
  Unit unit;
};
constexpr std::array<UnitWord, 5> unit_words = {{{"day", Unit::day},
                                                 {"working day", Unit::working_day},
                                                 {"week", Unit::week},
                                                 {"month", Unit::month},
                                                 {"year", Unit::year}}};

std::optional<int> number_of(std::string_view digits) {
  int n = 0;
  const char* end = digits.data() + digits.size();
  const auto [rest, error] = std::from_chars(digits.data(), end, n);
  if (digits.empty() || digits.front() == '-' || rest != end || error != std::errc()) return {};
  return n;
}

}  // namespace

std::string hour_word(MinuteOfDay minute) {
  return fmt::format("{:02}:{:02}", minute / 60, minute % 60);
}

std::optional<MinuteOfDay> hour_of(std::string_view word) {
  if (word.size() != 5 || word[2] != ':') return std::nullopt;
  const std::optional<int> hours = number_of(word.substr(0, 2));
  const std::optional<int> minutes = number_of(word.substr(3));
  if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  return *hours * 60 + *minutes;
}

std::string_view weekday_word(calendar::Weekday weekday) {
  return weekday_words[static_cast<std::size_t>(weekday) - 1];
}

std::optional<calendar::Weekday> weekday_of(std::string_view word) {
  const auto it = std::find(weekday_words.begin(), weekday_words.end(), word);
  if (it == weekday_words.end()) return std::nullopt;
  return static_cast<calendar::Weekday>(it - weekday_words.begin() + 1);
}

std::string duration_word(calendar::Duration duration) {
  const auto it = std::find_if(unit_words.begin(), unit_words.end(),
                               [&](const UnitWord& one) { return one.unit == duration.unit; });
  return fmt::format("{} {}{}", duration.count, it == unit_words.end() ? "hour" : it->word,
                     duration.count == 1 ? "" : "s");
}

std::optional<calendar::Duration> duration_of(std::string_view word) {
  const std::size_t blank = word.find(' ');
  if (blank == std::string_view::npos) return std::nullopt;
  const std::optional<int> count = number_of(word.substr(0, blank));
  if (!count || *count < 1 || *count > days_max) return std::nullopt;
  std::string_view unit = word.substr(blank + 1);
  if (unit.ends_with('s')) unit.remove_suffix(1);
  for (const UnitWord& one : unit_words)
    if (one.word == unit) return calendar::Duration{*count, one.unit};
  return std::nullopt;
}

}  // namespace samrad::alerts
