// The fleet that is measured: many agreements with two-year terms, about twenty events each, and a known number of breaches of four rules.
//
//   R1  two meetings at least in every calendar half-year of the term           counted: half-years with fewer
//   R2  the chair is another one than at the meeting before                     counted: meetings where it is not
//   R3  an update of an annex is decided in writing within 90 days              counted: updates that are not
//   R4  the consultation is held six calendar months before expiry, or earlier  counted: agreements where it is not
//
// One agreement has at most one event a day, so that no rule turns on the order within a day.
#pragma once

#include <cstdint>
#include <vector>

namespace samrad::bench {

enum class Kind : std::uint8_t { signing, meeting, update, decision, consultation };

// One event, without what only its written form needs.
struct Row {
  std::uint32_t agreement = 0;  // from 1
  std::int16_t day = 0;         // counted from `first_day`
  std::uint8_t number = 0;      // of the agreement's events, from 1, in no order of time
  Kind kind = Kind::signing;
  // signing: the term, an index of `terms`; meeting: 0 or 1, who took the chair; update, decision: the annex, 0 to 2
  std::uint8_t what = 0;
  bool written = false;    // decision
  std::uint8_t delay = 0;  // days from `day` until it was recorded
};

struct Term {
  int first = 0;  // days since 1970-01-01, both included
  int last = 0;
};

// The terms that agreements have. Each holds four whole calendar half-years.
extern const Term terms[3];

// As days since 1970-01-01: the day that rows count from, and a day on which all is settled.
extern const int first_day;  // 2022-01-01
extern const int as_of;      // 2025-06-30

// The seed whose counts are known (docs/performance.md).
inline constexpr std::uint32_t default_seed = 20240229;

// The events of agreements 1 to `agreements` in order of day, agreements shuffled within a day. The same seed gives the same rows.
std::vector<Row> workload(std::uint32_t agreements, std::uint32_t seed);

// The same rows, each with a delay of at most `delay_max` days, in order of the day of recording.
std::vector<Row> recorded_late(const std::vector<Row>& rows, int delay_max, std::uint32_t seed);

}  // namespace samrad::bench
