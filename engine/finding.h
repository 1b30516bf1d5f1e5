// What the engine says: changes of occurrences, events without effect, and why.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/event.h"
#include "engine/symbols.h"

namespace samrad::engine {

enum class Status : std::uint8_t {
  upcoming,       // its window has not begun
  open,           // it can still be met
  met,
  met_late,       // done, after the due moment
  missed,         // the due moment passed and it was not done
  broken,         // an event went against a constraint, an order or a prohibition
  waived,         // excused by a waiver, an exception or an overriding clause
  lapsed,         // a chance that passed
  cannot_assess,  // what is missing is named
};

// A verdict that will not change by time alone.
[[nodiscard]] constexpr bool settled(Status s) { return s != Status::upcoming && s != Status::open; }

// What a rule's occurrence is bound to.
enum class Bound : std::uint8_t {
  window,  // Key::day is the first day of the whole window
  due,     // Key::day is the nominal due day, before any move off a non-working day
  event,   // Key::event is the event's id
  spell,   // Key::day is the first day of the spell
  term,    // the whole term; Key::day is its first day
  expiry,  // the chance to extend; Key::day is the last day of the term
};

// The stable identity of an occurrence. Its text is `CLAUSE[/MEMBER]/WHAT[/STEP][/otherwise]`.
struct Key {
  Index rule = program::none;
  Symbol member = 0;  // open `for each`
  Bound bound = Bound::window;
  bool otherwise = false;  // the consequence that a breach of this occurrence opened
  Day day{};
  Symbol event = 0;     // Event::id
  Symbol identity = 0;  // Event::identity, to tell two events with one id apart
  auto operator<=>(const Key&) const = default;
};

// Why an event counted or did not, why a verdict fell as it did. Arguments are in Note; each member says which it uses.
enum class Why : std::uint8_t {
  // -- events and an occurrence (Note::event)
  counted,             // it fulfilled or helped to
  triggered,           // it opened the occurrence
  judged,              // the occurrence is about this event
  previous,            // the event compared with; actual: its value
  condition_false,     // text: the condition or part of one that was false; actual: the value it had, if one value decided
  condition_unknown,   // text: the condition; expected.symbol / missing names the field
  void_event,          // without effect; text: the validity condition
  effect_unknown,      // its validity is unknown; text: the condition
  wrong_subject,       // actual: its subject, expected: the one asked for
  excepted_month,      // it lies in a month that does not count
  outside_window,      // before `day` or after
  already_used,        // it met another occurrence; text: that occurrence's clause, event: itself
  too_early,           // it came before what it should follow; day: the day it should follow
  too_late,            // after the due moment; day: due
  not_early_enough,    // precedence: day: the latest day that would have been in time
  too_long_before,     // precedence: day: the earliest day that would have counted
  same_day_unknown,    // same day as another event, order unknown
  out_of_order,        // a step whose predecessors were not done
  // -- verdicts
  count_reached,       // have/need
  count_short,         // have/need
  count_exceeded,
  nothing_on_record,   // no event of text (pattern) is on record
  not_recorded,        // text: event type whose absence proves nothing
  wrong_turn,          // expected: whose turn it was (alternation: may be a list in text), actual
  not_a_member,        // actual is none of those named
  first_turn,          // no previous event: any of those named may begin
  deputy,              // actual stood in for expected
  previous_unknown,    // the previous event's value is unknown or which was previous
  field_missing,       // text: the field; event
  prohibited,          // text: the condition
  not_competent,       // actual had no power; text: those who have
  competent,
  fact_holds,          // text: the fact; event: since
  fact_not_holding,    // text: the fact; event: what ended it, 0: never began
  fact_unknown,
  by_waiver,           // event: the waiver; text: its reason; actual: by
  by_exception,        // text: the condition
  by_override,         // text: the overriding clause
  by_assessment,       // event; text: its reason; actual: by; expected: verdict
  awaiting_assessment, // text: the role
  no_authority,        // a waiver or assessment by one who may not; actual: by; text: those who may
  no_such_occurrence,  // a waiver or assessment of nothing; text: the id
  no_such_verdict,     // an assessment with an unknown verdict; text: it
  term_had_ended,      // an extension after the expiry; day
  presumed_late,       // day: the day from which lateness is presumed
  part_in_full,        // the window is a part of one; need as for a whole one
  part_pro_rata,       // need was reduced in proportion
  due_moved,           // day: nominal; the due day was moved to a working day
  amended_away,        // the text changed and says that open occurrences lapse; day
  term_ended,          // day
  dated_condition_met, // extension: text: condition; event: what met it
  dated_condition_missed,
  extended,            // event: the extension; day: the new expiry
  before_the_next,     // event: the next event that set the due day
  consequence_of,      // text: id of the breached occurrence
};

struct Note {
  Why why = Why::counted;
  Symbol event = 0;   // Event::identity
  Symbol text = 0;
  Value expected{};
  Value actual{};
  Day day{};
  auto operator<=>(const Note&) const = default;
};

// One occurrence as it stands after a step.
struct Finding {
  Key key;
  Status status = Status::open;
  Day opens{};
  Day due = calendar::day_max;      // day_max: no due day (yet)
  Day nominal_due = calendar::day_max;  // before the move to a working day
  std::int64_t due_instant = 0;     // hours only: the instant; 0 otherwise
  Day settled{};                    // the day that the verdict fell; meaningful when settled(status)
  std::int32_t have = 0;            // events that count for certain
  std::int32_t maybe = 0;           // events that may count (something about them is missing)
  std::int32_t need = 1;
  bool part = false;                // a part period; Rule::parts says under which policy
  bool gone = false;                // it does not exist after all: forget what was said of this key
  bool presumed = false;            // the verdict is a presumption that an assessment may overrule
  std::vector<Symbol> evidence;     // Event::identity, in order of time
  std::vector<Symbol> missing;      // what is not known: names of fields, facts, event types
  std::vector<Note> notes;          // the reasons, in the order they arose
};

// An event without effect (or without known effect), and the rule that says so.
struct VoidEvent {
  Symbol event = 0;  // Event::identity
  Index rule = program::none;  // a validity rule, the extension rule; none: waiver or assessment that cannot take effect
  bool certain = true;
  Note note;
};

// A window that the policy leaves out.
struct PartPeriod {
  Key key;
  Day first{};
  Day last{};
  std::int32_t have = 0;
  std::int32_t need = 0;  // of a whole window
};

// A waiver or an assessment: a person's word on an occurrence, named by its text id since it may come before or long after it.
struct Ruling {
  bool waiver = true;        // else an assessment
  Symbol occurrence = 0;     // text
  Symbol event = 0;          // Event::identity
  Symbol by = 0;
  Symbol verdict = 0;        // assessment: `met`, `met late`, `missed`, `broken`
  Symbol reason = 0;
  Day day{};
};

// What one or more steps said. Reuse one object: clear() keeps the memory.
struct Findings {
  std::vector<Finding> changes;
  std::vector<VoidEvent> voids;
  std::vector<PartPeriod> part_periods;
  std::vector<Ruling> rulings;
  void clear() {
    changes.clear();
    voids.clear();
    part_periods.clear();
    rulings.clear();
  }
};

// `moten/2017-H1`, `moten/ungdomar/2017-03`, `beslut/m-3`, `bilageandring/u-1/beslutad`, `beslut/m-3/otherwise`.
[[nodiscard]] std::string occurrence_id(const program::Program&, const Symbols&, const Key&);

}  // namespace samrad::engine
