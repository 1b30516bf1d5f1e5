// Verdicts: all of an agreement, or one with its explanation. The same bytes as `samrad audit` and `samrad explain` give.

#include <algorithm>

#include <fmt/format.h>

#include "rules/diagnostics/near.h"
#include "service/api/cursor.h"
#include "service/api/limits.h"
#include "service/api/questions.h"
#include "service/api/resources.h"
#include "service/reports/render.h"

namespace samrad::api {

namespace {

using reports::AuditResult;
using reports::Occurrence;

std::string rendered_audit(const AuditResult& result, const Call& call) {
  if (call.media == "text/csv") return reports::audit_csv(result, call.language);
  if (call.media == "text/markdown") return reports::audit_markdown(result, call.language);
  if (call.media == "application/x-ndjson") return reports::audit_ndjson(result);
  if (call.media == "application/xml") return reports::audit_junit(result, call.language);
  if (call.media == "text/plain") return reports::audit_text(result, style_of(call));
  return reports::audit_json(result);
}

void keep_owned(AuditResult& result, const std::vector<std::string>& owners) {
  if (owners.empty()) return;
  std::erase_if(result.listed, [&](const Occurrence* one) {
    return !owned_by(result.program(), result.rule(*one), owners);
  });
  result.summary = {};
  for (const Occurrence* one : result.listed)
    ++result.summary[static_cast<std::size_t>(one->finding.status)];
}

std::vector<std::string> place_of(const Occurrence& one) {
  return {calendar::iso(one.finding.due), one.id};
}

// Keeps the rows of the page; gives the cursor of the next one, or nothing where this is the last. The summary still counts all.
std::string keep_page(AuditResult& result, const Call& call) {
  if (!call.one("limit") && !call.one("cursor")) return {};
  auto& rows = result.listed;
  if (const auto cursor = call.one("cursor"))
    if (const auto place = parse_cursor(*cursor); place && place->size() == 2)
      std::erase_if(rows, [&](const Occurrence* one) { return place_of(*one) <= *place; });
  if (rows.size() <= call.limit()) return {};
  rows.resize(call.limit());
  return cursor_of(place_of(*rows.back()));
}

// The text of the report is stable; `next` is one more member at its end.
void add_next(std::string& json, const std::string& cursor) {
  json.resize(json.rfind('\n', json.size() - 2));
  json += fmt::format(",\n  \"next\": \"{}\"\n}}\n", cursor);
}

Answer list(Service& service, Call& call) {
  const auto opened = open_case(service, call);
  if (!opened) return tl::unexpected(opened.error());
  const registry::Case& the_case = **opened;
  return the_case.ask([&](const record::History& history) -> Answer {
    const auto owners = call.all("owner");
    if (auto wrong = unknown_owner(the_case.rules().whole, owners))
      return tl::unexpected(std::move(*wrong));
    auto result = audit_of(history, request_of(call, the_case.rules(), history.zone()));
    if (!result) return tl::unexpected(result.error());
    keep_owned(*result, owners);
    const std::string next = keep_page(*result, call);
    http::Response response = rendered(call, rendered_audit(*result, call));
    if (next.empty()) return response;
    if (call.media == "application/json") add_next(response.body, next);
    response.fields.add("link", next_link(call, next));
    return response;
  });
}

http::Problem no_occurrence(const std::string& id, const AuditResult& result) {
  std::vector<std::string_view> ids;
  for (const Occurrence& one : result.book().occurrences)
    ids.push_back(one.id);
  const std::string near = rules::did_you_mean(id, ids);
  return problem(fault::no_such_thing,
                 fmt::format("no occurrence `{}`{}{}", id, near.empty() ? "" : "; ", near));
}

Answer explain(Service& service, Call& call) {
  const auto opened = open_case(service, call);
  if (!opened) return tl::unexpected(opened.error());
  const registry::Case& the_case = **opened;
  return the_case.ask([&](const record::History& history) -> Answer {
    const auto result = audit_of(history, request_of(call, the_case.rules(), history.zone()));
    if (!result) return tl::unexpected(result.error());
    const Occurrence* found = result->find(call.parts[1]);
    if (!found) return tl::unexpected(no_occurrence(call.parts[1], *result));
    return rendered(call, call.media == "text/plain"
                              ? reports::explain_text(*result, *found, style_of(call))
                              : reports::explain_json(*result, *found));
  });
}

}  // namespace

void add_occurrences(Routes& routes) {
  using namespace parameter;
  routes.push_back(
      {.method = "GET",
       .path = "/v1/agreements/{agreement}/occurrences",
       .operation = "listOccurrences",
       .tag = "verdicts",
       .summary = "Every occurrence with its verdict",
       .description = "The audit as `samrad audit` gives it, by due day and id. With `limit` or "
                      "`cursor` it comes in pages: `next` and the "
                      "field `link` lead on, and `summary` counts all pages.",
       .cached = true,
       .query = {as_of,
                 known_at,
                 status,
                 clause,
                 owner,
                 reading,
                 limit,
                 cursor,
                 language,
                 {"format", Parameter::Form::word, "the form of the answer, in place of `accept`",
                  false, false, "json ndjson csv markdown text junit"}},
       .replies = {{200,
                    "the audit",
                    {{"application/json", "audit"},
                     {"application/x-ndjson"},
                     {"text/csv"},
                     {"text/markdown"},
                     {"text/plain"},
                     {"application/xml"}},
                    {"etag", "link"}},
                   {304, "as the client has it"}},
       .problems = {fault::wrong_question.name, fault::history_faulty.name},
       .answer = list});
  routes.push_back(
      {.method = "GET",
       .path = "/v1/agreements/{agreement}/occurrences/{occurrence...}",
       .operation = "explainOccurrence",
       .tag = "verdicts",
       .summary = "One occurrence and every reason for its verdict",
       .description =
           "The id of an occurrence is all that is left of the path, such as `moten/2017-H1`.",
       .cached = true,
       .query = {as_of,
                 known_at,
                 reading,
                 language,
                 {"format", Parameter::Form::word, "the form of the answer, in place of `accept`",
                  false, false, "json text"}},
       .replies =
           {{200, "the occurrence", {{"application/json", "occurrence"}, {"text/plain"}}, {"etag"}},
            {304, "as the client has it"}},
       .problems = {fault::wrong_question.name, fault::history_faulty.name,
                    fault::no_such_thing.name},
       .answer = explain});
}

}  // namespace samrad::api
