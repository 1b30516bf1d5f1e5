#include "service/pack/values.h"

#include <charconv>

#include "rules/calendar/date.h"

namespace samrad::pack {

static_assert(first_day == calendar::day_min.n && last_day == calendar::day_max.n);

namespace {

constexpr std::size_t clock_bytes = 19;
constexpr std::int64_t day_seconds = 86400;

// The two digits at `at`, or 99.
unsigned pair(std::string_view text, std::size_t at) {
  const auto tens = static_cast<unsigned>(text[at] - '0');
  const auto ones = static_cast<unsigned>(text[at + 1] - '0');
  return tens > 9 || ones > 9 ? 99 : tens * 10 + ones;
}

void put_pair(char* at, std::int64_t n) {
  at[0] = static_cast<char>('0' + n / 10);
  at[1] = static_cast<char>('0' + n % 10);
}

void put_date(char* at, std::int64_t day) {
  const calendar::Date date = calendar::to_date(calendar::saturated(day));
  put_pair(at, date.year / 100);
  put_pair(at + 2, date.year % 100);
  at[4] = at[7] = '-';
  put_pair(at + 5, date.month);
  put_pair(at + 8, date.day);
}

}  // namespace

bool read_date(std::string_view text, std::int64_t& day) {
  const auto read = calendar::parse_iso(text);
  if (read) day = read->n;
  return read.has_value();
}

void write_date(std::int64_t day, std::string& out) {
  char text[10];
  put_date(text, day);
  out.append(text, sizeof text);
}

bool read_clock(std::string_view text, std::int64_t& second, std::string_view& behind) {
  if (text.size() < clock_bytes || text[10] != 'T' || text[13] != ':' || text[16] != ':')
    return false;
  std::int64_t day = 0;
  if (!read_date(text.substr(0, 10), day)) return false;
  const unsigned hour = pair(text, 11);
  const unsigned minute = pair(text, 14);
  const unsigned rest = pair(text, 17);
  if (hour > 23 || minute > 59 || rest > 59) return false;
  second = day * day_seconds + hour * 3600 + minute * 60 + rest;
  behind = text.substr(clock_bytes);
  return true;
}

void write_clock(std::int64_t second, std::string& out) {
  const std::int64_t from = second - first_second;  // not negative
  const std::int64_t rest = from % day_seconds;
  char text[clock_bytes];
  put_date(text, first_day + from / day_seconds);
  text[10] = 'T';
  text[13] = text[16] = ':';
  put_pair(text + 11, rest / 3600);
  put_pair(text + 14, rest / 60 % 60);
  put_pair(text + 17, rest % 60);
  out.append(text, sizeof text);
}

bool read_integer(std::string_view text, std::int64_t& number) {
  const bool negative = text.starts_with('-');
  const std::string_view digits = text.substr(negative ? 1 : 0);
  if (digits.empty() || digits[0] < '0' || digits[0] > '9' || (digits[0] == '0' && text.size() > 1))
    return false;
  const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), number);
  return wrong == std::errc() && end == text.data() + text.size() && number <= integer_max &&
         number >= -integer_max;
}

void write_integer(std::int64_t number, std::string& out) {
  char text[24];
  const auto [end, wrong] = std::to_chars(text, text + sizeof text, number);
  out.append(text, end);
}

}  // namespace samrad::pack
