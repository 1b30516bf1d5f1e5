// Aim: a report that explains every violation costs little more than one that only names them.

#include <benchmark/benchmark.h>

#include "service/reports/audit.h"
#include "service/reports/render.h"
#include "tests/bench/micro/sample.h"
#include "tests/bench/micro/texts.h"

namespace samrad::bench {
namespace {

// From the lines to the verdicts; `range(0)`: with the words of why, for each violation.
void audit_lines(benchmark::State& state) {
  const std::string lines = diary(2000);
  const program::Program program = compiled(quiet_agreement(4));
  std::size_t violations = 0;
  for (auto _ : state) {
    record::Records records;
    records.read(lines, "events.ndjson");
    const record::History history(program, std::move(records));
    reports::AuditRequest request;
    request.as_of = *record::parse_asked("2013-12-31", history.zone());
    const auto result = reports::audit(history, request);
    std::string text;
    violations = 0;
    for (const reports::Occurrence* occurrence : result->listed) {
      if (!reports::violates(*occurrence)) continue;
      ++violations;
      text +=
          state.range(0) != 0 ? reports::explain_text(*result, *occurrence, {}) : occurrence->id;
    }
    benchmark::DoNotOptimize(text);
  }
  state.counters["violations"] = static_cast<double>(violations);
}
BENCHMARK(audit_lines)->ArgName("explained")->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace samrad::bench
