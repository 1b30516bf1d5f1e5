// A catalogue of what an agreement demands: one duty a row, each with one or more names (`M5-7`) that rule files cite in `source`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "service/record/csv.h"

namespace samrad::reports {

struct CatalogueRow {
  std::string id;                // as written: `F-10, F-11`
  std::vector<std::string> ids;  // each of them, at least one
  std::string ref;               // where in the agreement
  std::string duty;
  std::string reason;  // why nothing can check it; empty: none given
};

// The rows in the order of the file. Of its columns `id` must be there; `ref`, `duty` and `reason` may be, in any order, and others are
// passed over. What is wrong with it, a name that two rows have among it, is added to the reader's faults; then the rows are not all.
[[nodiscard]] std::vector<CatalogueRow> read_catalogue(record::CsvReader& csv);

// Whether the text is one word: letters and digits, with `-`, `_` and `.` between them.
[[nodiscard]] bool is_word(std::string_view text);

// What a source cites: the words that stand in its parentheses each alone between commas or semicolons. `Article 3 (M5-7, X1; see 4)`
// cites M5-7 and X1. In the order of the text; the views are into it.
[[nodiscard]] std::vector<std::string_view> cited_in(std::string_view source);

// What ids look like: each run of letters as `a`, of digits as `9`, the rest as it is. `M5-7` has the shape `a9-9`.
[[nodiscard]] std::string shape_of(std::string_view word);

}  // namespace samrad::reports
