// Alerts: the rules for who is told what, and the log of what was told.

#include <chrono>
#include <memory>
#include <semaphore>

#include <fmt/format.h>

#include "service/api/cursor.h"
#include "service/api/entity_tag.h"
#include "service/api/json.h"
#include "service/api/kept.h"
#include "service/api/questions.h"
#include "service/api/resources.h"
#include "service/api/scan.h"

namespace samrad::api {

namespace {

using access::Right;
using State = store::Message::State;
using alerts::Configuration;
using alerts::Secrets;

constexpr int turn_seconds_max = 5;  // that a worker waits for somebody else who replaces the rules

Outcome<Configuration> kept_rules(store::Reader& reader) {
  const auto document = read(reader.document(kind_of_alerts, id_of_alerts));
  if (!document) return tl::unexpected(document.error());
  if (!*document) return Configuration{};
  auto rules = alerts::read_configuration((*document)->content);
  if (!rules)
    return refusal(fault::store_unavailable,
                   "the alert rules on record cannot be read; put them anew");
  return std::move(*rules);
}

// Of what is written, so that a secret that changes changes it too.
std::string tag_of_rules(const Configuration& rules) {
  return tag_of_bytes(alerts::configuration_json(rules, Secrets::written));
}

http::Response shown(const Configuration& rules) {
  http::Response response = json_response(alerts::configuration_json(rules, Secrets::hidden));
  response.fields.add("cache-control", "private, no-cache");
  return response;
}

Answer read_rules(Service& service, Call& call) {
  const auto reader = reader_of(service);
  if (!reader) return tl::unexpected(reader.error());
  const auto rules = kept_rules(**reader);
  if (!rules) return tl::unexpected(rules.error());
  return with_tag(call, shown(*rules), tag_of_rules(*rules));
}

// The new rules, held against those in use.
Outcome<Configuration> new_rules(store::Reader& reader, const Settings& settings,
                                 const Call& call) {
  const auto current = kept_rules(reader);
  const Configuration before = current ? *current : Configuration{};
  const auto expected = call.request.fields.find("if-match");
  if (!expected)
    return refusal(fault::condition_required,
                   "`if-match` is missing: give the `etag` of the rules as they were read");
  if (!names(*expected, tag_of_rules(before), false))
    return refusal(fault::not_current, "the rules have been changed since they were read");
  auto rules = alerts::read_configuration(call.request.body,
                                          {&before, settings.language, settings.webhooks_http,
                                           &settings.webhooks_ranges});
  if (rules) return std::move(*rules);
  http::Problem told = problem(fault::wrong_alerts);
  for (const alerts::Fault& one : rules.error())
    told.errors.push_back({.pointer = one.pointer, .message = one.message, .help = one.help});
  return tl::unexpected(std::move(told));
}

// A turn to replace the rules, which begins when the one before is over, and ends when it is ended or forgotten.
struct Turn {
  explicit Turn(std::binary_semaphore& turns)
      : free(turns), ours(free.try_acquire_for(std::chrono::seconds(turn_seconds_max))) {}
  ~Turn() { end(); }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  void end() {
    if (ours) free.release();
    ours = false;
  }
  std::binary_semaphore& free;
  bool ours;
};

// One at a time: what is held against the rules in use must replace them and no others.
void put_rules(Service& service, Call call, http::Respond respond) {
  if (!call.faults.empty())
    return respond(response_to(problem(fault::wrong_parameters, {}, std::move(call.faults))));
  const auto turn = std::make_shared<Turn>(service.alerts_change);
  if (!turn->ours)
    return respond(
        response_to(problem(fault::too_busy, "somebody else is changing the alert rules")));
  const auto done = [turn, respond](http::Response response) {
    turn->end();
    respond(std::move(response));
  };
  const auto reader = reader_of(service);
  const auto rules =
      reader ? new_rules(**reader, service.settings, call) : tl::unexpected(reader.error());
  if (!rules) return done(response_to(rules.error()));
  registry::Keep command;
  command.documents.push_back({std::string(kind_of_alerts), std::string(id_of_alerts),
                               alerts::configuration_json(*rules, Secrets::written)});
  service.rooms.registry.keep(std::move(command),
                              [&service, done, rules = *rules](const auto& kept) {
                                if (!kept) return done(response_to(problem_of(kept.error())));
                                if (service.rooms.alerting.changed)
                                  service.rooms.alerting.changed(rules);
                                service.rooms.registry.look_again(true);
                                http::Response response = shown(rules);
                                response.fields.set("etag", tag_of_rules(rules));
                                done(std::move(response));
                              });
}

std::string_view word(State state) {
  switch (state) {
  case State::waiting: return "waiting";
  case State::sent: return "sent";
  case State::failed: return "failed";
  case State::cancelled: return "cancelled";
  }
  return "";
}

// A message without its text, which may hold addresses.
Json row_of(const store::Message& message, const std::optional<std::string>& agreement) {
  return {{"alert", message.no},
          {"agreement", agreement ? Json(*agreement) : Json()},
          {"occurrence", text_or_null(message.occurrence)},
          {"kind", message.kind},
          {"recipient", message.recipient},
          {"way", message.way},
          {"state", word(message.state)},
          {"tries", message.tries},
          {"made", time_text(message.made)},
          {"notBefore", time_text(message.not_before)},
          {"finished", time_or_null(message.finished)},
          {"lastError", text_or_null(message.last_error)}};
}

// A digest is about many agreements: it is shown to whom the right holds for all.
bool sees(const Call& call, const store::Message& message,
          const std::optional<std::string>& agreement) {
  if (message.agreement == 0) return access::may_everywhere(call.principal, call.route->right);
  return agreement && access::may(call.principal, call.route->right, *agreement);
}

std::optional<std::string> agreement_id(const Service& service, const store::Message& message) {
  return message.agreement == 0 ? std::nullopt
                                : service.rooms.registry.directory().id_of(message.agreement);
}

Answer list(Service& service, Call& call) {
  store::MessageFilter filter;
  if (const auto cursor = call.one("cursor"))
    if (const auto place = parse_cursor(*cursor))
      filter.after = static_cast<std::int64_t>(number_at(*place, 0).value_or(0));
  filter.recipient = call.one("recipient").value_or("");
  for (const State state : {State::waiting, State::sent, State::failed, State::cancelled})
    if (call.one("state") == word(state)) filter.state = state;
  if (const auto id = call.one("agreement")) {
    const auto entry = service.rooms.registry.directory().find(*id);
    if (!entry || !access::may(call.principal, Right::read, *id))
      return tl::unexpected(no_agreement(*id));
    filter.agreement = entry->no;
  }
  const auto reader = reader_of(service);
  if (!reader) return tl::unexpected(reader.error());
  Json json = {{"alerts", Json::array()}, {"next", nullptr}};
  const auto more = scan(
      filter.agreement ? std::nullopt : few_of(service, call), call.limit(),
      [&](std::optional<store::AgreementNo> no) {
        store::MessageFilter of = filter;
        if (no) of.agreement = no;
        return read((*reader)->messages(of, call.limit()));
      },
      [](const store::Message& a, const store::Message& b) { return a.no < b.no; },
      [&](const store::Message& row) {
        filter.after = row.no;
        const auto agreement = agreement_id(service, row);
        const bool seen = sees(call, row, agreement);
        if (seen) json["alerts"].push_back(row_of(row, agreement));
        return seen;
      });
  if (!more) return tl::unexpected(more.error());
  if (*more) json["next"] = cursor_of({std::to_string(filter.after)});
  http::Response response = json_response(line_of(json));
  if (*more) response.fields.add("link", next_link(call, json["next"].get<std::string>()));
  return response;
}

Outcome<store::Message> message_of(Service& service, const Call& call) {
  const auto no_such = [&] {
    return refusal(fault::no_such_thing, fmt::format("no alert `{}`", call.parts[0].substr(0, 40)));
  };
  const auto no = number_at({call.parts[0]}, 0);
  if (!no || *no == 0) return no_such();
  const auto reader = reader_of(service);
  if (!reader) return tl::unexpected(reader.error());
  const auto rows = read((*reader)->messages({.after = static_cast<std::int64_t>(*no) - 1}, 1));
  if (!rows) return tl::unexpected(rows.error());
  if (rows->empty() || rows->front().no != static_cast<std::int64_t>(*no)) return no_such();
  if (!sees(call, rows->front(), agreement_id(service, rows->front()))) return no_such();
  return rows->front();
}

Answer read_one(Service& service, Call& call) {
  const auto message = message_of(service, call);
  if (!message) return tl::unexpected(message.error());
  return json_response(line_of(row_of(*message, agreement_id(service, *message))));
}

void retry(Service& service, Call call, http::Respond respond) {
  auto found = message_of(service, call);
  if (!found) return respond(response_to(found.error()));
  store::Message message = std::move(*found);
  if (message.state != State::failed)
    return respond(response_to(problem(
        fault::not_possible,
        fmt::format("the alert is {}; only a failed one is tried again", word(message.state)))));
  message.state = State::waiting;
  message.tries = 0;
  message.not_before = call.now;
  message.finished.reset();
  store::Progress progress{.key = message.key,
                           .state = message.state,
                           .tries = 0,
                           .not_before = message.not_before,
                           .last_error = message.last_error};
  service.rooms.registry.progress(
      {std::move(progress)}, [&service, respond, message](const auto& kept) {
        if (!kept) return respond(response_to(problem_of(kept.error())));
        if (service.rooms.alerting.wake) service.rooms.alerting.wake();
        respond(json_response(line_of(row_of(message, agreement_id(service, message))), 202));
      });
}

}  // namespace

void add_alerts(Routes& routes) {
  using Form = Parameter::Form;
  routes.push_back(
      {.method = "GET",
       .path = "/v1/alerts/rules",
       .operation = "readAlertRules",
       .tag = "alerts",
       .summary = "Who is told what, when and by which way",
       .description = "Secrets are shown by their last four characters.",
       .door = Door::everywhere,
       .right = Right::administer,
       .fields = {"if-none-match"},
       .replies = {{200, "the rules", {{"application/json", "api#alertRules"}}, {"etag"}},
                   {304, "as the client has it"}},
       .answer = read_rules});
  routes.push_back(
      {.method = "PUT",
       .path = "/v1/alerts/rules",
       .operation = "replaceAlertRules",
       .tag = "alerts",
       .summary = "New rules in place of those in use",
       .description = "A secret in its hidden form stands for the one in use. `if-match` takes the "
                      "entity tag that was read.",
       .door = Door::everywhere,
       .right = Right::administer,
       .body = {{"application/json", "api#alertRules"}},
       .fields = {"if-match"},
       .replies = {{200, "in use", {{"application/json", "api#alertRules"}}, {"etag"}}},
       .problems = {fault::wrong_alerts.name, fault::not_current.name,
                    fault::condition_required.name},
       .command = put_rules});
  routes.push_back({.method = "GET",
                    .path = "/v1/alerts",
                    .operation = "listAlerts",
                    .tag = "alerts",
                    .summary = "What was told to whom, what waits and what failed",
                    .door = Door::known,
                    .right = Right::audit,
                    .query = {{"agreement", Form::text, "only about this agreement"},
                              {"state", Form::word, "only in this state", false, false,
                               "waiting sent failed cancelled"},
                              {"recipient", Form::text, "only to this recipient"},
                              parameter::limit,
                              parameter::cursor},
                    .replies = {{200, "a page", {{"application/json", "api#alertPage"}}, {"link"}}},
                    .problems = {fault::no_agreement.name},
                    .answer = list});
  routes.push_back({.method = "GET",
                    .path = "/v1/alerts/{alert}",
                    .operation = "readAlert",
                    .tag = "alerts",
                    .summary = "One alert and what became of it",
                    .door = Door::known,
                    .right = Right::audit,
                    .replies = {{200, "the alert", {{"application/json", "api#alert"}}}},
                    .problems = {fault::no_such_thing.name},
                    .answer = read_one});
  routes.push_back({.method = "POST",
                    .path = "/v1/alerts/{alert}/retry",
                    .operation = "retryAlert",
                    .tag = "alerts",
                    .summary = "Try a failed alert again, from the first try on",
                    .door = Door::known,
                    .right = Right::administer,
                    .replies = {{202, "it waits to be sent", {{"application/json", "api#alert"}}}},
                    .problems = {fault::no_such_thing.name, fault::not_possible.name},
                    .command = retry});
}

}  // namespace samrad::api
