#include "tests/service/golden.h"

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>

namespace samrad::tests {

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

bool matches_golden(std::string_view name, const std::string& actual) {
  const std::string path =
      std::string(SAMRAD_SOURCE_DIR) + "/tests/service/golden/" + std::string(name);
  if (const char* mode = std::getenv("SAMRAD_GOLDEN"); mode && std::string_view(mode) == "update") {
    std::ofstream(path, std::ios::binary) << actual;
    return true;
  }
  const std::string expected = read_file(path);
  if (expected == actual) return true;
  std::size_t at = 0;
  std::size_t line = 1;
  for (; at < expected.size() && at < actual.size() && expected[at] == actual[at]; ++at)
    line += expected[at] == '\n' ? 1 : 0;
  const auto around = [&](const std::string& text) {
    const std::size_t begin = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;
    return text.substr(std::min(begin, text.size()), 300);
  };
  std::cerr << path << ":" << line << ": differs\nexpected: " << around(expected)
            << "\nactual:   " << around(actual) << "\n";
  return false;
}

}  // namespace samrad::tests
