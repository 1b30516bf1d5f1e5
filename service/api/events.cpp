// Events recorded: a request becomes one command of the registry, whose answer says what became of each and what they changed.

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "service/api/entity_tag.h"
#include "service/api/event_body.h"
#include "service/api/events_list.h"
#include "service/api/finding_json.h"
#include "service/api/limits.h"
#include "service/api/resources.h"
#include "service/api/service.h"
#include "service/record/cloud_event.h"
#include "service/registry/canonical.h"

namespace samrad::api {

namespace {

using access::Right;
using registry::Appended;

// The right that the caller lacks for one of the events, or nothing. For what corrects or withdraws it turns on what that acts on, which the
// registry knows.
std::optional<Right> missing_right(const Call& call, const EventBody& body) {
  const bool records = call.may(Right::record), decides = call.may(Right::decide);
  for (const registry::Incoming& one : body.events) {
    const bool ruling = record::is_ruling(one.record.type);
    if (ruling && !decides) return Right::decide;
    if (!ruling && !record::is_act(one.record.type) && !records) return Right::record;
  }
  return std::nullopt;
}

// Whether each event is to be recorded that can be: asked for in the query or, as RFC 7240 has it, by `prefer`.
bool each_alone(const Call& call) {
  if (const auto given = call.one("each")) return *given == "true";
  const auto prefer = call.request.fields.find("prefer");
  return prefer && prefer->find("handling=lenient") != std::string_view::npos;
}

std::string_view word(Appended::Outcome outcome) {
  switch (outcome) {
  case Appended::Outcome::recorded: return "recorded";
  case Appended::Outcome::duplicate: return "duplicate";
  case Appended::Outcome::refused: return "refused";
  }
  return "";
}

struct Tally {
  std::size_t recorded = 0;
  std::size_t duplicates = 0;
  std::size_t refused = 0;
};

// What is told of each event besides what the registry says.
struct Identity {
  std::string source;
  std::string id;
};

void append_faults(std::string& out, const std::vector<http::Fault>& faults) {
  Json list = Json::array();
  for (const http::Fault& fault : faults) {
    Json row = Json::object();
    if (!fault.pointer.empty()) row["pointer"] = fault.pointer;
    row["message"] = fault.message;
    if (!fault.help.empty()) row["help"] = fault.help;
    list.push_back(std::move(row));
  }
  out += ",\"errors\":" + list.dump(-1, ' ', false, Json::error_handler_t::replace);
}

void append_item(std::string& out, const Appended::Item& item, const Identity& identity,
                 Tally& tally) {
  fmt::format_to(std::back_inserter(out), "{{\"outcome\":\"{}\"", word(item.outcome));
  out += ",\"source\":";
  registry::append_text(out, identity.source);
  out += ",\"id\":";
  registry::append_text(out, identity.id);
  if (item.outcome == Appended::Outcome::refused) {
    ++tally.refused;
    out += item.conflict ? ",\"sequence\":null,\"conflict\":true" : ",\"sequence\":null";
    append_faults(out, faults_of(item.faults, EventPlace::alone));
  } else {
    ++(item.outcome == Appended::Outcome::recorded ? tally.recorded : tally.duplicates);
    fmt::format_to(std::back_inserter(out), ",\"sequence\":{}", item.sequence);
  }
  out += '}';
}

// Written by hand: it is written once for every event that is recorded.
http::Response answer_of(const Appended& done, const std::vector<Identity>& identities,
                         const std::string& agreement) {
  std::string items;
  Tally tally;
  for (std::size_t i = 0; i < done.items.size(); ++i) {
    if (i > 0) items += ',';
    append_item(items, done.items[i], identities[i], tally);
  }
  std::string body =
      fmt::format("{{\"sequence\":{},\"recorded\":{},\"duplicates\":{},\"refused\":{},\"items\":[",
                  done.sequence, tally.recorded, tally.duplicates, tally.refused);
  body += items + "],\"findings\":[";
  for (const store::Finding& finding : done.findings) {
    if (&finding != done.findings.data()) body += ',';
    body += finding_json(finding, agreement).dump(-1, ' ', false, Json::error_handler_t::replace);
  }
  body += "]}\n";
  const int status = tally.refused > 0 ? 207 : tally.recorded > 0 ? 201 : 200;
  http::Response response = json_response(std::move(body), status);
  response.fields.add("etag", tag_of_log(done.sequence));
  if (status == 201 && done.items.size() == 1)
    response.fields.add("location", fmt::format("/v1/agreements/{}/events/{}", path_part(agreement),
                                                done.items[0].sequence));
  return response;
}

// The command, or the answer that there is none.
tl::expected<registry::Append, http::Response> command_of(Call& call, EventBody& body) {
  if (const auto right = missing_right(call, body))
    return tl::unexpected(response_to(access::lacking(*right)));
  const auto sequence = expected_sequence(call);
  if (!sequence) return tl::unexpected(response_to(sequence.error()));
  registry::Append command{.id = std::string(call.agreement()),
                           .each_alone = each_alone(call),
                           .keep_recorded = call.may(Right::administer),
                           .may_record = call.may(Right::record),
                           .may_decide = call.may(Right::decide),
                           .by = call.principal.id};
  command.expected_sequence = *sequence;
  command.events = std::move(body.events);
  return command;
}

void append(Service& service, Call call, http::Respond respond) {
  if (!call.may(Right::record) && !call.may(Right::decide))
    return respond(response_to(access::lacking(Right::record)));
  auto body = read_events(call, service.settings.events_per_request_max);
  if (!body) return respond(response_to(body.error()));
  std::vector<Identity> identities;
  for (const registry::Incoming& one : body->events)
    identities.push_back({one.record.source, one.record.id});
  const EventPlace place = body->place;
  auto command = command_of(call, *body);
  if (!command) return respond(std::move(command.error()));
  service.rooms.registry.append(
      std::move(*command),
      [&service, respond, place, agreement = std::string(call.agreement()),
       identities = std::move(identities)](tl::expected<Appended, registry::Trouble> done) {
        if (!done) return respond(response_to(problem_of(done.error(), place)));
        if (done->items.size() <= items_here_max)
          return respond(answer_of(*done, identities, agreement));
        const auto much = std::make_shared<const Appended>(std::move(*done));
        const auto answer = [much, identities, agreement, respond] {
          respond(answer_of(*much, identities, agreement));
        };
        if (!service.pool.run(answer)) answer();
      });
}

}  // namespace

void add_events(Routes& routes) {
  routes.push_back(
      {.method = "POST",
       .path = "/v1/agreements/{agreement}/events",
       .operation = "appendEvents",
       .tag = "events",
       .summary = "Record one event or a batch",
       .description = "CloudEvents 1.0 in structured, binary (`ce-` fields) and batch mode, or one "
                      "a line. All are recorded or none, unless "
                      "`each=true` or `prefer: handling=lenient` asks for each to be taken alone: "
                      "then status 207 tells that some were refused, and "
                      "`items` which. An event that is on record already counts as a duplicate: "
                      "200 where all of them are. `if-match` with the entity "
                      "tag of the log (`\"s31\"`) refuses what somebody else was faster with. "
                      "Waivers and assessments need the right `decide`, all "
                      "else `record`; who may `administer` brings `recordedtime` along.",
       .work = Work::by_size,
       .repeatable = true,
       .query = {{"each", Parameter::Form::yes_no,
                  "record what can be recorded, and tell of each what became of it"}},
       .body = event_media(),
       .fields = {"if-match", "prefer"},
       .replies =
           {{201, "recorded", {{"application/json", "api#appended"}}, {"etag", "location"}},
            {200, "all of it was on record", {{"application/json", "api#appended"}}, {"etag"}},
            {207,
             "each alone: some were refused",
             {{"application/json", "api#appended"}},
             {"etag"}}},
       .problems = {fault::wrong_events.name, fault::event_conflict.name,
                    fault::agreement_closed.name, fault::not_current.name,
                    fault::batch_too_large.name},
       .command = append});
  add_event_lists(routes);
}

}  // namespace samrad::api
