// The parts of the compliance sheet, shared by its text and its Markdown: what is breached, what is due next, the rest, and what stands
// apart.
#pragma once

#include <string>
#include <vector>

#include "service/reports/render.h"

namespace samrad::reports {

struct Section {
  std::string heading;
  std::vector<const Occurrence*> occurrences;
  int left_out = 0;    // upcoming ones beyond upcoming_max
  bool brief = false;  // nothing calls for attention: a line each, under the heading of its clause
};

inline constexpr std::size_t upcoming_max =
    12;  // listed of those that have not begun; all are in the JSON

// Empty sections are left out.
[[nodiscard]] std::vector<Section> sections(const AuditResult& result, Language language);

// What stands at the head: a name and its value.
struct Fact {
  std::string name;
  std::string value;
};
[[nodiscard]] std::vector<Fact> head(const AuditResult& result, Language language);

// "10 maj 2017", with the hour where it is not the whole day: "10 maj 2017 kl. 14:00".
[[nodiscard]] std::string moment(const AuditResult& result, const Asked& asked, Language language);

// "3 uppfyllda, 1 försummad"; only what there is.
[[nodiscard]] std::string summary_text(const AuditResult& result, Language language);

// "1 juli–31 december 2017", with the due day where it is another; and the day of the verdict.
[[nodiscard]] std::string dates_text(const AuditResult& result, const Occurrence& occurrence,
                                     Language language);

[[nodiscard]] std::string owners_text(const AuditResult& result, const Occurrence& occurrence,
                                      Language language);
[[nodiscard]] std::string title_text(const AuditResult& result, const Occurrence& occurrence);
[[nodiscard]] std::string account_text(const AuditResult& result, const Occurrence& occurrence,
                                       Language language);

// Lines on what stands apart: part periods, events without effect, clauses without an occurrence.
struct Apart {
  std::string heading;
  std::vector<std::string> lines;
};
[[nodiscard]] std::vector<Apart> apart(const AuditResult& result, Language language);

}  // namespace samrad::reports
