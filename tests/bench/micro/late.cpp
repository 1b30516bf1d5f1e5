// Aim: a late event costs as much as what came after the snapshot before it, however long the history is, and however much of it the
// rules ask about.

#include <benchmark/benchmark.h>

#include "engine/timeline.h"
#include "tests/bench/micro/sample.h"
#include "tests/bench/micro/texts.h"

namespace samrad::bench {
namespace {

// In a history of about `range(0)` events, records the one that is `range(1)` from the end and the first after a snapshot, so that as
// many are folded again, and takes it back: both cost the same.
void replay(benchmark::State& state, const std::string& rules) {
  constexpr std::size_t every = engine::Timeline::snapshot_events;
  const auto replayed = static_cast<std::size_t>(state.range(1));
  const std::size_t late = (static_cast<std::size_t>(state.range(0)) - replayed) / every * every;
  const Recorded sample(rules, diary(static_cast<int>(late + replayed)));
  const engine::Machine machine(sample.program, sample.history.symbols());
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

void one_late_event(benchmark::State& state) { replay(state, quiet_agreement(4)); }
BENCHMARK(one_late_event)
    ->Args({1000, 10})
    ->Args({10000, 10})
    ->Args({100000, 10})
    ->Args({1000, 900})
    ->Args({10000, 900})
    ->Args({10000, 9000})
    ->Unit(benchmark::kMicrosecond);

// With clauses that may ask about any update and meeting there ever was, which every state must therefore remember.
void one_late_event_long_memory(benchmark::State& state) {
  replay(state,
         quiet_agreement(4) +
             "clause underlag\n  before decision of plan, update of plan must have happened\n"
             "clause sammantraden\n  before update of plan, meeting must have happened\n");
}
BENCHMARK(one_late_event_long_memory)
    ->Args({1000, 10})
    ->Args({10000, 10})
    ->Args({100000, 10})
    ->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace samrad::bench
