// The name of a message: what it is about and the day it is for.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "rules/calendar/date.h"
#include "service/alerts/rule.h"

namespace samrad::alerts {

// `agreement|occurrence|due|kind|recipient|way|day`, or of a digest `|digest|recipient|mail|day`. Days as 2017-06-30, with the hour
// 2017-06-30T14:00, `|` and `%` within a part as %7C and %25.
struct Key {
  std::string agreement;   // empty: a digest
  std::string occurrence;  // empty: a digest
  calendar::Day due{};     // not of a digest
  Kind kind = Kind::warning;
  std::string recipient;
  Way way = Way::mail;
  calendar::Day day{};
  std::optional<MinuteOfDay> at;  // of a warning by the hour

  // Of two keys of a series, whether this one is of as late a time or a later one.
  [[nodiscard]] bool is_up_to(const Key& other) const {
    return std::pair(day, at.value_or(-1)) >= std::pair(other.day, other.at.value_or(-1));
  }
  [[nodiscard]] std::string about() const;   // the duty: what all keys of it begin with
  [[nodiscard]] std::string series() const;  // up to the last `|`, it included
  [[nodiscard]] std::string text() const;
};
[[nodiscard]] std::optional<Key> key_of(std::string_view text);

// The last in byte order of the keys in the outbox that begin with `series`, whatever became of their messages, those cancelled left
// out; nothing: there is none. `SELECT max(key) … WHERE key >= series AND key < series || x'ff'` may answer it.
using LastKey = std::function<std::optional<std::string>(std::string_view series)>;
// Of a set; it must outlive what is returned.
[[nodiscard]] LastKey last_of(const std::set<std::string, std::less<>>& keys);

}  // namespace samrad::alerts
