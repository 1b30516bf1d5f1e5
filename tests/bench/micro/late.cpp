// Aim: a late event costs as much as what came after the snapshot before it, however long the history is.

#include <benchmark/benchmark.h>

#include "engine/timeline.h"
#include "tests/bench/micro/sample.h"
#include "tests/bench/micro/texts.h"

namespace samrad::bench {
namespace {

// Records an event that happened before the last `range(1)` of `range(0)` events, and takes it back: both cost the same.
void one_late_event(benchmark::State& state) {
  const Recorded sample(quiet_agreement(4), diary(static_cast<int>(state.range(0))));
  const engine::Machine machine(sample.program, sample.history.symbols());
  const std::size_t late = sample.events.size() - static_cast<std::size_t>(state.range(1)) - 1;
  engine::Timeline timeline(machine);
  for (std::size_t i = 0; i < sample.events.size(); ++i)
    if (i != late) timeline.record(sample.events[i]);
  for (auto _ : state) {
    benchmark::DoNotOptimize(timeline.record(sample.events[late]));
    benchmark::DoNotOptimize(timeline.withdraw(sample.events[late].identity));
  }
  state.counters["replayed"] = static_cast<double>(timeline.replayed());
  state.SetItemsProcessed(2 * static_cast<std::int64_t>(state.iterations()));
}
BENCHMARK(one_late_event)
    ->Args({1000, 10})
    ->Args({10000, 10})
    ->Args({1000, 900})
    ->Args({10000, 900})
    ->Args({10000, 9000})
    ->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace samrad::bench
