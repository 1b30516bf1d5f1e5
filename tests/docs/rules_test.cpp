// Aim: every rule text on a page compiles, and what is shown as wrong is wrong in the way that the page says.
#include "rules/compile.h"
#include "rules/diagnostics/render.h"
#include "tests/docs/page.h"

#include <gtest/gtest.h>

namespace samrad::tests {
namespace {

std::vector<std::string> errors_of(const rules::Diagnostics& found) {
  std::vector<std::string> codes;
  for (const rules::Diagnostic& d : found)
    if (d.severity == rules::Severity::error) codes.emplace_back(rules::id(d.code));
  return codes;
}

using Files = std::map<std::string, std::string>;

// The text with what it says to `use`.
void compiles(const std::string& name, const std::string& text, const Files& files, const std::string& wrong) {
  std::vector<rules::Source> sources{{name, text}};
  for (const auto& [other, content] : files)
    if (text.find("\nuse \"" + other + "\"") != std::string::npos) sources.push_back({other, content});
  const rules::Compiled compiled = rules::compile(sources);
  std::vector<std::string> expected;
  if (!wrong.empty()) expected.push_back(wrong);
  EXPECT_EQ(errors_of(compiled.diagnostics), expected) << name << '\n' << rules::render_text(compiled.diagnostics, sources);
}

class Page : public testing::TestWithParam<const char*> {};

TEST_P(Page, ItsRulesCompile) {
  std::vector<std::string> faults;
  const std::vector<Step> steps = steps_of(content(GetParam()), faults);
  EXPECT_EQ(faults, std::vector<std::string>{});
  int blocks = 0;
  for (const Step& step : steps) {
    if (step.word != "samrad") continue;
    ++blocks;
    compiles(std::string(GetParam()) + ":" + std::to_string(step.line), step.rules, step.files, step.wrong);
  }
  EXPECT_GT(blocks, 0) << GetParam() << " shows no rules";
  if (steps.empty()) return;
  for (const auto& [name, text] : steps.back().files)
    if (name.ends_with(".samrad") && text.find("agreement ") != std::string::npos)
      compiles(name, text, steps.back().files, "");
}

INSTANTIATE_TEST_SUITE_P(Docs, Page, testing::Values("docs/language.md", "docs/tutorial.md"),
                         [](const auto& row) {
                           return std::string(row.param).find("tutorial") == std::string::npos
                                      ? "language"
                                      : "tutorial";
                         });

TEST(Alike, EllipsisStandsForAnyLines) {
  struct Row {
    std::string shown, found;
    bool alike;
  };
  for (const Row& row : {Row{"a\nb", "a\nb", true}, {"a\nb", "a", false}, {"a", "a\nb", false},
                         {"", "", true}, {"…", "", true}, {"…\nb", "a\nb\na\nb", true},
                         {"a\n…\nb\n…", "a\nc\nb\nd", true}, {"a\n…\nb", "a\nb\nc", false}})
    EXPECT_EQ(alike(lines_of(row.shown), lines_of(row.found)), row.alike)
        << row.shown << "\n--\n" << row.found;
}

}  // namespace
}  // namespace samrad::tests
