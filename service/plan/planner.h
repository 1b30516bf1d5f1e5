// One attempt at a plan for one program. Internal to planning: plan.cpp asks it, and asks it again with clauses left out.
#pragma once

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "service/plan/demands.h"
#include "service/reports/audit.h"

namespace samrad::plan {

struct Attempt {
  std::unique_ptr<Model> model;
  enum class End : std::uint8_t { content, impossible, stuck, out_of_time } end = End::content;
  std::vector<Index> conflict;  // impossible: rules whose bindings leave no day, as a first guess
  bool proven = true;           // impossible: by the clauses alone, whatever had been chosen
  std::vector<std::string> remaining;  // stuck, out of time: what is still amiss, violations first
  std::vector<Index> remaining_rules;
  bool violations = false;  // some of what remains is a violation
};

struct Setting {
  const program::Program& program;
  const engine::Symbols& symbols;
  const record::Zone& zone;
  const Past& past;
  Day from;
  Day to;
  std::string placeholder;
  std::function<bool()> enough;
};

[[nodiscard]] Past past_of(const program::Program& program, const engine::Symbols& symbols,
                           const record::Zone& zone, const std::vector<Event>& events, Day from);

[[nodiscard]] Attempt attempt(const Setting& setting, Sharing sharing, int rounds_max);

// Missed, broken or not to be assessed as the first day begins, and not only on that day, on which something may yet be planned.
[[nodiscard]] bool amiss_before(const Past& past, const engine::Occurrence& occurrence, Day from);

// Amiss and a violation, or one as soon as the plan's last day has passed.
[[nodiscard]] bool serious(const Model& model, const engine::Occurrence& occurrence);

// Amiss at the plan's end, though it was not so at its beginning, and in a way that something planned could help.
[[nodiscard]] bool amiss(const Model& model, const engine::Occurrence& occurrence);

}  // namespace samrad::plan
