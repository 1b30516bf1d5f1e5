// Standing facts: a fact must hold as long as a duty lasts. Judged at the end of each day on which something could have changed.
#include <algorithm>

#include "engine/day.h"

namespace samrad::engine {

// While the day lasts a spell can open or the duty end; only at the day's end is it seen whether the fact held. A duty that ended by itself
// on the eve may go on by an event of the day.
// One occurrence for each spell of the duty: open while the fact holds, broken when a day ends without it, met when the duty ends.
void Run::judge_standing(Instance& in, Hour hour) {
  const program::Rule& row = rule(in);
  const Interval applies = interval(machine, state, in);
  Open* spell = in.open.empty() ? nullptr : &in.open.back();
  Asking about = asking(nullptr, nullptr, &in);
  const bool over = !applies.holds(state.today);
  const Answer duty = over ? Answer{Truth::no, 0, {}, {}, {}} : ask(about, row.condition);
  if (duty.truth == Truth::no && !over && hour == Hour::first) return;
  if (duty.truth == Truth::no) {
    const Day last = over ? applies.last : state.today - 1;
    if (spell != nullptr && last < spell->finding.opens) retract(*spell);  // what ended it came on the day on which it had begun
    else if (spell != nullptr) {
      if (over && state.today > state.expiry) note(*spell, {Why::term_ended, 0, 0, {}, {}, state.expiry});
      settle(in, *spell, Status::met, last);
    }
    in.open.clear();
    in.next_opens = state.today < applies.first ? applies.first : calendar::day_max;
    in.started = false;
    return;
  }
  std::vector<Symbol> missing;
  const Symbol key = row.fact_key != 0 ? row.fact_key : in.member;
  const Truth t = holds(about, row.fact, key, missing);
  // After a breach, or a verdict that could not be given, the duty goes on; a new spell begins when the fact holds for certain.
  const bool certain = duty.truth == Truth::yes && t == Truth::yes;
  if (spell == nullptr && in.started && !certain) return;
  if (spell == nullptr) {
    Open open;
    Finding& f = open.finding;
    f.key = {in.rule, in.member, Bound::spell, false, state.today, 0, 0};
    f.opens = state.today;
    f.due = f.nominal_due = applies.last;
    in.open.push_back(std::move(open));
    spell = &in.open.back();
    in.started = true;
    emit(spell->finding);
  }
  in.next_opens = calendar::day_max;
  Finding& f = spell->finding;
  if (hour != Hour::last && !certain) return;
  const Symbol fact = machine.program.facts[row.fact].name;
  Symbol cause = 0;
  for (const FactState& s : state.facts)
    if (s.fact == row.fact && s.key == key) cause = s.cause;
  if (t == Truth::unknown || (t == Truth::no && duty.truth == Truth::unknown)) {
    f.missing = missing.empty() ? duty.missing : missing;
    note(*spell, {Why::fact_unknown, cause, fact, {}, {}, state.today});
    settle(in, *spell, Status::cannot_assess, state.today);
    in.open.clear();
    return;
  }
  if (t == Truth::yes) {
    if (cause != 0 && std::find(f.evidence.begin(), f.evidence.end(), cause) == f.evidence.end()) {
      f.evidence.push_back(cause);
      note(*spell, {Why::fact_holds, cause, fact, {}, {}, state.today});
    }
    f.have = 1;
    return;
  }
  f.have = 0;
  note(*spell, {Why::fact_not_holding, cause, fact, {}, {}, state.today});
  settle(in, *spell, Status::broken, state.today);
  in.open.clear();
}

}  // namespace samrad::engine
