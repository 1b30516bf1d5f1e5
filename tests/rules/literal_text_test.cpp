// Aim: check finds by itself where an agreement contradicts itself or has gaps, and is silent once that is mended.
#include "rules/compile.h"
#include "rules/diagnostics/render.h"
#include "tests/rules/diagnose.h"

#include <chrono>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <map>
#include <string>

namespace samrad::tests {
namespace {

using rules::Code;

std::map<std::string, int> codes_of(const std::string& file) {
  std::ifstream in(std::string(SAMRAD_SOURCE_DIR) + "/examples/norrmalm/ordagrant/" + file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  EXPECT_FALSE(text.empty()) << file;
  const rules::Source source{file, text};
  std::map<std::string, int> out;
  for (const rules::Diagnostic& d : diagnose({&source, 1})) ++out[std::string(rules::row(d.code).name)];
  return out;
}

TEST(LiteralText, HasTheSixFindingsAndNoOther) {
  const std::map<std::string, int> expected = {
      {"missing_annex", 2},     // annexes 1 and 7
      {"nothing_belongs", 1},   // two areas without a forum
      {"two_frequencies", 1},   // the paragraph on meetings and annex 5
      {"different_months", 1},  // annexes 4 and 5 on one group
      {"different_lists", 3},   // of three groups
      {"stale_receiver", 1},    // information in both directions
  };
  EXPECT_EQ(codes_of("ordagrant.samrad"), expected);
}

TEST(LiteralText, IsSilentWhenMended) {
  EXPECT_EQ(codes_of("ordagrant-lagad.samrad"), (std::map<std::string, int>{}));
}

// Clauses that all disagree: the worst for whatever compares them with one another.
std::string disagreeing(int clauses) {
  std::string out = R"(agreement a "A"
  term 2016-06-01 to 2020-05-31
  part periods not assessed
party p
role chief of p
role clerk of p
role guard of p
forum board
event meeting of forum
  attendees roles
event notice
  to role
event appointment of role
event resignation of role
fact filled of role
  holds from appointment until resignation
)";
  const char* third[] = {"clerk", "guard"};
  for (int i = 0; i < clauses; ++i) {
    const std::string n = std::to_string(i);
    const std::string head = "\n  source \"Annex " + std::to_string(i % 9) + "\"\n  owner chief\n  ";
    out += "clause c" + n + head + "meeting of board must happen at least " + std::to_string(i % 50 + 1) +
           " times every " + (i % 2 == 0 ? "month\n" : "quarter\n");
    out += "clause d" + n + head + "every meeting of board must have attendees including all of (chief, " +
           third[i % 2] + ")\n";
    out += "clause e" + n + head + "after meeting, notice to clerk must happen within 3 days\n";
  }
  return out;
}

double seconds(int clauses) {
  const std::string text = disagreeing(clauses);
  const rules::Source source{"big.samrad", text};
  double best = 1e9;
  for (int i = 0; i < 2; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_FALSE(rules::compile({&source, 1}).diagnostics.empty());
    best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
  }
  return best;
}

TEST(LiteralText, DisagreementCostsNoMoreThanItsText) {
  const double small = seconds(500);
  const double large = seconds(5'000);
  // Ten times the text; comparing all with all would need a hundred times as long.
  EXPECT_LT(large, 30 * small) << small << ' ' << large;
}

}  // namespace
}  // namespace samrad::tests
