#include "service/alerts/key.h"

#include <vector>

#include "service/alerts/rule_words.h"

namespace samrad::alerts {

namespace {

std::string escaped(std::string_view part) {
  std::string text;
  for (char c : part)
    text += c == '|' ? "%7C" : c == '%' ? "%25" : std::string(1, c);
  return text;
}

std::string plain(std::string_view part) {
  std::string text;
  for (std::size_t i = 0; i < part.size(); ++i) {
    const bool escape = part.substr(i, 3) == "%7C" || part.substr(i, 3) == "%25";
    text += !escape ? part[i] : part[i + 1] == '7' ? '|' : '%';
    i += escape ? 2 : 0;
  }
  return text;
}

std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t bar = text.find('|');
    parts.push_back(text.substr(0, bar));
    if (bar == std::string_view::npos) return parts;
    text.remove_prefix(bar + 1);
  }
}

std::optional<Way> way_of(std::string_view text) {
  if (text == word(Way::mail)) return Way::mail;
  if (text == word(Way::webhook)) return Way::webhook;
  return std::nullopt;
}

}  // namespace

std::string Key::about() const {
  const std::string text = escaped(agreement) + "|";
  return kind == Kind::digest ? text : text + escaped(occurrence) + "|" + calendar::iso(due) + "|";
}

std::string Key::series() const {
  return about() + std::string(word(kind)) + "|" + escaped(recipient) + "|" +
         std::string(word(way)) + "|";
}

std::string Key::text() const {
  return series() + calendar::iso(day) + (at ? "T" + hour_word(*at) : std::string());
}

std::optional<Key> key_of(std::string_view text) {
  const std::vector<std::string_view> parts = split(text);
  const bool digest = parts.size() == 5;
  if (!digest && parts.size() != 7) return std::nullopt;
  const std::size_t at = digest ? 1 : 3;  // of the kind
  const auto kind = kind_of(parts[at]);
  const auto way = way_of(parts[at + 2]);
  const std::size_t hour = parts[at + 3].find('T');
  const auto day = calendar::parse_iso(parts[at + 3].substr(0, hour));
  const auto minute = hour == std::string_view::npos ? std::optional<MinuteOfDay>()
                                                     : hour_of(parts[at + 3].substr(hour + 1));
  const auto due = digest ? std::optional(calendar::Day{}) : calendar::parse_iso(parts[2]);
  if (!kind || !way || !day || !due || digest != (*kind == Kind::digest)) return std::nullopt;
  if (minute.has_value() != (hour != std::string_view::npos)) return std::nullopt;
  return Key{.agreement = plain(parts[0]),
             .occurrence = digest ? std::string() : plain(parts[1]),
             .due = *due,
             .kind = *kind,
             .recipient = plain(parts[at + 1]),
             .way = *way,
             .day = *day,
             .at = minute};
}

LastKey last_of(const std::set<std::string, std::less<>>& keys) {
  return [&keys](std::string_view series) -> std::optional<std::string> {
    auto it = keys.upper_bound(std::string(series) + '\xff');
    if (it == keys.begin() || !(--it)->starts_with(series)) return std::nullopt;
    return *it;
  };
}

}  // namespace samrad::alerts
