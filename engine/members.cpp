// Open `for each`: a member's rule begins to apply on the day on which its fact begins to hold, and stops when it ends.
#include <algorithm>

#include "engine/day.h"

namespace samrad::engine {

void Run::follow_members() {
  const program::Program& p = machine.program;
  for (Index row = 0; row < p.rules.size(); ++row) {
    const program::Rule& r = p.rules[row];
    if (r.instances == program::none || r.is_otherwise) continue;
    for (const FactState& f : state.facts) {
      if (f.fact != r.instances || (r.key != 0 && f.key != r.key)) continue;
      const auto running = std::find_if(state.instances.begin(), state.instances.end(), [&](const Instance& in) {
        return in.rule == row && in.member == f.key && in.to == calendar::day_max;
      });
      if (f.value == Truth::yes && running == state.instances.end()) {
        if (on_record(asking(nullptr), r.instances, f.key) != Truth::yes) continue;
        Instance in;
        in.rule = row;
        in.member = f.key;
        in.from = f.since;
        in.cursor = calendar::day_min;
        if (scheduled(r.form)) reschedule(machine, state, in);
        else if (r.form == program::Form::standing) in.next_opens = f.since;
        state.instances.push_back(std::move(in));
        if (r.form == program::Form::attested || r.form == program::Form::count || r.form == program::Form::deadline)
          open_scheduled(state.instances.back());
      } else if (running != state.instances.end() && on_record(asking(nullptr), r.instances, f.key) == Truth::no) {
        running->to = state.today - 1;
        end_member(*running);
      }
    }
  }
}

// The member's fact ended on the eve, and only an event of today can bring it back.
bool Run::may_end_today(const Instance& in) const {
  const Index fact = rule(in).instances;
  return fact != program::none && in.to == calendar::day_max && on_record(asking(nullptr), fact, in.member) == Truth::no;
}

// The member is gone: what its windows still ask is measured by what is left of them, or ends here.
void Run::end_member(Instance& in) {
  const program::Form form = rule(in).form;
  if (form == program::Form::count || form == program::Form::attested) {
    for (Open& open : in.open) {
      if (open.finding.due <= in.to) continue;
      if (open.finding.key.bound == Bound::term) open.finding.due = open.finding.nominal_due = in.to;
      else recut(in, open);
    }
    close_windows(in);
  } else if (form == program::Form::standing) {
    judge_standing(in, Hour::any);
  } else if (form == program::Form::deadline) {
    for (Open& open : in.open)
      if (!settled(open.finding.status) && !open.unassessed) retract(open);
    std::erase_if(in.open, [](const Open& o) { return !settled(o.finding.status); });
  }
  in.next_opens = calendar::day_max;
}

}  // namespace samrad::engine
