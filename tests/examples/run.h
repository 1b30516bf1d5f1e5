// Runs the binary as a user would and reads tables and answers.
#pragma once

#include <map>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace samrad::tests {

struct Ran {
  int status = -1;
  std::string output;  // standard output
};

// Runs `samrad ARGUMENTS` in the source root; `arguments` are given to a shell.
Ran samrad(const std::string& arguments);

// The rows of a CSV file of the source root by column name; lines that begin with `#` are left out.
using Row = std::map<std::string, std::string>;
std::vector<Row> table(const std::string& path);

// `samrad audit ARGUMENTS --format json`, read.
nlohmann::json audit(const std::string& arguments);

// The lines of a file of the source root.
std::vector<std::string> lines_of(const std::string& path);

std::string source_path(const std::string& path);

}  // namespace samrad::tests
