// `samrad serve` on a disk whose syncs take longer. The slow layer becomes SQLite's own for this process, so that the service itself knows
// nothing of it.
//
//   bench_slow_serve MICROSECONDS DATA      prints the address and the first token, and serves until its standard input ends

#include <cstdlib>
#include <filesystem>
#include <iostream>

#include <fmt/core.h>
#include <sqlite3.h>

#include "service/serve/house.h"
#include "service/store/vfs.h"

int main(int count, char** words) {
  using namespace samrad;
  if (count != 3) {
    fmt::print(stderr, "usage: bench_slow_serve MICROSECONDS DATA\n");
    return 2;
  }
  static store::SlowDisk disk{std::chrono::microseconds(std::atoi(words[1]))};
  sqlite3_initialize();
  store::add_disk("slow", disk);
  sqlite3_vfs_register(sqlite3_vfs_find("slow"), 1);
  config::Configuration configuration;
  configuration.data = words[2];
  configuration.listen.port = 0;
  configuration.log_level = config::LogLevel::error;
  configuration.rate.burst = 1'000'000;
  configuration.rate.per_minute = 60'000'000;
  std::filesystem::create_directories(configuration.data);
  serve::House house(configuration, "bench");
  const auto opened = house.open();
  if (!opened) {
    fmt::print(stderr, "bench_slow_serve: {}\n", opened.error());
    return 3;
  }
  fmt::print("{}\n{}\n", opened->address, opened->first_token);
  std::fflush(stdout);
  while (std::cin.get() != EOF) {
  }
  house.close();
}
