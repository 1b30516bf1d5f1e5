// The work of one day on one agreement. Internal to engine/: step.cpp says in which order these parts run.
#pragma once

#include <algorithm>
#include <optional>
#include <tuple>
#include <vector>

#include "engine/condition.h"
#include "engine/finding.h"
#include "engine/machine.h"
#include "engine/state.h"

namespace samrad::engine {

// The interval of days in which a rule can apply to an instance, both ends included; empty when first > last.
struct Interval {
  Day first{};
  Day last{};
  [[nodiscard]] bool holds(Day d) const { return first <= d && d <= last; }
};

// ---- pure: what opens next (windows.cpp, deadlines.cpp); used for opening and for forecasting ------------------------

[[nodiscard]] Interval interval(const Machine&, const State&, const Instance&);
// As above for what has begun: a text whose open occurrences are finished under it is not cut by its own end.
[[nodiscard]] Interval finishing(const Machine&, const State&, const Instance&);
// The rule belongs to a new text that leaves what is open to the old one.
[[nodiscard]] bool lets_old_text_finish(const Machine&, const program::Rule&);

// The rule's period, counted from the term's own first day where the rule says so.
[[nodiscard]] calendar::Period period_of(const State&, const program::Rule&);

// The next occurrence of an instance of form count, attested or deadline after those its cursor has passed; moves the cursor.
[[nodiscard]] std::optional<Open> next_window(const Machine&, const State&, Instance&);
[[nodiscard]] std::optional<Open> next_deadline(const Machine&, const State&, Instance&);
[[nodiscard]] std::optional<Open> next_scheduled(const Machine&, const State&, Instance&);

// A copy that walks on from the same cursor, without what is open.
[[nodiscard]] Instance looking_ahead(const Instance&);

// Sets Instance::next_opens from its cursor.
void reschedule(const Machine&, const State&, Instance&);

[[nodiscard]] constexpr bool scheduled(program::Form f) {
  return f == program::Form::count || f == program::Form::attested || f == program::Form::deadline;
}

// ---- words ----------------------------------------------------------------------------------------------------------------

// `s` is one of `members` (a range of symbol_lists).
[[nodiscard]] bool among(const program::Program&, program::Range members, Symbol s);

// What the field in that slot of the event's type is called; the type's own name for the subject.
[[nodiscard]] Symbol field_name(const program::Program&, const Event&, std::uint32_t slot);
// When it happened and which it is: what is kept of an event that a due day is counted from.
[[nodiscard]] Event without_fields(const Event&);

// The day on which it is plain that the due day has passed: the next one, but not before the occurrence began.
[[nodiscard]] constexpr Day day_after_due(const Finding& f) { return std::max(f.due + 1, f.opens); }

[[nodiscard]] constexpr Status as_status(Truth met) {
  return met == Truth::yes ? Status::met : met == Truth::no ? Status::broken : Status::cannot_assess;
}

// ---- the day ------------------------------------------------------------------------------------------------------------

struct Run {
  const Machine& machine;
  State& state;
  Findings& out;
  std::vector<Remembered> today{};  // today's events in feeding order, with their effect
  std::vector<Symbol> served_members{};                     // those of the clause that the act at hand has served
  std::vector<std::pair<Symbol, Symbol>> served_cases{};    // which of them have been a step, and of the case of which event
  // Acts that may count and have been set against an occurrence: act, clause, step, consequence or not, member.
  std::vector<std::tuple<Symbol, Symbol, Symbol, bool, Symbol>> spent_in_doubt{};

  [[nodiscard]] const program::Rule& rule(const Instance& in) const { return machine.program.rules[in.rule]; }
  [[nodiscard]] Asking asking(const Event* candidate, const Event* origin = nullptr, const Instance* in = nullptr) const;

