// Whether the service lives, and whether it does all that it should.

#include <fmt/format.h>

#include "service/api/json.h"
#include "service/api/limits.h"
#include "service/api/resources.h"
#include "service/api/service.h"

namespace samrad::api {

namespace {

constexpr Micros second = 1'000'000;

struct Check {
  std::string_view name;
  bool good = true;
  std::string detail;
};

Check store_writable(Service& service) {
  const std::string fault = service.probe.fault();
  return {"store", fault.empty(), fault.empty() ? "can be written" : fault};
}

Check schema(Service& service) {
  // Opening brings an older schema up to date and refuses a newer one, so that who can read it has the right one.
  const auto reader = service.rooms.store.reader();
  const auto totals = reader ? (*reader)->totals() : tl::unexpected(reader.error());
  return {"migrations", totals.has_value(),
          totals ? "the schema is that of this version" : totals.error().message};
}

Check commits(const registry::Gauges& gauges) {
  return {"commits", gauges.failure.empty(),
          gauges.failure.empty() ? "the last one succeeded" : gauges.failure};
}

Check agreements(const registry::Gauges& gauges) {
  return {"agreements", gauges.unreadable == 0,
          gauges.unreadable == 0
              ? "all that were asked for can be read"
              : fmt::format("{} cannot be read: see the log, and run `samrad fsck`",
                            gauges.unreadable)};
}

Check timers(const registry::Gauges& gauges, Micros now) {
  const Micros behind =
      gauges.next_wake == store::never || gauges.next_wake >= now ? 0 : now - gauges.next_wake;
  return {"timers", behind <= timers_behind_seconds_max * second,
          behind == 0 ? "not behind" : fmt::format("{} seconds behind", behind / second)};
}

Check alerts(Service& service, Micros now) {
  const auto reader = reader_of(service);
  const auto waiting = reader ? read((*reader)->waiting()) : tl::unexpected(reader.error());
  if (!waiting) return {"alerts", false, waiting.error().detail};
  const Micros age =
      waiting->oldest == store::never || waiting->oldest > now ? 0 : now - waiting->oldest;
  const bool stuck = age > alerts_stuck_seconds_max * second;
  const std::size_t unrecorded =
      service.rooms.alerting.figures ? service.rooms.alerting.figures().unrecorded : 0;
  if (unrecorded > 0)
    return {"alerts", false, fmt::format("{} were sent and could not be marked so", unrecorded)};
  std::string detail = waiting->count == 0 ? "none waits"
                                           : fmt::format("{} wait, the oldest for {} seconds",
                                                         waiting->count, age / second);
  // Those do not mend by waiting, nor by another process: they are told, and readiness does not hang on them.
  if (waiting->given_up > 0)
    detail += fmt::format("; {} given up: see /v1/alerts?state=failed", waiting->given_up);
  return {"alerts", !stuck, std::move(detail)};
}

// Those whose keys have never come vouch for nobody; those whose keys are old still do.
Check issuers(const Service& service) {
  if (!service.rooms.issuers || service.rooms.issuers().empty())
    return {"issuers", true, "none is configured"};
  std::string without;
  for (const access::IssuerState& one : service.rooms.issuers())
    if (!one.fetched) without += (without.empty() ? "`" : ", `") + one.issuer + "`";
  return {"issuers", without.empty(),
          without.empty() ? "the keys of all have come" : "no keys have come yet of " + without};
}

Check workers(const Service& service) {
  const std::size_t waiting = service.pool.waiting();
  return {"workers", waiting < service.settings.waiting_max,
          fmt::format("{} requests wait", waiting)};
}

Answer ready(Service& service, Call& call) {
  const registry::Gauges gauges = service.rooms.registry.gauges();
  Json json = {{"ready", true}, {"checks", Json::array()}};
  bool all = true;
  for (const Check& one :
       {schema(service), store_writable(service), commits(gauges), agreements(gauges),
        timers(gauges, call.now), alerts(service, call.now), issuers(service), workers(service)}) {
    all = all && one.good;
    json["checks"].push_back({{"name", one.name}, {"good", one.good}, {"detail", one.detail}});
  }
  json["ready"] = all;
  return json_response(line_of(json), all ? 200 : 503);
}

Answer alive(Service&, Call&) { return json_response("{\"alive\":true}\n"); }

}  // namespace

void add_health(Routes& routes) {
  routes.push_back({.method = "GET",
                    .path = "/healthz",
                    .operation = "isAlive",
                    .tag = "service",
                    .summary = "Whether the process answers",
                    .door = Door::open,
                    .work = Work::here,
                    .replies = {{200, "it does", {{"application/json", "api#alive"}}}},
                    .answer = alive});
  routes.push_back(
      {.method = "GET",
       .path = "/readyz",
       .operation = "isReady",
       .tag = "service",
       .summary = "Whether the service does all that it should, check by check",
       .door = Door::open,
       .work = Work::here,
       .replies = {{200, "ready", {{"application/json", "api#readiness"}}},
                   {503, "one of the checks failed", {{"application/json", "api#readiness"}}}},
       .answer = ready});
}

}  // namespace samrad::api
