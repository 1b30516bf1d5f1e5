// The generated tests for as long as one likes: tests/fuzz/long calls it.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "tests/generated/probes.h"
#include "tests/generated/properties.h"
#include "tests/generated/run.h"

namespace {

using namespace samrad::generated;

int usage() {
  std::cerr << "usage: samrad_generated [--seed N] [--agreements N | --minutes N] [--histories N] "
               "[--property NAME]… [--failures N]\n"
               "                        [--out FOLDER] [--verbose]\n"
               "       samrad_generated --case FILE\n";
  return 2;
}

int replay(const std::string& path) {
  std::ifstream in(path);
  std::ostringstream text;
  text << in.rdbuf();
  const CaseFile file = read_case(text.str());
  const Prepared prepared(file.it);
  if (!prepared.audit) {
    std::cout << prepared.unfit << '\n';
    return 2;
  }
  int status = 0;
  for (const Property& p : properties()) {
    if (!file.property.empty() && p.name != file.property) continue;
    const std::string fault = fault_of(p, prepared);
    if (!fault.empty()) std::cout << p.name << ": " << fault << '\n', status = 1;
  }
  return status;
}

void show(const Report& report, bool verbose) {
  std::cout << report.agreements << " agreements, " << report.refused << " refused, "
            << report.unreadable << " histories unreadable, " << report.cases()
            << " cases; next seed " << report.next_seed << '\n';
  if (!verbose) return;
  for (const auto& [name, n] : report.asked)
    std::cout << "  " << name << ' ' << n << '\n';
  for (const auto& [what, n] : report.refusals)
    std::cout << "  refused " << n << ": " << what << '\n';
  for (const auto& [probe, n] : reached())
    std::cout << "  probe " << n << ' ' << probe << '\n';
}

}  // namespace

int main(int argc, char** argv) {
  Plan plan;
  bool verbose = false;
  std::string out;
  for (int i = 1; i < argc; ++i) {
    const std::string option = argv[i];
    if (option == "--verbose") {
      verbose = true;
      continue;
    }
    if (++i == argc) return usage();
    const std::string value = argv[i];
    if (option == "--seed")
      plan.seed = std::stoull(value);
    else if (option == "--agreements")
      plan.agreements = std::stoi(value);
    else if (option == "--minutes")
      plan.seconds = 60 * std::stod(value);
    else if (option == "--histories")
      plan.histories = std::stoi(value);
    else if (option == "--failures")
      plan.failures_max = std::stoi(value);
    else if (option == "--property")
      plan.only.push_back(value);
    else if (option == "--out")
      out = value;
    else if (option == "--case")
      return replay(value);
    else
      return usage();
  }
  for (const std::string& name : plan.only)
    if (property(name) == nullptr) return usage();
  std::cout << "seed " << plan.seed << std::endl;
  const Report report = run(plan);
  for (const Failure& failure : report.failures) {
    std::cout << text_of(failure) << '\n';
    if (out.empty()) continue;
    std::filesystem::create_directories(out);
    const std::string path =
        out + "/" + failure.small.property + "-" + std::to_string(failure.seed) + ".case";
    std::ofstream(path) << written(failure.small);
    std::cout << "written to " << path << '\n';
  }
  show(report, verbose);
  return report.failures.empty() ? 0 : 1;
}
