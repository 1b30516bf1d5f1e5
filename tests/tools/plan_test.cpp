// Aim: the plan of each shipped example, recorded after the history that it was made for, holds no violation that was not there before.
// The engine is the judge: the events that the command wrote are read and audited anew.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "tests/examples/run.h"

namespace samrad::tests {
namespace {

struct Planned {
  std::string name;
  std::string rules;
  std::string history;  // empty: none
  std::string from;
  std::string to;
  std::size_t events_min;
};

class Plans : public testing::TestWithParam<Planned> {
 protected:
  void SetUp() override { std::filesystem::create_directories(folder); }
  void TearDown() override { std::filesystem::remove_all(folder); }

  // What had happened before the plan's first day.
  std::string history_before(const Planned& p) const {
    if (p.history.empty()) return {};
    std::ofstream out(folder / "before.ndjson");
    for (const std::string& line : lines_of(p.history))
      if (!line.empty() &&
          nlohmann::json::parse(line)["time"].get<std::string>().substr(0, 10) < p.from)
        out << line << '\n';
    return (folder / "before.ndjson").string();
  }

  static std::set<std::string> violations(const nlohmann::json& audit) {
    std::set<std::string> ids;
    for (const auto& o : audit["occurrences"])
      if ((o["status"] == "missed" || o["status"] == "broken") && o["severity"] == "error")
        ids.insert(o["id"]);
    return ids;
  }

  const std::filesystem::path folder =
      std::filesystem::path(testing::TempDir()) / ("plan-" + GetParam().name);
};

TEST_P(Plans, HoldNoNewViolation) {
  const Planned& p = GetParam();
  const std::string before = history_before(p);
  const std::string asked = p.rules + " " + before + " --from " + p.from + " --to " + p.to;
  const Ran plan = samrad("plan " + asked + " --format events");
  EXPECT_EQ(plan.status, 0) << samrad("plan " + asked + " --lang en").output.substr(0, 2000);
  EXPECT_EQ(samrad("plan " + asked + " --format events").output, plan.output)
      << "the same question, other bytes";
  EXPECT_GE(static_cast<std::size_t>(std::count(plan.output.begin(), plan.output.end(), '\n')),
            p.events_min);
  std::ofstream(folder / "plan.ndjson") << plan.output;
  const nlohmann::json then =
      audit(p.rules + " " + before + " " + (folder / "plan.ndjson").string() + " --as-of " + p.to);
  const nlohmann::json eve = audit(p.rules + " " + before + " --as-of " + p.from);
  ASSERT_TRUE(then.is_object());
  ASSERT_TRUE(eve.is_object());
  const std::set<std::string> old = violations(eve);
  for (const std::string& id : violations(then))
    EXPECT_TRUE(old.contains(id)) << id;
}

INSTANTIATE_TEST_SUITE_P(
    Examples, Plans,
    testing::Values(Planned{"norrmalm", "examples/norrmalm/norrmalm.samrad",
                            "examples/norrmalm/history.ndjson", "2017-01-01", "2017-12-31", 40},
                    Planned{"norrmalm_autumn", "examples/norrmalm/norrmalm.samrad",
                            "examples/norrmalm/history.ndjson", "2017-07-01", "2018-01-31", 20},
                    Planned{"housing", "examples/housing-association/bylaws.samrad",
                            "examples/housing-association/events.ndjson", "2025-01-01",
                            "2025-12-31", 4},
                    Planned{"service", "examples/service/agreement.samrad",
                            "examples/service/events.ndjson", "2025-01-01", "2025-12-31", 10},
                    Planned{"procedure", "examples/rules-of-procedure/rules.samrad", "",
                            "2025-01-01", "2025-12-31", 10},
                    Planned{"tutorial", "examples/tutorial/läslyftet.samrad", "", "2025-01-01",
                            "2025-12-31", 4}),
    [](const auto& one) { return one.param.name; });

TEST(PlanConflict, NamesTheTwoClausesThatCannotBeMetTogether) {
  const Ran ran = samrad("plan examples/norrmalm/plan/sommarlov.samrad --from 2017-01-01 --to "
                         "2017-12-31 --format json");
  EXPECT_EQ(ran.status, 1);
  const nlohmann::json plan = nlohmann::json::parse(ran.output);
  ASSERT_EQ(plan["conflict"].size(), 2U);
  EXPECT_EQ(plan["conflict"][0]["clause"], "ungdomsforum_moten");
  EXPECT_EQ(plan["conflict"][1]["clause"], "sommaruppehall");
  EXPECT_TRUE(plan["conflictProven"]);
  EXPECT_TRUE(plan["conflictMinimal"]);
}

}  // namespace
}  // namespace samrad::tests
