#include "service/api/open_api_operation.h"

#include <algorithm>

#include <fmt/format.h>

#include "service/api/call.h"
#include "service/api/components.h"
#include "service/api/limits.h"
#include "service/api/open_api_examples.h"
#include "service/api/problems.h"
#include "service/http/refusal.h"

namespace samrad::api {

namespace {

// What a name in a path stands for.
std::string_view meaning_of_part(std::string_view name) {
  if (name == "agreement") return "the id of the agreement";
  if (name == "occurrence")
    return "the id of the occurrence, such as `moten/2017-H1`; its slashes may be written as they "
           "are";
  if (name == "secret") return "the secret of the address";
  return "which one";
}

Json part_schema(std::string_view name) {
  if (name == "agreement") return reference_to("api#agreementId");
  if (name == "alert" || name == "version" || name == "sequence")
    return {{"type", "string"}, {"pattern", "^[0-9]{1,18}$"}};
  return {{"type", "string"}, {"minLength", 1}};
}

Json path_parameters(std::string_view path) {
  Json list = Json::array();
  for (std::size_t open = path.find('{'); open != std::string_view::npos;
       open = path.find('{', open + 1)) {
    std::string_view name = path.substr(open + 1, path.find('}', open) - open - 1);
    if (name.ends_with("...")) name.remove_suffix(3);
    list.push_back({{"name", name},
                    {"in", "path"},
                    {"required", true},
                    {"description", meaning_of_part(name)},
                    {"schema", part_schema(name)}});
  }
  return list;
}

Json query_parameter(const Parameter& parameter) {
  const Json schema = Json::parse(schema_of(parameter));
  Json json = {{"name", parameter.name}, {"in", "query"}, {"description", parameter.meaning}};
  if (parameter.required) json["required"] = true;
  json["schema"] =
      parameter.repeated
          ? Json{{"type", "array"}, {"items", schema}, {"maxItems", repeated_parameters_max}}
          : schema;
  return json;
}

std::string_view meaning_of_field(std::string_view name) {
  if (name == "if-match")
    return "the entity tag that was read: 412 where it is not current any more";
  if (name == "if-none-match")
    return "the entity tag that the client has: 304 where it is still current";
  if (name == "prefer") return "`handling=lenient`: as `each=true`";
  if (name == "last-event-id") return "the number of the finding that was seen last";
  return "the same key with the same request gets the same answer, for 24 hours";
}

Json field_parameter(std::string_view name) {
  return {{"name", name},
          {"in", "header"},
          {"description", meaning_of_field(name)},
          {"schema",
           {{"type", "string"},
            {"maxLength",
             name == "idempotency-key" ? idempotency_key_bytes_max : parameter_bytes_max}}}};
}

Json parameters(const Route& route) {
  Json list = path_parameters(route.path);
  for (const Parameter& one : route.query)
    list.push_back(query_parameter(one));
  for (const std::string_view name : route.fields)
    list.push_back(field_parameter(name));
  if (route.cached) list.push_back(field_parameter("if-none-match"));
  if (route.repeatable) list.push_back(field_parameter("idempotency-key"));
  return list;
}

Json content(const std::vector<Media>& media, std::string_view operation) {
  Json json = Json::object();
  for (const Media& one : media) {
    Json& entry = json[std::string(one.type)];
    entry["schema"] = one.schema.empty() ? Json{{"type", "string"}} : reference_to(one.schema);
    if (const std::string_view example = operation.empty() ? "" : example_of(operation, one.type);
        !example.empty())
      entry["example"] = Json::accept(example) ? Json::parse(example) : Json(example);
  }
  return json;
}

Json fields_of(const std::vector<std::string_view>& names) {
  Json json = Json::object();
  for (const std::string_view name : names)
    json[std::string(name)] = {{"$ref", fmt::format("#/components/headers/{}", name)}};
  return json;
}

void add_problems(const Route& route, Json& responses) {
  for (const auto& [status, names] : problems_of(route)) {
    std::string list;
    for (const std::string_view name : names)
      list += fmt::format("{}`{}`", list.empty() ? "" : ", ", name);
    Json& response = responses[std::to_string(status)];
    if (response.is_null())
      response = {{"description", list}};
    else
      response["description"] = response["description"].get<std::string>() + "; or " + list;
    response["content"]["application/problem+json"] = {{"schema", reference_to("api#problem")}};
    if (status == 429 || status == 503) response["headers"] = fields_of({"retry-after"});
    if (status == 401) response["headers"] = fields_of({"www-authenticate"});
  }
}

Json responses(const Route& route) {
  Json json = Json::object();
  for (const Reply& reply : route.replies) {
    Json& response = json[std::to_string(reply.status)];
    response["description"] = reply.meaning;
    if (!reply.fields.empty()) response["headers"] = fields_of(reply.fields);
    if (!reply.media.empty()) response["content"] = content(reply.media, {});
  }
  add_problems(route, json);
  return json;
}

std::string door_sentence(const Route& route) {
  switch (route.door) {
  case Door::open: return "Open to everybody.";
  case Door::known:
    return fmt::format("Needs the right `{}` for the agreements that it shows or changes.",
                       access::word(route.right));
  case Door::agreement:
    return fmt::format("Needs the right `{}` for the agreement.", access::word(route.right));
  case Door::everywhere:
    return fmt::format("Needs the right `{}` for all agreements.", access::word(route.right));
  }
  return {};
}

}  // namespace

std::string open_api_path(std::string_view path) {
  std::string out(path);
  if (const std::size_t dots = out.find("...}"); dots != std::string::npos) out.erase(dots, 3);
  return out;
}

std::map<int, std::vector<std::string_view>> problems_of(const Route& route) {
  std::map<int, std::vector<std::string_view>> all;
  const auto add = [&](int status, std::string_view name) {
    auto& names = all[status];
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  };
  const auto add_kind = [&](const ProblemKind& kind) { add(kind.status, kind.name); };
  add_kind(fault::wrong_parameters);
  add_kind(fault::requests_exceeded);
  add_kind(fault::store_unavailable);
  add_kind(fault::too_busy);
  add_kind(fault::stopping);
  for (const http::RefusalKind& kind : http::refusal::all)
    add(kind.status, kind.name);
  if (route.door != Door::open)
    for (const access::FaultRow& row : access::fault_rows())
      add(row.status, row.type);
  if (route.door == Door::agreement) add_kind(fault::no_agreement);
  const bool has_form = std::any_of(route.replies.begin(), route.replies.end(),
                                    [](const Reply& r) { return !r.media.empty(); });
  if (has_form) add_kind(fault::not_acceptable);
  if (!route.body.empty()) {
    add_kind(fault::wrong_body);
    add_kind(fault::unknown_media_type);
  }
  if (route.repeatable) {
    add_kind(fault::other_body);
    add_kind(fault::in_progress);
    add_kind(fault::wrong_header);
  }
  if (std::find(route.fields.begin(), route.fields.end(), "if-match") != route.fields.end())
    add_kind(fault::wrong_header);
  for (const std::string_view name : route.problems)
    if (const ProblemKind* kind = problem_named(name)) add_kind(*kind);
  return all;
}

Json operation_of(const Route& route) {
  Json json = {{"operationId", route.operation}, {"tags", {route.tag}}, {"summary", route.summary}};
  json["description"] = (route.description.empty() ? "" : std::string(route.description) + ' ') +
                        door_sentence(route);
  if (Json list = parameters(route); !list.empty()) json["parameters"] = std::move(list);
  if (!route.body.empty())
    json["requestBody"] = {{"required", !route.body_optional},
                           {"content", content(route.body, route.operation)}};
  json["responses"] = responses(route);
  json["security"] =
      route.door == Door::open ? Json::array() : Json::array({{{"bearer", Json::array()}}});
  return json;
}

}  // namespace samrad::api
