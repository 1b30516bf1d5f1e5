// Every property of a bounded number of made-up agreements and histories, the same ones each time. SAMRAD_SEED and SAMRAD_AGREEMENTS choose
// others, and how many; tests/fuzz/long runs for as long as it is told.
#include <cstdlib>
#include <iostream>

#include <gtest/gtest.h>

#include "tests/generated/probes.h"
#include "tests/generated/properties.h"
#include "tests/generated/run.h"

namespace samrad::generated {
namespace {

// Properties that wait for something found to be mended. Empty in the end.
const std::vector<std::string_view> waiting{};

std::uint64_t chosen(const char* variable, std::uint64_t otherwise) {
  const char* text = std::getenv(variable);
  return text == nullptr ? otherwise : std::stoull(text);
}

TEST(Generated, EveryPropertyHolds) {
  Plan plan;
  plan.seed = chosen("SAMRAD_SEED", 1);
  plan.agreements = static_cast<int>(chosen("SAMRAD_AGREEMENTS", SAMRAD_AGREEMENTS));
  for (const Property& p : properties())
    if (std::find(waiting.begin(), waiting.end(), p.name) == waiting.end())
      plan.only.emplace_back(p.name);
  const Report report = run(plan);
  std::cout << "seeds " << plan.seed << " to " << report.next_seed - 1 << ": " << report.cases()
            << " cases\n";
  for (const auto& [name, n] : report.asked)
    std::cout << "  " << name << ": " << n << '\n';
  for (const Failure& failure : report.failures)
    ADD_FAILURE() << text_of(failure);
  EXPECT_LT(report.refused, report.agreements / 20 + 5) << "too many texts do not compile";
  EXPECT_LT(report.unreadable, report.agreements / 20 + 5) << "too many histories cannot be read";
  if (plan.agreements < SAMRAD_AGREEMENTS_FOR_PROBES) return;
  EXPECT_GE(report.cases(), 20000U);
  for (const std::string& probe : missed())
    ADD_FAILURE() << "never reached: " << probe;
}

}  // namespace
}  // namespace samrad::generated
