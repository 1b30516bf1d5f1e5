// `samrad diff`: what two moments say differently about one history.

#include "service/reports/difference.h"
#include "tools/inquiry.h"

namespace samrad::tools {

namespace {

// The second moment: what is not said is as of the first, with all that is on record.
tl::expected<reports::AuditRequest, Stop> later(const DiffArguments& arguments,
                                                const Inquiry& inquiry, Console& console) {
  reports::AuditRequest request = request_of(inquiry);
  request.known_at.reset();
  if (!arguments.to_as_of.empty()) {
    const auto as_of = moment(arguments.to_as_of, "--to-as-of", inquiry.zone(), console);
    if (!as_of) return tl::unexpected(as_of.error());
    request.as_of = *as_of;
  }
  if (!arguments.to_known_at.empty()) {
    const auto known_at = moment(arguments.to_known_at, "--to-known-at", inquiry.zone(), console);
    if (!known_at) return tl::unexpected(known_at.error());
    request.known_at = *known_at;
  }
  return request;
}

}  // namespace

int diff(const DiffArguments& arguments, Console& console) {
  std::string text;
  {
    Progress progress(console);
    const auto inquiry = inquire(arguments.question, console, progress);
    if (!inquiry) return inquiry.error().status;
    const auto request = later(arguments, **inquiry, console);
    if (!request) return request.error().status;
    auto before = audit_or_tell(**inquiry, request_of(**inquiry), console);
    if (!before) return before.error().status;
    auto after = audit_or_tell(**inquiry, *request, console);
    if (!after) return after.error().status;
    const reports::Difference difference =
        reports::difference(std::move(*before), std::move(*after));
    text = arguments.question.format == "json"
               ? reports::difference_json(difference)
               : reports::difference_text(difference, style_of(console, (*inquiry)->language));
  }
  console.out(text);
  return exit_fine;
}

}  // namespace samrad::tools
