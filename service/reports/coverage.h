// How far rule files cover a catalogue of duties: each row checked by rule, attested by a person, not checkable for a stated reason, or
// missing.
//
// A row is linked to the clauses, procedures and measures whose `source` cites one of its ids in parentheses. What is returned owns its texts.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rules/calendar/holidays.h"
#include "rules/diagnostics/source.h"
#include "rules/program/program.h"
#include "service/reports/catalogue.h"

namespace samrad::reports {

// From best to worst: a row with several ids is as well covered as the worst of them.
enum class How {
  checked,        // events decide
  attested,       // only persons decide: the clauses are statements or `judged by` someone
  not_checkable,  // nothing decides, and the catalogue says why, or nobody records what decides
  missing,        // nothing decides, and nobody has said why
};

// A clause, procedure or measure that cites ids.
struct Provision {
  std::string keyword;  // `clause`, `procedure`, `measure`
  std::string name;
  std::string title;   // may be empty
  std::string source;  // as the block has it
  std::string file;
  std::size_t line = 1;
  How how = How::
      checked;  // not_checkable: it demands nothing, as a measure that nobody must take, or `unrecorded`
  std::vector<std::string>
      unrecorded;  // event types that nobody records, for want of which it never comes to a verdict
};

struct CoverageRow {
  CatalogueRow row;
  How how = How::missing;
  std::vector<std::size_t> provisions;  // into Coverage::provisions, in the order of the text
  std::vector<std::string> unjudged;    // ids that no clause judges, whoever cites them
  std::vector<std::string>
      unrecorded;  // event types that nobody records: why those that cite them do not
};

// A word between parentheses of a source that looks like an id and is none.
struct UnknownId {
  std::string word;
  std::size_t provision = 0;  // into Coverage::provisions
  std::string near;           // the id that may be meant; empty: none is near
};

struct Coverage {
  std::string catalogue;  // the file as the caller names it
  std::vector<Provision> provisions;
  std::vector<CoverageRow> rows;         // in the order of the catalogue
  std::array<std::size_t, 4> summary{};  // how many rows of each How
  std::vector<UnknownId> unknown;        // in the order of the text

  [[nodiscard]] std::size_t count(How how) const { return summary[static_cast<std::size_t>(how)]; }
};

// The sources must be free of errors; a block that is none is left out. `program` is what they compile to. Time: in the size of both, times their logarithm.
[[nodiscard]] Coverage cover(std::vector<CatalogueRow> rows, std::string catalogue,
                             std::span<const rules::Source> sources,
                             const program::Program& program);

// `checked`, `attested`, `notCheckable`, `missing`
[[nodiscard]] std::string_view code(How how);

// Two lines or more for each row, and a last one that counts.
[[nodiscard]] std::string coverage_text(const Coverage& coverage, calendar::Language language);

// As docs/schema/coverage.schema.json says. Ends with a line break.
[[nodiscard]] std::string coverage_json(const Coverage& coverage);

// RFC 4180, a row for each row of the catalogue; lines end in CR LF.
[[nodiscard]] std::string coverage_csv(const Coverage& coverage);

[[nodiscard]] std::string coverage_markdown(const Coverage& coverage, calendar::Language language);

// One warning a line for the ids that are none.
[[nodiscard]] std::string coverage_warnings(const Coverage& coverage);

}  // namespace samrad::reports
