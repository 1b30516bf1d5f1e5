// Events committed in groups: SQLite alone, and the store. The two take turns in one run, so that what else the machine does
// falls on both.
//
//   bench_store FOLDER [SECONDS [DELAY GROUP]]      of each side, group and delay; 2 if none are named
//   bench_store FOLDER again DELAY GROUP FILE FIRST  what a service has written to FILE from its FIRST event on, by SQLite alone
//
// A row: microseconds added to each sync · events a commit · events per second by SQLite alone · by the store · store / SQLite, as the
// median of the turns. `again`: events per second with the findings and verdicts that they brought, and of the events alone.

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <string_view>
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

void must_open(int result, sqlite3* db) {
  if (result == SQLITE_OK) return;
  fmt::print(stderr, "bench_store: {}\n", sqlite3_errmsg(db));
  std::exit(3);
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
                           [&](const store::Batch& batch) { raw.commit(batch); }));
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

// What a service has written, in its order: an event with the findings that it brought, and for each of these the verdict's row.
std::vector<store::Batch> written(const std::string& file, std::int64_t first) {
  sqlite3* db = nullptr;
  must_open(sqlite3_open_v2(file.c_str(), &db, SQLITE_OPEN_READONLY, nullptr), db);
  sqlite3_stmt* of = nullptr;
  const auto ask = [&](const char* sql) {
    sqlite3_finalize(of);
    must_open(sqlite3_prepare_v2(db, sql, -1, &of, nullptr), db);
    sqlite3_bind_int64(of, 1, first);
  };
  const auto text = [&](int at) {
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_blob(of, at));
    return std::string(bytes == nullptr ? "" : bytes,
                       static_cast<std::size_t>(sqlite3_column_bytes(of, at)));
  };
  const auto number = [&](int at) { return sqlite3_column_int64(of, at); };
  std::vector<store::Batch> all;
  std::map<std::pair<std::int64_t, std::int64_t>, std::size_t> place;
  ask("SELECT agreement, sequence, source, id, type, subject, day, recorded, by, bytes FROM event "
      "WHERE place >= ?1 ORDER BY place");
  while (sqlite3_step(of) == SQLITE_ROW) {
    place[{number(0), number(1)}] = all.size();
    all.emplace_back().events.push_back({number(0), static_cast<std::uint64_t>(number(1)), text(2),
                                         text(3), text(4), text(5), number(6), number(7), text(8),
                                         text(9)});
  }
  ask("SELECT f.no, f.agreement, f.sequence, f.occurrence, f.clause, f.before, f.after, f.due, "
      "f.due_at, f.noticed, v.owners, v.severity, "
      "v.opens, v.settled, v.firm FROM finding f LEFT JOIN verdict v ON v.agreement = f.agreement "
      "AND v.occurrence = f.occurrence "
      "WHERE ?1 > 0 ORDER BY f.no");
  while (sqlite3_step(of) == SQLITE_ROW) {
    const auto at = place.find({number(1), number(2)});
    if (at == place.end()) continue;
    store::Batch& batch = all[at->second];
    batch.findings.push_back({number(0), number(1), static_cast<std::uint64_t>(number(2)), text(3),
                              text(4), text(5), text(6), text(7), number(8), number(9)});
    batch.verdicts.push_back({number(1), text(3), text(4), text(10), text(6), text(11), text(12),
                              text(7), text(13), number(14) != 0});
  }
  sqlite3_finalize(of);
  sqlite3_close(db);
  return all;
}

double again(const std::filesystem::path& folder, int delay, std::size_t group,
             const std::vector<store::Batch>& all, bool events_alone) {
  static std::vector<std::unique_ptr<store::SlowDisk>> disks;
  const std::string vfs = fmt::format("again-{}", disks.size());
  disks.push_back(std::make_unique<store::SlowDisk>(std::chrono::microseconds(delay)));
  store::add_disk(vfs, *disks.back());
  const auto place = folder / vfs;
  std::filesystem::remove_all(place);
  std::filesystem::create_directories(place);
  Seconds spent{0};
  {
    RawLog raw(place / "raw.db", vfs.c_str(), checkpoint_pages);
    for (std::size_t i = 0; i < all.size(); i += group) {
      store::Batch batch;
      for (std::size_t k = i; k < std::min(i + group, all.size()); ++k) {
        batch.events.push_back(all[k].events.front());
        if (events_alone) continue;
        batch.findings.insert(batch.findings.end(), all[k].findings.begin(), all[k].findings.end());
        batch.verdicts.insert(batch.verdicts.end(), all[k].verdicts.begin(), all[k].verdicts.end());
      }
      const auto begin = std::chrono::steady_clock::now();
      raw.commit(batch);
      spent += std::chrono::steady_clock::now() - begin;
    }
  }
  std::filesystem::remove_all(place);
  return static_cast<double>(all.size()) / spent.count();
}

}  // namespace

}  // namespace samrad::bench

int main(int count, char** words) {
  if (count < 2) {
    fmt::print(stderr, "usage: bench_store FOLDER [SECONDS [DELAY GROUP]] | bench_store FOLDER "
                       "again DELAY GROUP FILE FIRST\n");
    return 2;
  }
  if (count == 7 && std::string_view(words[2]) == "again") {
    const auto all = samrad::bench::written(words[5], std::atoll(words[6]));
    std::size_t rows = 0;
    for (const auto& batch : all)
      rows += 1 + batch.findings.size() + batch.verdicts.size();
    const auto group = static_cast<std::size_t>(std::atoi(words[4]));
    const double with = samrad::bench::again(words[1], std::atoi(words[3]), group, all, false);
    const double alone = samrad::bench::again(words[1], std::atoi(words[3]), group, all, true);
    fmt::print("{:.0f} {:.0f} {:.2f}\n", with, alone,
               static_cast<double>(rows) / static_cast<double>(all.size()));
    return 0;
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
