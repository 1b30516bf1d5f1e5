// Civil days and instants, with the last stretch of one offset at hand.

#include "service/record/zone.h"

#include <algorithm>
#include <fstream>

#include <fmt/format.h>

#include "service/record/transitions.h"

namespace samrad::record {

namespace {

const Transitions& transitions_of(const void* zone) { return *static_cast<const Transitions*>(zone); }

}  // namespace

tl::expected<Zone, std::string> Zone::open(std::string_view name) {
  Zone zone;
  zone.name_ = name;
  zone.zone_ = Transitions::of(zone.name_);
  if (zone.zone_ == nullptr)
    return tl::unexpected(
        fmt::format("no time zone `{}` in the time zone database of this machine", name));
  return zone;
}

int Zone::offset(std::int64_t utc) const {
  if (utc >= begin_ && utc < end_) return offset_;
  const Transitions::Interval& now = transitions_of(zone_).at(utc);
  begin_ = now.begin;
  end_ = now.end;
  offset_ = now.offset;
  return offset_;
}

calendar::Day Zone::day_of(std::int64_t utc) const {
  const std::int64_t local_second = utc + offset(utc);
  const std::int64_t rest = local_second % 86400;
  return calendar::saturated((local_second - (rest < 0 ? rest + 86400 : rest)) / 86400);
}

std::int32_t Zone::second_of_day(std::int64_t utc) const {
  return static_cast<std::int32_t>(utc + offset(utc) - std::int64_t{day_of(utc).n} * 86400);
}

std::int64_t Zone::first_second(calendar::Day day) const {
  // The fast way, where no change of the clocks is near: both ends of the day lie in the cached interval.
  const std::int64_t guess = std::int64_t{day.n} * 86400 - offset_;
  if (guess - 86400 >= begin_ && guess + 86400 < end_) return guess;
  return transitions_of(zone_).first_shown(std::int64_t{day.n} * 86400);
}

std::int64_t Zone::last_second(calendar::Day day) const {
  return std::max(first_second(calendar::Day{day.n + 1}) - 1, first_second(day));
}

std::string Zone::rfc3339(std::int64_t utc) const { return record::rfc3339(utc, offset(utc)); }

std::string tzdata_version() {
  // The compiled files do not tell; the text beside them begins `# version 2025b`.
  std::ifstream text("/usr/share/zoneinfo/tzdata.zi");
  std::string line;
  const std::string_view head = "# version ";
  if (std::getline(text, line) && line.starts_with(head)) return line.substr(head.size());
  return "unknown";
}

std::string Asked::text(const Zone& zone) const {
  return whole_day ? calendar::iso(moment.day) : zone.rfc3339(moment.utc);
}

Asked asked(calendar::Day day, const Zone& zone) { return {{day, zone.last_second(day)}, true}; }

std::optional<Asked> parse_asked(std::string_view text, const Zone& zone) {
  if (const auto day = calendar::parse_iso(text)) return asked(*day, zone);
  if (const auto instant = parse_rfc3339(text))
    return Asked{{zone.day_of(instant->seconds), instant->seconds}, false};
  return std::nullopt;
}

}  // namespace samrad::record