  // common.cpp
  void emit(const Finding& f) { out.changes.push_back(f); }
  void settle(Instance& in, Open& open, Status status, Day on);
  [[nodiscard]] Status excuse(const Instance& in, Open& open, Status status, Day on) const;
  [[nodiscard]] Truth ask_exception(const Instance& in, Open& open, const Asking& about) const;
  bool note(Open& open, Note n) const;  // false when it was said already
  // Adds why `event` does not count, or not for certain, towards `open`; false when that was said already.
  bool note_unfit(Open& open, const Remembered& r, const Answer& fit) const;
  [[nodiscard]] bool unrecorded(Index pattern, Day since) const;  // absence of its events since then proves nothing
  void retract(Open& open);  // it does not exist after all
  // Whether another clause takes this event's place in judging it; unknown with what would decide.
  [[nodiscard]] Answer overridden(const Instance& in, const Event& e) const;
  [[nodiscard]] Open bound_to(const Instance& in, const Event& e) const;
  void cannot_tell(Instance& in, Open& open, Day on);  // settles as cannot_assess with what the notes miss
  template <typename F>
  void each_instance(Index rule_row, F f) {
    if (const Index fixed = machine.instance_of[rule_row]; fixed != program::none) return f(state.instances[fixed]);
    for (std::size_t i = machine.fixed_instances; i < state.instances.size(); ++i)
      if (state.instances[i].rule == rule_row) f(state.instances[i]);
  }

  // effects.cpp: which of today's events have effect; waivers and assessments go out as rulings
  void judge_effects_and_facts();
  void judge_effect(Remembered& r, std::vector<VoidEvent>& voids) const;
  void remember_effect(const Remembered& r);
  void announce_rulings();

  // facts.cpp
  void judge_facts();
  void end_lasting_facts();

  // members.cpp: instances of open `for each`
  void follow_members();
  [[nodiscard]] bool may_end_today(const Instance& in) const;
  void end_member(Instance& in);

  // windows.cpp
  void open_scheduled(Instance& in);
  void count_event(Instance& in, const Remembered& r);
  void close_windows(Instance& in);
  void recut(Instance& in, Open& open);  // the term's end has moved

  // deadlines.cpp
  void meet_deadline(Instance& in, const Remembered& r);
  void close_deadlines(Instance& in);

  // responses.cpp: responses, steps, consequences
  void open_case(Instance& in, const Remembered& r, const Answer& fit);
  bool set_due_by_field(const Instance& in, Open& open) const;
  void trigger(Instance& in, const Remembered& r);
  void start_procedure(Index procedure, const Remembered& r);
  void come_next(Instance& in, const Remembered& r);
  [[nodiscard]] bool may_answer(const Instance& in, const Open& open, const Event& e) const;
  bool answer(Instance& in, const Remembered& r, Status standing);  // true when it met an occurrence of that standing
  [[nodiscard]] Answer answer_fit(const Instance& in, const Open& open, const Remembered& r) const;
  bool answer_maybe(Open& open, const Remembered& r, const Answer& fit) const;
  void pass_on(Instance& in, std::size_t next, const Open& done, const Remembered& r) const;
  bool serve(Instance& in, Open& open, const Event& act);
  [[nodiscard]] Truth timeliness(const Instance& in, Open& open, const Event& e) const;
  void hand_over(const program::Rule& row, const Open& done, const Event& by, const Remembered* passed_on);
  void doubt(Open& open, const Open& done) const;
  void fall_due(Instance& in, Open& open);
  [[nodiscard]] bool past_due(const Instance& in, const Open& open, bool day_over) const;
  void close_responses(Instance& in, bool day_over);
  void close_by_the_clock(Instance& in, std::int64_t utc);
  void open_consequence(const Instance& in, const Open& breached);

  // orders.cpp
  void judge_event(Instance& in, const Remembered& r);

  // turns.cpp
  void judge_turns(Instance& in);
  Truth judge_taker(Instance& in, Open& open, const Event& e, const Turn& turn, const std::vector<Turn>& previous);
  void remember_previous(Instance& in);
  // The events of the rule's pattern that may have come directly before `e`, one of today's.
  [[nodiscard]] std::vector<Turn> previous_of(const Instance& in, const Event& e) const;

  // standing.cpp
  enum class Hour { first, any, last };  // of the day
  void judge_standing(Instance& in, Hour hour);

  // term.cpp
  void judge_extensions();
  void open_chance(Instance& in);
  void keep_chance(Instance& in);
  void judge_chance(Instance& in);
  void close_chance(Instance& in);
  void follow_expiry(Instance& in);

  // amendments: what is open when a rule's text ends
  void lapse_amended(Instance& in);
};

}  // namespace samrad::engine
