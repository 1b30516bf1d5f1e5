// `samrad readings`, a clause with several readings judged by each of them, side by side; and `samrad audit --readings all`, which shows
// only where they differ and what that decides.

#include "service/reports/readings.h"
#include "tools/inquiry.h"

namespace samrad::tools {

namespace {

// The comparison, or its refusal told.
tl::expected<reports::ReadingsResult, Stop> judge_or_tell(const Inquiry& inquiry,
                                                          const std::vector<std::string>& clauses,
                                                          bool together, Console& console) {
  reports::ReadingsRequest request{request_of(inquiry), together};
  request.audit.clauses = clauses;
  auto result = reports::judge_readings(*inquiry.history, request);
  if (result) {
    console.err(record::text_of(result->warnings));
    return std::move(*result);
  }
  if (result.error().usage)
    console.complain(result.error().message);
  else
    console.err(record::text_of(result.error().faults));
  return tl::unexpected(Stop{result.error().usage ? exit_usage : exit_unreadable});
}

std::string rendered(const reports::ReadingsResult& result, const std::string& format,
                     calendar::Language language) {
  if (format == "json") return reports::readings_json(result);
  if (format == "markdown") return reports::readings_markdown(result, language);
  if (format == "csv") return reports::readings_csv(result, language);
  return reports::readings_text(result, language);
}

}  // namespace

int readings(const ReadingsArguments& arguments, Console& console) {
  std::string text;
  {
    Progress progress(console);
    const auto inquiry = inquire(arguments.question, console, progress);
    if (!inquiry) return inquiry.error().status;
    const auto result = judge_or_tell(**inquiry, arguments.clauses, false, console);
    if (!result) return result.error().status;
    text = arguments.question.format == "json"
               ? reports::side_by_side_json(*result)
               : reports::side_by_side_text(*result, (*inquiry)->language);
  }
  console.out(text);
  return exit_fine;
}

int audit_all_readings(const AuditArguments& arguments, Console& console) {
  const std::string& format = arguments.question.format;
  if (!arguments.statuses.empty() || format == "ndjson" || format == "junit") {
    console.complain(
        arguments.statuses.empty()
            ? "`--readings all` has no format " + format + "; it has text, json, markdown and csv"
            : "`--status` does not go with `--readings all`, which shows what differs");
    return exit_usage;
  }
  std::string text;
  int status = exit_fine;
  {
    Progress progress(console);
    const auto inquiry = inquire(arguments.question, console, progress);
    if (!inquiry) return inquiry.error().status;
    progress.at("judging by all readings");
    const auto result = judge_or_tell(**inquiry, arguments.clauses, true, console);
    if (!result) return result.error().status;
    text = rendered(*result, format, (*inquiry)->language);
    status = result->violations > 0 ? exit_violations : exit_fine;
  }
  console.out(text);
  return status;
}

}  // namespace samrad::tools
