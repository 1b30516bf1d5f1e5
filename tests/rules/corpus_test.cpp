// Every file of the corpus has its exact output beside it: tests/corpus/bad/*.samrad what check says, tests/corpus/ok/ the
// canonical layout and what check says. SAMRAD_REWRITE=1 (tools/rewrite-corpus) writes the outputs anew; the
// difference is then for the eye.
#include "rules/diagnostics/render.h"
#include "rules/format/format.h"
#include "tests/rules/diagnose.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <string>
#include <vector>

namespace samrad::tests {
namespace {

namespace fs = std::filesystem;

std::string content(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::vector<fs::path> files(const std::string& folder) {
  std::vector<fs::path> result;
  for (const auto& entry : fs::directory_iterator(fs::path(SAMRAD_SOURCE_DIR) / "tests/corpus" / folder))
    if (entry.path().extension() == ".samrad") result.push_back(entry.path());
  std::sort(result.begin(), result.end());
  return result;
}

void holds(const fs::path& path, const std::string& actual) {
  fs::path expected = path;
  expected.replace_extension(".expected");
  const char* rewrite = std::getenv("SAMRAD_REWRITE");
  if (rewrite != nullptr && std::string(rewrite) == "1") {
    std::ofstream(expected, std::ios::binary) << actual;
    return;
  }
  EXPECT_EQ(content(expected), actual) << path.filename() << ": if the new output is right, run tools/rewrite-corpus";
}

TEST(Corpus, BadFilesSayWhatIsWrong) {
  for (const fs::path& path : files("bad")) {
    const std::string text = content(path);
    const rules::Source source{path.filename().string(), text};
    const rules::Diagnostics found = diagnose({&source, 1});
    EXPECT_FALSE(found.empty()) << path.filename() << " is not bad";
    holds(path, rules::render_text(found, {&source, 1}));
  }
}

TEST(Corpus, OkFilesAreLaidOutAndPass) {
  for (const fs::path& path : files("ok")) {
    const std::string text = content(path);
    const rules::Source source{path.filename().string(), text};
    const rules::Diagnostics found = diagnose({&source, 1});
    EXPECT_FALSE(rules::any_error(found)) << rules::render_text(found, {&source, 1});
    const auto laid_out = rules::format(source);
    ASSERT_TRUE(laid_out) << rules::render_text(laid_out.error(), {&source, 1});
    const std::string said = rules::render_text(found, {&source, 1});
    holds(path, said.empty() ? *laid_out : *laid_out + "\n# -- check --\n\n" + said);
  }
}

// A message speaks to whoever wrote the rules: no type, rule or function of the compiler is named.
TEST(Corpus, NoMessageNamesAnythingInternal) {
  for (const fs::path& path : files("bad")) {
    const std::string text = content(path);
    const rules::Source source{path.filename().string(), text};
    for (const rules::Diagnostic& d : diagnose({&source, 1}))
      for (const char* word : {"x3", "spirit", "token", "Node", "_id", "grammar", "parser", "samrad::", "std::", "undefined"})
        EXPECT_EQ((d.message + d.help).find(word), std::string::npos) << path.filename() << ": " << d.message;
  }
}

}  // namespace
}  // namespace samrad::tests
