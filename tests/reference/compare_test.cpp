// The engine's book against the reference's: the examples with their histories, every scenario, and the pages that tell a history.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "tests/docs/page.h"
#include "tests/reference/compare.h"
#include "tests/reference/known_differences.h"
#include "tests/reference/stories.h"

namespace samrad::tests {
namespace {

void agree(const Material& material, const std::vector<std::string>& moments) {
  ASSERT_FALSE(moments.empty()) << material.name;
  const Compared compared = compare(material, moments);
  EXPECT_GT(compared.occurrences, 0U) << material.name;
  std::size_t told = 0;
  for (const Difference& d : compared.differences)
    if (known(d).empty() && ++told <= 20) ADD_FAILURE() << material.name << ": " << d.text();
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
