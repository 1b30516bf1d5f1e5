// Explanations as data: why an occurrence stands as it does, as a tree of reasons.
//
// Built from what the evaluation said (a Finding with its notes) and from the Program: what the clause demands, how each date came
// about, which events counted, which did not and why, what would meet the clause, and the verdict. Nothing is judged again here, and
// nothing is worded: service/reports turns a tree into sentences.
//
// Pure functions over values; any number of threads. Symbols in a tree belong to the Ground's table and events are named by
// identity, so a tree stays valid as long as the table does.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "engine/book.h"

namespace samrad::engine {

// What an explanation rests on. Keeps references: all of it must outlive the Ground and stay in place.
class Ground {
 public:
  Ground(const program::Program& program, const Symbols& symbols, std::span<const Event> events,
         const Book& book);

  [[nodiscard]] const program::Program& program() const { return *program_; }
  [[nodiscard]] const Symbols& symbols() const { return *symbols_; }
  [[nodiscard]] const Book& book() const { return *book_; }
  [[nodiscard]] const program::Rule& rule(const Occurrence& occurrence) const {
    return program_->rules[occurrence.finding.key.rule];
  }

  // The event of that identity, or null.
  [[nodiscard]] const Event* event(Symbol identity) const;

 private:
  const program::Program* program_;
  const Symbols* symbols_;
  std::span<const Event> events_;
  const Book* book_;
  std::vector<std::pair<Symbol, std::uint32_t>> by_identity_;
};

// Which members of Reason each kind uses stands beside it; the others keep their defaults.
enum class ReasonKind : std::uint8_t {
  occurrence,  // the root: rule, status; its children come in the order below

  demand,    // text: the sentence of the clause
  source,    //   text: `§5 st 3`
  reading,   //   name, text: its label
  in_force,  //   first, last: the interval of the text, where it is not the whole term

  time,          // first, last: from when to when (last day_max: no due day)
  whole_window,  //   first, last: the window of the period, uncut
  cut_window,  //   first, last: what the term leaves of it; have: demanded of a whole window, need: of this one (the policy: Rule::parts)
  months_left_out,  //   the period does not count in some months (Rule::period.months)
  whole_term,       //   first, last
  since_fact,       //   first: the day on which the fact began to hold
  since_event,      //   event: what opened it; day
  by_day_of_year,   //   day: the nominal day (Rule::due says how it is written)
  after_window,     //   first, last: the window; duration; day: what that comes to
  before_expiry,    //   last: the expiry; duration; day; clamped: the month was too short
  after_start,      //   first: the start; duration; day; clamped
  counted_from,     //   first: the day counted from; duration; day; clamped
  counted_hours,    //   duration; instant
  end_of_window,    //   first, last: the period that ends; day
  until_next,       //   event: the next event that set the limit, 0: it has not come; day
  by_field,         //   text: what of the event gives the day; day
  no_limit,         //   nothing
  soon,             //   duration; day: from when lateness is presumed
  moved,  //   first: the nominal day, which is no working day; day: where it went (Rule::shift)

  events,  // have, need; children: notes in the order of time
  note,    //   why and the members of Note: event, text, expected, actual, day; fact_not_holding: present: it had held

  remedy,       // what would meet it; present: true while it still can, false for what would have
  more_times,   //   need: how many more; day: the last day
  fewer_times,  //   need: how many too many
  act_by,       //   text: the pattern; day: the last day, day_max: any day
  act_before,   //   text: the pattern; event: before which; day: the last day
  condition_true,  //   text: the condition; event
  value_one_of,    //   expected (or text for several): the value that would have been right; event
  name_missing,    //   text: what should be told; event, 0: none in particular
  assess,          //   name: who has to judge
  keep_fact,       //   text: the fact that must hold

  verdict,  // status; day: settled; due: the due day; have, need; children: notes on the verdict itself
  consequence,  // text: what was to follow (Rule::otherwise_text, or the pattern); day_max or day: by when
};

struct Reason {
  ReasonKind kind = ReasonKind::occurrence;
  Status status = Status::open;
  Why why = Why::counted;
  bool clamped = false;
  bool present = false;
  Index rule = program::none;
  Symbol text = 0;
  Symbol name = 0;
  Symbol event = 0;  // identity
  Value expected{};
  Value actual{};
  Day day{};
  Day first{};
  Day last{};
  Day due = calendar::day_max;
  std::int64_t instant = 0;
  calendar::Duration duration{};
  std::int32_t have = 0;
  std::int32_t need = 0;
  std::vector<Reason> children;

  // The first child of that kind, or null.
  [[nodiscard]] const Reason* child(ReasonKind wanted) const;
};

// The row of the rule that an occurrence is about: for a consequence that of the consequence, not of the clause that was breached.
[[nodiscard]] Index acting_rule(const Ground& ground, const Occurrence& occurrence);

// `occurrence` must be one of the Ground's book. The tree is at most four deep.
[[nodiscard]] Reason explain(const Ground& ground, const Occurrence& occurrence);

// True for notes that say why an event counted or did not; the others say why the verdict fell.
[[nodiscard]] bool about_event(Why why);

}  // namespace samrad::engine
