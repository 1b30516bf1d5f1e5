#include "service/alerts/phrases.h"

#include <array>

#include <fmt/format.h>

#include "service/alerts/hours.h"
#include "service/alerts/one_line.h"
#include "service/alerts/text.h"
#include "service/reports/words.h"

namespace samrad::alerts {

namespace {

constexpr std::array<std::string_view, 7> weekdays_sv = {"måndag", "tisdag", "onsdag", "torsdag",
                                                         "fredag", "lördag", "söndag"};
constexpr std::array<std::string_view, 7> weekdays_en = {
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};

}  // namespace

std::string weekday_date(Day day, Language language) {
  const auto& names = language == Language::sv ? weekdays_sv : weekdays_en;
  return fmt::format("{} {}", names[static_cast<std::size_t>(calendar::weekday(day)) - 1],
                     reports::date(day, language));
}

std::string days_ahead(int days, Language language) {
  const bool sv = language == Language::sv;
  if (days == 0) return sv ? "i dag" : "today";
  if (days == 1) return sv ? "i morgon" : "tomorrow";
  return fmt::format("{} {}", sv ? "om" : "in", days_long(days, language));
}

std::string days_long(int days, Language language) {
  if (language == Language::sv) return days == 1 ? "en dag" : fmt::format("{} dagar", days);
  return days == 1 ? "1 day" : fmt::format("{} days", days);
}

std::string last_day(const Duty& duty, const Agreement& agreement, Language language) {
  const std::string day = weekday_date(duty.due, language);
  return duty.due_at ? day + " " + hour_of_day(*duty.due_at, agreement.zone, language) : day;
}

std::string telling_day(const Duty& duty, const Agreement& agreement, Language language) {
  return duty.status == engine::Status::broken && duty.settled
             ? weekday_date(*duty.settled, language)
             : last_day(duty, agreement, language);
}

std::string hour_of_day(Micros moment, const record::Zone& zone, Language language) {
  const std::int32_t minutes = zone.second_of_day(seconds_of(moment)) / 60;
  return language == Language::sv ? fmt::format("kl. {:02}.{:02}", minutes / 60, minutes % 60)
                                  : fmt::format("at {:02}:{:02}", minutes / 60, minutes % 60);
}

std::string owners(const Duty& duty, Language language) {
  std::vector<std::string> labels;
  for (const Role& owner : duty.owners)
    labels.push_back(owner.label);
  if (!labels.empty()) return fmt::format("{}", fmt::join(labels, ", "));
  return language == Language::sv ? "ingen är utpekad" : "nobody is named";
}

std::string standing(const Duty& duty, Language language) {
  std::string text(reports::words(duty.status, language));
  const bool still = duty.overdue_since && duty.status == engine::Status::missed;
  if (!still) return text;
  return text + (language == Language::sv ? ", kan fortfarande göras" : ", can still be done");
}

std::string progress(const Duty& duty, Language language) {
  if (!duty.asks_for_an_act || duty.need < 2) return {};
  return language == Language::sv ? fmt::format("{} av {}", duty.have, duty.need)
                                  : fmt::format("{} of {}", duty.have, duty.need);
}

std::string title(const Duty& duty) {
  const std::string& name = duty.title.empty() ? duty.clause : duty.title;
  return duty.source.empty() ? name : fmt::format("{} ({})", name, duty.source);
}

std::string subject_line(std::string_view text) { return one_line(text, subject_characters_max); }

std::string segment(std::string_view text) {
  std::string out;
  for (char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '.' || c == '_' || c == '~';
    out += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

}  // namespace samrad::alerts
