#include "tests/examples/run.h"

#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <fstream>

namespace samrad::tests {
namespace {

// One line of RFC 4180, without line breaks inside quotes.
std::vector<std::string> cells(const std::string& line) {
  std::vector<std::string> out(1);
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quoted && c == '"' && i + 1 < line.size() && line[i + 1] == '"') out.back() += line[++i];
    else if (c == '"') quoted = !quoted;
    else if (c == ',' && !quoted) out.emplace_back();
    else if (c != '\r') out.back() += c;
  }
  return out;
}

}  // namespace

std::string source_path(const std::string& path) { return std::string(SAMRAD_SOURCE_DIR) + "/" + path; }

Ran samrad(const std::string& arguments) {
  const std::string command = std::string("cd '") + SAMRAD_SOURCE_DIR + "' && NO_COLOR=1 '" + SAMRAD_BINARY + "' " + arguments + " 2>/dev/null";
  Ran ran;
  FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) return ran;
  std::array<char, 65536> buffer{};
  for (std::size_t n = 0; (n = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) ran.output.append(buffer.data(), n);
  const int status = ::pclose(pipe);
  ran.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return ran;
}

std::vector<std::string> lines_of(const std::string& path) {
  std::ifstream in(source_path(path));
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::vector<Row> table(const std::string& path) {
  std::vector<Row> rows;
  std::vector<std::string> head;
  for (const std::string& line : lines_of(path)) {
    if (line.empty() || line.front() == '#') continue;
    const std::vector<std::string> values = cells(line);
    if (head.empty()) {
      head = values;
      continue;
    }
    Row row;
    for (std::size_t i = 0; i < head.size() && i < values.size(); ++i) row[head[i]] = values[i];
    rows.push_back(row);
  }
  return rows;
}

nlohmann::json audit(const std::string& arguments) {
  return nlohmann::json::parse(samrad("audit " + arguments + " --format json").output, nullptr, false);
}

}  // namespace samrad::tests
