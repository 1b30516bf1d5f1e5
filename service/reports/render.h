// An audit as text, for people and for programs. The same result gives the same bytes.
#pragma once

#include <string>

#include "rules/calendar/holidays.h"
#include "service/reports/audit.h"

namespace samrad::reports {

using calendar::Language;

struct TextStyle {
  Language language = Language::sv;
  int width = 100;      // columns; text is folded between words, at least 40
  bool colour = false;  // ANSI colours for verdicts
};

// The compliance sheet: breaches first, then what is due next, then the rest.
[[nodiscard]] std::string audit_text(const AuditResult& result, const TextStyle& style);

// As docs/schema/audit.schema.json says. Ends with a line break.
[[nodiscard]] std::string audit_json(const AuditResult& result);

// One occurrence a line, as in `occurrences` of the JSON.
[[nodiscard]] std::string audit_ndjson(const AuditResult& result);

// Tables of the same parts as the text.
[[nodiscard]] std::string audit_markdown(const AuditResult& result, Language language);

// RFC 4180 with a head row; lines end in CR LF. Cells that a spreadsheet would run as formulas get an apostrophe before.
[[nodiscard]] std::string audit_csv(const AuditResult& result, Language language);

// JUnit XML: a test suite a clause, a test case an occurrence; violations are failures, what cannot be assessed and what is not yet due is skipped.
[[nodiscard]] std::string audit_junit(const AuditResult& result, Language language);

// One occurrence: the whole tree of reasons, indented.
[[nodiscard]] std::string explain_text(const AuditResult& result, const Occurrence& occurrence,
                                       const TextStyle& style);

// The same occurrence as in the audit's JSON with the tree as `reasons` in both languages. Ends with a line break.
[[nodiscard]] std::string explain_json(const AuditResult& result, const Occurrence& occurrence);

}  // namespace samrad::reports
