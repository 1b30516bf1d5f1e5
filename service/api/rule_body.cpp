#include "service/api/rule_body.h"

#include <algorithm>

#include <fmt/format.h>

#include "rules/calendar/date.h"
#include "rules/diagnostics/near.h"
#include "service/api/limits.h"
#include "service/api/negotiate.h"
#include "service/api/problems.h"
#include "service/record/json.h"

namespace samrad::api {

namespace {

using record::Json;
using record::JsonKind;

constexpr std::string_view only_file =
    "rules.samrad";  // what messages call a text that came without a name

// Collects what the object says and what is wrong with it.
class Reader {
 public:
  Reader(const Json& json, std::vector<http::Fault>& faults) : json_(json), faults_(faults) {}

  void known(std::vector<std::string_view> names) {
    for (const record::JsonMember& member : json_.members)
      if (std::find(names.begin(), names.end(), member.name) == names.end())
        fault('/' + member.name, "is not known here", rules::did_you_mean(member.name, names));
  }

  void text(std::string_view name, std::string& out) {
    const Json* value = json_.find(name);
    if (!value) return;
    if (value->kind != JsonKind::text)
      fault(fmt::format("/{}", name),
            fmt::format("should be a text; this is {}", record::words(value->kind)));
    else
      out = value->text;
  }

  // The texts of the template that is named.
  void of_template(const std::vector<Template>& templates, registry::RuleText& out) {
    std::string name;
    text("template", name);
    const auto it = std::find_if(templates.begin(), templates.end(),
                                 [&](const Template& one) { return one.name == name; });
    if (it != templates.end()) {
      out.files = it->text.files;
      return;
    }
    if (name.empty()) return;
    std::vector<std::string_view> names;
    for (const Template& one : templates)
      names.push_back(one.name);
    fault("/template", fmt::format("no template `{}`", name.substr(0, 200)),
          names.empty() ? "this service has none: send the text in `rules`"
                        : rules::did_you_mean(name, names));
  }

  void files(registry::RuleText& out) {
    const Json* list = json_.find("files");
    if (!list) return;
    if (list->kind != JsonKind::list)
      return fault("/files", "should be a list of objects with `name` and `text`");
    if (list->items.size() > rule_files_max)
      return fault("/files", fmt::format("has more than {} files", rule_files_max));
    for (std::size_t i = 0; i < list->items.size(); ++i)
      file(list->items[i], fmt::format("/files/{}", i), out);
  }

  void fault(std::string pointer, std::string message, std::string help = {}) {
    faults_.push_back(
        {.pointer = std::move(pointer), .message = std::move(message), .help = std::move(help)});
  }

 private:
  void file(const Json& json, const std::string& pointer, registry::RuleText& out) {
    const Json* name = json.kind == JsonKind::object ? json.find("name") : nullptr;
    const Json* body = json.kind == JsonKind::object ? json.find("text") : nullptr;
    if (!name || !body || name->kind != JsonKind::text || body->kind != JsonKind::text ||
        json.members.size() != 2)
      return fault(pointer,
                   "should be an object with the texts `name` and `text` and no other member");
    const bool twice = std::any_of(out.files.begin(), out.files.end(),
                                   [&](const auto& one) { return one.name == name->text; });
    if (twice)
      return fault(pointer + "/name",
                   fmt::format("a file `{}` is given twice", name->text.substr(0, 200)));
    out.files.push_back({name->text, body->text});
  }

  const Json& json_;
  std::vector<http::Fault>& faults_;
};

void read_json(const Call& call, const std::vector<std::string_view>& members,
               const std::vector<Template>& templates, RuleBody& out,
               std::vector<http::Fault>& faults) {
  const auto json = record::parse_json(call.request.body);
  if (!json) return faults.push_back({.message = json.error()});
  if (json->kind != JsonKind::object)
    return faults.push_back({.message = fmt::format("the body should be an object; this is {}",
                                                    record::words(json->kind))});
  Reader reader(*json, faults);
  std::vector<std::string_view> names = {"rules", "files", "template", "parameters"};
  names.insert(names.end(), members.begin(), members.end());
  reader.known(names);
  reader.text("id", out.id);
  reader.text("inForceFrom", out.in_force_from);
  reader.files(out.text);
  std::string rules;
  reader.text("rules", rules);
  if (json->find("template")) reader.of_template(templates, out.text);
  const int ways = (json->find("rules") ? 1 : 0) + (json->find("files") ? 1 : 0) +
                   (json->find("template") ? 1 : 0);
  if (ways != 1)
    reader.fault(
        "",
        "the rules come as one text in `rules`, as `files`, or from the `template` that is "
        "named",
        ways > 1 ? "keep one of them" : "");
  if (json->find("rules")) out.text.files.push_back({std::string(only_file), std::move(rules)});
  if (const Json* parameters = json->find("parameters")) out.text.parameters = *parameters;
}

void check(const RuleBody& body, bool in_query, std::vector<http::Fault>& faults) {
  std::size_t bytes = 0;
  for (const registry::RuleFile& file : body.text.files)
    bytes += file.text.size();
  if (bytes > rule_bytes_max)
    faults.push_back(
        {.message = fmt::format("the rules have {} bytes, more than {}", bytes, rule_bytes_max)});
  if (!body.in_force_from.empty() && !calendar::parse_iso(body.in_force_from) && !in_query)
    faults.push_back(
        {.pointer = "/inForceFrom",
         .message = fmt::format("`{}` is no date that exists", body.in_force_from.substr(0, 40)),
         .help = "a date such as 2017-09-01"});
}

}  // namespace

tl::expected<RuleBody, http::Problem> read_rule_body(Call& call,
                                                     const std::vector<std::string_view>& members,
                                                     const std::vector<Template>& templates) {
  const std::string type = media_type(call.request.fields.find("content-type").value_or(""));
  RuleBody body;
  std::vector<http::Fault> faults = std::move(call.faults);
  const bool query_wrong = !faults.empty();
  body.id = call.one("id").value_or("");
  body.in_force_from = call.one("inForceFrom").value_or("");
  const bool plain = type == "text/plain" || type == "application/vnd.samrad";
  if (plain)
    body.text.files.push_back({std::string(only_file), call.request.body});
  else
    read_json(call, members, templates, body, faults);
  check(body, plain, faults);
  if (!faults.empty())
    return refusal(query_wrong ? fault::wrong_parameters : fault::wrong_body, {},
                   std::move(faults));
  return body;
}

std::vector<Media> rule_media(std::string_view schema) {
  return {{"application/json", schema}, {"application/vnd.samrad"}, {"text/plain"}};
}

}  // namespace samrad::api
