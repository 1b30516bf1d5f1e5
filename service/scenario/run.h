// Runs a scenario against an agreement: tells the story event by event and holds each expectation
// to the audit of that moment.
//
// An expectation knows the events that stand above it and those of the base history; `known at`
// leaves out what was recorded later. Pure but for the time zone database.
#pragma once

#include <array>
#include <map>
#include <string>
#include <vector>

#include "rules/calendar/holidays.h"
#include "rules/program/program.h"
#include "service/record/cloud_event.h"
#include "service/scenario/scenario.h"

namespace samrad::scenario {

struct Result {
  std::size_t line = 0;
  std::string on;         // the moment
  std::string statement;  // as written
  bool passed = false;
  std::string expected;     // of a failure: what was expected, in words
  std::string found;        // what was found instead
  std::string explanation;  // why, where one occurrence is meant
};

enum class Reach : std::uint8_t { never, reached, expected };

// By clause (or procedure), in the order of the text: how far the scenarios came with each status.
struct Coverage {
  std::vector<std::string> clauses;
  std::map<std::string, std::array<Reach, 9>> reached;

  void add(const Coverage& other);
};

struct Outcome {
  std::vector<Result> results;
  std::vector<Fault> faults;  // names that the agreement does not have, moments that are none
  record::Faults
      event_faults;  // of the events, the base history's included; those of the scenario have its lines
  Coverage coverage;
};

// `records` is the base history, `path` the scenario's file as the user knows it.
[[nodiscard]] Outcome run(const Scenario& scenario, const program::Program& program,
                          const record::Records& records, const std::string& path,
                          calendar::Language language);

}  // namespace samrad::scenario
