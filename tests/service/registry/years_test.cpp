// Years of made-up agreements under one clock: events recorded late, acts of every kind, stops in between, a memory that holds
// only a few. At every stop the store must say what the whole log says, found on two other ways.

#include <algorithm>
#include <cstdlib>

#include <gtest/gtest.h>

#include "rules/calendar/date.h"
#include "tests/generated/agreement.h"
#include "tests/generated/case.h"
#include "tests/generated/happenings.h"
#include "tests/service/registry/desk.h"

namespace samrad::registry {
namespace {

constexpr Micros day_micros = 86'400'000'000;

struct Due {
  Micros recorded = 0;
  std::string id;
  std::string line;
};

Micros start_of(const std::string& time) {
  const auto day = calendar::parse_iso(std::string_view(time).substr(0, 10));
  return day ? Micros{day->n} * day_micros : 0;
}

// Some agreements and what is to be recorded when.
std::vector<Due> made(std::uint64_t seed, int agreements, Desk& desk) {
  std::vector<Due> due;
  generated::Dice dice(seed);
  for (int n = 0; n < agreements; ++n) {
    const generated::Agreement agreement = generated::make_agreement(dice, 3);
    std::string fault;
    const auto program = generated::compiled(agreement.texts, fault);
    // Where what is open lapses, an old and a new occurrence can have one name, and the store has one row for both.
    const bool lapses =
        std::any_of(agreement.texts.begin(), agreement.texts.end(), [](const auto& text) {
          return text.find("open occurrences lapse") != std::string::npos;
        });
    if (!program || lapses) continue;
    generated::Happenings happenings(*agreement.words, agreement.texts, program);
    const std::string id = "a-" + std::to_string(n);
    if (!desk.create(id, {agreement.texts[0]})) continue;
    bool whole = true;
    for (std::size_t version = 1; version < agreement.texts.size(); ++version)
      whole = whole && desk.amend(id, agreement.texts[version]).has_value();
    EXPECT_TRUE(whole) << agreement.texts.back();
    for (nlohmann::json event : happenings.make().events) {
      const std::string time = event.value("recordedtime", event.value("time", std::string()));
      event.erase("recordedtime");
      event.erase("agreement");
      const int late = dice.percent(70) ? dice.below(3) : dice.below(120);
      due.push_back({start_of(time) + late * day_micros + dice.below(86'000) * Micros{1'000'000},
                     id, event.dump()});
    }
  }
  std::stable_sort(due.begin(), due.end(),
                   [](const Due& a, const Due& b) { return a.recorded < b.recorded; });
  return due;
}

TEST(Years, TheStoreSaysWhatTheLogSays) {
  const char* asked = std::getenv("SAMRAD_YEARS");  // how many more seeds
  const std::uint64_t seeds = 12 + (asked != nullptr ? std::strtoull(asked, nullptr, 10) : 0);
  std::size_t recorded = 0, refused = 0, looks = 0;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Options options;
    options.active_max = seed % 3 == 0 ? 2 : 2'000;
    Desk desk(at("1990-01-01T00:00:00Z"), options);
    generated::Dice dice(seed * 7919);
    const std::vector<Due> due = made(seed, 12, desk);
    ASSERT_FALSE(due.empty());
    desk.set(due.front().recorded - day_micros);
    for (std::size_t i = 0; i < due.size(); ++i) {
      const Due& one = due[i];
      if (one.recorded > desk.clock.now()) {
        // Sometimes nobody looks at the clock until an event comes.
        if (dice.percent(60))
          desk.set(one.recorded);
        else
          desk.clock.set(one.recorded);
      }
      const auto answer = desk.append(one.id, one.line);
      answer ? ++recorded : ++refused;
      if (dice.percent(3)) desk.reopen();
      if (dice.percent(4) || i + 1 == due.size()) {
        desk.set(desk.clock.now());
        ++looks;
        const auto faults = desk.recounted();
        ASSERT_TRUE(faults.empty()) << "after " << one.id << ' ' << one.line << '\n'
                                    << faults.front();
      }
    }
    desk.set(desk.clock.now() + 400 * day_micros);
    const auto faults = desk.recounted();
    ASSERT_TRUE(faults.empty()) << faults.front();
  }
  EXPECT_GT(recorded, 10 * refused);
  EXPECT_GT(looks, 20U);
}

}  // namespace
}  // namespace samrad::registry
