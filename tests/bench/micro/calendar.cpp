// Aim: what date arithmetic costs, over days that lie far apart.

#include <benchmark/benchmark.h>

#include "rules/calendar/date.h"
#include "rules/calendar/duration.h"
#include "rules/calendar/period.h"
#include "rules/calendar/shift.h"

namespace samrad::bench {
namespace {

using calendar::Day;

constexpr int days = 1 << 12;
Day nth(int i) { return {10957 + i * 7919 % 20000}; }  // from 2000 to 2054

// Calls `work` on a day after the other.
template <class Work>
void over_days(benchmark::State& state, Work work) {
  int i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(work(nth(i)));
    i = (i + 1) % days;
  }
}

void date_of_a_day(benchmark::State& state) {
  over_days(state, [](Day day) { return calendar::to_date(day); });
}
BENCHMARK(date_of_a_day);

void day_of_a_date(benchmark::State& state) {
  over_days(state, [](Day day) {
    return calendar::to_day({2000 + day.n % 50, 1U + static_cast<unsigned>(day.n % 12), 28});
  });
}
BENCHMARK(day_of_a_date);

void six_months_before(benchmark::State& state) {
  over_days(state, [](Day day) { return calendar::minus(day, {6, calendar::Unit::month}); });
}
BENCHMARK(six_months_before);

void ten_working_days_later(benchmark::State& state) {
  over_days(state, [](Day day) {
    return calendar::plus(day, {10, calendar::Unit::working_day}, calendar::Holidays::sweden);
  });
}
BENCHMARK(ten_working_days_later);

void half_year_of_a_day(benchmark::State& state) {
  const calendar::Period period{.unit = calendar::PeriodUnit::half_year};
  over_days(state, [&](Day day) { return calendar::window_at(period, day); });
}
BENCHMARK(half_year_of_a_day);

void moved_to_a_working_day(benchmark::State& state) {
  over_days(state, [](Day day) {
    return calendar::shift(day, calendar::Shift::modified_following, calendar::Holidays::sweden);
  });
}
BENCHMARK(moved_to_a_working_day);

}  // namespace
}  // namespace samrad::bench
