#include "service/api/event_body.h"

#include <algorithm>

#include <fmt/format.h>

#include "service/api/negotiate.h"
#include "service/api/router.h"
#include "service/record/limits.h"
#include "service/record/split.h"
#include "service/registry/canonical.h"

namespace samrad::api {

namespace {

constexpr std::string_view structured = "application/cloudevents+json";
constexpr std::string_view batch = "application/cloudevents-batch+json";
constexpr std::string_view lines = "application/x-ndjson";
constexpr std::string_view json = "application/json";
constexpr std::string_view prefix = "ce-";

registry::Incoming incoming(std::string_view text, std::size_t position) {
  registry::Incoming one;
  if (auto record = record::read_record(text, {"", position}, one.faults)) {
    one.record = std::move(*record);
  } else if (const auto content = record::parse_json(text)) {
    // What is refused is still called by its name.
    for (const auto& [name, out] :
         {std::pair{"id", &one.record.id}, {"source", &one.record.source}})
      if (const record::Json* value = content->find(name);
          value != nullptr && value->text.size() <= record::name_bytes_max)
        *out = value->text;
  }
  return one;
}

tl::unexpected<http::Problem> too_many(std::size_t events_max) {
  return refusal(fault::batch_too_large,
                 fmt::format("more than {} events; one request takes no more", events_max));
}

tl::expected<EventBody, http::Problem> read_batch(std::string_view text, std::size_t events_max) {
  const record::Pieces pieces = record::split(text, events_max);
  if (pieces.list.size() > events_max) return too_many(events_max);
  if (pieces.broken_line != 0)
    return refusal(fault::wrong_body, {},
                   {{.message = fmt::format("line {}: {}", pieces.broken_line, pieces.broken)}});
  if (pieces.list.empty()) return refusal(fault::wrong_body, "there is no event in it");
  EventBody body;
  for (const record::Piece& piece : pieces.list)
    body.events.push_back(incoming(piece.text, body.events.size() + 1));
  return body;
}

// A field's value as the binding has it: perhaps between quotes, then percent-encoded.
std::optional<std::string> attribute_value(std::string_view field) {
  if (field.size() < 2 || !field.starts_with('"') || !field.ends_with('"'))
    return percent_decoded(field);
  std::string unquoted;
  for (std::size_t i = 1; i + 1 < field.size(); ++i) {
    if (field[i] == '\\' && i + 2 < field.size()) ++i;
    unquoted += field[i];
  }
  return percent_decoded(unquoted);
}

// The fields and the body put together to the event's JSON form, which is then read as any other.
tl::expected<EventBody, http::Problem> read_binary(const http::Request& request) {
  std::vector<http::Fault> faults;
  std::string text = "{";
  const auto member = [&](std::string_view name, std::string_view value) {
    if (text.size() > 1) text += ',';
    registry::append_text(text, name);
    text += ':';
    registry::append_text(text, value);
  };
  std::vector<std::string_view> seen;
  for (const auto& [name, value] : request.fields.list()) {
    if (!name.starts_with(prefix)) continue;
    const std::string_view attribute = std::string_view(name).substr(prefix.size());
    const auto decoded = attribute_value(value);
    if (std::find(seen.begin(), seen.end(), attribute) != seen.end())
      faults.push_back({.header = name, .message = "is given twice"});
    else if (!decoded)
      faults.push_back({.header = name,
                        .message = "a `%` is not followed by two hexadecimal digits",
                        .help = "write it `%25`"});
    else if (attribute == "data" || attribute == "datacontenttype")
      faults.push_back({.header = name,
                        .message = "is no attribute of the binary mode",
                        .help = "data is the body, its type `content-type`"});
    else
      member(attribute, *decoded);
    seen.push_back(attribute);
  }
  if (const auto type = request.fields.find("content-type"); type && !request.body.empty())
    member("datacontenttype", *type);
  if (!request.body.empty()) {
    const auto content = record::parse_json(request.body);
    if (!content)
      faults.push_back(
          {.message = content.error(), .help = "the body is the event's data: a JSON object"});
    else
      text += (text.size() > 1 ? ",\"data\":" : "\"data\":") + request.body;
  }
  if (!faults.empty()) return refusal(fault::wrong_body, {}, std::move(faults));
  EventBody body;
  body.place = EventPlace::headers;
  body.events.push_back(incoming(text + '}', 1));
  return body;
}

tl::expected<EventBody, http::Problem> read_alone(std::string_view text) {
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos)
    return refusal(fault::wrong_body, "there is no event in it");
  EventBody body;
  body.place = EventPlace::alone;
  body.events.push_back(incoming(text, 1));
  return body;
}

tl::expected<EventBody, http::Problem> read_body(const http::Request& request,
                                                 std::size_t events_max) {
  const std::string type = media_type(request.fields.find("content-type").value_or(""));
  if (type == batch || type == lines) return read_batch(request.body, events_max);
  if (type == structured) return read_alone(request.body);
  if (request.fields.find("ce-specversion")) return read_binary(request);
  const std::size_t first = request.body.find_first_not_of(" \t\r\n");
  const bool list = first != std::string::npos && request.body[first] == '[';
  return list ? read_batch(request.body, events_max) : read_alone(request.body);
}

}  // namespace

bool EventBody::any_fault() const {
  return std::any_of(events.begin(), events.end(),
                     [](const auto& one) { return one.faults.any_error(); });
}

std::vector<http::Fault> faults_of(const EventBody& body) {
  std::vector<http::Fault> all;
  for (const registry::Incoming& one : body.events)
    for (http::Fault& fault : faults_of(one.faults, body.place))
      if (all.size() < record::faults_max) all.push_back(std::move(fault));
  return all;
}

tl::expected<EventBody, http::Problem> read_events(Call& call, std::size_t events_max) {
  auto body = read_body(call.request, events_max);
  if (call.faults.empty()) return body;
  std::vector<http::Fault> faults = std::move(call.faults);
  for (http::Fault& fault : body ? faults_of(*body) : body.error().errors)
    faults.push_back(std::move(fault));
  return refusal(fault::wrong_parameters, {}, std::move(faults));
}

std::vector<Media> event_media() {
  return {{structured, "event"}, {batch, "api#eventBatch"}, {json, "api#eventOrBatch"}, {lines}};
}

}  // namespace samrad::api
