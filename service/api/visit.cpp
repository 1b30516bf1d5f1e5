// The way of a request. Entry point: visit.
//
// An answer that is kept costs a look at the token, the rate and the cache. All others go the long way: route, door, query, form, and then
// the handler on this thread, a worker's or the registry's.

#include "service/api/visit.h"

#include <chrono>

#include <fmt/format.h>

#include "service/api/admission.h"
#include "service/api/cross_origin.h"
#include "service/api/entity_tag.h"
#include "service/api/limits.h"
#include "service/http/refusal.h"

namespace samrad::api {

namespace {

using Steady = std::chrono::steady_clock;

// What is left to do when the answer is there.
struct Visit {
  Service* service = nullptr;
  const Route* route = nullptr;
  Steady::time_point begun = Steady::now();
  std::string origin;  // of a page of another site that may read the answer; empty: none
  std::optional<Counted> counted;
  http::Respond respond;

  void end(http::Response response) const {
    if (counted)
      for (auto& [name, value] : access::fields_of(counted->answer, *counted->rate))
        response.fields.add(std::move(name), std::move(value));
    if (!response.fields.find("cache-control")) response.fields.add("cache-control", "no-store");
    response.fields.add("x-content-type-options", "nosniff");
    if (!origin.empty()) allow_origin(response, origin);
    const auto took = std::chrono::duration_cast<std::chrono::microseconds>(Steady::now() - begun);
    service->counts.add(route, response.status, took.count());
    respond(std::move(response));
  }
};
using VisitPointer = std::shared_ptr<const Visit>;

// What was thrown is for the log; in a handler of `catch`.
http::Response failed() {
  const http::RefusalKind& kind = http::refusal::internal_error;
  http::Response response = response_to(
      http::Problem{std::string(kind.name), std::string(kind.title), kind.status, {}, {}, {}});
  try {
    throw;
  } catch (const std::exception& thrown) {
    response.failure = thrown.what();
  } catch (...) {
    response.failure = "something that is no std::exception";
  }
  return response;
}

// Nothing that a handler throws leaves this room or is shown.
template <class Work>
http::Response guarded(Work work) {
  try {
    return work();
  } catch (...) {
    return failed();
  }
}

std::string cache_key(const http::Request& request) {
  std::string key = request.target;
  (key += '\n') += request.fields.find("accept").value_or("");
  (key += '\n') += request.fields.find("accept-language").value_or("");
  return key;
}

std::optional<Standing> standing_of(const Service& service, std::string_view agreement) {
  const auto entry = service.rooms.registry.directory().find(agreement);
  if (!entry || !entry->known) return std::nullopt;
  return Standing{entry->sequence, entry->version};
}

// The kept answer, with what this request adds to it.
http::Response as_asked(const http::Request& request, const http::Response& kept) {
  const auto tag = kept.fields.find("etag");
  const auto known = request.fields.find("if-none-match");
  http::Response response = kept;
  if (tag && known && names(*known, *tag, true)) {
    response.status = 304;
    response.shared_body.reset();
  }
  return response;
}

// Makes the answer of a cached route, once for all who wait for it.
void make_kept(Service& service, const VisitPointer& visit, const std::shared_ptr<Call>& call,
               std::string key, const std::string& shared) {
  const auto standing = standing_of(service, call->agreement());
  http::Response made = guarded([&] { return response_to(call->route->answer(service, *call)); });
  if (made.status == 200) {
    auto body = std::make_shared<const std::string>(std::move(made.body));
    made.fields.set("etag", tag_of_bytes(*body));
    made.fields.set("cache-control", "private, no-cache");
    made.fields.add("vary", "accept, accept-language, authorization");
    made.shared_body = std::move(body);
    if (standing && call->fresh_until > call->now)
      service.cache.keep(std::move(key), std::make_shared<const Kept>(
                                             Kept{call->route, std::string(call->agreement()),
                                                  *standing, call->fresh_until, made}));
  }
  service.cache.done(shared, made);
  visit->end(as_asked(call->request, made));
}

void answer_cached(Service& service, const VisitPointer& visit, const std::shared_ptr<Call>& call) {
  const std::string key = cache_key(call->request);
  const Standing standing = standing_of(service, call->agreement()).value_or(Standing{});
  const std::string shared = fmt::format("{}\n{}\n{}", key, standing.sequence, standing.version);
  const bool ours = service.cache.begin(shared, [visit, call](const http::Response& made) {
    visit->end(as_asked(call->request, made));
  });
  const bool taken = !ours || service.pool.run([&service, visit, call, key, shared] {
    make_kept(service, visit, call, key, shared);
  });
  service.counts.cache(false);
  if (taken) return;
  const http::Response busy = response_to(problem(fault::too_busy, "all workers are busy"));
  service.cache.done(shared, busy);
  visit->end(busy);
}

void run(Service& service, const std::shared_ptr<Call>& call, const http::Respond& respond) {
  const Route& route = *call->route;
  if (route.command) {
    // What it throws before it has handed `respond` on is answered here; afterwards nothing throws.
    try {
      route.command(service, std::move(*call), respond);
    } catch (...) {
      respond(failed());
    }
    return;
  }
  respond(guarded([&] { return response_to(route.answer(service, *call)); }));
}

// Where the route has it done.
void place(Service& service, const std::shared_ptr<Call>& call, const http::Respond& respond) {
  const bool here =
      call->route->work == Work::here ||
      (call->route->work == Work::by_size && call->request.body.size() <= body_bytes_here_max);
  if (here) return run(service, call, respond);
  if (!service.pool.run([&service, call, respond] { run(service, call, respond); }))
    respond(response_to(problem(fault::too_busy, "all workers are busy")));
}

// With an idempotency key: the answer given before, or this one, to be kept.
void repeatable(Service& service, const std::shared_ptr<Call>& call, std::string_view given,
                const http::Respond& respond) {
  if (given.empty() || given.size() > idempotency_key_bytes_max)
    return respond(response_to(problem(
        fault::wrong_header, {},
        {{.header = "idempotency-key",
          .message = fmt::format("should have 1 to {} bytes", idempotency_key_bytes_max)}})));
  const auto key = Repetitions::key_of(call->request, call->principal.id, given);
  switch (service.repetitions.begin(key)) {
  case Repetitions::Seen::other: return respond(response_to(problem(fault::other_body)));
  case Repetitions::Seen::running: return respond(response_to(problem(fault::in_progress)));
  case Repetitions::Seen::again: {
    const auto reader = reader_of(service);
    if (!reader) return respond(response_to(reader.error()));
    const auto kept = read(service.repetitions.answer(**reader, key));
    if (!kept) return respond(response_to(kept.error()));
    return respond(kept->value_or(response_to(problem(fault::in_progress))));
  }
  case Repetitions::Seen::first: break;
  }
  place(service, call, [&service, key, respond](http::Response response) {
    service.repetitions.end(key, std::move(response), respond);
  });
}

// False: nothing good is kept.
bool answer_kept(Service& service, http::Request& request, Visit& visit, Micros now) {
  const KeptPointer kept = service.cache.find(cache_key(request));
  if (!kept || kept->fresh_until <= now || standing_of(service, kept->agreement) != kept->standing)
    return false;
  visit.route = kept->route;
  const auto principal = let_in(service, request, now, false, visit.counted);
  if (!principal) {
    visit.end(principal.error());
  } else if (!access::may(*principal, kept->route->right, kept->agreement)) {
    const bool seen = access::may(*principal, access::Right::read, kept->agreement);
    visit.end(seen ? response_to(access::lacking(kept->route->right))
                   : response_to(no_agreement(kept->agreement)));
  } else {
    service.counts.cache(true);
    visit.end(as_asked(request, kept->response));
  }
  return true;
}

void no_route(Service& service, const http::Request& request, const Router::Found& found,
              Visit& visit, Micros now) {
  if (request.method == "OPTIONS" && !found.allow.empty())
    return visit.end(preflight(request, found.allow, visit.origin));
  if (const auto known = let_in(service, request, now, true, visit.counted); !known)
    return visit.end(known.error());
  if (found.allow.empty()) return visit.end(response_to(problem(fault::no_such_path)));
  http::Response response =
      response_to(problem(fault::no_such_method, "this path takes " + found.allow));
  response.fields.add("allow", found.allow);
  visit.end(std::move(response));
}

}  // namespace

void visit(Service& service, http::Request request, http::Respond respond) {
  const Micros now = service.rooms.clock.now();
  Visit visit{&service,
              nullptr,
              Steady::now(),
              allowed_origin(service.settings.cors_origins, request),
              {},
              std::move(respond)};
  const bool reading = request.method == "GET" || request.method == "HEAD";
  if (reading && answer_kept(service, request, visit, now)) return;

  Router::Found found = service.router.find(request.method, request.path);
  if (!found.route) return no_route(service, request, found, visit, now);
  visit.route = found.route;
  auto principal = let_in(service, request, now, found.route->door == Door::open, visit.counted);
  if (!principal) return visit.end(principal.error());

  const auto call = std::make_shared<Call>();
  call->request = std::move(request);
  call->route = found.route;
  call->parts = std::move(found.parts);
  call->principal = std::move(*principal);
  call->now = now;
  if (auto response = turned_away(service, *call)) return visit.end(std::move(*response));
  call->faults = query_faults(*call->route, call->request);
  if (!call->faults.empty() && call->route->body.empty())
    return visit.end(response_to(problem(fault::wrong_parameters, {}, std::move(call->faults))));
  if (auto response = choose_form(*call)) return visit.end(std::move(*response));
  if (auto response = wrong_form(*call)) return visit.end(std::move(*response));
  choose_language(*call, service.settings.language);

  const auto going = std::make_shared<const Visit>(std::move(visit));
  if (call->route->cached) return answer_cached(service, going, call);
  const http::Respond last = [going](http::Response response) { going->end(std::move(response)); };
  const auto key = call->request.fields.find("idempotency-key");
  if (key && call->route->repeatable) return repeatable(service, call, std::string(*key), last);
  place(service, call, last);
}

bool wants_body(Service& service, const http::Request& request) {
  const Router::Found found = service.router.find(request.method, request.path);
  if (!found.route) return false;
  if (found.route->door == Door::open) return true;
  auto principal = service.rooms.gate.authenticate(request, service.rooms.clock.now());
  if (!principal) return false;
  Call call;
  call.route = found.route;
  call.parts = found.parts;
  call.principal = std::move(*principal);
  return !turned_away(service, call);
}

}  // namespace samrad::api
