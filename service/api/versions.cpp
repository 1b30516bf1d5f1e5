// The versions of an agreement's rules: listed, read as they were handed in, and a new one from a day on.

#include <algorithm>

#include <fmt/format.h>

#include "service/api/agreement_json.h"
#include "service/api/entity_tag.h"
#include "service/api/finding_json.h"
#include "service/api/questions.h"
#include "service/api/resources.h"
#include "service/api/rule_body.h"
#include "service/registry/canonical.h"

namespace samrad::api {

namespace {

using access::Right;

Json row_of(const store::RuleVersion& version, bool with_by) {
  Json row = {{"version", version.version},
              {"recorded", time_text(version.recorded)},
              {"inForceFrom", text_or_null(version.in_force_from)},
              {"program", version.program_hash}};
  if (with_by) row["by"] = version.by;
  return row;
}

Outcome<std::vector<store::RuleVersion>> versions_of(Service& service, const Call& call) {
  const auto reader = reader_of(service);
  if (!reader) return tl::unexpected(reader.error());
  const auto agreement = agreement_of(**reader, call.agreement());
  if (!agreement) return tl::unexpected(agreement.error());
  return read((*reader)->versions(agreement->no));
}

Answer list(Service& service, Call& call) {
  const auto versions = versions_of(service, call);
  if (!versions) return tl::unexpected(versions.error());
  Json json = {{"versions", Json::array()}};
  for (const store::RuleVersion& version : *versions)
    json["versions"].push_back(row_of(version, call.may(Right::audit)));
  return json_response(line_of(json));
}

Answer read_one(Service& service, Call& call) {
  const auto versions = versions_of(service, call);
  if (!versions) return tl::unexpected(versions.error());
  const auto it = std::find_if(versions->begin(), versions->end(), [&](const auto& one) {
    return std::to_string(one.version) == call.parts[1];
  });
  if (it == versions->end())
    return refusal(fault::no_such_thing,
                   fmt::format("no version `{}`; there are 1 to {}", call.parts[1].substr(0, 40),
                               versions->size()));
  Json json = row_of(*it, call.may(Right::audit));
  const auto text = registry::parse_rule_text(it->content).value_or(registry::RuleText{});
  json["files"] = Json::array();
  for (const registry::RuleFile& file : text.files)
    json["files"].push_back({{"name", file.name}, {"text", file.text}});
  json["parameters"] = Json::parse(registry::canonical(text.parameters), nullptr, false);
  return json_response(line_of(json));
}

// Compiles what the amendment would make, so that neither its faults nor its compiling cost the registry anything: it finds the rulebook
// made. What else stands against the amendment the registry says.
std::optional<http::Problem> compiled(Service& service, const Call& call,
                                      const registry::Amend& command) {
  const auto versions = versions_of(service, call);
  if (!versions) return std::nullopt;
  if (command.expected_version && *command.expected_version != versions->size())
    return std::nullopt;
  const auto entry = service.rooms.registry.directory().find(command.id);
  if (!entry || entry->closed) return std::nullopt;
  std::vector<std::string> contents;
  for (const store::RuleVersion& version : *versions)
    contents.push_back(version.content);
  contents.push_back(registry::content_in_force(command.text, command.in_force_from));
  auto rules = service.rooms.rulebooks.get(contents);
  if (rules) return std::nullopt;
  return problem_of(registry::wrong_rules(std::move(rules.error())));
}

void amend(Service& service, Call call, http::Respond respond) {
  auto body = read_rule_body(call, {"inForceFrom"}, service.settings.templates);
  if (!body) return respond(response_to(body.error()));
  const auto version = expected_version(call);
  if (!version) return respond(response_to(version.error()));
  registry::Amend command{.id = std::string(call.agreement()),
                          .text = std::move(body->text),
                          .in_force_from = std::move(body->in_force_from),
                          .by = call.principal.id};
  if (*version) command.expected_version = static_cast<std::uint32_t>(**version);
  if (const auto wrong = compiled(service, call, command)) return respond(response_to(*wrong));
  service.rooms.registry.amend(std::move(command), [respond](const auto& made) {
    if (!made) return respond(response_to(problem_of(made.error(), EventPlace::alone)));
    const store::Agreement& agreement = made->agreement;
    Json json = {{"agreement", brief_json_of(agreement)},
                 {"program", made->rules->hash},
                 {"findings", Json::array()}};
    for (const store::Finding& finding : made->findings)
      json["findings"].push_back(finding_json(finding, agreement.id));
    http::Response response = json_response(line_of(json), 201);
    response.fields.add("location", fmt::format("/v1/agreements/{}/versions/{}",
                                                path_part(agreement.id), agreement.version));
    response.fields.add("etag", tag_of(agreement));
    respond(std::move(response));
  });
}

}  // namespace

void add_versions(Routes& routes) {
  routes.push_back(
      {.method = "GET",
       .path = "/v1/agreements/{agreement}/versions",
       .operation = "listVersions",
       .tag = "agreements",
       .summary = "The versions of the rules, the first one first",
       .description = "Who handed each in is shown to callers with the right to audit.",
       .replies = {{200, "all versions", {{"application/json", "api#versions"}}}},
       .answer = list});
  routes.push_back(
      {.method = "POST",
       .path = "/v1/agreements/{agreement}/versions",
       .operation = "addVersion",
       .tag = "agreements",
       .summary = "A new version of the rules, in force from a day on",
       .description = "The text says `in force from` itself, or `inForceFrom` does. `if-match` "
                      "takes the entity tag of the agreement. What "
                      "is on record must be readable under the new rules too.",
       .right = Right::administer,
       .repeatable = true,
       .query = {{"inForceFrom", Parameter::Form::day,
                  "from when it is in force, where the body is the text itself"}},
       .body = rule_media("api#newVersion"),
       .fields = {"if-match"},
       .replies = {{201, "recorded", {{"application/json", "api#amended"}}, {"location", "etag"}}},
       .problems = {fault::wrong_rules.name, fault::wrong_events.name, fault::not_possible.name,
                    fault::agreement_closed.name, fault::not_current.name,
                    fault::condition_required.name},
       .command = amend});
  routes.push_back({.method = "GET",
                    .path = "/v1/agreements/{agreement}/versions/{version}",
                    .operation = "readVersion",
                    .tag = "agreements",
                    .summary = "One version as it was handed in: its files and parameters",
                    .replies = {{200, "the version", {{"application/json", "api#version"}}}},
                    .problems = {fault::no_such_thing.name},
                    .answer = read_one});
}

}  // namespace samrad::api
