#include "service/api/open_api.h"

#include <algorithm>

#include <fmt/format.h>

#include "service/api/call.h"
#include "service/api/components.h"
#include "service/api/entity_tag.h"
#include "service/api/json.h"
#include "service/api/open_api_operation.h"
#include "service/api/resources.h"
#include "service/api/schemas.h"
#include "service/api/service.h"

namespace samrad::api {

namespace {

Json tags() {
  const std::vector<std::pair<std::string_view, std::string_view>> all = {
      {"agreements", "Agreements and the versions of their rules"},
      {"events", "What happened: the log of each agreement"},
      {"verdicts", "How each occurrence stands, why, and what would change it"},
      {"findings", "What changed, over all agreements"},
      {"calendars", "Deadlines in calendar programs"},
      {"alerts", "Who is told what, and what was told"},
      {"access", "API tokens"},
      {"service", "The service itself"}};
  Json list = Json::array();
  for (const auto& [name, description] : all)
    list.push_back({{"name", name}, {"description", description}});
  return list;
}

Json header(std::string_view description) {
  return {{"description", description}, {"schema", {{"type", "string"}}}};
}

Json headers() {
  return {{"etag", header("the entity tag, for `if-match` and `if-none-match`")},
          {"location", header("the path of what was made")},
          {"link", header("`rel=\"next\"`: the next page")},
          {"retry-after", header("seconds until it is worth trying again")},
          {"www-authenticate", header("how to say who asks (RFC 6750)")}};
}

Answer document(Service& service, Call& call) {
  http::Response response = json_response(service.open_api);
  response.fields.add("cache-control", "no-cache");
  return with_tag(call, std::move(response), tag_of_bytes(service.open_api));
}

Answer schema(Service&, Call& call) {
  for (const SchemaFile& one : schema_files()) {
    if (one.name != call.parts[0]) continue;
    http::Response response = json_response(std::string(one.text));
    response.fields.set("content-type", "application/schema+json");
    return response;
  }
  std::string names;
  for (const SchemaFile& one : schema_files())
    names += (names.empty() ? "`" : ", `") + std::string(one.name) + '`';
  return refusal(fault::no_such_thing,
                 fmt::format("no schema `{}`; there are {}", call.parts[0].substr(0, 80), names));
}

}  // namespace

std::string open_api_document(const Routes& routes, std::string_view version) {
  Json json = {{"openapi", "3.1.0"},
               {"info",
                {{"title", "Samråd"},
                 {"version", version},
                 {"summary", "Agreements as programs: events in, verdicts with reasons out"},
                 {"description",
                  "Faults are told as problem documents (RFC 9457); `/problems` explains each "
                  "kind. An unknown parameter of the query is a fault. "
                  "Times are UTC, dates are civil days of the agreement's time zone, inclusive."},
                 {"license", {{"name", "EUPL-1.2"}, {"identifier", "EUPL-1.2"}}}}},
               {"servers", Json::array({{{"url", "/"}}})},
               {"tags", tags()},
               {"paths", Json::object()}};
  for (const Route& route : routes) {
    std::string method(route.method);
    std::transform(method.begin(), method.end(), method.begin(),
                   [](char c) { return static_cast<char>(c | 0x20); });
    json["paths"][open_api_path(route.path)][method] = operation_of(route);
  }
  json["components"] = {
      {"schemas", schema_components(json["paths"])},
      {"headers", headers()},
      {"securitySchemes",
       {{"bearer",
         {{"type", "http"},
          {"scheme", "bearer"},
          {"description",
           "an API token, or a token of an OpenID Connect issuer that the service trusts"}}}}}};
  return line_of(json);
}

void add_open_api(Routes& routes) {
  routes.push_back(
      {.method = "GET",
       .path = "/openapi.json",
       .operation = "readOpenApi",
       .tag = "service",
       .summary = "This document",
       .door = Door::open,
       .work = Work::here,
       .fields = {"if-none-match"},
       .replies = {{200, "OpenAPI 3.1", {{"application/json", "api#anyObject"}}, {"etag"}},
                   {304, "as the client has it"}},
       .answer = document});
  routes.push_back(
      {.method = "GET",
       .path = "/schema/{name}",
       .operation = "readSchema",
       .tag = "service",
       .summary = "A JSON Schema, such as `audit.schema.json`",
       .door = Door::open,
       .work = Work::here,
       .replies = {{200, "JSON Schema 2020-12", {{"application/schema+json", "api#anyObject"}}}},
       .problems = {fault::no_such_thing.name},
       .answer = schema});
}

}  // namespace samrad::api
