// Events as a client sends them, in any of the ways of the CloudEvents HTTP binding.
//
//   structured  application/cloudevents+json, or application/json with an object
//   batch       application/cloudevents-batch+json, application/json with a list, or application/x-ndjson with one a line
//   binary      attributes in `ce-…` fields, `data` as the body
#pragma once

#include <vector>

#include "service/api/call.h"
#include "service/api/problems.h"
#include "service/registry/commands.h"

namespace samrad::api {

struct EventBody {
  std::vector<registry::Incoming>
      events;  // at least one; each with its faults, whose line is its position from 1
  EventPlace place = EventPlace::batch;

  [[nodiscard]] bool any_fault() const;
};

// The error is about the request as a whole: no such media type, nothing in it, too much in it, not JSON at all; or the query is wrong, and
// then faults of the events are told with it.
[[nodiscard]] tl::expected<EventBody, http::Problem> read_events(Call& call,
                                                                 std::size_t events_max);

// All faults of all events.
[[nodiscard]] std::vector<http::Fault> faults_of(const EventBody& body);

// The forms of it, for the rows of routes.
[[nodiscard]] std::vector<Media> event_media();

}  // namespace samrad::api
