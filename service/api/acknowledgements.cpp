// That somebody has seen a duty: reminders of it end.

#include <fmt/format.h>

#include "service/api/json.h"
#include "service/api/kept.h"
#include "service/api/limits.h"
#include "service/api/questions.h"
#include "service/api/resources.h"
#include "service/record/json.h"

namespace samrad::api {

namespace {

using access::Right;

// What is kept, as it is shown: without who, for those who may not audit.
Json shown(const Json& kept, bool with_by) {
  Json json = {{"agreement", kept.value("agreement", "")},
               {"occurrence", kept.value("occurrence", "")},
               {"at", time_text(kept.value("at", Micros{0}))},
               {"remark", text_or_null(kept.value("remark", ""))}};
  if (with_by) json["by"] = kept.value("by", "");
  return json;
}

Answer read_one(Service& service, Call& call) {
  const auto reader = reader_of(service);
  if (!reader) return tl::unexpected(reader.error());
  const auto document = read((*reader)->document(kind_of_acknowledgement,
                                                 acknowledgement_id(call.parts[0], call.parts[1])));
  if (!document) return tl::unexpected(document.error());
  const Json kept = *document ? Json::parse((*document)->content, nullptr, false) : Json();
  if (!kept.is_object())
    return refusal(fault::no_such_thing,
                   fmt::format("nobody has acknowledged `{}`", call.parts[1].substr(0, 200)));
  return json_response(line_of(shown(kept, call.may(Right::audit))));
}

// {"remark": "…"}, or nothing.
Outcome<std::string> remark_in(Call& call) {
  std::vector<http::Fault> faults = std::move(call.faults);
  std::string remark;
  if (!call.request.body.empty()) {
    const auto json = record::parse_json(call.request.body);
    const record::Json* value =
        json && json->kind == record::JsonKind::object ? json->find("remark") : nullptr;
    if (!value || value->kind != record::JsonKind::text || json->members.size() != 1)
      faults.push_back(
          {.message =
               json ? "the body should be an object with the text `remark` and no other member"
                    : json.error()});
    else if (value->text.size() > remark_bytes_max)
      faults.push_back({.pointer = "/remark",
                        .message = fmt::format("is longer than {} bytes", remark_bytes_max)});
    else
      remark = value->text;
  }
  if (!faults.empty()) return refusal(fault::wrong_body, {}, std::move(faults));
  return remark;
}

// Nothing, or that the agreement has no such occurrence now.
std::optional<http::Problem> unknown(Service& service, Call& call) {
  const auto opened = service.rooms.reading_room.open(call.agreement());
  if (!opened) return problem_of(opened.error());
  const registry::Case& the_case = **opened;
  return the_case.ask([&](const record::History& history) -> std::optional<http::Problem> {
    const auto result =
        audit_of(history, {.as_of = present(call, the_case.rules(), history.zone())});
    if (!result) return result.error();
    if (result->find(call.parts[1])) return std::nullopt;
    return problem(fault::no_such_thing,
                   fmt::format("no occurrence `{}`", call.parts[1].substr(0, 200)));
  });
}

void acknowledge(Service& service, Call call, http::Respond respond) {
  const auto remark = remark_in(call);
  if (!remark) return respond(response_to(remark.error()));
  if (const auto wrong = unknown(service, call)) return respond(response_to(*wrong));
  const Json content = {{"agreement", call.parts[0]},
                        {"occurrence", call.parts[1]},
                        {"by", call.principal.id},
                        {"at", call.now},
                        {"remark", *remark}};
  registry::Keep command;
  command.documents.push_back({std::string(kind_of_acknowledgement),
                               acknowledgement_id(call.parts[0], call.parts[1]),
                               content.dump(-1, ' ', false, Json::error_handler_t::replace)});
  command.about = call.parts[0];
  const bool with_by = call.may(Right::audit);
  service.rooms.registry.keep(std::move(command),
                              [&service, respond, content, with_by](const auto& kept) {
                                if (!kept) return respond(response_to(problem_of(kept.error())));
                                respond(json_response(line_of(shown(content, with_by))));
                              });
}

}  // namespace

void add_acknowledgements(Routes& routes) {
  constexpr std::string_view path =
      "/v1/agreements/{agreement}/occurrences/{occurrence...}/acknowledgement";
  routes.push_back({.method = "GET",
                    .path = path,
                    .operation = "readAcknowledgement",
                    .tag = "alerts",
                    .summary = "Whether somebody has seen this duty, and when",
                    .replies = {{200, "the latest", {{"application/json", "api#acknowledgement"}}}},
                    .problems = {fault::no_such_thing.name},
                    .answer = read_one});
  routes.push_back({.method = "POST",
                    .path = path,
                    .operation = "acknowledge",
                    .tag = "alerts",
                    .summary = "Say that a duty is seen: daily reminders and escalation of it end",
                    .right = Right::decide,
                    .body = {{"application/json", "api#remark"}},
                    .body_optional = true,
                    .replies = {{200,
                                 "kept, in place of an earlier one",
                                 {{"application/json", "api#acknowledgement"}}}},
                    .problems = {fault::no_such_thing.name, fault::history_faulty.name},
                    .command = acknowledge});
}

}  // namespace samrad::api
