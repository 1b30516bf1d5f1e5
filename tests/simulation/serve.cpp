// `samrad serve` with a clock that is driven and a disk that can be made to fail.
//
//   simulation_serve MOMENT [--SETTING VALUE]…      prints the address and, at the first start, a token; then obeys lines of standard input:
//
//     clock MOMENT                       it is so late now; time stands still in between
//     disk full | sync | read-only | well
//
// and answers each with `done`. Ends in order with its standard input.

#include <atomic>
#include <cerrno>
#include <filesystem>
#include <iostream>
#include <sstream>

#include <fmt/core.h>
#include <sqlite3.h>

#include "service/config/load.h"
#include "service/record/instant.h"
#include "service/serve/house.h"
#include "service/store/vfs.h"

namespace samrad::simulation {

namespace {

class DrivenDisk final : public store::Disk {
 public:
  enum class Fault { none, full, sync, read_only };
  std::atomic<Fault> fault = Fault::none;

  int write(const std::string&, std::string_view, std::int64_t) override {
    return fault == Fault::full ? ENOSPC : changed();
  }
  int truncate(const std::string&, std::int64_t) override { return changed(); }
  int sync(const std::string&) override { return fault == Fault::sync ? EIO : 0; }
  int remove(const std::string&) override { return changed(); }
  int read(const std::string&) override { return 0; }

 private:
  [[nodiscard]] int changed() const { return fault == Fault::read_only ? EROFS : 0; }
};

std::optional<Micros> moment(const std::string& text) {
  const auto instant = record::parse_rfc3339(text);
  if (!instant) return std::nullopt;
  return instant->seconds * 1'000'000 + instant->nanos / 1'000;
}

bool obey(const std::string& line, ManualClock& clock, DrivenDisk& disk) {
  std::istringstream words(line);
  std::string what, how;
  words >> what >> how;
  using Fault = DrivenDisk::Fault;
  if (what == "clock") {
    const auto at = moment(how);
    if (at) clock.set(*at);
    return at.has_value();
  }
  if (what != "disk") return false;
  for (const auto& [name, fault] : {std::pair{"well", Fault::none},
                                    {"full", Fault::full},
                                    {"sync", Fault::sync},
                                    {"read-only", Fault::read_only}})
    if (how == name) {
      disk.fault = fault;
      return true;
    }
  return false;
}

int run(int count, char** words) {
  const auto begin = count > 1 ? moment(words[1]) : std::nullopt;
  config::Sources sources;
  for (int i = 2; i + 1 < count; i += 2)
    sources.flags.emplace_back(std::string(words[i]).substr(2), words[i + 1]);
  const auto loaded = config::load(sources);
  if (!begin || !loaded) {
    fmt::print(stderr, "usage: simulation_serve MOMENT [--SETTING VALUE]…\n{}",
               loaded ? std::string() : config::text_of(loaded.error()));
    return 2;
  }
  static DrivenDisk disk;  // SQLite keeps it
  sqlite3_initialize();
  store::add_disk("driven", disk);
  sqlite3_vfs_register(sqlite3_vfs_find("driven"), 1);
  std::filesystem::create_directories(loaded->configuration.data);
  auto owned = std::make_unique<ManualClock>(*begin);
  ManualClock& clock = *owned;
  serve::House house(loaded->configuration, "simulation", std::move(owned));
  const auto opened = house.open();
  if (!opened) {
    fmt::print(stderr, "simulation_serve: {}\n", opened.error());
    return 3;
  }
  std::cout << opened->address << '\n' << opened->first_token << std::endl;
  for (std::string line; std::getline(std::cin, line);)
    std::cout << (obey(line, clock, disk) ? "done" : "what?") << std::endl;
  house.close();
  return 0;
}

}  // namespace

}  // namespace samrad::simulation

int main(int count, char** words) { return samrad::simulation::run(count, words); }
