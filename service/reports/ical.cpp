#include "service/reports/ical.h"

#include <fmt/format.h>

namespace samrad::reports {

namespace {

constexpr std::size_t line_octets_max = 75;

}  // namespace

std::string ical_escaped(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c == '\\' || c == ';' || c == ',')
      (out += '\\') += c;
    else if (c == '\n')
      out += "\\n";
    else if (c != '\r')
      out += c;
  }
  return out;
}

void ical_line(std::string& out, std::string_view line) {
  std::size_t room = line_octets_max;
  while (line.size() > room) {
    std::size_t cut = room;
    while (cut > 0 && (line[cut] & 0xC0) == 0x80)
      --cut;
    out += line.substr(0, cut);
    out += "\r\n ";
    line.remove_prefix(cut);
    room = line_octets_max - 1;
  }
  out += line;
  out += "\r\n";
}

std::string ical_date(calendar::Day day) {
  const calendar::Date date = calendar::to_date(day);
  return fmt::format("{:04}{:02}{:02}", date.year, date.month, date.day);
}

std::string ical_stamp(std::int64_t utc) {
  const std::int64_t days = (utc >= 0 ? utc : utc - 86399) / 86400;
  const std::int64_t second = utc - days * 86400;
  return fmt::format("{}T{:02}{:02}{:02}Z", ical_date(calendar::saturated(days)), second / 3600,
                     second / 60 % 60, second % 60);
}

void ical_begin(std::string& out, std::string_view name) {
  for (const char* line : {"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Samrad//samrad//EN",
                           "CALSCALE:GREGORIAN", "METHOD:PUBLISH"})
    ical_line(out, line);
  ical_line(out, "X-WR-CALNAME:" + ical_escaped(name));
}

void ical_end(std::string& out, bool empty) {
  if (empty)
    for (const char* line :
         {"BEGIN:VTIMEZONE", "TZID:UTC", "BEGIN:STANDARD", "DTSTART:19700101T000000",
          "TZOFFSETFROM:+0000", "TZOFFSETTO:+0000", "END:STANDARD", "END:VTIMEZONE"})
      ical_line(out, line);
  ical_line(out, "END:VCALENDAR");
}

}  // namespace samrad::reports
