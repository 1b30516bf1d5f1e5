// Aim: what the fuzz targets have met and what they have found stays mended, in every build and without libFuzzer. Encoded programs are made
// anew from texts, since their format changes with the language.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "rules/compile.h"
#include "tests/fuzz/target.h"

namespace samrad::fuzz {
namespace {

struct Replayed {
  const char* name;  // of the folder in corpus/
  void (*target)(std::string_view);
};

std::vector<std::filesystem::path> files_of(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(SAMRAD_SOURCE_DIR) / folder))
    files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  EXPECT_FALSE(files.empty()) << folder;
  return files;
}

std::string bytes_in(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  EXPECT_TRUE(stream) << file;
  return {std::istreambuf_iterator<char>(stream), {}};
}

void holds(void (*target)(std::string_view), std::string_view bytes) {
  try {
    target(bytes);
  } catch (const Broken& broken) {
    ADD_FAILURE() << broken.what();
  }
}

class Replay : public testing::TestWithParam<Replayed> {};

TEST_P(Replay, every_file_of_the_corpus) {
  for (const std::filesystem::path& file : files_of(std::filesystem::path("tests/fuzz/corpus") / GetParam().name)) {
    SCOPED_TRACE(file.string());
    holds(GetParam().target, bytes_in(file));
  }
}

// Each program as it is, and with one byte in twenty places changed.
TEST(ReplayPrograms, of_every_right_text) {
  for (const std::filesystem::path& file : files_of("tests/corpus/ok")) {
    if (file.extension() != ".samrad") continue;
    SCOPED_TRACE(file.string());
    const std::string text = bytes_in(file);
    const samrad::rules::Source source{"fuzz.samrad", text};
    const samrad::rules::Compiled compiled = samrad::rules::compile({&source, 1});
    if (!compiled.program) continue;
    const std::vector<std::uint8_t> encoded = program::encode(*compiled.program);
    std::string bytes(encoded.begin(), encoded.end());
    holds(program, bytes);
    for (std::size_t at = 0; at < bytes.size(); at += 1 + bytes.size() / 20) {
      const char before = bytes[at];
      bytes[at] = static_cast<char>(before + 1);
      holds(program, bytes);
      bytes[at] = before;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Fuzz, Replay,
                         testing::Values(Replayed{"rules", rules}, Replayed{"program", program}, Replayed{"events", events},
                                         Replayed{"quick", quick}, Replayed{"log", log}, Replayed{"lines", lines}, Replayed{"csv", csv}, Replayed{"instances", instances},
                                         Replayed{"scenario", scenario}, Replayed{"state", state}, Replayed{"packed", packed}),
                         [](const auto& one) { return std::string(one.param.name); });

}  // namespace
}  // namespace samrad::fuzz
