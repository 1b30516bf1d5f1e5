// Ten times as many clauses cost ten times as much, right or wrong. (A hundred thousand take about five seconds.)
#include "rules/compile.h"

#include <chrono>
#include <gtest/gtest.h>

namespace samrad::tests {
namespace {

constexpr std::string_view head = R"(agreement a "A"
  term 2016-06-01 to 2020-05-31
  part periods not assessed
party p
role chief of p
forum board
event meeting of forum
  chair role optional
)";

std::string text(int clauses, bool wrong) {
  std::string out(head);
  for (int i = 0; i < clauses; ++i) {
    const std::string n = std::to_string(i);
    out += "clause c" + n + "\n  source \"" + n + "\"\n  owner " +
           (wrong ? "chef" + n : std::string("chief")) + "\n  meeting of " +
           (wrong ? "bord" + n : std::string("board")) +
           " where (chair = chief) must happen at least once every month\n";
  }
  return out;
}

double seconds(const std::string& text, bool wrong) {
  const rules::Source source{"big.samrad", text};
  const auto begin = std::chrono::steady_clock::now();
  const rules::Compiled c = rules::compile({&source, 1});
  const auto end = std::chrono::steady_clock::now();
  EXPECT_EQ(c.program.has_value(), !wrong);
  EXPECT_LE(c.diagnostics.size(), 101U);
  return std::chrono::duration<double>(end - begin).count();
}

TEST(Size, GrowsLikeTheText) {
  for (const bool wrong : {false, true}) {
    const std::string small_text = text(3'000, wrong);
    const std::string large_text = text(30'000, wrong);
    double small = seconds(small_text, wrong);
    small = std::min(small, seconds(small_text, wrong));
    const double large = seconds(large_text, wrong);
    // Ten times the text; a quadratic pass would need a hundred times as long.
    EXPECT_LT(large, 30 * small) << (wrong ? "wrong" : "right") << ' ' << small << ' ' << large;
  }
}

}  // namespace
}  // namespace samrad::tests
