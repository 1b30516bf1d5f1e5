// What handlers work with: the rooms of the service and what the API keeps for itself.
#pragma once

#include <memory>
#include <semaphore>
#include <string>
#include <string_view>

#include "service/api/api.h"
#include "service/api/cache.h"
#include "service/api/call.h"
#include "service/api/counts.h"
#include "service/api/hub.h"
#include "service/api/pool.h"
#include "service/api/probe.h"
#include "service/api/problems.h"
#include "service/api/repetitions.h"
#include "service/api/router.h"

namespace samrad::api {

struct Service {
  Service(Rooms with, Settings how, Routes rows);

  Rooms rooms;
  Settings settings;
  Routes routes;
  Router router;
  Counts counts;
  Cache cache;
  Repetitions repetitions;
  access::RateLimiter strangers;           // failed sign-ins, by address
  std::binary_semaphore alerts_change{1};  // taken while somebody replaces the alert rules
  std::shared_ptr<Hub> hub;                // streams may outlive the API
  std::string open_api;                    // the document
  Probe probe;                             // of the store
  Pool pool;                               // the last: its threads use all of the above
};

// All of them, in the order in which the OpenAPI document lists them.
[[nodiscard]] Routes all_routes();

// Of an answer that is written here.
[[nodiscard]] http::Response json_response(std::string body, int status = 200);

// A reader of the store, or the problem that there is none.
[[nodiscard]] tl::expected<std::shared_ptr<store::Reader>, http::Problem>
reader_of(Service& service);
// What the store gives, or the problem that it cannot be read.
template <class T>
[[nodiscard]] tl::expected<T, http::Problem> read(store::Result<T> result) {
  if (result) return std::move(*result);
  return tl::unexpected(problem_of(result.error()));
}

// The agreement of that id as the store has it; no-agreement where there is none.
[[nodiscard]] tl::expected<store::Agreement, http::Problem> agreement_of(store::Reader& reader,
                                                                         std::string_view id);
[[nodiscard]] http::Problem no_agreement(std::string_view id);

// `path` with what links begin with before it.
[[nodiscard]] std::string link_to(const Service& service, std::string_view path);
// A part of a path: everything but letters, digits and `-._~` percent-encoded.
[[nodiscard]] std::string path_part(std::string_view text);

}  // namespace samrad::api
