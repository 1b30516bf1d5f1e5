// Scenario files: what happened, a clock that moves, and what is expected of the rules.
// docs/scenarios.md is the manual.
//
// A Scenario is the text as statements; it knows no agreement. Names and values are still words:
// run.h holds them against a program. Values, safe to read from several threads.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/finding.h"

namespace samrad::scenario {

// Something wrong with the text of a scenario: a place and a sentence.
struct Fault {
  std::size_t line = 0;    // from 1
  std::size_t column = 0;  // in bytes, from 1; 0: the line as a whole
  std::string message;
  std::string help;  // empty: none
};

// A word, a quoted text or a number with what followed it.
struct Value {
  enum class Kind : std::uint8_t { word, text, number, amount };
  Kind kind = Kind::word;
  std::string text;  // the word, the text without quotes, the digits
  std::string unit;  // amount: `days`, `SEK`, `%`
};

struct FieldLine {
  std::string name;
  std::vector<Value> values;
};

// Something that happened.
struct Happening {
  std::string when;      // `2016-09-12`, `2016-09-12T14:00`
  std::string recorded;  // empty: as `when`
  std::string type;
  std::string subject;  // empty: none. Of the four built-in types: what they act on
  std::string id;       // never empty: `line-7` when not given
  std::string reason;   // text after the head of a withdrawal, waiver or assessment
  std::string verdict;  // of an assessment: `met`, `broken`
  std::vector<FieldLine> fields;
};

// What is asked of the verdicts at a moment.
struct Expectation {
  enum class Kind : std::uint8_t {
    occurrence,  // `occurrence` exists, with what else is set
    no_occurrence,
    part_period,  // `occurrence` is a part of a period that is not assessed
    count,        // `count` occurrences with a status of `statuses` (in `clause`)
    is_void,      // event `id`, with `text` in the reason
    not_void,
    explanation,  // of `occurrence` contains `text`
  };
  Kind kind = Kind::occurrence;
  std::string on;        // the moment
  std::string known_at;  // empty: all that stands above
  std::string occurrence;
  std::string id;
  std::string clause;
  std::string text;
  std::string language;                  // explanation: `sv`, `en`; empty: either
  std::vector<engine::Status> statuses;  // of an occurrence: at most one
  std::size_t count = 0;
  // Of an occurrence; empty or unset: not asked.
  std::vector<std::string> because, not_because, missing, owners;
  std::string due, opens, settled;
  std::optional<int> have;
};

struct Statement {
  std::size_t line = 0;
  std::string text;  // as written, white space folded
  bool happening = false;
  Happening event;          // where happening
  Expectation expectation;  // where not
};

struct Choice {
  std::string clause;
  std::string reading;
  std::size_t line = 0;
};

struct File {
  std::string path;
  std::size_t line = 0;
};

struct Scenario {
  std::string title;  // empty: the file's only one
  std::size_t line = 1;
  std::vector<File> rules;    // paths as written
  std::vector<File> history;  // paths as written
  std::vector<Choice> readings;
  std::vector<Statement> statements;
};

// One file. What stands before the first `scenario` line holds for each of them.
struct Parsed {
  std::vector<Scenario> scenarios;
  std::vector<Fault> faults;
};

// Reports every fault of the file; a statement with a fault is left out. A scenario without rules
// or that expects nothing is a fault.
[[nodiscard]] Parsed parse(std::string_view text);

// `metLate`, `met-late`, `met_late`, `met late`; nothing for another word. The form in two words of a
// scenario is the caller's affair.
[[nodiscard]] std::optional<engine::Status> status_of(std::string_view word);

// `met late`, `cannot assess`: as people write them.
[[nodiscard]] std::string_view words(engine::Status status);

}  // namespace samrad::scenario
