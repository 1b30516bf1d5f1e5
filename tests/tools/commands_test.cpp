// Each NAME.cmd is a shell script that is run in a fresh copy of material/, with `samrad` on the
// path and nothing in the environment that could change its words. What it printed on each stream
// and its status must be what NAME.expected says; SAMRAD_REWRITE=1 writes that file anew, and the
// diff is the review.

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <sys/wait.h>
#include <vector>

#include <gtest/gtest.h>

namespace {

namespace fs = std::filesystem;

const fs::path folder = SAMRAD_COMMANDS;
const fs::path binary = SAMRAD_BINARY;

std::string contents(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::vector<std::string> scripts() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == ".cmd") names.push_back(entry.path().stem().string());
  std::sort(names.begin(), names.end());
  return names;
}

// A directory that goes away with its owner.
class Workplace {
 public:
  Workplace() {
    std::string name = (fs::temp_directory_path() / "samrad-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) std::abort();
    path_ = name;
    fs::copy(folder / "material", path_ / "work", fs::copy_options::recursive);
  }
  ~Workplace() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Workplace(const Workplace&) = delete;
  Workplace& operator=(const Workplace&) = delete;

  fs::path operator/(const char* name) const { return path_ / name; }

 private:
  fs::path path_;
};

// Carriage returns and escapes are made visible, so that the expected files are plain text.
std::string visible(const std::string& text) {
  std::string out;
  for (char c : text) {
    if (c == '\r')
      out += "<CR>";
    else if (c == '\033')
      out += "<ESC>";
    else
      out += c;
  }
  return out;
}

int status_of(const std::string& command) {
  const int raw = std::system(command.c_str());
  return WIFEXITED(raw) ? WEXITSTATUS(raw) : 128 + WTERMSIG(raw);
}

std::string run(const std::string& name) {
  const Workplace place;
  const std::string command =
      "cd '" + (place / "work").string() + "' && env -i PATH='" + binary.parent_path().string() +
      ":/usr/bin:/bin' LANG=C SAMRAD_NOW=2017-09-15 TERM=dumb sh '" +
      (folder / (name + ".cmd")).string() + "' >'" + (place / "out").string() + "' 2>'" +
      (place / "err").string() + "' </dev/null";
  const int status = status_of(command);
  const std::string out = visible(contents(place / "out")), err = visible(contents(place / "err"));
  const auto part = [](const std::string& text) {
    return text.empty() || text.back() == '\n' ? text : text + "\\\n";
  };
  return "status " + std::to_string(status) + "\n-- standard output\n" + part(out) +
         "-- standard error\n" + part(err);
}

class Commands : public testing::TestWithParam<std::string> {};

TEST_P(Commands, SayWhatTheyShould) {
  const fs::path expected = folder / (GetParam() + ".expected");
  const std::string found = run(GetParam());
  if (std::getenv("SAMRAD_REWRITE") != nullptr) {
    std::ofstream(expected, std::ios::binary) << found;
    return;
  }
  EXPECT_EQ(contents(expected), found);
}

INSTANTIATE_TEST_SUITE_P(Tools, Commands, testing::ValuesIn(scripts()),
                         [](const testing::TestParamInfo<std::string>& row) {
                           std::string name = row.param;
                           std::replace_if(
                               name.begin(), name.end(),
                               [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
                           return name;
                         });

std::string output_of(const std::string& command) {
  const Workplace place;
  EXPECT_EQ(status_of(command + " >'" + (place / "out").string() + "'"), 0);
  return contents(place / "out");
}

// Aim: the scenarios that ship hold, those of the forms and those of the examples.
TEST(Scenarios, ThatShipHold) {
  const Workplace place;
  const fs::path root = folder.parent_path().parent_path();
  const std::string out = (place / "out").string();
  const std::string command = "cd '" + root.string() + "' && '" + binary.string() +
                              "' test tests/scenarios examples --lang en";
  EXPECT_EQ(status_of(command + " >'" + out + "' 2>&1"), 0) << contents(out);
}

// The long options that a help text lists.
std::set<std::string> options_of(const std::string& help) {
  std::set<std::string> options;
  for (std::size_t at = help.find("--"); at != std::string::npos; at = help.find("--", at + 2)) {
    std::size_t end = at + 2;
    while (end < help.size() &&
           (std::isalnum(static_cast<unsigned char>(help[end])) != 0 || help[end] == '-'))
      ++end;
    if (end > at + 2) options.insert(help.substr(at, end - at));
  }
  return options;
}

// Aim: the completion knows every command and every option that the help knows.
TEST(Completion, KnowsWhatTheHelpKnows) {
  const std::string script =
      contents(folder.parent_path().parent_path() / "tools/completion/samrad.bash");
  const std::string samrad = "'" + binary.string() + "' ";
  EXPECT_EQ(output_of(samrad + "completion bash"), script);
  for (const char* command : {"check", "fmt", "audit", "brief", "upcoming", "explain", "diff",
                              "readings", "test", "completion", "version"}) {
    EXPECT_NE(script.find(command), std::string::npos) << command;
    const std::string help = output_of(samrad + command + " --help");
    EXPECT_NE(help.find("Example:"), std::string::npos) << command;
    for (const std::string& option : options_of(help))
      EXPECT_NE(script.find(option), std::string::npos) << command << " " << option;
  }
}

// Aim: the completion offers what fits, asked as bash asks it.
TEST(Completion, OffersWhatFits) {
  if (std::system("command -v bash >/dev/null 2>&1") != 0) GTEST_SKIP() << "no bash here";
  const std::string script =
      (folder.parent_path().parent_path() / "tools/completion/samrad.bash").string();
  const auto offered = [&](const std::string& words, int at) {
    return output_of("cd '" + (folder / "material").string() + "' && bash -c 'source \"" + script +
                     "\"; COMP_WORDS=(" + words + "); COMP_CWORD=" + std::to_string(at) +
                     "; _samrad 2>/dev/null; printf \"%s\\n\" \"${COMPREPLY[@]}\"'");
  };
  EXPECT_EQ(offered("samrad au", 1), "audit\n");
  EXPECT_EQ(offered("samrad audit --sta", 2), "--status\n");
  EXPECT_EQ(offered("samrad audit --format js", 3), "json\n");
  EXPECT_EQ(offered("samrad brief diary.samrad --meeting ch", 4), "chefsamrad\n");
  EXPECT_EQ(offered("samrad audit diary.samrad --clause mo", 4), "moten\n");
}

}  // namespace
