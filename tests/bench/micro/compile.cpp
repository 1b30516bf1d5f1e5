// Aim: the time to compile grows in proportion to the clauses.

#include <benchmark/benchmark.h>

#include "tests/bench/micro/sample.h"
#include "tests/bench/micro/texts.h"

namespace samrad::bench {
namespace {

void compile_clauses(benchmark::State& state) {
  const std::string text = mixed_agreement(static_cast<int>(state.range(0)));
  for (auto _ : state)
    benchmark::DoNotOptimize(compiled(text));
  state.SetComplexityN(state.range(0));
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
}
BENCHMARK(compile_clauses)
    ->Arg(500)
    ->Arg(1000)
    ->Arg(2000)
    ->Unit(benchmark::kMillisecond)
    ->Complexity();

}  // namespace
}  // namespace samrad::bench
