// Agreements: listed, made, read and closed.

#include <fmt/format.h>

#include "service/api/agreement_json.h"
#include "service/api/cursor.h"
#include "service/api/entity_tag.h"
#include "service/api/limits.h"
#include "service/api/questions.h"
#include "service/api/resources.h"
#include "service/api/rule_body.h"
#include "service/record/json.h"

namespace samrad::api {

namespace {

using access::Right;

Answer list(Service& service, Call& call) {
  std::string after;
  if (const auto cursor = call.one("cursor"))
    if (const auto place = parse_cursor(*cursor)) after = place->front();
  const auto may = [&](std::string_view id) {
    return access::may(call.principal, Right::read, id);
  };
  const auto ids = service.rooms.registry.directory().ids(after, call.limit() + 1, may);
  const auto reader = reader_of(service);
  if (!reader) return tl::unexpected(reader.error());
  Json json = {{"agreements", Json::array()}, {"next", nullptr}};
  for (std::size_t i = 0; i < ids.size() && i < call.limit(); ++i) {
    const auto agreement = agreement_of(**reader, ids[i]);
    if (!agreement) return tl::unexpected(agreement.error());
    json["agreements"].push_back(brief_json_of(*agreement));
  }
  if (ids.size() > call.limit()) json["next"] = cursor_of({ids[call.limit() - 1]});
  return json_response(line_of(json));
}

Answer read_one(Service& service, Call& call) {
  const auto opened = service.rooms.reading_room.open(call.agreement());
  if (!opened) return tl::unexpected(problem_of(opened.error()));
  const store::Agreement& agreement = (*opened)->agreement();
  Json closing;
  if (agreement.closed) {
    const auto reader = reader_of(service);
    const auto kept = reader ? read((*reader)->document(registry::kind_of_closing, agreement.id))
                             : tl::unexpected(reader.error());
    if (!kept) return tl::unexpected(kept.error());
    if (*kept) closing = Json::parse((*kept)->content, nullptr, false);
  }
  http::Response response =
      json_response(agreement_json(agreement, (*opened)->rules(), std::move(closing)));
  response.fields.add("cache-control", "private, no-cache");
  return with_tag(call, std::move(response), tag_of(agreement));
}

void create(Service& service, Call call, http::Respond respond) {
  auto body = read_rule_body(call, {"id"}, service.settings.templates);
  if (!body) return respond(response_to(body.error()));
  // Compiled here, so that faults cost the registry nothing; it finds the rulebook made.
  auto rules = service.rooms.rulebooks.get({registry::content_of(body->text)});
  if (!rules)
    return respond(response_to(problem_of(registry::wrong_rules(std::move(rules.error())))));
  const std::string& id = body->id.empty() ? (*rules)->name : body->id;
  if (!access::may(call.principal, Right::administer, id))
    return respond(response_to(access::lacking(Right::administer)));
  registry::Create command{.id = body->id, .text = std::move(body->text), .by = call.principal.id};
  service.rooms.registry.create(std::move(command), [respond](const auto& made) {
    if (!made) return respond(response_to(problem_of(made.error())));
    const store::Agreement& agreement = made->agreement;
    http::Response response = json_response(agreement_json(agreement, *made->rules), 201);
    response.fields.add("location", "/v1/agreements/" + path_part(agreement.id));
    response.fields.add("etag", tag_of(agreement));
    respond(std::move(response));
  });
}

// {"reason": "…"}, or nothing.
tl::expected<std::string, http::Problem> reason_in(Call& call) {
  std::vector<http::Fault> faults = std::move(call.faults);
  std::string reason;
  if (!call.request.body.empty()) {
    const auto json = record::parse_json(call.request.body);
    const record::Json* value =
        json && json->kind == record::JsonKind::object ? json->find("reason") : nullptr;
    if (!json)
      faults.push_back({.message = json.error()});
    else if (!value || value->kind != record::JsonKind::text || json->members.size() != 1)
      faults.push_back(
          {.message = "the body should be an object with the text `reason` and no other member"});
    else if (value->text.size() > remark_bytes_max)
      faults.push_back({.pointer = "/reason",
                        .message = fmt::format("is longer than {} bytes", remark_bytes_max)});
    else
      reason = value->text;
  }
  if (!faults.empty()) return refusal(fault::wrong_body, {}, std::move(faults));
  return reason;
}

void close(Service& service, Call call, http::Respond respond) {
  auto reason = reason_in(call);
  if (!reason) return respond(response_to(reason.error()));
  const auto version = expected_version(call);
  if (!version) return respond(response_to(version.error()));
  registry::Close command{
      .id = std::string(call.agreement()), .by = call.principal.id, .reason = std::move(*reason)};
  if (*version) command.expected_version = static_cast<std::uint32_t>(**version);
  service.rooms.registry.close(std::move(command), [respond](const auto& closed) {
    if (!closed) return respond(response_to(problem_of(closed.error())));
    http::Response response = json_response(line_of(brief_json_of(*closed)));
    response.fields.add("etag", tag_of(*closed));
    respond(std::move(response));
  });
}

}  // namespace

void add_agreements(Routes& routes) {
  routes.push_back({.method = "GET",
                    .path = "/v1/agreements",
                    .operation = "listAgreements",
                    .tag = "agreements",
                    .summary = "The agreements that the caller may see, by id",
                    .door = Door::known,
                    .query = {parameter::limit, parameter::cursor},
                    .replies = {{200, "a page", {{"application/json", "api#agreementPage"}}}},
                    .answer = list});
  routes.push_back(
      {.method = "POST",
       .path = "/v1/agreements",
       .operation = "createAgreement",
       .tag = "agreements",
       .summary = "A new agreement from rule text, or from a template and its parameters",
       .description =
           "The rules come as one text, as files, or from a template of the service by its name. "
           "Where they are a template, "
           "`parameters` fills it in. Without `id` the "
           "name that the text declares is taken.",
       .door = Door::known,
       .right = Right::administer,
       .repeatable = true,
       .query = {{"id", Parameter::Form::text,
                  "the agreement's id, where the body is the text itself"}},
       .body = rule_media("api#newAgreement"),
       .replies = {{201, "made", {{"application/json", "api#agreement"}}, {"location", "etag"}}},
       .problems = {fault::wrong_rules.name, fault::not_possible.name,
                    fault::agreement_exists.name},
       .command = create});
  routes.push_back(
      {.method = "GET",
       .path = "/v1/agreements/{agreement}",
       .operation = "readAgreement",
       .tag = "agreements",
       .summary = "One agreement: its term, parties, roles, forums, clauses and event types",
       .description = "The entity tag is that of the rules: it changes with a new version and when "
                      "the agreement is closed.",
       .fields = {"if-none-match"},
       .replies = {{200, "the agreement", {{"application/json", "api#agreement"}}, {"etag"}},
                   {304, "as the client has it"}},
       .answer = read_one});
  routes.push_back(
      {.method = "POST",
       .path = "/v1/agreements/{agreement}/close",
       .operation = "closeAgreement",
       .tag = "agreements",
       .summary = "The agreement takes no more events and no new version",
       .description = "Nothing is deleted, and reading goes on as before. There is no way back. "
                      "Closing a closed one changes nothing.",
       .right = Right::administer,
       .work = Work::here,
       .body = {{"application/json", "api#reason"}},
       .body_optional = true,
       .fields = {"if-match"},
       .replies = {{200, "closed", {{"application/json", "api#agreementBrief"}}, {"etag"}}},
       .problems = {fault::not_current.name, fault::condition_required.name},
       .command = close});
}

}  // namespace samrad::api
