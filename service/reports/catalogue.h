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

// The words of a text: letters and digits, with `-`, `_` and `.` between them. The views are into the text.
[[nodiscard]] std::vector<std::string_view> words_of(std::string_view text);

// What ids look like: each run of letters as `a`, of digits as `9`, the rest as it is. `M5-7` has the shape `a9-9`.
[[nodiscard]] std::string shape_of(std::string_view word);

}  // namespace samrad::reports
