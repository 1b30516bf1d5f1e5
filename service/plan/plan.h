// A plan: dates and contents of the coming events, such that the engine finds every clause kept that events can keep.
//
// The engine is asked what is missing, the model answers with events and with what binds their days, and the engine judges again
// until it is content or nothing more can be done. Where the bindings leave no day, or no content, the clauses that cannot be met
// together are named, none of which can be left out. Deterministic: the same question gives the same plan, on every machine.
// A result holds no references into the planner but the audit's own; the History must outlive it.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "service/reports/audit.h"
#include "service/reports/render.h"

namespace samrad::plan {

using calendar::Day;
using calendar::Language;
using program::Index;
using program::Symbol;

inline constexpr int plan_days_max = 3700;  // about ten years
inline constexpr int rounds_default = 200;  // of asking the engine and mending the plan
inline constexpr std::size_t events_max = 5000;

struct PlanRequest {
  Day from{};
  Day to{};
  std::vector<program::Choice> readings;
  std::string placeholder;  // stands where a text is asked for that only people can write
  // Asked between the rounds: true ends the work, and what there is then is told as unfinished. May be empty.
  std::function<bool()> enough;
};

// Why an event is planned: a clause asks for it.
struct Asked {
  Index rule = program::none;
  std::string occurrence;
};

// What keeps a date from being earlier or later. Neither rule nor event: the plan's own first or last day.
struct Bound {
  Day day{};
  Index rule = program::none;
  std::string occurrence;
  std::optional<std::size_t> event;  // in Plan::events, where the bound comes from its date
};

struct PlannedEvent {
  engine::Event event;
  std::vector<Asked> asked;      // in the order of the text
  std::vector<Index> shaped_by;  // rules that asked for its contents
  Bound earliest;                // whatever the other events do
  Bound latest;
  Bound room_first;  // with the other events on the days that they have in the plan
  Bound room_last;
};

// What stands outside the plan, and why.
enum class Outside : std::uint8_t {
  missed_before,  // missed or broken before the plan's first day
  attested,       // a person's word settles it
  not_recorded,   // nobody keeps a record of such events
  after_plan,     // falls due after the plan's last day
  others,         // comes only after an event that nobody plans
  not_by_events,  // cannot be assessed or kept by anything that the plan could hold
};
struct OutsideRow {
  Outside why = Outside::others;
  Index rule = program::none;
  std::string occurrence;  // empty: the clause as a whole
};

enum class Outcome : std::uint8_t {
  whole,       // the engine finds no violation that was not there before
  conflict,    // no such plan exists: `conflict`
  incomplete,  // something remains that could not be mended, or the time ran out: `remaining`
};

struct Plan {
  Outcome outcome = Outcome::whole;
  Day from{};
  Day to{};
  std::string agreement;
  std::vector<PlannedEvent> events;  // by day; empty on conflict
  std::vector<OutsideRow> outside;   // by reason, in the order of the text
  std::vector<Index> conflict;       // rules, one a clause, in the order of the text
  bool conflict_minimal = true;      // for each clause of it that is left out, the rest has a plan
  bool conflict_proven =
      true;  // false: no plan was found, but another choice of events might have led to one
  std::vector<std::string>
      remaining;  // occurrences that are still amiss; of a whole plan none is a violation
  bool out_of_time = false;
  std::size_t history_events = 0;  // before the plan
  std::size_t left_out = 0;        // recorded on or after its first day
  // What names and sentences rest on: the program with the readings chosen, symbols, and the judgement of the plan.
  struct Basis {
    program::Program program;
    std::optional<engine::Symbols> symbols;
    std::vector<engine::Event> judged;  // history and plan
    engine::Book book;
    std::optional<engine::Ground> ground;
  };
  std::shared_ptr<const Basis> basis;
  const record::History* history = nullptr;

  [[nodiscard]] const program::Program& program() const { return basis->program; }
  [[nodiscard]] const engine::Ground& ground() const { return *basis->ground; }
};

// `to` must not lie before `from`, nor more than plan_days_max days after it.
[[nodiscard]] tl::expected<Plan, reports::Refusal> plan(const record::History& history,
                                                        const PlanRequest& request);

[[nodiscard]] std::string plan_text(const Plan& plan, const reports::TextStyle& style);
// Its first sentences: what the plan comes to, or why there is none.
[[nodiscard]] std::string plan_summary(const Plan& plan, const reports::TextStyle& style);
[[nodiscard]] std::string plan_json(const Plan& plan);
// All-day events with stable identities: the same plan gives the same bytes.
[[nodiscard]] std::string plan_ics(const Plan& plan, Language language);
// CloudEvents, one a line, as `samrad audit` reads them.
[[nodiscard]] std::string plan_events(const Plan& plan);

}  // namespace samrad::plan
