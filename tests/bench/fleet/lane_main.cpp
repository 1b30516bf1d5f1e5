// The engine alone: the same four rules from fleet.samrad, on events that are decoded already and stand in memory.
//
//   bench_lane all AGREEMENTS RUNS RULES    the whole history; what it took, once a run
//   bench_lane day AGREEMENTS DAYS RULES    day by day with all agreements open: the day's events, and what falls due at its end
//
// RULES is fleet.samrad. Both print the counts first.

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

#include <fmt/core.h>

#include "engine/lane/fleet.h"
#include "rules/compile.h"
#include "rules/program/bind.h"
#include "service/fleet/pages.h"
#include "tests/bench/fleet/workload.h"

namespace samrad::bench {

namespace {

namespace lane = engine::lane;
using calendar::Day;
using Clock = std::chrono::steady_clock;

[[noreturn]] void stop(std::string_view why) {
  fmt::print(stderr, "bench_lane: {}\n", why);
  std::exit(3);
}

program::Program shared_program(const char* path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  const std::string rules = text.str();
  const rules::Source source{path, rules};
  const rules::Compiled compiled = rules::compile({&source, 1});
  if (!compiled.program) stop("the rules have an error");
  program::Arguments arguments(2);
  for (int i : {0, 1}) {
    arguments[static_cast<std::size_t>(i)].value.kind = program::ValueKind::date;
    arguments[static_cast<std::size_t>(i)].value.a = i == 0 ? terms[0].first : terms[0].last;
  }
  return program::variant(*compiled.program, arguments);
}

// The rules with all that is needed to run them on rows.
class Rules {
 public:
  explicit Rules(const char* path)
      : program_(shared_program(path)),
        symbols_(program_),
        machine_(program_, symbols_),
        lane_(made()) {}

  const lane::Lane& lane() const { return lane_; }

  lane::Rows rows(const std::vector<Row>& workload) {
    lane::Rows out(lane_.values());
    out.reserve(workload.size());
    std::uint32_t ordinal = 0;
    for (const Row& row : workload)
      add(out.add(), row, ordinal++);
    return out;
  }

  // By the name of the clause.
  std::uint64_t count(const std::vector<engine::lane::Counts>& by_rule, std::string_view clause,
                      engine::Status status) const {
    for (std::size_t i = 0; i < program_.rules.size(); ++i)
      if (program_.text(program_.rules[i].clause) == clause)
        return by_rule[i][static_cast<std::size_t>(status)];
    stop("a clause is missing");
  }
  std::size_t size() const { return program_.rules.size(); }

 private:
  lane::Lane made() {
    lane::Refusal why;
    auto lane = lane::Lane::of(machine_, texts_, why);
    if (!lane) stop(why.why);
    return std::move(*lane);
  }

  program::Index type_of(Kind kind) const {
    static constexpr std::string_view names[] = {"signing", "meeting", "update", "decision",
                                                 "consultation"};
    for (std::size_t i = 0; i < program_.event_types.size(); ++i)
      if (program_.text(program_.event_types[i].name) == names[static_cast<std::size_t>(kind)])
        return static_cast<program::Index>(i);
    stop("an event type is missing");
  }

  lane::Word value(const Row& row, std::string_view field) {
    static constexpr std::string_view annexes[] = {"lagesbild", "handlingsplan", "kontaktlista"};
    if (field == "chair") return texts_.word(row.what == 0 ? "chef" : "direktor");
    if (field == "written") return row.written;
    if (field == "last") return static_cast<lane::Word>(terms[row.what].last);
    return texts_.word(row.kind == Kind::meeting ? "samrad" : annexes[row.what]);
  }

  void add(lane::Row& out, const Row& row, std::uint32_t ordinal) {
    const program::Index type = type_of(row.kind);
    out.agreement = row.agreement - 1;
    out.day = first_day + row.day;
    out.type = static_cast<std::uint16_t>(type);
    out.ordinal = ordinal;
    std::size_t slot = 0;
    for (const std::uint32_t number : lane_.reads(type)) {
      const bool subject = number == program::subject_slot;
      out.values()[slot] = value(row, subject ? "" : field_name(type, number));
      out.known = static_cast<std::uint16_t>(out.known | 1U << slot++);
    }
  }
  std::string_view field_name(program::Index type, std::uint32_t number) const {
    return program_.text(program_.fields[program_.event_types[type].fields.first + number].name);
  }

