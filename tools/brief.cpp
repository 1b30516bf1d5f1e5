// `samrad brief`: the compliance sheet before a meeting; as of the day before it unless asked
// otherwise.

#include "service/reports/brief.h"

#include "tools/inquiry.h"

namespace samrad::tools {

namespace {

std::string rendered(const reports::Brief& brief, const std::string& format,
                     const reports::TextStyle& style) {
  if (format == "json") return reports::brief_json(brief);
  if (format == "markdown") return reports::brief_markdown(brief, style.language);
  if (format == "html") return reports::brief_html(brief, style.language);
  return reports::brief_text(brief, style);
}

}  // namespace

int brief(const BriefArguments& arguments, Console& console) {
  const auto on = calendar::parse_iso(arguments.on);
  if (!on) {
    console.complain("`" + arguments.on +
                     "` is no date; --on takes the day of the meeting, such as 2017-09-12");
    return exit_usage;
  }
  Question question = arguments.question;
  if (question.as_of.empty()) question.as_of = calendar::iso(*on - 1);
  std::string text;
  {
    Progress progress(console);
    const auto inquiry = inquire(question, console, progress);
    if (!inquiry) return inquiry.error().status;
    auto audit = audit_or_tell(**inquiry, request_of(**inquiry), console);
    if (!audit) return audit.error().status;
    const auto made = reports::brief(std::move(*audit), arguments.meeting, *on);
    if (!made) {
      console.complain(made.error());
      return exit_usage;
    }
    text = rendered(*made, question.format, style_of(console, (*inquiry)->language));
  }
  console.out(text);
  return exit_fine;
}

}  // namespace samrad::tools
