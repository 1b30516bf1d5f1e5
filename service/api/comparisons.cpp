// What two moments say differently, and what events would change that are not recorded.

#include <algorithm>

#include "service/api/event_body.h"
#include "service/api/questions.h"
#include "service/api/resources.h"
#include "service/registry/canonical.h"
#include "service/reports/difference.h"

namespace samrad::api {

namespace {

using record::Asked;
using reports::AuditResult;

constexpr std::string_view json = "application/json";

std::optional<Asked> moment(const Call& call, std::string_view name, const record::Zone& zone) {
  const auto given = call.one(name);
  return given ? record::parse_asked(*given, zone) : std::nullopt;
}

std::string rendered_difference(const reports::Difference& difference, const Call& call) {
  return call.media == json ? reports::difference_json(difference)
                            : reports::difference_text(difference, style_of(call));
}

// As `samrad diff`: what the second pair does not say is as of the first, with all that is on record.
Answer diff(Service& service, Call& call) {
  auto opened = service.rooms.reading_room.open(call.agreement());
  if (!opened) return tl::unexpected(problem_of(opened.error()));
  const registry::Case& the_case = **opened;
  return the_case.ask([&](const record::History& history) -> Answer {
    const reports::AuditRequest first = request_of(call, the_case.rules(), history.zone());
    reports::AuditRequest second = first;
    if (const auto as_of = moment(call, "toAsOf", history.zone())) second.as_of = *as_of;
    second.known_at = moment(call, "toKnownAt", history.zone());
    auto before = audit_of(history, first);
    if (!before) return tl::unexpected(before.error());
    auto after = audit_of(history, second);
    if (!after) return tl::unexpected(after.error());
    return rendered(call, rendered_difference(
                              reports::difference(std::move(*before), std::move(*after)), call));
  });
}

// As if recorded one after all that is: so the moment before tells what is without them.
std::vector<record::Record> recorded_next(EventBody body, const registry::Case& the_case,
                                          Micros now, record::Instant& just_before) {
  const auto last =
      the_case.ask([](const record::History& history) { return history.last_recorded(); });
  just_before = std::max(registry::instant_of(now), last.value_or(record::Instant{}));
  std::vector<record::Record> records;
  for (registry::Incoming& one : body.events) {
    one.record.has_recorded = true;
    one.record.recorded = {true, {just_before.seconds + 1, 0}, {}};
    records.push_back(std::move(one.record));
  }
  return records;
}

Asked asked_at(std::int64_t utc, const record::Zone& zone) {
  return {{zone.day_of(utc), utc}, false};
}

// As of the later of the present and the last of the events, unless the query says so.
reports::AuditRequest what_if_request(Call& call, const registry::Case& with,
                                      const record::Zone& zone,
                                      const std::vector<record::Record>& added) {
  reports::AuditRequest request = request_of(call, with.rules(), zone);
  if (call.one("asOf")) return request;
  for (const record::Record& one : added) {
    const calendar::Day day = one.time.timed ? zone.day_of(one.time.instant.seconds) : one.time.day;
    if (day > request.as_of.moment.day) request.as_of = record::asked(day, zone);
  }
  return request;
}

Answer try_out(Service& service, Call& call, EventBody body) {
  const auto without = service.rooms.reading_room.open(call.agreement());
  if (!without) return tl::unexpected(problem_of(without.error()));
  const EventPlace place = body.place;
  record::Instant just_before;
  const std::vector<record::Record> added =
      recorded_next(std::move(body), **without, call.now, just_before);
  const auto with = service.rooms.reading_room.open_with(call.agreement(), added);
  if (!with) return tl::unexpected(problem_of(with.error(), place));
  const registry::Case& the_case = **with;
  return the_case.ask([&](const record::History& history) -> Answer {
    reports::AuditRequest request = what_if_request(call, the_case, history.zone(), added);
    request.known_at = asked_at(just_before.seconds, history.zone());
    auto before = audit_of(history, request);
    if (!before) return tl::unexpected(before.error());
    request.known_at = asked_at(just_before.seconds + 1, history.zone());
    auto after = audit_of(history, request);
    if (!after) return tl::unexpected(after.error());
    const std::string whole = call.yes("full") ? reports::audit_json(*after) : std::string();
    std::string text =
        rendered_difference(reports::difference(std::move(*before), std::move(*after)), call);
    if (!whole.empty() && call.media == json)
      text = "{\"difference\":" + text + ",\"audit\":" + whole + "}\n";
    else if (call.media == json)
      text = "{\"difference\":" + text + "}\n";
    return rendered(call, std::move(text));
  });
}

void what_if(Service& service, Call call, http::Respond respond) {
  auto body = read_events(call, service.settings.events_per_request_max);
  if (!body) return respond(response_to(body.error()));
  if (body->any_fault())
    return respond(response_to(problem(fault::wrong_events, {}, faults_of(*body))));
  respond(response_to(try_out(service, call, std::move(*body))));
}

}  // namespace

void add_comparisons(Routes& routes) {
  using Form = Parameter::Form;
  const Parameter format = {"format", Form::word, "the form of the answer, in place of `accept`",
                            false,    false,      "json text"};
  routes.push_back(
      {.method = "GET",
       .path = "/v1/agreements/{agreement}/diff",
       .operation = "compareMoments",
       .tag = "verdicts",
       .summary = "What changed between two moments, and because of which events",
       .description =
           "Each moment is a pair: as of when, and as known when. What the second pair does not "
           "say is as of the first, with all "
           "that is on record now. Both are judged by the rules as they are on record now.",
       .cached = true,
       .query = {parameter::as_of,
                 parameter::known_at,
                 {"toAsOf", Form::moment, "the second moment"},
                 {"toKnownAt", Form::moment, "as known when, of the second"},
                 parameter::reading,
                 parameter::language,
                 format},
       .replies = {{200, "the difference", {{json, "difference"}, {"text/plain"}}, {"etag"}},
                   {304, "as the client has it"}},
       .problems = {fault::wrong_question.name, fault::history_faulty.name},
       .answer = diff});
  routes.push_back({.method = "POST",
                    .path = "/v1/agreements/{agreement}/what-if",
                    .operation = "tryEvents",
                    .tag = "verdicts",
                    .summary = "The verdicts that events would give which are not recorded",
                    .description = "The body is as for recording events, and nothing is kept. As "
                                   "of the present or the last of the events, whichever is "
                                   "later. With `full=true` the whole audit comes along.",
                    .query = {parameter::as_of,
                              parameter::reading,
                              {"full", Form::yes_no, "give the whole audit too"},
                              parameter::language,
                              format},
                    .body = event_media(),
                    .replies = {{200, "the difference", {{json, "api#whatIf"}, {"text/plain"}}}},
                    .problems = {fault::wrong_events.name, fault::event_conflict.name,
                                 fault::batch_too_large.name, fault::wrong_question.name,
                                 fault::history_faulty.name},
                    .command = what_if});
}

}  // namespace samrad::api
