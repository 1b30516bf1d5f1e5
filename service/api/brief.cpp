// The compliance sheet before a meeting, as `samrad brief` gives it.

#include "service/reports/brief.h"

#include "service/api/questions.h"
#include "service/api/resources.h"

namespace samrad::api {

namespace {

std::string rendered_brief(const reports::Brief& brief, const Call& call) {
  if (call.media == "text/html") return reports::brief_html(brief, call.language);
  if (call.media == "text/markdown") return reports::brief_markdown(brief, call.language);
  if (call.media == "text/plain") return reports::brief_text(brief, style_of(call));
  return reports::brief_json(brief);
}

Answer brief(Service& service, Call& call) {
  const auto opened = open_case(service, call);
  if (!opened) return tl::unexpected(opened.error());
  const registry::Case& the_case = **opened;
  const calendar::Day on = *calendar::parse_iso(*call.one("on"));
  return the_case.ask([&](const record::History& history) -> Answer {
    reports::AuditRequest request = request_of(call, the_case.rules(), history.zone());
    if (!call.one("asOf")) {
      request.as_of = record::asked(on - 1, history.zone());
      call.fresh_until = store::never;
    }
    auto audit = audit_of(history, request);
    if (!audit) return tl::unexpected(audit.error());
    const auto made = reports::brief(std::move(*audit), *call.one("meeting"), on);
    if (!made) return refusal(fault::wrong_question, made.error());
    return rendered(call, rendered_brief(*made, call));
  });
}

}  // namespace

void add_brief(Routes& routes) {
  using Form = Parameter::Form;
  routes.push_back(
      {.method = "GET",
       .path = "/v1/agreements/{agreement}/brief",
       .operation = "briefMeeting",
       .tag = "verdicts",
       .summary = "The compliance sheet before a meeting",
       .description = "What is breached, what falls due before the next meeting, whose turn the "
                      "chair is, which decisions wait, and what holding "
                      "the meeting on that day would settle or break. As of the day before it, "
                      "unless asked otherwise.",
       .cached = true,
       .query = {{"meeting", Form::text, "the forum that meets", false, true},
                 {"on", Form::day, "the day of the meeting", false, true},
                 {"asOf", Form::moment, "as of when; absent: the day before the meeting"},
                 parameter::known_at,
                 parameter::reading,
                 parameter::language,
                 {"format", Form::word, "the form of the answer, in place of `accept`", false,
                  false, "json html markdown text"}},
       .replies =
           {{200,
             "the sheet",
             {{"application/json", "brief"}, {"text/html"}, {"text/markdown"}, {"text/plain"}},
             {"etag"}},
            {304, "as the client has it"}},
       .problems = {fault::wrong_question.name, fault::history_faulty.name},
       .answer = brief});
}

}  // namespace samrad::api
