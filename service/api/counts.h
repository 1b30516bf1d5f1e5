// How many requests were answered, how, and in what time: for /metrics. Any thread, without a lock.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "service/api/route.h"

namespace samrad::api {

class Counts {
 public:
  // Upper ends of the classes of the histogram, in microseconds; what is longer has a class of its own.
  static constexpr std::array<std::int64_t, 12> ends = {500,     1'000,     2'500,     5'000,
                                                        10'000,  25'000,    50'000,    100'000,
                                                        250'000, 1'000'000, 2'500'000, 10'000'000};

  // One row for each route, and one for what found none. `routes` must outlive it.
  explicit Counts(const Routes& routes);

  // `route` null: none was found.
  void add(const Route* route, int status, std::int64_t micros);
  void cache(bool hit) { ++(hit ? hits_ : misses_); }

  // In the Prometheus text format: requests by operation and status, seconds as a histogram by operation.
  void write(std::string& out) const;

 private:
  struct Row {
    std::array<std::atomic<std::uint64_t>, 500> statuses{};  // 100..599
    std::array<std::atomic<std::uint64_t>, ends.size() + 1> classes{};
    std::atomic<std::int64_t> micros{0};
  };
  [[nodiscard]] std::string_view name(std::size_t row) const;
  void write_durations(std::string& out) const;

  const Routes& routes_;
  std::vector<std::unique_ptr<Row>> rows_;
  std::atomic<std::uint64_t> hits_{0};
  std::atomic<std::uint64_t> misses_{0};
};

// `# HELP` and `# TYPE` before the samples of one metric.
void metric_head(std::string& out, std::string_view name, std::string_view type,
                 std::string_view help);

}  // namespace samrad::api
