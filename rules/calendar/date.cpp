// Turns a day into its ISO 8601 text and back.
//
// By hand rather than through a stream: the text is ten digits and hyphens, nothing about it
// depends on a locale, and reading must be exact, since "2017-3-5" or a trailing blank in a rule
// file is a mistake to report and not a date to guess.

#include "rules/calendar/date.h"

namespace samrad::calendar {
namespace {

// The number written by `count` ASCII digits from `at`, or -1.
int digits(std::string_view text, std::size_t at, std::size_t count) noexcept {
  int number = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    number = number * 10 + (text[i] - '0');
  }
  return number;
}

}  // namespace

std::optional<Day> parse_iso(std::string_view text) noexcept {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const int year = digits(text, 0, 4);
  const int month = digits(text, 5, 2);
  const int day = digits(text, 8, 2);
  if (year < 0 || month < 0 || day < 0) return std::nullopt;
  const Date date{year, static_cast<unsigned>(month), static_cast<unsigned>(day)};
  if (!valid(date)) return std::nullopt;
  return to_day(date);
}

std::string iso(Day day) noexcept {
  const Date date = to_date(day);
  std::string text = "0000-00-00";  // short enough to need no memory of its own
  const auto put = [&text](std::size_t end, unsigned number) {
    for (std::size_t i = end; number != 0; number /= 10)
      text[--i] = static_cast<char>('0' + number % 10);
  };
  put(4, static_cast<unsigned>(date.year));
  put(7, date.month);
  put(10, date.day);
  return text;
}

}  // namespace samrad::calendar
