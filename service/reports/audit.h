// The audit: every occurrence with its verdict, as of one moment and as known at another.
//
// A result is a value; copies share their basis. The History it was made from must outlive it. Reading a result is safe from any
// number of threads.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "engine/explain.h"
#include "service/record/history.h"

namespace samrad::reports {

using engine::Occurrence;
using engine::Status;
using record::Asked;

struct AuditRequest {
  Asked as_of;
  std::optional<Asked>
      known_at;  // absent: the later of as_of and the latest moment at which anything was recorded
  std::vector<program::Choice> readings;
  std::vector<std::string> clauses;  // show only these; empty: all
  std::vector<Status> statuses;      // show only these; empty: all
};

// Why there is no audit.
struct Refusal {
  bool usage = false;  // the question was wrong (an unknown clause or reading), else the events are
  std::string message;    // one sentence for `usage`
  record::Faults faults;  // what is wrong with the events
};

// One reading that was used.
struct ReadingUsed {
  std::string clause;
  std::string reading;
  std::string label;
  bool chosen = false;  // asked for; else the default
};

struct AuditResult {
  // What the audit rests on; shared so that the result can be copied while explanations point into it.
  struct Basis {
    program::Program program;  // with the readings that were chosen
    const engine::Symbols* symbols = nullptr;
    std::vector<engine::Event> events;  // as known, those after as-of included
    engine::Book book;                  // all occurrences
    std::optional<engine::Ground> ground;
  };
  std::shared_ptr<const Basis> basis;
  const record::History* history = nullptr;

  std::string agreement;
  std::string program_hash;  // `sha256:…` of the program with all its readings
  Asked as_of;
  Asked known_at;
  bool known_at_given = false;
  std::vector<ReadingUsed> readings;
  std::vector<const Occurrence*>
      listed;                    // those asked for, sorted by due day, then id; owned by basis
  std::array<int, 9> summary{};  // how many of `listed` have each Status
  // What stands apart, of the clauses asked for; nothing of it has a status, so all is empty where statuses were named.
  std::vector<const engine::PartPeriod*> part_periods;  // in which any day counts; owned by basis
  std::vector<const engine::VoidEvent*> voids;          // owned by basis
  std::vector<std::string>
      without_occasion;     // clauses that have no occurrence at all, in the order of the text
  record::Faults warnings;  // about the events, none of them an error

  [[nodiscard]] const program::Program& program() const { return basis->program; }
  [[nodiscard]] const engine::Ground& ground() const { return *basis->ground; }
  [[nodiscard]] const engine::Book& book() const { return basis->book; }
  [[nodiscard]] const program::Rule& rule(const Occurrence& o) const { return ground().rule(o); }
  [[nodiscard]] int count(Status status) const { return summary[static_cast<std::size_t>(status)]; }

  // The occurrence of that id whether listed or not, or null.
  [[nodiscard]] const Occurrence* find(std::string_view id) const { return book().find(id); }
};

[[nodiscard]] tl::expected<AuditResult, Refusal> audit(const record::History& history,
                                                       const AuditRequest& request);

// True when this occurrence is a violation: missed or broken, by a rule of severity `error` and not on a presumption. What was met late
// is on record but no present violation; a chance that lapsed and what cannot be assessed are none.
[[nodiscard]] bool violates(const Occurrence& occurrence);

// How many listed occurrences violate; above 0 the command ends with status 1.
[[nodiscard]] int violations(const AuditResult& result);

// `met`, `metLate`, `cannotAssess`, …; and back.
[[nodiscard]] std::string_view code(Status status);
[[nodiscard]] std::optional<Status> parse_status(std::string_view code);

// `error`, `warning`, `note`
[[nodiscard]] std::string_view code(program::Severity severity);

}  // namespace samrad::reports
