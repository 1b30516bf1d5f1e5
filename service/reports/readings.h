// The same history judged by every reading that matters, and where the verdicts differ.
//
// Each alternative of an ambiguity is tried alone, the others staying as they are. Where one changes what is found of another ambiguity,
// or a clause of one overrides one of the other, the alternatives of both are also tried together. What is returned owns its texts and
// outlives the history.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "service/reports/ambiguities.h"
#include "service/reports/audit.h"
#include "service/reports/render.h"

namespace samrad::reports {

// An alternative of an ambiguity, by index.
struct Taken {
  std::size_t ambiguity = 0;
  std::size_t alternative = 0;
  auto operator<=>(const Taken&) const = default;
};

// One way of judging, all else being as the question had it.
struct Column {
  std::size_t alternative = 0;  // of the ambiguity at hand
  std::optional<Taken> beside;  // of another one, chosen together with it
  bool base = false;            // the question's own readings and nothing else
};

// What one way of judging found of an occurrence.
struct Verdict {
  Status status = Status::open;
  calendar::Day due{};
  auto operator<=>(const Verdict&) const = default;
};

struct ComparedOccurrence {
  std::string id;
  std::string clause;
  program::Severity severity = program::Severity::error;
  calendar::Day due{};                           // under the first column that has it
  std::vector<std::optional<Verdict>> verdicts;  // by column; absent: there is no such occurrence
  bool differs = false;
};

// How one clause fares under each column.
struct Outcome {
  std::size_t total = 0, missed = 0, broken = 0;
  std::size_t met = 0;      // late included
  std::size_t unknown = 0;  // cannot be assessed
  std::size_t pending = 0;  // open or upcoming
  [[nodiscard]] bool breached() const { return missed + broken > 0; }
  bool operator==(const Outcome&) const = default;
};

struct ClauseOutcomes {
  std::string clause;
  program::Severity severity = program::Severity::error;
  std::vector<Outcome> by_column;

  // Whether it is in breach under some columns and not under others.
  [[nodiscard]] bool decided() const;
};

struct Comparison {
  std::size_t ambiguity = 0;
  std::vector<Column> columns;
  std::vector<ComparedOccurrence> own;     // of the clauses it concerns, by due day, then id
  std::vector<ComparedOccurrence> others;  // of other clauses, those that differ only
  std::vector<ClauseOutcomes> outcomes;    // of its clauses, then of others that differ

  // Occurrences that differ, its own and others'.
  [[nodiscard]] std::size_t differing() const;
  [[nodiscard]] bool decides() const;
};

// How the clauses stand as which an ambiguity is kept, under the question's own readings.
struct Unsettled {
  Unchosen ambiguity;
  std::vector<ClauseOutcomes> outcomes;  // of its clauses, one column each
  std::vector<ComparedOccurrence>
      occurrences;  // of them all, one verdict each, by due day, then id

  // Whether some of them are in breach and others not.
  [[nodiscard]] bool disagree() const;
};

struct ReadingsRequest {
  AuditRequest
      audit;  // its `clauses`: only ambiguities that concern one of them; `statuses` are not used
  bool together = true;  // try readings of two ambiguities together where they touch
};

struct ReadingsResult {
  std::string agreement;
  std::string title;
  std::string as_of;
  std::vector<Ambiguity> ambiguities;
  std::vector<Comparison> comparisons;  // of those asked for, in the order of the text
  std::vector<Unsettled> unsettled;     // likewise; none unless asked for together
  std::size_t run = 0;                  // how many combinations were judged
  std::uint64_t possible = 1;           // of how many; at most UINT64_MAX
  int violations = 0;  // under the question's own readings, of the clauses asked for
  record::Faults warnings;
};

// Refuses what `audit` refuses, and a clause that has no readings. Time: that of one audit for each combination.
[[nodiscard]] tl::expected<ReadingsResult, Refusal> judge_readings(const record::History& history,
                                                                   const ReadingsRequest& request);

// `avtal`, `avtal+forlangning=flyttad`
[[nodiscard]] std::string heading(const ReadingsResult& result, const Comparison& comparison,
                                  const Column& column);

// Where verdicts differ, and whether a reading decides between breach and none.
[[nodiscard]] std::string readings_text(const ReadingsResult& result, Language language);
[[nodiscard]] std::string readings_markdown(const ReadingsResult& result, Language language);
// A row for each occurrence that differs and each way of judging; lines end in CR LF.
[[nodiscard]] std::string readings_csv(const ReadingsResult& result, Language language);
// As docs/schema/readings.schema.json says. Ends with a line break.
[[nodiscard]] std::string readings_json(const ReadingsResult& result);

// All occurrences side by side, whether they differ or not.
[[nodiscard]] std::string side_by_side_text(const ReadingsResult& result, Language language);
[[nodiscard]] std::string side_by_side_json(const ReadingsResult& result);

}  // namespace samrad::reports
