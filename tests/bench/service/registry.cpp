// The registry without a server before it: many agreements of the fleet's four rules, and what they cost.
//
//   bench_registry fill DATA RULES AGREEMENTS EVENTS    makes a store; prints the seconds that events took
//   bench_registry timers DATA RULES AGREEMENTS         a store of agreements whose deadlines fall on one midnight, which then comes: prints
//                                                       findings, milliseconds to the median, 99th of a hundred and last, and those in commits
//   bench_registry memory DATA                          of a store that was filled: prints bytes a sleeping and an active agreement

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <future>
#include <sstream>
#include <string>

#include <fmt/core.h>
#include <malloc.h>
#include <unistd.h>

#include "rules/calendar/date.h"
#include "service/record/instant.h"
#include "service/record/json.h"
#include "service/registry/canonical.h"
#include "service/registry/registry.h"
#include "service/store/sqlite.h"

namespace samrad::bench {

namespace {

using namespace registry;
using Steady = std::chrono::steady_clock;

constexpr std::size_t at_once = 5'000;  // commands given before the first is waited for
constexpr const char* before = "2026-06-20T10:00:00Z";
constexpr const char* midnight = "2026-06-30T22:00:00Z";  // in Stockholm: a half-year ends

template <class T>
T must(T result) {
  if (result) return result;
  fmt::print(stderr, "bench_registry: {}\n", result.error().message);
  std::exit(3);
}

Micros moment(const char* text) { return micros_of(*record::parse_rfc3339(text)); }

double seconds_since(Steady::time_point begin) {
  return std::chrono::duration<double>(Steady::now() - begin).count();
}

struct Bench {
  Bench(const std::string& data, Micros now, Options options, store::Options disk = {})
      : clock(now),
        store(std::move(*must(store::open_sqlite(data + "/samrad.db", disk)))),
        registry(*store, clock, rulebooks, options) {}

