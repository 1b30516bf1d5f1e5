// The engine's book against the reference's: the examples with their histories, every scenario, and the pages that tell a history.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "rules/compile.h"
#include "tests/docs/page.h"
#include "tests/reference/compare.h"
#include "tests/reference/known_differences.h"
#include "tests/reference/made_up.h"
#include "tests/reference/stories.h"

namespace samrad::tests {
namespace {

// Says how many occurrences were compared.
std::size_t compared_of(const Material& material, const std::vector<std::string>& moments) {
  EXPECT_FALSE(moments.empty()) << material.name;
  const Compared compared = compare(material, moments);
  std::size_t told = 0;
  for (const Difference& d : compared.differences)
    if (known(d).empty() && ++told <= 20) ADD_FAILURE() << material.name << ": " << d.text();
  for (const std::string& v : compared.unlike)
    ADD_FAILURE() << material.name << ": " << v;
  return compared.occurrences;
}

void agree(const Material& material, const std::vector<std::string>& moments) {
  EXPECT_GT(compared_of(material, moments), 0U) << material.name;
}

// The files that docs/language.md writes, under `folder`.
std::map<std::string, std::string> files_of_the_page(const std::string& folder) {
  std::vector<std::string> faults;
  std::map<std::string, std::string> files;
  const auto steps = steps_of(content_of("docs/language.md"), faults);
  for (const auto& [name, text] : steps.back().files)
    files[folder + name] = text;
  return files;
}

struct Example {
  const char* name;
  std::vector<std::string> rules;
  const char* events;
  std::size_t moments;
};

class Examples : public testing::TestWithParam<Example> {};

TEST_P(Examples, AgreeOnEveryOccurrence) {
  const Example& example = GetParam();
  Material material{example.name, {}, content_of(example.events), {}};
  for (const std::string& rules : example.rules)
    material.texts.push_back(text_of(rules));
  agree(material, telling_days(material.records, example.moments));
}

INSTANTIATE_TEST_SUITE_P(Reference, Examples,
                         testing::Values(Example{"norrmalm",
                                                 {"examples/norrmalm/norrmalm.samrad"},
                                                 "examples/norrmalm/history.ndjson",
                                                 25},
                                         Example{"norrmalm_amended",
                                                 {"examples/norrmalm/norrmalm.samrad",
                                                  "examples/norrmalm/norrmalm-2017.samrad"},
                                                 "examples/norrmalm/history.ndjson",
                                                 4},
                                         Example{"personal_data",
                                                 {"examples/personal-data/agreement.samrad"},
                                                 "examples/personal-data/events.ndjson",
                                                 200},
                                         Example{"housing_association",
                                                 {"examples/housing-association/bylaws.samrad"},
                                                 "examples/housing-association/events.ndjson",
                                                 200},
                                         Example{"service",
                                                 {"examples/service/agreement.samrad"},
                                                 "examples/service/events.ndjson",
                                                 200},
                                         Example{"rules_of_procedure",
                                                 {"examples/rules-of-procedure/rules.samrad"},
                                                 "examples/rules-of-procedure/events.ndjson",
                                                 200},
                                         Example{"tutorial",
                                                 {"examples/tutorial/läslyftet.samrad"},
                                                 "examples/tutorial/events.ndjson",
                                                 200}),
                         [](const auto& one) { return one.param.name; });

class Scenarios : public testing::TestWithParam<std::string> {};

TEST_P(Scenarios, AgreeAtEachMoment) {
  const auto files = files_of_the_page("tests/docs/claims/");
  for (const Story& story : stories_of(GetParam(), files))
    agree(story.material, story.moments);
}

std::vector<std::string> scenario_files() {
  std::vector<std::string> paths;
  for (const char* folder : {"examples", "tests/scenarios", "tests/docs/claims"})
    for (const auto& entry : std::filesystem::recursive_directory_iterator(
             std::filesystem::path(SAMRAD_SOURCE_DIR) / folder))
      if (entry.path().extension() == ".scenario")
        paths.push_back(std::filesystem::relative(entry.path(), SAMRAD_SOURCE_DIR).string());
  std::sort(paths.begin(), paths.end());
  return paths;
}

INSTANTIATE_TEST_SUITE_P(Reference, Scenarios, testing::ValuesIn(scenario_files()),
                         [](const auto& one) {
                           std::string name;
                           for (const char c : one.param)
                             if (std::isalnum(static_cast<unsigned char>(c)) != 0) name += c;
                           return name;
                         });

// Every text of the corpus with histories made up for it.
TEST(Reference, AgreesOnTheCorpus) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(
           std::filesystem::path(SAMRAD_SOURCE_DIR) / "tests/corpus/ok"))
    if (entry.path().extension() == ".samrad") paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  std::size_t asked = 0;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    const std::string name = paths[i].filename().string();
    const std::string text = content_of("tests/corpus/ok/" + name);
    const rules::Source source{name, text};
    const rules::Compiled compiled = rules::compile({&source, 1});
    if (!compiled.program || !compiled.program->parameters.empty()) continue;
    // Which of several was the next, where nobody knows, the engine does not try out.
    const bool ordered = std::any_of(compiled.program->rules.begin(), compiled.program->rules.end(),
                                     [](const program::Rule& r) {
                                       return r.within == program::Within::before_next ||
                                              r.within == program::Within::before_next_day;
                                     });
    const std::string records = made_up_history(*compiled.program, i, 30, ordered);
    asked += compared_of({name, {{text}}, records, {}}, telling_days(records, 4));
  }
  EXPECT_GT(asked, 2000U);
}

// docs/language.md §9 and §10: two texts, a correction, a withdrawal, a waiver.
TEST(Reference, AgreesOnTheHistoryOfThePage) {
  const auto files = files_of_the_page("");
  const std::string records = files.at("events.ndjson");
  const Material material{"docs/language.md",
                          {{files.at("stadgar-2016.samrad")}, {files.at("stadgar-2017.samrad")}},
                          records,
                          {}};
  agree(material, telling_days(records, 200));
}

}  // namespace
}  // namespace samrad::tests
