// The hand-written program: reads the same CloudEvents lines as `samrad audit`, with simdjson, or judges an array made in memory.
//
//   bench_limit lines FILE AS-OF          the whole process is what is measured
//   bench_limit array AGREEMENTS RUNS     prints what the check alone took, once a run
//
// It takes for granted what a general program must find out: the names of types, fields and annexes, that names of agreements have at
// most 15 bytes, that lines are well-formed and come in order of day, and that no event comes twice.

#include <fcntl.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

#include <fmt/core.h>
#include <simdjson.h>

#include "tests/bench/fleet/limit.h"
#include "tests/bench/fleet/workload.h"

namespace samrad::bench {

namespace {

[[noreturn]] void stop(const char* why) {
  fmt::print(stderr, "bench_limit: {}\n", why);
  std::exit(3);
}

std::uint64_t mixed(std::uint64_t x) {
  x *= 0x9E3779B97F4A7C15;
  return x ^ (x >> 32);
}

struct Number {
  std::uint32_t value = 0;
  std::uint64_t hash() const { return mixed(value); }
  bool operator==(const Number&) const = default;
};

// A short text in two words, padded with zeros.
struct Name {
  std::uint64_t words[2] = {0, 0};
  Name() = default;
  explicit Name(std::string_view text) {
    if (text.size() >= sizeof words) stop("the name of an agreement is too long");
    std::memcpy(words, text.data(), text.size());
  }
  std::uint64_t hash() const { return mixed(words[0] ^ mixed(words[1])); }
  bool operator==(const Name&) const = default;
};

int day_of(std::string_view text) {
  const auto number = [&](std::size_t at, std::size_t size) {
    unsigned value = 0;
    for (std::size_t i = at; i < at + size; ++i)
      value = value * 10 + static_cast<unsigned>(text[i] - '0');
    return value;
  };
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(number(0, 4))),
                                         std::chrono::month(number(5, 2)),
                                         std::chrono::day(number(8, 2))};
  return static_cast<int>(std::chrono::sys_days(date).time_since_epoch().count());
}

// The fields are asked for in the order in which they stand in the line.
Entry<Name> entry_of(simdjson::ondemand::object line) {
  const auto text = [](simdjson::simdjson_result<simdjson::ondemand::value> value) {
    return std::string_view(value.get_string());
  };
  Event event;
  const std::string_view type = text(line.find_field("type"));
  switch (type[0]) {
  case 's': event.kind = Kind::signing; break;
  case 'm': event.kind = Kind::meeting; break;
  case 'u': event.kind = Kind::update; break;
  case 'd': event.kind = Kind::decision; break;
  default: event.kind = Kind::consultation; break;
  }
  if (event.kind == Kind::update || event.kind == Kind::decision)
    event.what = text(line.find_field("subject"))[0];
  event.day = day_of(text(line.find_field("time")));
  const Name agreement(text(line.find_field("agreement")));
  if (event.kind == Kind::update || event.kind == Kind::consultation) return {agreement, event};
  simdjson::ondemand::object data = line.find_field("data").get_object();
  if (event.kind == Kind::signing) event.what = day_of(text(data.find_field("last")));
  if (event.kind == Kind::meeting)
    event.flag = static_cast<std::uint8_t>(text(data.find_field("chair"))[0]);
  if (event.kind == Kind::decision) event.flag = bool(data.find_field("written").get_bool());
  return {agreement, event};
}

// Gives `take` every line of the file as an object, reading a piece at a time.
template <class Take>
void each_line(const char* path, Take take) {
  constexpr std::size_t piece_bytes = 1 << 20;
  const int file = open(path, O_RDONLY);
  if (file < 0) stop("cannot read the events");
  std::string buffer(piece_bytes + simdjson::SIMDJSON_PADDING, ' ');
  simdjson::ondemand::parser parser;
  parser.threaded = false;
  std::size_t held = 0;
  while (true) {
    const ssize_t got = read(file, buffer.data() + held, piece_bytes - held);
    if (got < 0) stop("cannot read the events");
    held += static_cast<std::size_t>(got);
    const std::size_t end = std::string_view(buffer.data(), held).rfind('\n') + 1;
    if (got == 0 || end == 0) break;
    simdjson::ondemand::document_stream lines =
        parser.iterate_many(buffer.data(), end, piece_bytes);
    for (auto line : lines)
      take(simdjson::ondemand::object(line.get_object()));
    held -= end;
    std::memmove(buffer.data(), buffer.data() + end, held);
  }
  close(file);
  if (held != 0) stop("the last line has no end, or a line is too long");
}

void print(const Counts& counts) {
  fmt::print("events {} R1 {} R2 {} R3 {} R4 {}\n", counts.events, counts.r1, counts.r2, counts.r3,
             counts.r4);
}

void judge_lines(const char* path, int as_of_day) {
  Directory<Name> agreements;
  Check check;
  Entry<Name> batch[batch_events];
  std::size_t size = 0;
  each_line(path, [&](simdjson::ondemand::object line) {
    batch[size] = entry_of(line);
    if (++size < batch_events) return;
    apply(agreements, check, batch, size);
    size = 0;
  });
  apply(agreements, check, batch, size);
  check.advance(as_of_day);
  print(check.counts());
}

std::vector<Entry<Number>> array_of(std::uint32_t agreements) {
  std::vector<Entry<Number>> entries;
  for (const Row& row : workload(agreements, default_seed)) {
    Event event{.day = first_day + row.day, .what = row.what, .kind = row.kind};
    if (row.kind == Kind::signing) event.what = terms[row.what].last;
    if (row.kind == Kind::meeting) event.flag = row.what + 1;
    if (row.kind == Kind::decision) event.flag = row.written;
    entries.push_back({{row.agreement}, event});
  }
  return entries;
}

void judge_array(std::uint32_t count, int runs) {
  const std::vector<Entry<Number>> entries = array_of(count);
  for (int run = 0; run < runs; ++run) {
    const auto begin = std::chrono::steady_clock::now();
    Directory<Number> agreements;
    Check check;
    for (std::size_t i = 0; i < entries.size(); i += batch_events)
      apply(agreements, check, &entries[i], std::min(batch_events, entries.size() - i));
    check.advance(as_of);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    if (run == 0) print(check.counts());
    fmt::print("seconds {:.6f} bytes {}\n", took.count(), agreements.bytes() + check.bytes());
  }
}

}  // namespace

}  // namespace samrad::bench

int main(int argc, char** argv) {
  using namespace samrad::bench;
  const std::string_view mode = argc == 4 ? argv[1] : "";
  if (mode == "lines") {
    judge_lines(argv[2], day_of(argv[3]));
  } else if (mode == "array" && std::atoi(argv[2]) > 0) {
    judge_array(static_cast<std::uint32_t>(std::atoi(argv[2])), std::atoi(argv[3]));
  } else {
    fmt::print(stderr, "usage: bench_limit lines FILE AS-OF | bench_limit array AGREEMENTS RUNS\n");
    return 2;
  }
}
