#include "service/record/zone_rule.h"

#include <algorithm>
#include <utility>

#include "rules/calendar/date.h"

namespace samrad::record {

namespace {

constexpr int hours_max = 167;  // RFC 8536; POSIX itself knows 24

bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

// Takes the line apart from the left; the first thing that does not fit ends the reading.
class ZoneRuleReader {
 public:
  explicit ZoneRuleReader(std::string_view rest) : rest_(rest) {}

  std::optional<ZoneRule> rule() {
    ZoneRule rule;
    name();
    rule.standard_ = -time(24);  // POSIX counts westwards
    if (sound_ && !rest_.empty()) {
      rule.changes_ = true;
      name();
      rule.summer_ = !rest_.empty() && rest_.front() != ',' ? -time(24) : rule.standard_ + 3600;
      rule.begins_ = when();
      rule.ends_ = when();
    }
    if (!sound_ || !rest_.empty()) return std::nullopt;
    return rule;
  }

 private:
  bool take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void need(bool so) { sound_ = sound_ && so; }

  // Three letters or more, or anything between angle brackets.
  void name() {
    const bool quoted = take('<');
    std::size_t length = 0;
    while (length < rest_.size() && (quoted ? rest_[length] != '>' : is_letter(rest_[length])))
      ++length;
    rest_.remove_prefix(length);
    need(length >= 3);
    if (quoted) need(take('>'));
  }

  int number(int least, int most) {
    int value = 0;
    bool any = false;
    for (; !rest_.empty() && is_digit(rest_.front()) && value <= most; any = true) {
      value = value * 10 + (rest_.front() - '0');
      rest_.remove_prefix(1);
    }
    need(any && value >= least && value <= most);
    return value;
  }

  // `-1`, `3:30`, `12:45:10`, in seconds.
  int time(int most_hours) {
    const bool before = take('-');
    if (!before) take('+');
    int seconds = number(0, most_hours) * 3600;
    if (take(':')) seconds += number(0, 59) * 60;
    if (take(':')) seconds += number(0, 59);
    return before ? -seconds : seconds;
  }

  ZoneRule::When when() {
    ZoneRule::When when;
    need(take(','));
    if (take('M')) {
      when.way = ZoneRule::Way::weekday_of_month;
      when.month = number(1, 12);
      need(take('.'));
      when.week = number(1, 5);
      need(take('.'));
      when.weekday = number(0, 6);
    } else if (take('J')) {
      when.way = ZoneRule::Way::day_without_leap_day;
      when.day = number(1, 365);
    } else {
      when.day = number(0, 365);
    }
    if (take('/')) when.second = time(hours_max);
    return when;
  }

  std::string_view rest_;
  bool sound_ = true;
};

std::optional<ZoneRule> ZoneRule::read(std::string_view line) {
  return ZoneRuleReader(line).rule();
}

std::int64_t ZoneRule::local_second(const When& when, int year) {
  std::int64_t day = calendar::to_day({year, 1, 1}).n;
  switch (when.way) {
  case Way::weekday_of_month: {
    const auto month = static_cast<unsigned>(when.month);
    const calendar::Day first = calendar::to_day({year, month, 1});
    const int from_sunday = static_cast<int>(calendar::weekday(first)) % 7;
    int of_month = 1 + (when.weekday - from_sunday + 7) % 7 + (when.week - 1) * 7;
    while (of_month > calendar::days_in_month(year, month))
      of_month -= 7;
    day = first.n + of_month - 1;
    break;
  }
  case Way::day_without_leap_day:
    day += when.day - 1 + (calendar::is_leap(year) && when.day > 59 ? 1 : 0);
    break;
  case Way::day: day += when.day; break;
  }
  return day * 86400 + when.second;
}

std::array<ZoneRule::Change, 2> ZoneRule::of_year(int year) const {
  std::array<Change, 2> both{Change{local_second(begins_, year) - standard_, summer_},
                             Change{local_second(ends_, year) - summer_, standard_}};
  if (both[1].at < both[0].at) std::swap(both[0], both[1]);  // south of the equator
  return both;
}

}  // namespace samrad::record
