// Rule texts that agreements can be made of, as the configuration lays them out.

#include <algorithm>

#include <fmt/format.h>

#include "rules/compile.h"
#include "service/api/json.h"
#include "service/api/resources.h"
#include "service/api/service.h"

namespace samrad::api {

namespace {

// Name, title and parameters, as the text declares them.
Json row_of(const Template& one) {
  std::vector<rules::Source> sources;
  for (const registry::RuleFile& file : one.text.files)
    sources.push_back({file.name, file.text, 0});
  const auto compiled = rules::compile(sources);
  Json row = {{"name", one.name}, {"title", nullptr}, {"parameters", Json::array()}};
  if (!compiled.program) return row;
  const program::Program& program = *compiled.program;
  row["title"] = text_or_null(program.text(program.title));
  for (const program::Parameter& parameter : program.parameters)
    row["parameters"].push_back(
        {{"name", program.text(parameter.name)},
         {"label", text_or_null(program.text(parameter.label))},
         {"list", parameter.list},
         {"required", !parameter.optional && parameter.fallback == program::none}});
  return row;
}

Answer list(Service& service, Call&) {
  Json json = {{"templates", Json::array()}};
  for (const Template& one : service.settings.templates)
    json["templates"].push_back(row_of(one));
  return json_response(line_of(json));
}

Answer read_one(Service& service, Call& call) {
  const auto& all = service.settings.templates;
  const auto it = std::find_if(all.begin(), all.end(),
                               [&](const Template& one) { return one.name == call.parts[0]; });
  if (it == all.end())
    return refusal(fault::no_such_thing,
                   fmt::format("no template `{}`", call.parts[0].substr(0, 200)));
  Json json = row_of(*it);
  json["files"] = Json::array();
  for (const registry::RuleFile& file : it->text.files)
    json["files"].push_back({{"name", file.name}, {"text", file.text}});
  return json_response(line_of(json));
}

}  // namespace

void add_templates(Routes& routes) {
  routes.push_back({.method = "GET",
                    .path = "/v1/templates",
                    .operation = "listTemplates",
                    .tag = "agreements",
                    .summary = "Rule texts that agreements can be made of",
                    .door = Door::known,
                    .replies = {{200, "all of them", {{"application/json", "api#templates"}}}},
                    .answer = list});
  routes.push_back({.method = "GET",
                    .path = "/v1/templates/{template}",
                    .operation = "readTemplate",
                    .tag = "agreements",
                    .summary = "One of them with its files, to be sent back with parameters",
                    .door = Door::known,
                    .replies = {{200, "the template", {{"application/json", "api#template"}}}},
                    .problems = {fault::no_such_thing.name},
                    .answer = read_one});
}

}  // namespace samrad::api
