// What a lane is made of: flat tables, and where in a record each rule keeps what it knows. Internal to lane/.
#pragma once

#include <algorithm>

#include "engine/condition.h"
#include "engine/lane/lane.h"

namespace samrad::engine::lane::detail {

// ---- conditions -------------------------------------------------------------------------------------------------------

enum class Where : std::uint8_t { candidate, origin, candidate_day, origin_day, constant, start };

struct Operand {
  Where where = Where::constant;
  std::uint8_t index = 0;  // candidate: of Row::values; origin: of the values kept of the event that opened the case
  Word constant = 0;
};

enum class Do : std::uint8_t { equal, not_equal, less, less_equal, greater, greater_equal, one_of, truth, present, logical_and, logical_or, logical_not };

// Postfix over truth values; comparisons push one.
struct Test {
  Do what = Do::equal;
  Operand a, b;
  program::Range options;  // one_of: Plan::words
};

// Whether an event fits a pattern, its subject aside: acts are found by it.
struct Fit {
  program::Range tests;  // Plan::tests; count 0: always
  program::Range both;   // answers: what speaks of the event that opened the case too. Its candidate's values are those of Part::answer_from
};

// What a condition is asked about.
struct Frames {
  const Word* candidate = nullptr;
  std::int32_t candidate_day = 0;
  const Word* origin = nullptr;
  std::int32_t origin_day = 0;
  std::int32_t start = 0;
  std::uint16_t known = 0;  // of the candidate, as Row::known
};

// ---- what rules keep in a record, at Part::at --------------------------------------------------------------------------

// Judged events.
struct Tally {
  std::uint16_t met = 0;
  std::uint16_t broken = 0;
};
inline constexpr std::uint16_t tally_max = 0xFFFF;

struct Window {
  std::uint16_t met = 0;
  std::uint16_t missed = 0;
  std::uint16_t broken = 0;
  std::int16_t need = 0;      // -1: not assessed
  std::int32_t opens = 0;
  std::int32_t due = 0;
  std::int32_t ordinal = 0;   // calendar::Window::ordinal
  std::uint16_t have = 0;
  std::uint8_t settled = 0;
  std::uint8_t ended = 0;     // no window is left
};

struct Turn {
  Tally tally;
  std::int32_t day = 0;
  std::int32_t offset = 0;  // as Case::offset
  std::uint8_t seat = 0;    // of the last to have the turn, from 1; 0: nobody yet; stranger: none of those named
  std::uint8_t unused[3] = {};
};
inline constexpr std::uint8_t stranger = 0xFF;

// An occurrence that waits for its answer; the values of its event that the answer's condition asks for stand behind it.
struct Case {
  std::uint32_t ordinal = 0;
  std::int32_t day = 0;
  std::int32_t offset = 0;  // seconds from that day's midnight in UTC; no_offset: only the day is known
  std::uint16_t span = 0;   // days from `day` to the due day; no_due: none
  std::uint8_t missed = 0;
  std::uint8_t unused = 0;

