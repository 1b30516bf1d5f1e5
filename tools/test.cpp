// `samrad test`: scenario files, each with the rules and the base history that it names.

#include "rules/compile.h"
#include "rules/diagnostics/near.h"
#include "service/scenario/render.h"
#include "tools/files.h"
#include "tools/inputs.h"
#include "tools/inquiry.h"

#include <algorithm>
#include <filesystem>
#include <map>

namespace samrad::tools {

namespace {

using scenario::Report;

// Directories become the scenario files below them.
std::vector<std::string> spread(const std::vector<std::string>& words) {
  std::vector<std::string> files;
  for (const std::string& word : words) {
    std::error_code error;
    if (!std::filesystem::is_directory(word, error)) {
      files.push_back(word);
      continue;
    }
    std::vector<std::string> found;
    for (std::filesystem::recursive_directory_iterator it(word, error), end; !error && it != end;
         it.increment(error))
      if (it->path().extension() == ".scenario") found.push_back(it->path().string());
    std::sort(found.begin(), found.end());
    files.insert(files.end(), found.begin(), found.end());
  }
  return files;
}

struct Result {
  std::vector<Report> reports;
  scenario::Coverage coverage;
  int status = exit_fine;
};

// Compiled rules by their files: scenarios mostly share them.
class Bench {
 public:
  Bench(Console& console, calendar::Language language) : console_(console), language_(language) {}

  void run(const std::string& path, Result& result) {
    const auto text = read_file(path);
    if (!text) {
      console_.complain(text.error());
      result.status = std::max(result.status, exit_unreadable);
      return;
    }
    scenario::Parsed parsed = scenario::parse(*text);
    if (!parsed.faults.empty()) {
      result.reports.push_back({path, "", std::move(parsed.faults), {}});
      result.status = std::max(result.status, exit_violations);
      return;
    }
    for (const scenario::Scenario& one : parsed.scenarios)
      run(path, one, result);
  }

 private:
  void run(const std::string& path, const scenario::Scenario& one, Result& result) {
    Report report{path, one.title, {}, {}};
    const program::Program* program = rules(path, one);
    const record::Records* records = program == nullptr ? nullptr : history(path, one);
    if (records == nullptr) {
      result.status = std::max(result.status, exit_unreadable);
      return;
    }
    report.outcome = scenario::run(one, *program, *records, path, language_);
    if (report.failures() > 0 || report.faulty())
      result.status = std::max(result.status, exit_violations);
    result.coverage.add(report.outcome.coverage);
    result.reports.push_back(std::move(report));
  }

  static std::vector<std::string> beside_all(const std::string& path,
                                             const std::vector<scenario::File>& files) {
    std::vector<std::string> names;
    for (const scenario::File& file : files)
      names.push_back(beside(path, file.path));
    return names;
  }

  // Null, and told, when they cannot be used.
  const program::Program* rules(const std::string& path, const scenario::Scenario& one) {
    const Inputs inputs = sort_inputs(beside_all(path, one.rules));
    const auto at = programs_.find(inputs.rules);
    if (at != programs_.end()) return at->second ? &*at->second : nullptr;
    if (!inputs.fault.empty()) console_.complain(path + ": " + inputs.fault);
    auto program = inputs.fault.empty() ? compile_or_tell(load(inputs.rules), console_)
                                        : tl::unexpected(Stop{});
    auto& kept = programs_[inputs.rules];
    if (program && !is_template(*program, inputs.rules.front(), console_)) kept = std::move(*program);
    return kept ? &*kept : nullptr;
  }

  const record::Records* history(const std::string& path, const scenario::Scenario& one) {
    const std::vector<std::string> names = beside_all(path, one.history);
    const auto at = histories_.find(names);
    if (at != histories_.end()) return &at->second;
    record::Records records;
    for (const std::string& name : names) {
      const auto text = event_text(name);
      if (!text) {
        console_.complain(path + ": " + text.error());
        return nullptr;
      }
      records.read(*text, name);
    }
    return &(histories_[names] = std::move(records));
  }

  Console& console_;
  calendar::Language language_;
  std::map<std::vector<std::string>, std::optional<program::Program>> programs_;
  std::map<std::vector<std::string>, record::Records> histories_;
};

}  // namespace

int test(const TestArguments& arguments, Console& console) {
  const std::vector<std::string> files = spread(arguments.files);
  if (files.empty()) {
    console.complain("no scenario files (`.scenario`) there");
    return exit_unreadable;
  }
  Result result;
  {
    Progress progress(console);
    Bench bench(console, language_of(arguments.lang));
    for (std::size_t i = 0; i < files.size(); ++i) {
      progress.at("scenario file " + std::to_string(i + 1) + " of " + std::to_string(files.size()));
      bench.run(files[i], result);
    }
  }
  if (result.reports.empty())
    return result.status;  // nothing could be read, and that has been told
  if (arguments.format == "junit")
    console.out(scenario::render_junit(result.reports));
  else
    console.out(scenario::render_text(result.reports, console.out_colour()));
  const std::string table =
      arguments.coverage ? scenario::render_coverage(result.coverage) : std::string();
  if (arguments.format == "junit")
    console.err(table);
  else if (!table.empty())
    console.out("\n" + table);
  return result.status;
}

}  // namespace samrad::tools
