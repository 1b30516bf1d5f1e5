// Aim: who follows a page with the program at hand sees what the page shows. Each page is walked in a directory of its own; the stories in
// claims/ then hold the program to what docs/language.md says of verdicts, over the rules that stand on that page.
#include "tests/docs/page.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <sys/wait.h>

namespace samrad::tests {
namespace {

namespace fs = std::filesystem;

// A directory that goes away with its owner.
class Desk {
 public:
  Desk() {
    std::string name = (fs::temp_directory_path() / "samrad-docs-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) std::abort();
    path_ = name;
  }
  ~Desk() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Desk(const Desk&) = delete;
  Desk& operator=(const Desk&) = delete;

  void put(const std::map<std::string, std::string>& files) const {
    for (const auto& [name, text] : files) std::ofstream(path_ / name, std::ios::binary) << text;
  }
  void copy(const char* folder) const {
    fs::copy(fs::path(SAMRAD_SOURCE_DIR) / folder, path_, fs::copy_options::recursive);
  }

  // What the command prints on both streams; `samrad` is the program under test.
  std::vector<std::string> run(const std::string& command, int* status = nullptr) const {
    const fs::path binary = SAMRAD_BINARY;
    const std::string out = (path_ / ".printed").string();
    const std::string line = "cd '" + path_.string() + "' && env -i PATH='" + binary.parent_path().string() +
                             ":/usr/bin:/bin' LANG=C TERM=dumb sh -c '" + command + "' >'" + out + "' 2>&1 </dev/null";
    const int raw = std::system(line.c_str());
    if (status != nullptr) *status = WIFEXITED(raw) ? WEXITSTATUS(raw) : 128;
    std::ifstream in(out, std::ios::binary);
    return lines_of(std::string{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()});
  }

 private:
  fs::path path_;
};

std::string text_of(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + '\n';
  return text;
}

std::vector<Step> walk(const std::string& page, const Desk& desk) {
  std::vector<std::string> faults;
  std::vector<Step> steps = steps_of(content(page), faults);
  EXPECT_EQ(faults, std::vector<std::string>{});
  for (const Step& step : steps) {
    desk.put(step.files);
    for (const Shown& shown : step.shown) {
      const std::vector<std::string> found = desk.run(shown.command);
      EXPECT_TRUE(alike(shown.lines, found))
          << page << ':' << step.line << ": $ " << shown.command << "\n-- shown\n"
          << text_of(shown.lines) << "-- found\n" << text_of(found);
    }
  }
  return steps;
}

TEST(Tutorial, ShowsWhatTheProgramPrints) {
  const Desk desk;
  const std::vector<Step> steps = walk("docs/tutorial.md", desk);
  ASSERT_FALSE(steps.empty());
  for (const auto& [name, text] : steps.back().files)
    EXPECT_EQ(content("examples/tutorial/" + name), text) << "examples/tutorial/ is where the tutorial ends";
}

TEST(Language, SaysWhatTheProgramDoes) {
  const Desk desk;
  walk("docs/language.md", desk);
  desk.copy("tests/docs/claims");
  int status = 0;
  const std::vector<std::string> found = desk.run("samrad test . --lang sv", &status);
  EXPECT_EQ(status, 0) << text_of(found);
}

TEST(Scenarios, HoldAsShown) {
  const Desk desk;
  desk.copy("examples/norrmalm");
  walk("docs/scenarios.md", desk);
}

}  // namespace
}  // namespace samrad::tests
