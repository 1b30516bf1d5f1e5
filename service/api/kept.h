// The documents that the API keeps in the store, by kind and id. Others of the service read them.
#pragma once

#include <string_view>

#include "service/alerts/kept.h"

namespace samrad::api {

// An API token: access::stored_json under the record's id.
inline constexpr std::string_view kind_of_token = "token";

// The one alert configuration, and that somebody has seen a duty.
using alerts::acknowledgement_id;
using alerts::id_of_alerts;
using alerts::kind_of_acknowledgement;
using alerts::kind_of_alerts;

// A calendar that somebody follows by a secret address: {"agreement", "owner", "language", "hash", "by", "made"}.
inline constexpr std::string_view kind_of_calendar = "calendar";
// What its address begins with, before the secret.
inline constexpr std::string_view calendar_feeds = "/calendars/";
// What a calendar has shown: by occurrence its day, sequence and state.
inline constexpr std::string_view kind_of_shown = "feed-shown";

// The answer to a request with an idempotency key.
inline constexpr std::string_view kind_of_repetition = "idempotency";

}  // namespace samrad::api
