// The rules of the house about its own code, each a pure function from the tree to what is wrong with it. A new rule is
// one function here, one line in `rules()`, and one planted fault in tidy_test.cpp.

#pragma once

#include <string>
#include <vector>

#include "tests/tidy/tree.h"

namespace samrad::tidy {

struct Finding {
  std::string path;
  int line = 1;
  std::string what;
  std::string why;
  std::string instead;
};

// `path:line: what; why: …; instead: …`
std::string text_of(const Finding& finding);

using Findings = std::vector<Finding>;

// architecture.cpp: who may include whom and what, and who may link what (the table of docs/architecture.md).
Findings includes(const Tree& tree);
Findings links(const Tree& tree);

// core.cpp: the deterministic core has no floating point, no unordered containers, no clock, no thread, no streams.
Findings core(const Tree& tree);

// shape.cpp: no file that nobody can read in one sitting, no name that says nothing, no file that nobody uses.
Findings sizes(const Tree& tree);
Findings names(const Tree& tree);
Findings dead_files(const Tree& tree);

// pages.cpp: every link of a page leads somewhere; every diagnostic has its page.
Findings page_links(const Tree& tree);
Findings diagnostics(const Tree& tree);

// privacy.cpp: nobody's address, number or machine.
Findings personal(const Tree& tree);
Findings machine_paths(const Tree& tree);

struct Rule {
  const char* name;
  Findings (*check)(const Tree& tree);
};

const std::vector<Rule>& rules();

}  // namespace samrad::tidy
