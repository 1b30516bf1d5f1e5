// `samrad explain`: one occurrence and every reason for its verdict.

#include "engine/explain.h"
#include "rules/diagnostics/near.h"
#include "service/reports/sentences.h"
#include "tools/inquiry.h"

namespace samrad::tools {

namespace {

std::string markdown(const reports::AuditResult& result, const reports::Occurrence& occurrence,
                     calendar::Language language) {
  const engine::Reason root = engine::explain(result.ground(), occurrence);
  const record::Zone& zone = result.history->zone();
  std::string text = "# " + occurrence.id + "\n\n" +
                     reports::paragraph(result.ground(), root, zone, language) + "\n\n";
  for (const reports::Line& line : reports::lines(result.ground(), root, zone, language))
    text += std::string(static_cast<std::size_t>(line.depth) * 2, ' ') + "- " + line.text + "\n";
  return text;
}

int unknown(const std::string& id, const reports::AuditResult& result, Console& console) {
  std::vector<std::string_view> ids;
  for (const reports::Occurrence& one : result.book().occurrences)
    ids.push_back(one.id);
  const std::string near = rules::did_you_mean(id, ids);
  console.complain("no occurrence `" + id + "`" +
                   (near.empty() ? "; `samrad audit` lists them" : "; " + near));
  return exit_usage;
}

}  // namespace

int explain(const ExplainArguments& arguments, Console& console) {
  Question question = arguments.question;
  if (question.inputs.size() < 2) {
    console.complain("the last word is the occurrence to explain, such as moten/2017-H1");
    return exit_usage;
  }
  const std::string id = question.inputs.back();
  question.inputs.pop_back();
  std::string text;
  {
    Progress progress(console);
    const auto inquiry = inquire(question, console, progress);
    if (!inquiry) return inquiry.error().status;
    const auto result = audit_or_tell(**inquiry, request_of(**inquiry), console);
    if (!result) return result.error().status;
    const reports::Occurrence* found = result->find(id);
    if (found == nullptr) return unknown(id, *result, console);
    if (question.format == "json")
      text = reports::explain_json(*result, *found);
    else if (question.format == "markdown")
      text = markdown(*result, *found, (*inquiry)->language);
    else
      text = reports::explain_text(*result, *found, style_of(console, (*inquiry)->language));
  }
  console.out(text);
  return exit_fine;
}

}  // namespace samrad::tools
