#include "service/api/counts.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

namespace samrad::api {

Counts::Counts(const Routes& routes) : routes_(routes) {
  for (std::size_t i = 0; i <= routes.size(); ++i)
    rows_.push_back(std::make_unique<Row>());
}

void Counts::add(const Route* route, int status, std::int64_t micros) {
  Row& row = *rows_[route ? static_cast<std::size_t>(route - routes_.data()) : routes_.size()];
  ++row.statuses[static_cast<std::size_t>(std::clamp(status, 100, 599) - 100)];
  const auto it = std::lower_bound(ends.begin(), ends.end(), micros);
  ++row.classes[static_cast<std::size_t>(it - ends.begin())];
  row.micros += micros;
}

std::string_view Counts::name(std::size_t row) const {
  return row < routes_.size() ? routes_[row].operation : "none";
}

void Counts::write(std::string& out) const {
  const auto to = std::back_inserter(out);
  metric_head(out, "samrad_http_requests_total", "counter",
              "Requests answered, by operation and status.");
  for (std::size_t i = 0; i < rows_.size(); ++i)
    for (std::size_t status = 0; status < 500; ++status)
      if (const std::uint64_t n = rows_[i]->statuses[status])
        fmt::format_to(to, "samrad_http_requests_total{{operation=\"{}\",status=\"{}\"}} {}\n",
                       name(i), status + 100, n);
  write_durations(out);
  metric_head(out, "samrad_http_cache_answers_total", "counter",
              "Reads of verdicts, by whether the answer was kept.");
  fmt::format_to(to, "samrad_http_cache_answers_total{{kept=\"yes\"}} {}\n", hits_.load());
  fmt::format_to(to, "samrad_http_cache_answers_total{{kept=\"no\"}} {}\n", misses_.load());
}

void Counts::write_durations(std::string& out) const {
  const auto to = std::back_inserter(out);
  metric_head(out, "samrad_http_request_duration_seconds", "histogram",
              "From the request read to the answer given to the connection.");
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    std::array<std::uint64_t, ends.size() + 1> classes{};
    std::uint64_t all = 0;
    for (std::size_t c = 0; c < classes.size(); ++c)
      all += classes[c] = rows_[i]->classes[c];
    if (all == 0) continue;
    std::uint64_t below = 0;
    for (std::size_t c = 0; c < ends.size(); ++c)
      fmt::format_to(
          to, "samrad_http_request_duration_seconds_bucket{{operation=\"{}\",le=\"{}\"}} {}\n",
          name(i), static_cast<double>(ends[c]) / 1e6, below += classes[c]);
    fmt::format_to(
        to, "samrad_http_request_duration_seconds_bucket{{operation=\"{}\",le=\"+Inf\"}} {}\n",
        name(i), all);
    fmt::format_to(to, "samrad_http_request_duration_seconds_sum{{operation=\"{}\"}} {}\n", name(i),
                   static_cast<double>(rows_[i]->micros) / 1e6);
    fmt::format_to(to, "samrad_http_request_duration_seconds_count{{operation=\"{}\"}} {}\n",
                   name(i), all);
  }
}

void metric_head(std::string& out, std::string_view name, std::string_view type,
                 std::string_view help) {
  fmt::format_to(std::back_inserter(out), "# HELP {0} {1}\n# TYPE {0} {2}\n", name, help, type);
}

}  // namespace samrad::api
