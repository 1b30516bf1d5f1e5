// What scenarios showed, for people and for programs.
#pragma once

#include <string>
#include <vector>

#include "service/scenario/run.h"

namespace samrad::scenario {

// One scenario and what came of it.
struct Report {
  std::string path;
  std::string title;
  std::vector<Fault> faults;  // of its text or of its rules' names
  Outcome outcome;

  [[nodiscard]] std::size_t failures() const;
  [[nodiscard]] bool faulty() const {
    return !faults.empty() || !outcome.faults.empty() || outcome.event_faults.any_error();
  }
};

// Failures with what was expected, found and why; then one line that counts.
[[nodiscard]] std::string render_text(const std::vector<Report>& reports, bool colour);

// JUnit XML: a test suite a scenario, a test case an expectation.
[[nodiscard]] std::string render_junit(const std::vector<Report>& reports);

// Clause × status: `x` an expectation names it, `·` reached only. Ends with a line of sums.
[[nodiscard]] std::string render_coverage(const Coverage& coverage);

}  // namespace samrad::scenario