  [[nodiscard]] std::int32_t due() const { return span == no_due ? calendar::day_max.n : day + span; }
  static constexpr std::uint16_t no_due = 0xFFFF;
};
inline constexpr std::int32_t no_offset = INT32_MIN;

// In Overflow a case stands behind the place of the next; 0: none.
using Link = std::uint64_t;

// Cases in order of opening: the first stand in the record, behind Waiting and the values of the last answer, the rest in Overflow.
struct Waiting {
  std::uint16_t met = 0;
  std::uint16_t missed = 0;
  std::uint16_t late = 0;
  std::uint8_t inline_cases = 0;
  std::uint8_t several = 0;           // more than one answer on `answered`
  std::uint32_t more = 0;             // place of the first in Overflow; 0: none
  std::int32_t answered = INT32_MIN;  // the day of the last event that may have answered something
  std::int32_t offset = 0;            // its time; its values stand behind
  std::uint32_t unused = 0;
};

struct Chance {
  std::int32_t due = 0;
  std::uint16_t satisfied = 0;  // by dated condition, a bit
  std::uint8_t status = 0;      // Status
  std::uint8_t opened = 0;
};

// ---- rules ------------------------------------------------------------------------------------------------------------

struct Part {
  Index rule = program::none;
  program::Form form = program::Form::count;
  std::uint32_t at = 0;      // bytes from the record's beginning
  std::uint32_t live = 0;    // which of the record's live bits is set while time can settle something; none: never
  Fit main;
  Fit answer;
  program::Range condition;  // constraint, prohibition: tests; count 0 with `never`: broken whenever it fits
  bool wanted = true;        // what the condition must come to
  // alternation, rotation, power: Word of a name to its seat, deputies included
  program::Range seats;      // Plan::seats
  std::uint8_t field = 0;    // where the value stands in Row::values
  std::uint8_t members = 0;
  // response
  std::uint8_t origin_values = 0;              // kept of the event that opened the case
  std::array<std::uint8_t, 16> origin_from{};  // where they stand in Row::values of its type
  std::uint8_t answer_values = 0;              // kept of the last answer
  std::array<std::uint8_t, 16> answer_from{};
  std::uint8_t cases_inline = 0;
  // count: the first days of the windows of a period of the calendar, by ordinal from starts_from on; empty: worked out each time
  program::Range starts;                       // Plan::starts
  std::int32_t starts_from = 0;
  // extension: Plan::dated
  program::Range dated;
};

struct Seat {
  Word name = 0;
  std::uint8_t seat = 0;
};

enum class Role : std::uint8_t { main, answer, dated };

struct Act {
  std::uint32_t part = 0;
  Role role = Role::main;
  std::uint16_t dated = 0;  // which of Part::dated
};

// What looks at events of a type with a certain subject.
struct OfSubject {
  Word subject = 0;
  program::Range acts;
};

struct OfType {
  std::vector<std::uint32_t> reads;
  std::uint16_t needed = 0;           // Row::known must have all these bits
  bool odd = false;                   // acts on the record or the term
  program::Range acts;                // Plan::acts, whatever the subject
  std::vector<OfSubject> by_subject;  // sorted
  std::uint8_t subject = 0;           // where the subject stands in Row::values, if there are any
};

struct Plan {
  explicit Plan(const Machine& m) : machine(m) {}
  const Machine& machine;
  std::vector<Part> parts;
  std::vector<OfType> types;
  std::vector<Act> acts;
  std::vector<Test> tests;
  std::vector<Word> words;
  std::vector<Seat> seats;
  std::vector<Index> dated;  // aggregates
  std::vector<Fit> dated_fits;
  std::vector<Day> starts;
  std::vector<std::uint32_t> timed;  // parts, by live bit
  std::uint32_t live_words = 0;
  std::uint32_t bytes = 0;
  std::size_t case_bytes = sizeof(Case);
  std::size_t values = 0;

  [[nodiscard]] const program::Rule& rule(const Part& part) const { return machine.program.rules[part.rule]; }
};

// compile.cpp
[[nodiscard]] bool compile(Plan& plan, Texts& texts, Refusal& why);

// tests.cpp
[[nodiscard]] bool holds(const Plan& plan, program::Range tests, const Frames& frames);

[[nodiscard]] inline bool fits(const Plan& plan, program::Range tests, const Frames& frames) {
  return tests.count == 0 || holds(plan, tests, frames);
}

// windows.cpp
void first_window(const Plan& plan, const Part& part, const Head& head, Window& window);
void next_window(const Plan& plan, const Part& part, const Head& head, Window& window);
[[nodiscard]] Day first_day(const Plan& plan, const Part& part, const Head& head, const Window& window);  // of the whole window

template <typename T>
[[nodiscard]] T& at(std::byte* record, std::uint32_t offset) {
  return *reinterpret_cast<T*>(record + offset);
}
template <typename T>
[[nodiscard]] const T& at(const std::byte* record, std::uint32_t offset) {
  return *reinterpret_cast<const T*>(record + offset);
}

[[nodiscard]] inline bool count_up(std::uint16_t& n) { return ++n != tally_max; }

}  // namespace samrad::engine::lane::detail
