// An agreement in words and a history in lines, planned.
#pragma once

#include <memory>
#include <string>

#include "rules/compile.h"
#include "service/plan/plan.h"

namespace samrad::tests {

struct Agreement {
  program::Program program;
  std::unique_ptr<record::History> history;

  // `rules` without its agreement block; the term is 2016-06-01 to 2018-05-31.
  explicit Agreement(const std::string& rules, const std::string& events = {});

  [[nodiscard]] plan::Plan planned(const char* from = "2017-01-01",
                                   const char* to = "2017-12-31") const;
};

// `meeting council 2017-02-14`, in the order of the days.
std::vector<std::string> lines_of(const plan::Plan& plan);

// The names of the clauses that cannot be met together.
std::vector<std::string> conflict_of(const plan::Plan& plan);

}  // namespace samrad::tests
