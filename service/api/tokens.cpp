// API tokens: made, listed and revoked by who administers. The secret is told once, in the answer that makes it.

#include "service/access/tokens.h"

#include <algorithm>

#include <fmt/format.h>

#include "service/api/json.h"
#include "service/api/kept.h"
#include "service/api/resources.h"
#include "service/api/service.h"
#include "service/record/cloud_event.h"
#include "service/record/json.h"
#include "service/registry/canonical.h"

namespace samrad::api {

namespace {

using access::Right;
using record::JsonKind;

using Faults = std::vector<http::Fault>;

void wrong(Faults& faults, std::string_view member, std::string message, std::string help = {}) {
  faults.push_back({.pointer = fmt::format("/{}", member),
                    .message = std::move(message),
                    .help = std::move(help)});
}

std::vector<std::string> texts(const record::Json& json, std::string_view member, Faults& faults) {
  std::vector<std::string> list;
  const record::Json* value = json.find(member);
  if (!value) {
    wrong(faults, member, "is missing");
  } else if (value->kind != JsonKind::list ||
             std::any_of(value->items.begin(), value->items.end(),
                         [](const auto& item) { return item.kind != JsonKind::text; })) {
    wrong(faults, member, "should be a list of texts");
  } else {
    for (const record::Json& item : value->items)
      list.push_back(item.text);
  }
  return list;
}

void read_rights(const record::Json& json, access::TokenRequest& out, Faults& faults) {
  for (const std::string& word : texts(json, "rights", faults)) {
    if (const auto right = access::parse_right(word))
      out.rights.add(*right);
    else
      wrong(faults, "rights", fmt::format("`{}` is no right", word.substr(0, 40)),
            "read, record, decide, audit or administer");
  }
}

void read_agreements(const record::Json& json, access::TokenRequest& out, Faults& faults) {
  auto agreements = access::Agreements::of(texts(json, "agreements", faults));
  if (agreements)
    out.agreements = std::move(*agreements);
  else
    wrong(faults, "agreements", agreements.error(),
          "ids, beginnings of ids followed by `*`, or `*` for all");
}

void read_expiry(const record::Json& json, access::TokenRequest& out, Faults& faults) {
  const record::Json* value = json.find("expires");
  if (!value || value->kind == JsonKind::null) return;
  const auto when = value->kind == JsonKind::text ? record::parse_when(value->text) : std::nullopt;
  if (when && when->timed)
    out.expires = registry::micros_of(when->instant);
  else
    wrong(faults, "expires",
          "should be a time with its offset, such as 2027-01-01T00:00:00Z, or null");
}

tl::expected<access::TokenRequest, http::Problem> request_of(const Call& call) {
  access::TokenRequest request{.created_by = call.principal.id};
  Faults faults = call.faults;
  const auto json = record::parse_json(call.request.body);
  if (!json || json->kind != JsonKind::object) {
    faults.push_back({.message = json ? "the body should be an object" : json.error()});
    return refusal(fault::wrong_body, {}, std::move(faults));
  }
  for (const record::JsonMember& member : json->members)
    if (member.name != "label" && member.name != "rights" && member.name != "agreements" &&
        member.name != "expires")
      wrong(faults, member.name, "is not known here");
  const record::Json* label = json->find("label");
  if (label && label->kind == JsonKind::text)
    request.label = label->text;
  else
    wrong(faults, "label", "should be a text: what people call the token");
  read_rights(*json, request, faults);
  read_agreements(*json, request, faults);
  read_expiry(*json, request, faults);
  // Of a member that could not be read nothing more is said.
  const auto read = [&, unread = faults](const access::TokenFault& one) {
    return std::none_of(unread.begin(), unread.end(), [&](const http::Fault& fault) {
      return fault.pointer == fmt::format("/{}", one.member);
    });
  };
  for (const access::TokenFault& one : access::faults_of(request, call.now))
    if (read(one)) wrong(faults, one.member, one.message);
  if (!faults.empty()) return refusal(fault::wrong_body, {}, std::move(faults));
  return request;
}

registry::Keep keep_of(const access::TokenRecord& record) {
  registry::Keep command;
  command.documents.push_back({std::string(kind_of_token), record.id, access::stored_json(record)});
  return command;
}

// Nothing of the secret is in it.
Json shown(const access::TokenRecord& record) {
  const auto day = record.last_used_day;
  return {{"id", record.id},
          {"label", record.label},
          {"kind", access::word(record.kind)},
          {"rights", record.rights.words()},
          {"agreements", record.agreements.patterns()},
          {"created", time_text(record.created)},
          {"createdBy", text_or_null(record.created_by)},
          {"expires", time_or_null(record.expires)},
          {"revoked", time_or_null(record.revoked)},
          {"lastUsed", day ? Json(calendar::iso(calendar::saturated(*day))) : Json()}};
}

void create(Service& service, Call call, http::Respond respond) {
  const auto request = request_of(call);
  if (!request) return respond(response_to(request.error()));
  if (!access::may_grant(call.principal, request->rights, request->agreements))
    return respond(
        response_to(problem(fault::rights_missing, "nobody gives rights that he has not himself")));
  if (service.rooms.tokens.size() >= access::tokens_max)
    return respond(response_to(
        problem(fault::not_possible,
                fmt::format("there are {} tokens, as many as there may be", access::tokens_max))));
  const auto made = access::make_token(*request, call.now);
  service.rooms.registry.keep(keep_of(made.record), [&service, made, respond](const auto& kept) {
    if (!kept) return respond(response_to(problem_of(kept.error())));
    service.rooms.tokens.put(made.record);
    Json json = shown(made.record);
    json["token"] = made.secret;
    http::Response response = json_response(line_of(json), 201);
    response.fields.add("location", "/v1/tokens/" + made.record.id);
    respond(std::move(response));
  });
}

// Those whose rights lie within the caller's own.
bool sees(const Call& call, const access::TokenRecord& record) {
  return access::may_grant(call.principal, record.rights, record.agreements);
}

Answer list(Service& service, Call& call) {
  Json json = {{"tokens", Json::array()}};
  for (const access::TokenRecord& record : service.rooms.tokens.records())
    if (sees(call, record)) json["tokens"].push_back(shown(record));
  return json_response(line_of(json));
}

void revoke(Service& service, Call call, http::Respond respond) {
  auto record = service.rooms.tokens.record(call.parts[0]);
  if (!record || !sees(call, *record))
    return respond(response_to(
        problem(fault::no_such_thing, fmt::format("no token `{}`", call.parts[0].substr(0, 40)))));
  if (!record->revoked) record->revoked = call.now;
  service.rooms.registry.keep(keep_of(*record),
                              [&service, record = *record, respond](const auto& kept) {
                                if (!kept) return respond(response_to(problem_of(kept.error())));
                                service.rooms.tokens.put(record);
                                respond(json_response(line_of(shown(record))));
                              });
}

}  // namespace

void add_tokens(Routes& routes) {
  routes.push_back({.method = "GET",
                    .path = "/v1/tokens",
                    .operation = "listTokens",
                    .tag = "access",
                    .summary = "The tokens that the caller could have given, without their secrets",
                    .door = Door::known,
                    .right = Right::administer,
                    .work = Work::here,
                    .replies = {{200,
                                 "all of them, in the order of making",
                                 {{"application/json", "api#tokens"}}}},
                    .answer = list});
  routes.push_back(
      {.method = "POST",
       .path = "/v1/tokens",
       .operation = "createToken",
       .tag = "access",
       .summary = "A new token, whose secret is told in this answer and never again",
       .description = "Nobody gives rights or agreements that he has not himself.",
       .door = Door::known,
       .right = Right::administer,
       .work = Work::here,
       .body = {{"application/json", "api#newToken"}},
       .replies = {{201, "made", {{"application/json", "api#madeToken"}}, {"location"}}},
       .problems = {fault::not_possible.name},
       .command = create});
  routes.push_back({.method = "DELETE",
                    .path = "/v1/tokens/{token}",
                    .operation = "revokeToken",
                    .tag = "access",
                    .summary = "Revoke a token; the record of it stays",
                    .door = Door::known,
                    .right = Right::administer,
                    .work = Work::here,
                    .replies = {{200, "revoked", {{"application/json", "api#token"}}}},
                    .problems = {fault::no_such_thing.name},
                    .command = revoke});
}

}  // namespace samrad::api
