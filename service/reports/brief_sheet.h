// The brief in one language, before it becomes text, Markdown or HTML: headings, groups and lines.
#pragma once

#include <string>
#include <vector>

#include "service/reports/brief.h"

namespace samrad::reports {

// How a verdict should strike the eye; never the only bearer of a meaning.
enum class Tone : std::uint8_t { plain, good, warning, bad };

struct SheetLine {
  std::string id;
  std::string title;   // of the clause
  std::string source;  // empty: none given
  std::string verdict;
  Tone tone = Tone::plain;
  std::string dates;
  std::string owners;  // empty: none
  std::string reason;
};

struct SheetGroup {
  std::string heading;  // empty: the section's only one
  std::vector<SheetLine> lines;
};

struct SheetSection {
  std::string heading;
  std::vector<std::string> notes;  // sentences above the lines
  std::vector<SheetGroup> groups;
};

struct Sheet {
  std::string language;  // `sv`, `en`
  std::string title;
  std::string subtitle;
  std::vector<std::pair<std::string, std::string>>
      facts;  // as of, known at, registrations, readings
  std::vector<SheetSection> sections;
};

[[nodiscard]] Sheet sheet(const Brief& brief, Language language);

// What every line says of an occurrence.
[[nodiscard]] SheetLine sheet_line(const engine::Ground& ground, const Occurrence& occurrence,
                                   const record::Zone& zone, Language language);

// Why it is this one's turn, in a sentence.
[[nodiscard]] std::string turn_reason(const Turn& turn, const record::Zone& zone,
                                      Language language);

// How the day of the next meeting was estimated.
[[nodiscard]] std::string next_reason(const Brief& brief, Language language);

}  // namespace samrad::reports
