// What alerts know of an agreement: its duties as plain values, made by whoever has the engine's verdicts.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/finding.h"
#include "rules/calendar/date.h"
#include "rules/calendar/holidays.h"
#include "service/clock.h"
#include "service/record/zone.h"

namespace samrad::alerts {

// The same in both languages.
struct Wording {
  std::string sv;
  std::string en;

  [[nodiscard]] const std::string& in(calendar::Language language) const {
    return language == calendar::Language::sv ? sv : en;
  }
};

struct Role {
  std::string name;   // as the rule file has it
  std::string label;  // as people do
};

struct Acknowledgement {
  std::string by;
  Micros at = 0;
};

// One occurrence.
struct Duty {
  std::string occurrence;  // its id, `moten/2017-H1`
  std::string clause;
  std::string source;   // the paragraph, `§5 st 3`; empty: not given
  std::string title;    // of the clause, in the agreement's own language
  Wording demand;       // what must be done, a sentence
  Wording consequence;  // what happens otherwise, a sentence; empty: the agreement does not say
  Wording verdict;      // why the verdict is as it is, a sentence or two; empty: not told
  std::vector<Role> owners;
  engine::Status status = engine::Status::open;
  bool asks_for_an_act = true;  // false: a duty to abstain; of these only breaches are told
  bool is_judged = false;       // the act is a person's judgement of it
  bool is_chance = false;       // it may be done, and lapses if it is not
  calendar::Day opens{};
  calendar::Day due{};                   // the last day
  std::optional<Micros> due_at;          // and its hour, where there is one
  std::optional<calendar::Day> settled;  // the day on which the verdict fell
  std::vector<calendar::Day> warnings;   // the days that the clause's `warn` gives, in any order
  std::vector<Micros> warnings_at;       // and the moments, where it is due by the hour
  int need = 0;                          // 0: nothing is counted
  int have = 0;
  std::optional<Acknowledgement> acknowledged;  // the latest
  // The first day on which it is late. Set only while it can still be done late: what can no longer be done is a breach and told once.
  std::optional<calendar::Day> overdue_since;
  // When the service noticed the present status. Part of the keys of breach and settled: it must be the same after a restart.
  std::optional<Micros> changed;
};

struct Agreement {
  std::string id;
  std::string title;
  record::Zone zone;
  calendar::Holidays holidays = calendar::Holidays::weekends_only;
  // Nothing is told of duties due before it: what was recorded when the agreement was taken up is history.
  calendar::Day since = calendar::day_min;
  std::vector<Role> roles;  // for their labels; one that is absent goes by its name
  std::vector<Duty> duties;
};

// Since it became overdue: who saw a warning in time has not seen that it was missed.
[[nodiscard]] bool is_acknowledged(const Duty& duty, const record::Zone& zone);

}  // namespace samrad::alerts
