// Aim: what an event costs does not grow with the clauses that it does not match.

#include <benchmark/benchmark.h>

#include "engine/engine.h"
#include "tests/bench/micro/sample.h"
#include "tests/bench/micro/texts.h"

namespace samrad::bench {
namespace {

void events_among_clauses(benchmark::State& state) {
  const Recorded sample(quiet_agreement(static_cast<int>(state.range(0))), diary(1000));
  const engine::Machine machine(sample.program, sample.history.symbols());
  for (auto _ : state) {
    engine::State at = engine::begin(machine);
    engine::Findings findings;
    for (const engine::Event& event : sample.events)
      engine::step(machine, at, {{event.day, event.earliest}, &event}, findings);
    benchmark::DoNotOptimize(findings);
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * sample.events.size()));
}
BENCHMARK(events_among_clauses)->Arg(4)->Arg(40)->Arg(400);

}  // namespace
}  // namespace samrad::bench
