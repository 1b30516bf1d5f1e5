// The log read: pages of events with the very bytes that are kept.

#include "service/api/events_list.h"

#include <iterator>

#include <fmt/format.h>

#include "service/api/cursor.h"
#include "service/api/entity_tag.h"
#include "service/api/questions.h"
#include "service/registry/canonical.h"

namespace samrad::api {

namespace {

using access::Right;

constexpr std::string_view lines = "application/x-ndjson";

// `"event"` holds the bytes of the log, so that a proof laid over them can be checked.
void append_row(std::string& out, const store::Event& event, bool with_by) {
  fmt::format_to(std::back_inserter(out), "{{\"sequence\":{},\"recorded\":\"{}\"", event.sequence,
                 registry::utc_text(event.recorded));
  if (with_by) {
    out += ",\"by\":";
    registry::append_text(out, event.by);
  }
  out += ",\"event\":" + event.bytes + '}';
}

std::optional<Micros> moment(const Call& call, std::string_view name,
                             const std::string& zone_name) {
  const auto given = call.one(name);
  const auto zone = given ? record::Zone::open(zone_name) : tl::unexpected(std::string());
  if (!zone) return std::nullopt;
  const auto when = record::parse_when(*given);
  if (!when) return std::nullopt;
  if (when->timed) return registry::micros_of(when->instant);
  return zone->first_second(when->day) * 1'000'000;
}

store::EventFilter filter_of(const Call& call, const store::Agreement& agreement) {
  store::EventFilter filter;
  if (const auto after = call.one("after"))
    filter.after = number_at({std::string(*after)}, 0).value_or(0);
  if (const auto cursor = call.one("cursor"))
    if (const auto place = parse_cursor(*cursor))
      filter.after = number_at(*place, 0).value_or(filter.after);
  filter.type = call.one("type").value_or("");
  filter.subject = call.one("subject").value_or("");
  filter.recorded_from = moment(call, "recordedFrom", agreement.zone);
  filter.recorded_before = moment(call, "recordedBefore", agreement.zone);
  return filter;
}

Answer list(Service& service, Call& call) {
  const auto reader = reader_of(service);
  if (!reader) return tl::unexpected(reader.error());
  const auto agreement = agreement_of(**reader, call.agreement());
  if (!agreement) return tl::unexpected(agreement.error());
  const auto last = read((*reader)->last_sequence(agreement->no));
  if (!last) return tl::unexpected(last.error());
  const auto events =
      read((*reader)->events(agreement->no, filter_of(call, *agreement), call.limit() + 1));
  if (!events) return tl::unexpected(events.error());
  const bool more = events->size() > call.limit();
  const std::size_t count = more ? call.limit() : events->size();
  const std::string next =
      more ? cursor_of({std::to_string((*events)[count - 1].sequence)}) : std::string();
  const bool with_by = call.may(Right::audit);
  std::string body;
  for (std::size_t i = 0; i < count; ++i) {
    if (call.media == lines) {
      body += (*events)[i].bytes + '\n';
      continue;
    }
    body += i > 0 ? ",\n" : "";
    append_row(body, (*events)[i], with_by);
  }
  const std::string form = call.media == lines ? "-lines" : with_by ? "-by" : "";
  if (call.media != lines)
    body = fmt::format("{{\"sequence\":{},\"events\":[\n{}\n],\"next\":{}}}\n", *last, body,
                       next.empty() ? "null" : '"' + next + '"');
  http::Response response = rendered(call, std::move(body));
  response.fields.add("cache-control", "private, no-cache");
  if (!next.empty()) response.fields.add("link", next_link(call, next));
  std::string tag = tag_of_log(*last);
  tag.insert(tag.size() - 1, form);
  return with_tag(call, std::move(response), std::move(tag));
}

Answer read_one(Service& service, Call& call) {
  const auto reader = reader_of(service);
  if (!reader) return tl::unexpected(reader.error());
  const auto agreement = agreement_of(**reader, call.agreement());
  if (!agreement) return tl::unexpected(agreement.error());
  const auto sequence = number_at({call.parts[1]}, 0);
  auto event = read(sequence ? (*reader)->event(agreement->no, *sequence)
                             : store::Result<std::optional<store::Event>>());
  if (!event) return tl::unexpected(event.error());
  if (!*event)
    return refusal(fault::no_such_thing,
                   fmt::format("no event `{}` in the log", call.parts[1].substr(0, 40)));
  std::string body;
  append_row(body, **event, call.may(Right::audit));
  http::Response response = json_response(body + '\n');
  response.fields.add("cache-control", "private, no-cache");
  return with_tag(call, std::move(response), tag_of_bytes(body));
}

}  // namespace

void add_event_lists(Routes& routes) {
  using Form = Parameter::Form;
  routes.push_back(
      {.method = "GET",
       .path = "/v1/agreements/{agreement}/events",
       .operation = "listEvents",
       .tag = "events",
       .summary = "The log: events in the order in which they were recorded",
       .description = "`event` holds the canonical bytes that are kept. As `application/x-ndjson` "
                      "they come one a line, as `samrad audit` "
                      "reads them. Who recorded each is shown to callers with the right to audit. "
                      "The entity tag is that of the log.",
       .query = {{"after", Form::number, "only events behind this sequence"},
                 {"type", Form::text, "only of this type"},
                 {"subject", Form::text, "only about this subject"},
                 {"recordedFrom", Form::moment, "only recorded then or later"},
                 {"recordedBefore", Form::moment, "only recorded before"},
                 parameter::limit,
                 parameter::cursor,
                 {"format", Form::word, "the form of the answer, in place of `accept`", false,
                  false, "json ndjson"}},
       .fields = {"if-none-match"},
       .replies =
           {{200, "a page", {{"application/json", "api#eventPage"}, {lines}}, {"etag", "link"}},
            {304, "as the client has it"}},
       .answer = list});
  routes.push_back(
      {.method = "GET",
       .path = "/v1/agreements/{agreement}/events/{sequence}",
       .operation = "readEvent",
       .tag = "events",
       .summary = "One event of the log",
       .fields = {"if-none-match"},
       .replies = {{200, "the event", {{"application/json", "api#loggedEvent"}}, {"etag"}},
                   {304, "as the client has it"}},
       .problems = {fault::no_such_thing.name},
       .answer = read_one});
}

}  // namespace samrad::api
