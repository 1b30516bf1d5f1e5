// A story: rule text, what happened, and what the book says as of a day. The harness of all tests of the engine.
//
//   check({{"two meetings meet the half-year",
//           "clause moten\n  source \"1\"\n  meeting of council must happen at least 2 times every half-year\n",
//           "2016-09-01 m1 meeting of council chair=chief\n"
//           "2016-10-01T14:00 m2 meeting of council attendees=chief,director\n",
//           "2016-12-31",
//           {{"moten/2016-H2", "met settled=2016-10-01 have=2/2 by=m1,m2"}}}});
//
// The rules follow a common vocabulary (see `vocabulary` in story.cpp); a text that begins with `agreement` stands alone.
// A line of the history is `DATE[THH:MM[:SS]] ID TYPE [of SUBJECT] [field=value …]`; a value is a word, a "text" or a list with commas.
// An ID may be `SOURCE#ID`, else the source is `test`.
// Times of day are by the wall clock of Stockholm (+01:00, in summer +02:00).
//
// What is expected of an occurrence is a status and any of
//   opens= due= nominal= settled=   days; due=never: no due day
//   have=2/2                        have and need
//   by=m1,m2                        evidence, `by=` none
//   missing=chair                   what is not known, in any order
//   why=first_turn,…                notes that must be among those given
//   severity=warning
// or `none`: no such occurrence; or `part`: no occurrence but listed as a part period (opens= due= have= may follow).
// Three names stand for something else: `expiry` (the last day of the term), `voids` (see voids) and `ids PREFIX` (see ids).
#pragma once

#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/book.h"
#include "engine/timeline.h"

namespace samrad::story {

using calendar::Day;

// "2017-03-26" (its last second) or "2017-03-26T14:00".
engine::Moment moment(std::string_view text);
Day day(std::string_view iso);

// UTC seconds of a second of a civil day in Stockholm.
std::int64_t utc_of(Day day, std::int32_t second);

class Story {
 public:
  // Throws std::runtime_error with the diagnostics when the text has errors, or a line of the history is wrong.
  explicit Story(std::string_view rules, std::string_view history = {});
  // Versions of one text, oldest first.
  Story(const std::vector<std::string>& versions, std::string_view history);
  // One reading chosen for each `clause=reading`.
  Story(std::string_view rules, std::string_view history, const std::vector<std::string>& readings);

  void happens(std::string_view lines);

  [[nodiscard]] const program::Program& program() const { return *program_; }
  [[nodiscard]] const engine::Machine& machine() const { return *machine_; }
  [[nodiscard]] engine::Symbols& symbols() { return *symbols_; }
  [[nodiscard]] const std::vector<engine::Event>& events() const { return events_; }
  [[nodiscard]] const std::string& history() const { return history_; }
  [[nodiscard]] std::string id(program::Symbol identity) const;  // "m1"

  [[nodiscard]] engine::Book book(std::string_view as_of) const;
  // Events until `as_of` in the order in which they are fed.
  [[nodiscard]] std::vector<engine::Event> until(engine::Moment as_of) const;

  // The book by stepping day by day, with a moment for each day from the first event or the term's start to as_of.
  [[nodiscard]] engine::Book walked(std::string_view as_of) const;

  // The book by feeding event by event, with the state written to bytes and read again after each.
  [[nodiscard]] engine::Book resumed(std::string_view as_of) const;

  // The whole book as text, nothing left out.
  [[nodiscard]] std::string describe(const engine::Book& book) const;

 private:
  void compile(const std::vector<std::string>& texts, const std::vector<std::string>& readings);
  engine::Event read(std::string_view line);

  std::unique_ptr<program::Program> program_;
  std::unique_ptr<engine::Symbols> symbols_;
  std::unique_ptr<engine::Machine> machine_;
  std::vector<engine::Event> events_;
  std::string history_;
};

struct Expected {
  std::string id;
  std::string what;
};

struct Row {
  std::string meaning;  // the sentence of the page that the row holds to
  std::string rules;
  std::string history;
  std::string as_of;
  std::vector<Expected> expected;
};

// Each row must give what it expects; the whole book is printed where it does not. Every story is also told backwards, walked day
// by day, recorded in another order, and stopped and resumed after each event, and must give the same book.
void check(std::initializer_list<Row> rows);
struct AmendedRow {
  std::string meaning;
  std::vector<std::string> versions;
  std::string history;
  std::string as_of;
  std::vector<Expected> expected;
};
void check_amended(std::initializer_list<AmendedRow> rows);
void expect(const Story& story, std::string_view as_of, const std::vector<Expected>& expected);

// Ids of all occurrences whose id begins with `prefix`, in the order of the book, joined by blanks.
std::string ids(const engine::Book& book, std::string_view prefix = {});
// `id: event` of each event without effect, `?` after it where that is uncertain.
std::string voids(const Story& story, const engine::Book& book);

std::string_view name(engine::Status status);
std::string_view name(engine::Why why);

// The same vocabulary with another head: `term …`, `part periods …`.
std::string with_head(std::string_view head, std::string_view rules);
// A clause with name `c`, a source and these lines (each indented here).
std::string clause(std::string_view lines);

}  // namespace samrad::story