  // So many days from now.
  [[nodiscard]] std::string day(int days) const {
    return calendar::iso(calendar::Day{static_cast<std::int32_t>(clock.now() / 86'400'000'000)} +
                         days);
  }

  ManualClock clock;
  std::unique_ptr<store::Store> store;
  Rulebooks rulebooks;
  Registry registry;
};

std::string name(std::size_t agreement) { return fmt::format("a{}", agreement + 1); }

// Gives `count` commands, not all at one time, and waits for the answers.
template <class Answer, class Give>
void in_turn(std::size_t count, Give give) {
  for (std::size_t from = 0; from < count; from += at_once) {
    const std::size_t end = std::min(count, from + at_once);
    std::promise<void> all;
    std::size_t left = end - from;  // the registry's thread alone counts
    for (std::size_t i = from; i < end; ++i)
      give(i, [&](tl::expected<Answer, Trouble> answer) {
        (void)must(std::move(answer));
        if (--left == 0) all.set_value();
      });
    all.get_future().wait();
  }
}

void create(Bench& bench, const std::string& rules, std::size_t agreements) {
  std::ostringstream text;
  text << std::ifstream(rules).rdbuf();
  in_turn<Created>(agreements, [&](std::size_t i, Reply<Created> reply) {
    Create command;
    command.id = name(i);
    command.by = "bench";
    command.text.files.push_back({"fleet.samrad", text.str()});
    command.text.parameters = *record::parse_json(
        fmt::format(R"({{"first_day":"{}","last_day":"{}"}})", bench.day(-170), bench.day(559)));
    bench.registry.create(std::move(command), std::move(reply));
  });
}

// Two meetings, an update and its decision, over and over.
std::string event(const std::string& day, std::size_t agreement, std::size_t n) {
  constexpr std::array kinds = {
      R"("type":"meeting","subject":"samrad","data":{"chair":"chef"})",
      R"("type":"update","subject":"lagesbild","data":{})",
      R"("type":"decision","subject":"lagesbild","data":{"written":true})",
      R"("type":"meeting","subject":"samrad","data":{"chair":"direktor"})"};
  return fmt::format(
      R"({{"specversion":"1.0","id":"{}-{}","source":"urn:example:bench","time":"{}",{}}})",
      name(agreement), n, day, kinds.at(n % kinds.size()));
}

void append(Bench& bench, std::size_t first, std::size_t agreements, std::size_t events,
            std::size_t number = 0) {
  in_turn<Appended>(events, [&](std::size_t i, Reply<Appended> reply) {
    const std::size_t agreement = first + i % agreements;
    Append command;
    command.id = name(agreement);
    command.by = "bench";
    Incoming one;
    one.record =
        *record::read_record(event(bench.day(0), agreement, number + i / agreements), {"", 1}, one.faults);
    command.events.push_back(std::move(one));
    bench.registry.append(std::move(command), std::move(reply));
  });
}

int fill(const std::string& data, const std::string& rules, std::size_t agreements,
         std::size_t events) {
  Options options;
  options.active_max = agreements;
  Bench bench(data, SystemClock().now(), options);
  must(bench.registry.start());
  create(bench, rules, agreements);
  const auto begin = Steady::now();
  append(bench, 0, agreements, events);
  fmt::print("{:.3f}\n", seconds_since(begin));
  bench.registry.stop();
  return 0;
}

int timers(const std::string& data, const std::string& rules, std::size_t agreements) {
  Options options;
  options.active_max = 10'000;
  Bench bench(data, moment(before), options);
  Steady::time_point begun;
  std::vector<double> lags;
  bench.registry.listen([&](const std::vector<store::Finding>& findings) {
    if (bench.clock.now() < moment(midnight)) return;
    lags.insert(lags.end(), findings.size(), 1'000 * seconds_since(begun));
  });
  must(bench.registry.start());
  create(bench, rules, agreements);
  bench.registry.settle();
  const std::uint64_t before_micros = bench.registry.gauges().commit_micros;
  begun = Steady::now();
  bench.clock.set(moment(midnight));
  bench.registry.look_again();
  bench.registry.settle();
  const double committing =
      static_cast<double>(bench.registry.gauges().commit_micros - before_micros) / 1'000;
  bench.registry.stop();
  if (lags.size() < agreements) {
    fmt::print(stderr, "bench_registry: {} findings of {} agreements\n", lags.size(), agreements);
    return 3;
  }
  std::sort(lags.begin(), lags.end());
  fmt::print("{} {:.1f} {:.1f} {:.1f} {:.1f}\n", lags.size(), lags[lags.size() / 2],
             lags[lags.size() * 99 / 100], lags.back(), committing);
  return 0;
}

double resident_bytes() {
  malloc_trim(0);
  std::size_t all = 0, resident = 0;
  std::ifstream("/proc/self/statm") >> all >> resident;
  return static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE));
}

int memory(const std::string& data) {
  Options options;
  options.active_max = SIZE_MAX;
  store::Options disk;
  disk.writer_cache_kib = disk.reader_cache_kib = 512;  // what SQLite keeps must not count
  Bench bench(data, SystemClock().now(), options, disk);
  const double none = resident_bytes();
  must(bench.registry.start());
  bench.registry.settle();
  const std::size_t agreements = bench.registry.directory().size();
  const double sleeping = resident_bytes();
  constexpr std::size_t warm = 1'000;
  const std::size_t woken = std::min<std::size_t>(agreements, 10'000) - warm;
  append(bench, 0, warm, warm, 1'000'000);
  const double some = resident_bytes();
  append(bench, warm, woken, woken, 1'000'000);
  const double active = resident_bytes();
  fmt::print("{:.0f} {:.0f}\n", (sleeping - none) / static_cast<double>(agreements),
             (active - some) / static_cast<double>(woken));
  bench.registry.stop();
  return 0;
}

int usage() {
  fmt::print(stderr, "usage: bench_registry fill DATA RULES AGREEMENTS EVENTS | timers DATA RULES "
                     "AGREEMENTS | memory DATA\n");
  return 2;
}

}  // namespace

}  // namespace samrad::bench

int main(int count, char** words) {
  using namespace samrad::bench;
  const std::vector<std::string> given(words + 1, words + count);
  const auto number = [&](std::size_t at) { return std::stoul(given[at]); };
  if (given.size() == 5 && given[0] == "fill")
    return fill(given[1], given[2], number(3), number(4));
  if (given.size() == 4 && given[0] == "timers") return timers(given[1], given[2], number(3));
  if (given.size() == 2 && given[0] == "memory") return memory(given[1]);
  return usage();
}
