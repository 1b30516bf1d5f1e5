// A run: agreements of seeds in a row, histories of each, and every property of each case.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tests/generated/case.h"

namespace samrad::generated {

struct Plan {
  std::uint64_t seed = 1;  // of the first agreement
  int agreements = 100;
  std::optional<double> seconds;  // run for as long instead
  int histories = 6;              // of each agreement
  int failures_max = 1;           // different ones of each property; then it is not asked any more
  std::vector<std::string> only;  // properties; empty: all
};

struct Failure {
  std::uint64_t seed = 0;  // of the agreement
  std::string fault;       // of the case made small
  CaseFile small;
};

struct Report {
  std::uint64_t agreements = 0;
  std::uint64_t refused = 0;                   // texts that do not compile
  std::uint64_t unreadable = 0;                // histories that cannot be read
  std::map<std::string, std::uint64_t> asked;  // cases by property
  std::map<std::string, int> refusals;         // by code
  std::vector<Failure> failures;
  std::uint64_t next_seed = 0;

  [[nodiscard]] std::uint64_t cases() const;
};

[[nodiscard]] Report run(const Plan& plan);
[[nodiscard]] std::string text_of(const Failure& failure);

}  // namespace samrad::generated
