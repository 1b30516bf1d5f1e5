// Aim: the tree keeps every rule of the house; and each rule catches the fault that it is there for, in a small planted
// tree, and nothing in a right one.

#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <ostream>
#include <string>
#include <vector>

#include "tests/tidy/rules.h"

namespace samrad::tidy {

void PrintTo(const Rule& rule, std::ostream* out) { *out << rule.name; }

namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string list_of(const Findings& findings) {
  std::string text;
  for (const Finding& finding : findings)
    text += text_of(finding) + "\n";
  return text;
}

Findings all_findings(const Tree& tree) {
  Findings all;
  for (const Rule& rule : rules())
    for (Finding& finding : rule.check(tree))
      all.push_back(std::move(finding));
  return all;
}

class TheTree : public testing::TestWithParam<Rule> {};

TEST_P(TheTree, keeps_the_rule) {
  static const Tree tree = read_tree(SAMRAD_SOURCE_DIR);
  ASSERT_NE(find(tree, "CMakeLists.txt"), nullptr);
  const Findings findings = GetParam().check(tree);
  EXPECT_TRUE(findings.empty()) << list_of(findings);
}

INSTANTIATE_TEST_SUITE_P(Tidy, TheTree, testing::ValuesIn(rules()),
                         [](const auto& named) { return std::string(named.param.name); });

// A small house in order. Every planted fault below is this tree and one or two files more.
const Tree& right_tree() {
  static const Tree tree = {
      {"CMakeLists.txt", "project(samrad)\nadd_subdirectory(engine)\n"},
      {"README.md", "[The house](docs/architecture.md#två-tider-och-mer) and [the "
                    "engine](engine/).\n```\n[no](link)\n```\n"},
      {"docs/architecture.md", "# The house\n\n## Två tider, och mer\n"},
      {"docs/diagnostics/S0101.md", "# S0101\n"},
      {"engine/CMakeLists.txt",
       "# LIBS boost\nsamrad_library(samrad_engine\n  SOURCES step.cpp\n  LIBS samrad_program)\n"},
      {"engine/step.cpp", "#include \"engine/step.h\"\n#include <vector>\n// double std::chrono "
                          "\"\nchar c = '\"';\nconst char* s = \"float\";\n"},
      {"engine/step.h",
       "#include \"rules/program/program.h\"\nstruct Step { int n = 1'000'000; };\n"},
      {"rules/CMakeLists.txt", "samrad_library(samrad_rules SOURCES check.cpp syntax/grammar.cpp "
                               "LIBS samrad_program fmt::fmt Boost::headers)\n"},
      {"rules/check.cpp", "#include \"rules/diagnostics/codes.def\"\n#include <fmt/format.h>\n"},
      {"rules/diagnostics/codes.def", "CODE(S0101, \"unknown name\")\n"},
      {"rules/program/CMakeLists.txt", "samrad_library(samrad_program SOURCES program.cpp)\n"},
      {"rules/program/program.cpp", "#include \"rules/program/program.h\"\n"},
      {"rules/program/program.h", "struct Program {};\n"},
      {"rules/syntax/grammar.cpp", "#include <boost/spirit/home/x3.hpp>\n"},
      {"tests/engine/CMakeLists.txt",
       "samrad_test(step_test SOURCES step_test.cpp LIBS samrad_engine)\n"},
      {"tests/engine/step_test.cpp",
       "#include \"engine/step.h\"\n#include <chrono>\n#include <gtest/gtest.h>\n"},
  };
  return tree;
}

Tree with(std::vector<File> planted) {
  Tree tree = right_tree();
  for (File& file : planted) {
    const auto it =
        std::find_if(tree.begin(), tree.end(), [&](const File& f) { return f.path == file.path; });
    if (it != tree.end())
      it->text = file.text;
    else
      tree.push_back(std::move(file));
  }
  std::sort(tree.begin(), tree.end(), [](const File& a, const File& b) { return a.path < b.path; });
  return tree;
}

TEST(Tidy, a_right_tree_has_no_finding) {
  EXPECT_THAT(list_of(all_findings(right_tree())), IsEmpty());
}

struct Planted {
  const char* rule;
  File file;
  std::string finding;  // how the one finding of that rule begins
};

std::vector<Planted> planted_faults() {
  const std::string at = "@";
  const std::string dash = "-";
  const std::string slash = "/";
  std::string long_file;
  for (int i = 0; i < 501; ++i)
    long_file += "int x;\n";
  return {
      {"includes",
       {"engine/step.cpp", "#include \"rules/check.cpp\"\n"},
       "engine/step.cpp:1: `engine/` includes `rules/check.cpp`"},
      {"includes",
       {"engine/step.cpp", "\n#include <boost/any.hpp>\n"},
       "engine/step.cpp:2: `engine/` includes `<boost/any.hpp>`"},
      {"includes",
       {"engine/step.cpp", "#include <chrono>\n"},
       "engine/step.cpp:1: `engine/` includes `<chrono>`"},
      {"includes",
       {"engine/step.cpp", "#  include <unistd.h>\n"},
       "engine/step.cpp:1: `engine/` includes `<unistd.h>`"},
      {"includes",
       {"engine/step.cpp", "#include \"step.h\"\n"},
       "engine/step.cpp:1: `#include \"step.h\"` names no file"},
      {"includes",
       {"rules/check.cpp", "#include \"engine/step.h\"\n"},
       "rules/check.cpp:1: `rules/` includes `engine/step.h`"},
      {"includes",
       {"rules/check.cpp", "#include <boost/spirit/home/x3.hpp>\n"},
       "rules/check.cpp:1: `rules/` includes `<boost/"},
      {"includes",
       {"rules/check.cpp", "#include <nlohmann/json.hpp>\n"},
       "rules/check.cpp:1: `rules/` includes `<nlohmann/"},
      {"includes",
       {"rules/check.cpp", "#include <fstream>\n"},
       "rules/check.cpp:1: `rules/` includes `<fstream>`"},
      {"includes",
       {"rules/program/program.cpp", "#include \"rules/check.cpp\"\n"},
       "rules/program/program.cpp:1: `rules/program/` includes"},
      {"includes",
       {"rules/program/program.cpp", "#include <fmt/format.h>\n"},
       "rules/program/program.cpp:1: `rules/program/` includes `<fmt/"},
      {"includes",
       {"tools/main.cpp", "#include \"tests/engine/step_test.cpp\"\n"},
       "tools/main.cpp:1: `tools/` includes `tests/"},
      {"includes",
       {"service/main.cpp", "#include <boost/spirit/home/x3.hpp>\n"},
       "service/main.cpp:1: `service/` includes `<boost/spirit"},
      {"links",
       {"engine/CMakeLists.txt",
        "samrad_library(samrad_engine SOURCES step.cpp LIBS samrad_rules)\n"},
       "engine/CMakeLists.txt:1: `samrad_engine` links `samrad_rules`"},
      {"links",
       {"engine/CMakeLists.txt",
        "samrad_library(e SOURCES step.cpp)\ntarget_link_libraries(e PUBLIC Boost::headers)\n"},
       "engine/CMakeLists.txt:2: `e` links `Boost::headers`"},
      {"links",
       {"rules/program/CMakeLists.txt", "add_library(samrad_program program.cpp)\n"},
       "rules/program/CMakeLists.txt:1: `add_library` used directly"},
      {"core", {"engine/step.cpp", "\ndouble share;\n"}, "engine/step.cpp:2: `double`"},
      {"core", {"engine/step.cpp", "auto share = 1.5e3;\n"}, "engine/step.cpp:1: `1.5e3`"},
      {"core",
       {"rules/program/program.h", "std::unordered_map<int, int> m;\n"},
       "rules/program/program.h:1: `unordered_map`"},
      {"core",
       {"rules/calendar/day.h", "using std::chrono::days;\n"},
       "rules/calendar/day.h:1: `chrono`"},
      {"sizes", {"engine/step.cpp", long_file}, "engine/step.cpp:501: 501 lines"},
      {"names",
       {"engine/step.h", "\nclass EventManager {};\n"},
       "engine/step.h:2: the type `EventManager` says `manager`"},
      {"names",
       {"engine/step.h", "enum class clause_info { a };\n"},
       "engine/step.h:1: the type `clause_info` says `info`"},
      {"names",
       {"engine/date_utils.h", ""},
       "engine/date_utils.h:1: the name of the file says `utils`"},
      {"dead_files", {"engine/lost.cpp", ""}, "engine/lost.cpp:1: no CMake file names this file"},
      {"dead_files",
       {"engine/lost.h", ""},
       "engine/lost.h:1: nobody but its own source includes this file"},
      {"page_links",
       {"README.md", "x\n[a](docs/gone.md)\n"},
       "README.md:2: the link `docs/gone.md` leads to no file"},
      {"page_links",
       {"README.md", "[a]: ../outside.md\n"},
       "README.md:1: the link `../outside.md` leads to no file"},
      {"page_links",
       {"docs/a.md", "[a](../README.md#gone)\n"},
       "docs/a.md:1: `README.md` has no heading `#gone`"},
      {"diagnostics",
       {"docs/diagnostics/S0999.md", ""},
       "docs/diagnostics/S0999.md:1: no diagnostic has the code `S0999`"},
      {"diagnostics",
       {"rules/diagnostics/codes.def", "CODE(S0101)\nCODE(S0102)\n"},
       "rules/diagnostics/codes.def:2: the diagnostic `S0102` has no page"},
      {"personal",
       {"docs/a.md", "\nfrom anna.ek" + at + "stad.se.\n"},
       "docs/a.md:2: the e-mail address `anna.ek" + at + "stad.se`"},
      {"personal",
       {"docs/a.md", "tel 08" + dash + "123 456 78\n"},
       "docs/a.md:1: the telephone number"},
      {"personal",
       {"docs/a.md", "tel +46" + dash + "8 123 456 78\n"},
       "docs/a.md:1: the telephone number"},
      {"personal",
       {"docs/a.md", "tel 070" + std::string("1234567") + "\n"},
       "docs/a.md:1: the telephone number"},
      {"personal",
       {"docs/a.md", "811228" + dash + "9874\n"},
       "docs/a.md:1: the personal identity number"},
      {"machine_paths",
       {"tools/start", "cd " + slash + "home" + slash + "anna\n"},
       "tools/start:1: the path"},
  };
}

TEST(Tidy, each_planted_fault_is_caught) {
  for (const Planted& planted : planted_faults()) {
    const auto rule = std::find_if(rules().begin(), rules().end(), [&](const Rule& r) {
      return r.name == std::string(planted.rule);
    });
    ASSERT_NE(rule, rules().end()) << planted.rule;
    const Findings findings = rule->check(with({planted.file}));
    ASSERT_EQ(findings.size(), 1u) << planted.finding << "\n" << list_of(findings);
    EXPECT_THAT(text_of(findings[0]), testing::StartsWith(planted.finding));
    EXPECT_FALSE(findings[0].why.empty() || findings[0].instead.empty()) << planted.finding;
  }
}

TEST(Tidy, every_rule_has_a_planted_fault) {
  const std::vector<Planted> all = planted_faults();
  for (const Rule& rule : rules())
    EXPECT_TRUE(std::any_of(all.begin(), all.end(), [&](const Planted& p) {
      return p.rule == std::string(rule.name);
    })) << rule.name;
}

TEST(Tidy, what_only_looks_wrong_is_left_alone) {
  const File table[] = {
      {"engine/step.h", "#include \"rules/program/program.h\"\n#include <cstdint>\nint time(int "
                        "double_shift, int chrono);\n"},
      {"engine/step.h", "#include \"rules/program/program.h\"\n/* class Manager; double x */ "
                        "struct Metadata { int x = 0x1e5; };\n"},
      {"engine/step.h",
       "#include \"rules/program/program.h\"\nconst char* raw = R\"x(double \" 1.5)x\";\n"},
      {"engine/step.h", "#include \"rules/program/program.h\"\nusing other::Data;\nvoid f(struct "
                        "other::Info* i);\n"},
      {"docs/a.md", "2016-06-01 2018-05-31T23:59:59+02:00 540/2015 A015.194/2016 0..1 "
                    "ops@example.org 0-12345\n"},
      {"docs/a.md", "https://example.org/home/page ../home/x `[a](b)` sha256:0712345678abcdef "
                    "12345678-1234-4234\n"},
  };
  for (const File& file : table)
    EXPECT_THAT(list_of(all_findings(with({file}))), IsEmpty()) << file.text;
}

TEST(Tidy, a_tree_is_read_from_disk_without_what_is_built_or_binary) {
  const std::filesystem::path root = std::filesystem::path(testing::TempDir()) / "samrad_tidy_tree";
  std::filesystem::remove_all(root);
  const auto write = [&](const char* path, const std::string& text) {
    std::filesystem::create_directories((root / path).parent_path());
    std::ofstream(root / path, std::ios::binary) << text;
  };
  write("engine/a.cpp", "int a;\n");
  write("engine/a.h", "");
  write("engine/build/b.h", "");
  write("build/dev/c.cpp", "");
  write(".git/config", "");
  write(".ci/run", "");
  write("tests/raw.bin", std::string("a\0b", 3));
  std::vector<std::string> paths;
  for (const File& file : read_tree(root))
    paths.push_back(file.path);
  std::filesystem::remove_all(root);
  EXPECT_THAT(paths, ElementsAre(".ci/run", "engine/a.cpp", "engine/a.h", "engine/build/b.h"));
}

}  // namespace
}  // namespace samrad::tidy
