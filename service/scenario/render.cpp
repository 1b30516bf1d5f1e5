// Text and JUnit say the same; only failures are worth lines of their own.

#include "service/scenario/render.h"

#include <algorithm>

#include "service/reports/markup.h"

namespace samrad::scenario {

namespace {

std::string name_of(const Report& report) {
  return report.title.empty() ? report.path : report.path + ": " + report.title;
}

std::string fault_text(const std::string& path, const Fault& fault) {
  std::string text = path + ":" + std::to_string(fault.line);
  if (fault.column > 0) text += ":" + std::to_string(fault.column);
  text += ": error: " + fault.message + "\n";
  if (!fault.help.empty()) text += "  help: " + fault.help + "\n";
  return text;
}

std::string failure_text(const Report& report, const Result& result) {
  std::string text =
      report.path + ":" + std::to_string(result.line) + ": " + result.statement + "\n";
  text += "  on        " + result.on + "\n";
  text += "  expected  " + result.expected + "\n";
  text += "  found     " + result.found + "\n";
  if (!result.explanation.empty()) text += "  why       " + result.explanation + "\n";
  return text;
}

std::string plural(std::size_t n, const std::string& what) {
  return std::to_string(n) + " " + what + (n == 1 ? "" : "s");
}

std::string faults_text(const Report& report) {
  std::string text;
  for (const Fault& fault : report.faults)
    text += fault_text(report.path, fault);
  for (const Fault& fault : report.outcome.faults)
    text += fault_text(report.path, fault);
  return text + record::text_of(report.outcome.event_faults);
}

}  // namespace

std::size_t Report::failures() const {
  return static_cast<std::size_t>(std::count_if(outcome.results.begin(), outcome.results.end(),
                                                [](const Result& r) { return !r.passed; }));
}

std::string render_text(const std::vector<Report>& reports, bool colour) {
  const std::string red = colour ? "\033[31m" : "", green = colour ? "\033[32m" : "",
                    plain = colour ? "\033[0m" : "";
  std::string text;
  std::size_t held = 0, failed = 0, faulty = 0;
  for (const Report& report : reports) {
    const std::size_t failures = report.failures();
    held += report.outcome.results.size() - failures;
    failed += failures;
    faulty += report.faulty() ? 1 : 0;
    const bool good = failures == 0 && !report.faulty();
    text += (good ? green + "ok    " : red + "FAIL  ") + plain + name_of(report) + " (" +
            plural(report.outcome.results.size(), "expectation") + ")\n";
    text += faults_text(report);
    for (const Result& result : report.outcome.results)
      if (!result.passed) text += failure_text(report, result);
  }
  text += plural(reports.size(), "scenario") + ", " + plural(held + failed, "expectation") + ": " +
          std::to_string(held) + " hold, " + std::to_string(failed) + " do not" +
          (faulty == 0 ? "" : ", " + std::to_string(faulty) + " cannot be run as written") + "\n";
  return text;
}

std::string render_junit(const std::vector<Report>& reports) {
  std::string suites;
  std::size_t tests = 0, failed = 0, errors = 0;
  for (const Report& report : reports) {
    const std::string suite = reports::xml_text(name_of(report));
    std::string cases;
    for (const Result& result : report.outcome.results) {
      cases += "    <testcase classname=\"" + suite + "\" name=\"" +
               reports::xml_text(result.statement) + "\" file=\"" + reports::xml_text(report.path) +
               "\" line=\"" + std::to_string(result.line) + "\"";
      if (result.passed)
        cases += "/>\n";
      else
        cases += ">\n      <failure message=\"" +
                 reports::xml_text("expected " + result.expected + ", found " + result.found) +
                 "\">" + reports::xml_text(result.explanation) + "</failure>\n    </testcase>\n";
    }
    const std::string fault = faults_text(report);
    const std::size_t error = report.faulty() ? 1 : 0;
    if (error == 1)
      cases += "    <testcase classname=\"" + suite +
               "\" name=\"the scenario\">\n      <error message=\"" + reports::xml_text(fault) +
               "\"/>\n    </testcase>\n";
    const std::size_t count = report.outcome.results.size() + error;
    suites += "  <testsuite name=\"" + suite + "\" tests=\"" + std::to_string(count) +
              "\" failures=\"" + std::to_string(report.failures()) + "\" errors=\"" +
              std::to_string(error) + "\">\n" + cases + "  </testsuite>\n";
    tests += count;
    failed += report.failures();
    errors += error;
  }
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"samrad test\" tests=\"" +
         std::to_string(tests) + "\" failures=\"" + std::to_string(failed) + "\" errors=\"" +
         std::to_string(errors) + "\">\n" + suites + "</testsuites>\n";
}

std::string render_coverage(const Coverage& coverage) {
  static constexpr std::array<std::string_view, 9> heads = {"upcoming", "open",   "met",
                                                            "met late", "missed", "broken",
                                                            "waived",   "lapsed", "cannot assess"};
  const auto letters = [](std::string_view text) {  // characters, not bytes
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
  };
  std::size_t width = 6;
  for (const std::string& clause : coverage.clauses)
    width = std::max(width, letters(clause));
  std::string text = "clause" + std::string(width - 6, ' ');
  for (std::string_view head : heads)
    (text += "  ") += head;
  text += '\n';
  std::size_t expected = 0, reached = 0, bare = 0;
  for (const std::string& clause : coverage.clauses) {
    text += clause + std::string(width - letters(clause), ' ');
    std::string line;
    bool any = false;
    for (std::size_t i = 0; i < heads.size(); ++i) {
      const Reach reach = coverage.reached.at(clause)[i];
      expected += reach == Reach::expected ? 1 : 0;
      reached += reach != Reach::never ? 1 : 0;
      any = any || reach == Reach::expected;
      const std::size_t left = 2 + heads[i].size() / 2;
      line += std::string(left, ' ') +
              (reach == Reach::expected  ? "x"
               : reach == Reach::reached ? "·"
                                         : " ") +
              std::string(heads[i].size() - heads[i].size() / 2 - 1, ' ');
    }
    bare += any ? 0 : 1;
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + '\n';
  }
  text += plural(coverage.clauses.size(), "clause") + ": " + std::to_string(reached) +
          " verdicts reached, " + std::to_string(expected) + " expected by name; " +
          plural(bare, "clause") + (bare == 1 ? " has" : " have") +
          " no verdict that is expected by name\n";
  return text;
}

}  // namespace samrad::scenario
