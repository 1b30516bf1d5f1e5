// Canonical bytes: equal for two compiles, restored by decode, and refused when anything in them is wrong.
#include "rules/compile.h"
#include "rules/program/decode.h"
#include "rules/program/dump.h"
#include "rules/program/sha256.h"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>

namespace samrad::program {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> corpus() {
  std::vector<fs::path> out;
  for (const auto& entry : fs::directory_iterator(fs::path(SAMRAD_SOURCE_DIR) / "tests/corpus/ok"))
    if (entry.path().extension() == ".samrad") out.push_back(entry.path());
  return out;
}

std::optional<Program> compiled(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  const rules::Source source{path.filename().string(), text};
  return rules::compile({&source, 1}).program;
}

TEST(Codec, TwoCompilesGiveTheSameBytes) {
  for (const fs::path& path : corpus()) {
    const auto a = compiled(path);
    const auto b = compiled(path);
    ASSERT_EQ(a.has_value(), b.has_value()) << path;
    if (!a) continue;
    EXPECT_EQ(encode(*a), encode(*b)) << path;
  }
}

TEST(Codec, DecodeUndoesEncode) {
  std::size_t seen = 0;
  for (const fs::path& path : corpus()) {
    const auto program = compiled(path);
    if (!program) continue;
    ++seen;
    EXPECT_EQ(verify(*program), "") << path;
    const std::vector<std::uint8_t> bytes = encode(*program);
    const Decoded decoded = decode(bytes);
    ASSERT_TRUE(decoded.program) << path << ": " << decoded.fault;
    EXPECT_EQ(encode(*decoded.program), bytes) << path;
    EXPECT_EQ(dump(*decoded.program), dump(*program)) << path;
    EXPECT_EQ(hash(*decoded.program), sha256(bytes)) << path;
  }
  EXPECT_GE(seen, 45U);
}

// Whatever byte is changed or cut off, the answer is a fault, or a Program that encodes to just those bytes.
TEST(Codec, AnyByteMayBeWrong) {
  const auto program =
      compiled(fs::path(SAMRAD_SOURCE_DIR) / "tests/corpus/ok/plan_procedure.samrad");
  ASSERT_TRUE(program);
  const std::vector<std::uint8_t> bytes = encode(*program);
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    for (const int change : {1, 128, 255}) {
      std::vector<std::uint8_t> wrong = bytes;
      wrong[at] = static_cast<std::uint8_t>((wrong[at] + change) & 0xff);
      const Decoded decoded = decode(wrong);
      ASSERT_TRUE(decoded.program ? encode(*decoded.program) == wrong : !decoded.fault.empty())
          << at;
    }
  }
  for (std::size_t size = 0; size < bytes.size(); ++size)
    ASSERT_FALSE(decode(std::span(bytes).first(size)).program) << size;
  std::vector<std::uint8_t> longer = bytes;
  longer.push_back(0);
  EXPECT_EQ(decode(longer).fault, "1 bytes too many at the end");
}

TEST(Codec, FaultsAreSentences) {
  const auto program =
      compiled(fs::path(SAMRAD_SOURCE_DIR) / "tests/corpus/ok/plan_procedure.samrad");
  ASSERT_TRUE(program);
  const auto fault_of = [&](auto break_it) {
    Program broken = *program;
    break_it(broken);
    return verify(broken);
  };
  EXPECT_EQ(fault_of([](Program& p) { p.rules[0].pattern = 999; }), "rule 0: pattern 999 of 9");
  EXPECT_EQ(fault_of([](Program& p) { p.versions.clear(); }), "no version");
  EXPECT_EQ(fault_of([](Program& p) { p.term_last = p.term_first - 1; }),
            "the term ends before it begins");
  EXPECT_EQ(fault_of([](Program& p) { p.symbols.push_back(p.symbols[1]); }),
            "a symbol stands twice");
  EXPECT_EQ(fault_of([](Program& p) { p.code.clear(); }),
            "pattern 1: condition reach beyond their table");
  EXPECT_EQ(fault_of([](Program& p) { p.rules.back().period.count = 0; }),
            "rule 5: a period that cuts no windows");
  EXPECT_EQ(fault_of([](Program& p) {
              for (Index i : {0U, 1U}) {
                p.indices.push_back(1 - i);
                p.expressions.emplace_back();
                p.rules[i].overridden_by = {static_cast<std::uint32_t>(p.indices.size() - 1), 1};
                p.rules[i].override_conditions = {
                    static_cast<std::uint32_t>(p.expressions.size() - 1), 1};
              }
            }),
            "rules override each other in a circle");
}

}  // namespace
}  // namespace samrad::program
