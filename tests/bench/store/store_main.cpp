// Events committed in groups: SQLite alone, and the store. The two take turns in one run, so that what else the machine does
// falls on both.
//
//   bench_store FOLDER [SECONDS [DELAY GROUP]]      of each side, group and delay; 2 if none are named
//
// A row: microseconds added to each sync · events a commit · events per second by SQLite alone · by the store · store / SQLite, as the
// median of the turns.

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <random>
#include <vector>

#include <fmt/core.h>

#include "service/store/sqlite.h"
#include "service/store/vfs.h"
#include "tests/bench/store/raw.h"

namespace samrad::bench {

namespace {

using Seconds = std::chrono::duration<double>;

constexpr int agreements = 1000;
constexpr int turns = 5;
constexpr int checkpoint_pages = 10'000;
constexpr std::size_t bytes_of_event = 300;

// Events of many agreements in no order, each log without gaps.
class Source {
 public:
  // The members that change are written over: making rows must not count.
  const store::Batch& next(std::size_t count) {
    batch_.events.resize(count);
    for (store::Event& each : batch_.events) {
      if (each.bytes.empty())
        each = {.source = "urn:example:diary",
                .type = "se.example.meeting.held",
                .subject = "meeting/2017-H1",
                .day = 17'000,
                .by = "clerk-17",
                .bytes = std::string(bytes_of_event, 'x')};
      each.agreement = 1 + static_cast<store::AgreementNo>(random_() % agreements);
      each.sequence = ++last_[static_cast<std::size_t>(each.agreement - 1)];
      each.recorded = 1'500'000'000'000'000 + ++made_;
      each.id = fmt::format("event-{}", made_);
    }
    return batch_;
  }

 private:
  std::mt19937_64 random_{1};
  std::vector<std::uint64_t> last_ = std::vector<std::uint64_t>(agreements);
  std::int64_t made_ = 0;
  store::Batch batch_;
};

// Events per second.
template <class Commit>
double rate(Source& source, std::size_t group, Seconds time, Commit commit) {
  using Clock = std::chrono::steady_clock;
  std::size_t events = 0;
  Seconds spent{0};
  while (spent < time) {
    const auto& batch = source.next(group);
    const auto begin = Clock::now();
    commit(batch);
    spent += Clock::now() - begin;
    events += group;
  }
  return static_cast<double>(events) / spent.count();
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

void measure(const std::filesystem::path& folder, int delay, std::size_t group, Seconds time) {
  // Kept to the end: SQLite knows the layer by its name.
  static std::vector<std::unique_ptr<store::SlowDisk>> disks;
  const std::string vfs = fmt::format("slow-{}-{}", delay, group);
  disks.push_back(std::make_unique<store::SlowDisk>(std::chrono::microseconds(delay)));
  store::add_disk(vfs, *disks.back());
  const auto place = folder / vfs;
  std::filesystem::create_directories(place);
  {
    RawLog raw(place / "raw.db", vfs.c_str(), checkpoint_pages);
    const auto opened =
        store::open_sqlite(place / "store.db", {.vfs = vfs, .checkpoint_pages = checkpoint_pages});
    if (!opened) {
      fmt::print(stderr, "bench_store: {}\n", opened.error().message);
      std::exit(3);
    }
    Source raw_source;
    Source store_source;
    std::vector<double> limit, ours, ratio;
    for (int turn = 0; turn < turns; ++turn) {
      limit.push_back(rate(raw_source, group, time / turns,
                           [&](const store::Batch& batch) { raw.commit(batch.events); }));
      ours.push_back(rate(store_source, group, time / turns, [&](const store::Batch& batch) {
        if (const auto done = (*opened)->commit(batch); !done) {
          fmt::print(stderr, "bench_store: {}\n", done.error().message);
          std::exit(3);
        }
      }));
      ratio.push_back(ours.back() / limit.back());
    }
    fmt::print("{:>5} {:>5} {:>10.0f} {:>10.0f} {:>6.2f}\n", delay, group, median(limit),
               median(ours), median(ratio));
    std::fflush(stdout);
  }
  std::filesystem::remove_all(place);
}

}  // namespace

}  // namespace samrad::bench

int main(int count, char** words) {
  if (count < 2) {
    fmt::print(stderr, "usage: bench_store FOLDER [SECONDS [DELAY GROUP]]\n");
    return 2;
  }
  const samrad::bench::Seconds time(count > 2 ? std::atof(words[2]) : 2.0);
  fmt::print("{:>5} {:>5} {:>10} {:>10} {:>6}\n", "delay", "group", "sqlite", "store", "ratio");
  if (count > 4) {
    const auto group = static_cast<std::size_t>(std::atoi(words[4]));
    samrad::bench::measure(words[1], std::atoi(words[3]), group, time);
    return 0;
  }
  for (const int delay : {0, 1000, 5000})
    for (const std::size_t group : {1, 10, 100, 1000})
      samrad::bench::measure(words[1], delay, group, time);
}
