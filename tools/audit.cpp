// `samrad audit`: every occurrence with its verdict. Status 1 when any listed one is a violation.

#include "rules/diagnostics/near.h"
#include "service/scenario/scenario.h"
#include "tools/inquiry.h"

namespace samrad::tools {

namespace {

std::string rendered(const reports::AuditResult& result, const std::string& format,
                     const reports::TextStyle& style) {
  if (format == "json") return reports::audit_json(result);
  if (format == "ndjson") return reports::audit_ndjson(result);
  if (format == "markdown") return reports::audit_markdown(result, style.language);
  if (format == "csv") return reports::audit_csv(result, style.language);
  if (format == "junit") return reports::audit_junit(result, style.language);
  return reports::audit_text(result, style);
}

// False, and told, when a word is no status.
bool statuses(const std::vector<std::string>& words, std::vector<reports::Status>& out,
              Console& console) {
  static const std::vector<std::string> names = {"upcoming", "open",   "met",
                                                 "met-late", "missed", "broken",
                                                 "waived",   "lapsed", "cannot-assess"};
  for (const std::string& word : words) {
    const auto status = scenario::status_of(word);
    if (!status) {
      const std::string near = rules::did_you_mean(word, names);
      console.complain(
          "no status `" + word + "`; " +
          (near.empty()
               ? "upcoming, open, met, met-late, missed, broken, waived, lapsed or cannot-assess"
               : near));
      return false;
    }
    out.push_back(*status);
  }
  return true;
}

}  // namespace

int audit(const AuditArguments& arguments, Console& console) {
  if (!arguments.instances.empty()) return audit_fleet(arguments, console);
  if (!arguments.violations.empty()) {
    console.complain("`--violations` goes with `--instances`");
    return exit_usage;
  }
  if (!arguments.all_readings.empty()) return audit_all_readings(arguments, console);
  std::vector<reports::Status> wanted;
  if (!statuses(arguments.statuses, wanted, console)) return exit_usage;
  std::string text;
  int status = exit_fine;
  {
    Progress progress(console);
    const auto inquiry = inquire(arguments.question, console, progress);
    if (!inquiry) return inquiry.error().status;
    reports::AuditRequest request = request_of(**inquiry);
    request.clauses = arguments.clauses;
    request.statuses = wanted;
    const auto result = audit_or_tell(**inquiry, request, console);
    if (!result) return result.error().status;
    text = rendered(*result, arguments.question.format, style_of(console, (*inquiry)->language));
    status = reports::violations(*result) > 0 ? exit_violations : exit_fine;
  }
  if (!arguments.quiet) console.out(text);
  return status;
}

}  // namespace samrad::tools
