// The list of the rules and how a finding reads.

#include "tests/tidy/rules.h"

namespace samrad::tidy {

const std::vector<Rule>& rules() {
  static const std::vector<Rule> all = {
      {"includes", includes},
      {"links", links},
      {"core", core},
      {"sizes", sizes},
      {"names", names},
      {"dead_files", dead_files},
      {"page_links", page_links},
      {"diagnostics", diagnostics},
      {"personal", personal},
      {"machine_paths", machine_paths},
  };
  return all;
}

std::string text_of(const Finding& finding) {
  return finding.path + ":" + std::to_string(finding.line) + ": " + finding.what +
         "; why: " + finding.why + "; instead: " + finding.instead;
}

}  // namespace samrad::tidy
