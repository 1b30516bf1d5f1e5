// Troubles of the rooms below as problem documents, and the pages that explain each kind.

#include "service/api/problems.h"

#include <algorithm>

#include <fmt/format.h>

#include "service/api/call.h"
#include "service/http/refusal.h"
#include "service/reports/markup.h"

namespace samrad::api {

namespace {

using registry::Trouble;

std::vector<ProblemKind> collected() {
  using namespace fault;
  std::vector<ProblemKind> all = {
      no_such_path,      no_such_method,     not_acceptable, wrong_parameters, wrong_header,
      wrong_body,        unknown_media_type, no_agreement,   no_such_thing,    agreement_exists,
      agreement_closed,  wrong_rules,        wrong_events,   event_conflict,   wrong_alerts,
      not_current,       condition_required, not_possible,   wrong_question,   history_faulty,
      batch_too_large,   other_body,         in_progress,    rights_missing,   requests_exceeded,
      store_unavailable, too_busy,           stopping};
  for (const http::RefusalKind& kind : http::refusal::all)
    all.push_back({kind.name, kind.status, kind.title,
                   "The connection's end of the service refuses the request before it is read as "
                   "one of the API."});
  for (const access::FaultRow& row : access::fault_rows())
    if (row.type != rights_missing.name)
      all.push_back({row.type, row.status, row.title,
                     "`authorization` must hold `Bearer` and an API token, or a token of an issuer "
                     "that the service trusts."});
  std::sort(all.begin(), all.end(),
            [](const ProblemKind& a, const ProblemKind& b) { return a.name < b.name; });
  return all;
}

std::string escaped(std::string_view part) {
  std::string out;
  for (const char c : part) {
    if (c == '~')
      out += "~0";
    else if (c == '/')
      out += "~1";
    else
      out += c;
  }
  return out;
}

// `data.chair` as the pointer `/data/chair`.
std::string pointer_to(std::string_view attribute) {
  std::string pointer;
  while (!attribute.empty()) {
    const std::size_t dot = std::min(attribute.find('.'), attribute.size());
    pointer += '/' + escaped(attribute.substr(0, dot));
    attribute.remove_prefix(std::min(dot + 1, attribute.size()));
  }
  return pointer;
}

void place_of(const record::Fault& fault, EventPlace place, http::Fault& out) {
  if (place == EventPlace::batch && fault.line > 0)
    out.pointer = fmt::format("/{}{}", fault.line - 1, pointer_to(fault.attribute));
  else if (place != EventPlace::headers)
    out.pointer = pointer_to(fault.attribute);
  else if (fault.attribute == "datacontenttype")
    out.header = "content-type";
  else if (fault.attribute.starts_with("data."))
    out.pointer = pointer_to(std::string_view(fault.attribute).substr(5));
  else if (!fault.attribute.empty() && fault.attribute != "data")
    out.header = "ce-" + fault.attribute;
}

const ProblemKind& kind_of(Trouble::Kind kind) {
  switch (kind) {
  case Trouble::Kind::no_agreement: return fault::no_agreement;
  case Trouble::Kind::exists: return fault::agreement_exists;
  case Trouble::Kind::closed: return fault::agreement_closed;
  case Trouble::Kind::wrong_rules: return fault::wrong_rules;
  case Trouble::Kind::wrong_events: return fault::wrong_events;
  case Trouble::Kind::not_allowed: return fault::rights_missing;
  case Trouble::Kind::conflict: return fault::event_conflict;
  case Trouble::Kind::not_current: return fault::not_current;
  case Trouble::Kind::wrong_request: return fault::not_possible;
  case Trouble::Kind::store: return fault::store_unavailable;
  case Trouble::Kind::busy: return fault::too_busy;
  case Trouble::Kind::stopping: return fault::stopping;
  }
  return fault::not_possible;
}

std::string page_of(const ProblemKind& kind) {
  return fmt::format(
      "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>{0}</title>\n"
      "<h1>{0}</h1>\n<p>{1}</p>\n<p>Status {2}, type <code>/problems/{3}</code>.</p>\n</html>\n",
      reports::xml_text(kind.title), reports::xml_text(kind.meaning), kind.status, kind.name);
}

std::string json_of(const ProblemKind& kind) {
  return fmt::format("{{\"type\":\"/problems/{}\",\"title\":{},\"status\":{},\"meaning\":{}}}",
                     kind.name, http::json_quoted(kind.title), kind.status,
                     http::json_quoted(kind.meaning));
}

Answer one_kind(Service&, Call& call) {
  const ProblemKind* kind = problem_named(call.parts[0]);
  if (!kind)
    return refusal(
        fault::no_such_thing,
        fmt::format("no kind of problem is called `{}`; `/problems` lists them", call.parts[0]));
  http::Response response;
  response.fields.add("content-type", std::string(call.media));
  response.body = call.media == "text/html" ? page_of(*kind) : json_of(*kind) + '\n';
  return response;
}

Answer list_kinds(Service&, Call&) {
  http::Response response;
  response.fields.add("content-type", "application/json");
  for (const ProblemKind& kind : all_problems())
    response.body += (response.body.empty() ? "{\"problems\":[\n" : ",\n") + json_of(kind);
  response.body += "\n]}\n";
  return response;
}

}  // namespace

const std::vector<ProblemKind>& all_problems() {
  static const std::vector<ProblemKind> all = collected();
  return all;
}

const ProblemKind* problem_named(std::string_view name) {
  for (const ProblemKind& kind : all_problems())
    if (kind.name == name) return &kind;
  return nullptr;
}

http::Problem problem(const ProblemKind& kind, std::string detail,
                      std::vector<http::Fault> errors) {
  return {std::string(kind.name), std::string(kind.title), kind.status,
          std::move(detail),      std::move(errors),       {}};
}

http::Response response_to(const http::Problem& problem) {
  http::Response response = http::response_of(problem);
  if (problem.status == 503) response.fields.set("retry-after", "1");
  return response;
}

http::Response response_to(const access::Refusal& refused) {
  http::Response response = response_to(http::Problem{std::string(refused.type),
                                                      std::string(refused.title),
                                                      refused.status,
                                                      refused.detail,
                                                      {},
                                                      {}});
  if (!refused.www_authenticate.empty())
    response.fields.add("www-authenticate", refused.www_authenticate);
  if (refused.retry_after_seconds > 0)
    response.fields.set("retry-after", std::to_string(refused.retry_after_seconds));
  return response;
}

http::Response response_to(Answer answer) {
  return answer ? std::move(*answer) : response_to(answer.error());
}

std::vector<http::Fault> faults_of(const record::Faults& faults, EventPlace place) {
  std::vector<http::Fault> all;
  for (const record::Fault& one : faults.list()) {
    if (one.level != record::Level::error) continue;
    http::Fault told{.message = one.message, .help = one.help};
    place_of(one, place, told);
    all.push_back(std::move(told));
  }
  if (faults.not_listed() > 0)
    all.push_back({.message = fmt::format("and {} more", faults.not_listed())});
  return all;
}

http::Problem problem_of(const Trouble& trouble, EventPlace place) {
  http::Problem made =
      problem(kind_of(trouble.kind), trouble.message, faults_of(trouble.events, place));
  for (const record::Fault& one : trouble.rules.parameters.list())
    made.errors.push_back({.pointer = "/parameters" + pointer_to(one.attribute),
                           .message = one.message,
                           .help = one.help});
  if (!trouble.rules.rendered.empty()) made.members.emplace_back("check", trouble.rules.rendered);
  if (trouble.current) made.members.emplace_back("current", std::to_string(*trouble.current));
  return made;
}

http::Problem problem_of(const store::Failure& failure) {
  return problem(fault::store_unavailable, failure.message);
}

void add_problem_pages(Routes& routes) {
  routes.push_back(
      {.method = "GET",
       .path = "/problems",
       .operation = "listProblems",
       .tag = "service",
       .summary = "Every kind of problem that answers can tell",
       .door = Door::open,
       .work = Work::here,
       .replies = {{200, "all kinds, by name", {{"application/json", "api#problemKinds"}}}},
       .answer = list_kinds});
  routes.push_back(
      {.method = "GET",
       .path = "/problems/{name}",
       .operation = "explainProblem",
       .tag = "service",
       .summary = "What a kind of problem means and what to do",
       .door = Door::open,
       .work = Work::here,
       .replies = {{200, "one kind", {{"text/html"}, {"application/json", "api#problemKind"}}}},
       .problems = {fault::no_such_thing.name},
       .answer = one_kind});
}

}  // namespace samrad::api
