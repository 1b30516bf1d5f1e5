// Findings: every change of a verdict, over all agreements that the caller may see.

#include "service/api/finding_json.h"

#include "service/api/cursor.h"
#include "service/api/questions.h"
#include "service/api/resources.h"
#include "service/api/scan.h"

namespace samrad::api {

namespace {

using access::Right;

store::FindingFilter filter_of(const Call& call, const registry::Directory& directory) {
  store::FindingFilter filter;
  if (const auto after = call.one("after"))
    filter.after = static_cast<store::FindingNo>(number_at({std::string(*after)}, 0).value_or(0));
  if (const auto cursor = call.one("cursor"))
    if (const auto place = parse_cursor(*cursor))
      filter.after = static_cast<store::FindingNo>(number_at(*place, 0).value_or(0));
  filter.clause = call.one("clause").value_or("");
  filter.status = call.one("status").value_or("");
  if (const auto agreement = call.one("agreement"))
    if (const auto entry = directory.find(*agreement)) filter.agreement = entry->no;
  return filter;
}

Answer list(Service& service, Call& call) {
  const registry::Directory& directory = service.rooms.registry.directory();
  if (const auto id = call.one("agreement");
      id && (!directory.find(*id) || !access::may(call.principal, Right::read, *id)))
    return tl::unexpected(no_agreement(*id));
  const auto reader = reader_of(service);
  if (!reader) return tl::unexpected(reader.error());
  store::FindingFilter filter = filter_of(call, directory);
  const std::size_t wanted = call.limit();
  Json json = {{"findings", Json::array()}, {"next", nullptr}};
  const auto more = scan(
      filter.agreement ? std::nullopt : few_of(service, call), wanted,
      [&](std::optional<store::AgreementNo> no) {
        store::FindingFilter of = filter;
        if (no) of.agreement = no;
        return read((*reader)->findings(of, wanted));
      },
      [](const store::Finding& a, const store::Finding& b) { return a.no < b.no; },
      [&](const store::Finding& row) {
        filter.after = row.no;
        const auto id = directory.id_of(row.agreement);
        const bool seen = id && access::may(call.principal, Right::read, *id);
        if (seen) json["findings"].push_back(finding_json(row, *id));
        return seen;
      });
  if (!more) return tl::unexpected(more.error());
  if (*more) json["next"] = cursor_of({std::to_string(filter.after)});
  http::Response response = json_response(line_of(json));
  if (*more) response.fields.add("link", next_link(call, json["next"].get<std::string>()));
  return response;
}

}  // namespace

void add_findings(Routes& routes) {
  using Form = Parameter::Form;
  routes.push_back(
      {.method = "GET",
       .path = "/v1/findings",
       .operation = "listFindings",
       .tag = "findings",
       .summary = "Every change of a verdict, in the order in which it was found",
       .description =
           "`dueAt` is the moment that brought it, `noticed` when the service found it. A page may "
           "hold fewer rows than asked for "
           "though `next` is there: the rest may concern agreements that the caller may not see.",
       .door = Door::known,
       .query = {{"agreement", Form::text, "only of this agreement"},
                 {"clause", Form::text, "only of this clause"},
                 {"status", Form::word, "only those that brought this status", false, false,
                  parameter::status.choices},
                 {"after", Form::number, "only findings behind this number"},
                 parameter::limit,
                 parameter::cursor},
       .replies = {{200, "a page", {{"application/json", "api#findingPage"}}, {"link"}}},
       .problems = {fault::no_agreement.name},
       .answer = list});
}

}  // namespace samrad::api