  program::Program program_;
  engine::Symbols symbols_;
  engine::Machine machine_;
  lane::Texts texts_;
  lane::Lane lane_;
};

void add_agreements(lane::Fleet& fleet, const std::vector<std::uint8_t>& term_of) {
  fleet.reserve(term_of.size());
  for (const std::uint8_t term : term_of)
    if (!fleet.add(0, {Day{terms[term].first}, Day{terms[term].last}}))
      stop("an agreement is odd from the beginning");
}

std::vector<lane::Counts> told(const Rules& rules, const lane::Fleet& fleet) {
  std::vector<lane::Counts> by_rule(rules.size());
  for (std::uint32_t i = 0; i < fleet.size(); ++i)
    fleet.tell(i, Day{as_of}, Day{as_of}, by_rule);
  return by_rule;
}

void print(const Rules& rules, std::size_t events, const std::vector<lane::Counts>& by_rule) {
  using engine::Status;
  fmt::print("events {} R1 {} R2 {} R3 {} R4 {}\n", events,
             rules.count(by_rule, "moten", Status::missed),
             rules.count(by_rule, "vaxlar", Status::broken),
             rules.count(by_rule, "bilagor", Status::missed) +
                 rules.count(by_rule, "bilagor", Status::met_late),
             rules.count(by_rule, "forlangning", Status::lapsed));
}

double since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

void take(lane::Fleet& fleet, const lane::Rows& rows) {
  std::vector<std::uint32_t> odd;
  fleet.take(rows, odd);
  if (!odd.empty()) stop("an agreement has become odd");
}

void run_all(Rules& rules, const std::vector<std::uint8_t>& term_of,
             const std::vector<Row>& workload, int runs) {
  const lane::Rows rows = rules.rows(workload);
  for (int run = 0; run < runs; ++run) {
    const auto begin = Clock::now();
    lane::Fleet fleet({&rules.lane()}, {}, false, &fleet::large_pages());
    add_agreements(fleet, term_of);
    take(fleet, rows);
    fleet.pass_all(Day{as_of});
    const std::vector<lane::Counts> by_rule = told(rules, fleet);
    const double took = since(begin);
    if (run == 0) print(rules, rows.size(), by_rule);
    fmt::print("seconds {:.6f}\n", took);
  }
}

void run_days(Rules& rules, const std::vector<std::uint8_t>& term_of,
              const std::vector<Row>& workload, int days) {
  constexpr int begin_day = 480;  // 26 April 2023: every term has begun and none has ended
  lane::Fleet fleet({&rules.lane()}, {}, true, &fleet::large_pages());
  add_agreements(fleet, term_of);
  std::string lines;
  std::size_t at = 0;
  for (int day = 0; day <= as_of - first_day; ++day) {
    const std::size_t from = at;
    while (at < workload.size() && workload[at].day == day)
      ++at;
    const lane::Rows rows = rules.rows({workload.begin() + static_cast<std::ptrdiff_t>(from),
                                        workload.begin() + static_cast<std::ptrdiff_t>(at)});
    const auto begin = Clock::now();
    take(fleet, rows);
    if (first_day + day < as_of) fleet.pass(Day{first_day + day + 1});
    const double took = since(begin);
    if (day >= begin_day && day < begin_day + days)
      lines += fmt::format("seconds {:.6f} events {}\n", took, rows.size());
    if (day == begin_day) lines += fmt::format("bytes {}\n", fleet.bytes());
  }
  print(rules, workload.size(), told(rules, fleet));
  fmt::print("{}", lines);
}

}  // namespace

}  // namespace samrad::bench

int main(int argc, char** argv) {
  using namespace samrad::bench;
  const std::string_view mode = argc == 5 ? argv[1] : "";
  const int agreements = argc == 5 ? std::atoi(argv[2]) : 0;
  const int times = argc == 5 ? std::atoi(argv[3]) : 0;
  if ((mode != "all" && mode != "day") || agreements < 1 || times < 1) {
    fmt::print(
        stderr,
        "usage: bench_lane all AGREEMENTS RUNS RULES | bench_lane day AGREEMENTS DAYS RULES\n");
    return 2;
  }
  Rules rules(argv[4]);
  const std::vector<Row> rows = workload(static_cast<std::uint32_t>(agreements), default_seed);
  std::vector<std::uint8_t> term_of(static_cast<std::size_t>(agreements));
  for (const Row& row : rows)
    if (row.kind == Kind::signing) term_of[row.agreement - 1] = row.what;
  mode == "all" ? run_all(rules, term_of, rows, times) : run_days(rules, term_of, rows, times);
}
