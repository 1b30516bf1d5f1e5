// Figures for Prometheus, in its text format 0.0.4.

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "service/api/resources.h"
#include "service/api/service.h"

namespace samrad::api {

namespace {

double seconds(std::int64_t micros) { return static_cast<double>(micros) / 1e6; }

template <class Value>
void metric(std::string& out, std::string_view name, std::string_view type, std::string_view help,
            Value value) {
  metric_head(out, name, type, help);
  fmt::format_to(std::back_inserter(out), "{} {}\n", name, value);
}

void registry_figures(std::string& out, const registry::Gauges& gauges, Micros now) {
  const Micros lag =
      gauges.next_wake == store::never || gauges.next_wake > now ? 0 : now - gauges.next_wake;
  metric(out, "samrad_timer_lag_seconds", "gauge",
         "How long the earliest deadline that has passed waits to be noticed.", seconds(lag));
  metric(out, "samrad_timer_last_lag_seconds", "gauge", "How late the last deadline was noticed.",
         seconds(gauges.wake_lag));
  metric(out, "samrad_timer_highest_lag_seconds", "gauge", "The longest of them since the start.",
         seconds(gauges.wake_lag_max));
  metric(out, "samrad_timer_wakes_total", "counter", "Deadlines noticed.", gauges.wakes);
  metric(out, "samrad_commits_total", "counter", "Transactions written.", gauges.batches);
  metric(out, "samrad_commit_failures_total", "counter", "Transactions that could not be written.",
         gauges.failures);
  metric(out, "samrad_commit_seconds_total", "counter", "Time that transactions took.",
         seconds(static_cast<std::int64_t>(gauges.commit_micros)));
  metric(out, "samrad_commit_last_seconds", "gauge", "Time that the last transaction took.",
         seconds(static_cast<std::int64_t>(gauges.commit_micros_last)));
  metric(out, "samrad_events_total", "counter", "Events recorded.", gauges.events);
  metric(out, "samrad_findings_total", "counter", "Changes of verdicts found.", gauges.findings);
  metric(out, "samrad_commands_waiting", "gauge", "Commands that wait to be done.", gauges.waiting);
  metric(out, "samrad_agreements", "gauge", "Agreements on record.", gauges.agreements);
  metric(out, "samrad_agreements_unreadable", "gauge",
         "Agreements that could not be read when their deadlines came.", gauges.unreadable);
  metric(out, "samrad_agreements_active", "gauge", "Agreements in memory.", gauges.active);
}

void alert_figures(std::string& out, Service& service, Micros now) {
  const auto reader = reader_of(service);
  if (const auto waiting = reader ? read((*reader)->waiting()) : tl::unexpected(reader.error())) {
    const Micros age =
        waiting->oldest == store::never || waiting->oldest > now ? 0 : now - waiting->oldest;
    metric(out, "samrad_alerts_waiting", "gauge", "Alerts that wait to be sent.", waiting->count);
    metric(out, "samrad_alerts_oldest_seconds", "gauge",
           "How long the oldest of them could have been sent.", seconds(age));
    metric(out, "samrad_alerts_given_up", "gauge",
           "Alerts given up that nobody has had tried again.", waiting->given_up);
  }
  if (!service.rooms.alerting.figures) return;
  const Alerting::Figures figures = service.rooms.alerting.figures();
  metric(out, "samrad_alerts_sent_total", "counter", "Alerts that a receiver has.", figures.sent);
  metric(out, "samrad_alerts_again_total", "counter", "Tries that are to be made again.",
         figures.again);
  metric(out, "samrad_alerts_failed_total", "counter", "Alerts given up since the start.",
         figures.failed);
  metric(out, "samrad_alerts_troubles_total", "counter",
         "Times that the sender ran out of memory or the like, and went on.", figures.troubles);
  metric(out, "samrad_alerts_unheard", "gauge",
         "Duties that somebody should be told of now, and nobody is named for.", figures.unheard);
}

void issuer_figures(std::string& out, const Service& service) {
  if (!service.rooms.issuers) return;
  const auto states = service.rooms.issuers();
  const auto count = [&](auto is) { return std::count_if(states.begin(), states.end(), is); };
  metric(out, "samrad_issuers", "gauge", "Issuers of tokens that are believed.", states.size());
  metric(out, "samrad_issuers_without_keys", "gauge", "Those whose keys have never come.",
         count([](const auto& one) { return !one.fetched; }));
  metric(out, "samrad_issuers_failing", "gauge", "Those whose keys could not be fetched last time.",
         count([](const auto& one) { return !one.failure.empty(); }));
}

Answer metrics(Service& service, Call& call) {
  std::string out;
  registry_figures(out, service.rooms.registry.gauges(), call.now);
  alert_figures(out, service, call.now);
  issuer_figures(out, service);
  metric(out, "samrad_http_workers_waiting", "gauge", "Requests that wait for a worker.",
         service.pool.waiting());
  metric(out, "samrad_http_cache_bytes", "gauge", "Answers kept for the next one who asks.",
         service.cache.bytes());
  metric(out, "samrad_streams_waiting", "gauge", "Streams that wait for a finding.",
         service.hub->listeners());
  service.counts.write(out);
  http::Response response;
  response.fields.add("content-type", "text/plain; version=0.0.4; charset=utf-8");
  response.body = std::move(out);
  return response;
}

}  // namespace

void add_metrics(Routes& routes) {
  routes.push_back({.method = "GET",
                    .path = "/metrics",
                    .operation = "readMetrics",
                    .tag = "service",
                    .summary = "Figures for Prometheus",
                    .door = Door::known,
                    .work = Work::here,
                    .replies = {{200, "text format 0.0.4", {{"text/plain"}}}},
                    .answer = metrics});
}

}  // namespace samrad::api
