// The control flow of the engine: days in order, and in each day its beginning, its events and its end.
//
// A day begins: what was due before it is settled, what opens on it is opened. Its events are judged together when the next day begins
// (or when a question is asked), since events of one day may have no order. It ends: standing facts are looked at. Days on which
// nothing can happen are skipped: wake() knows the next one that matters.
#include <algorithm>

#include "engine/day.h"
#include "engine/engine.h"

namespace samrad::engine {
namespace {

using program::Builtin;
using program::Form;

Run run_on(const Machine& m, State& s, Findings& out) { return Run{m, s, out, {}}; }

// A member that is gone and has nothing open leaves the state.
void forget_members(Run& run) {
  std::vector<Instance>& all = run.state.instances;
  const auto dynamic = all.begin() + static_cast<std::ptrdiff_t>(run.machine.fixed_instances);
  all.erase(std::remove_if(dynamic, all.end(), [&](const Instance& in) { return in.to < run.state.today && in.open.empty(); }), all.end());
}

// What was due before today.
void close(Run& run, Instance& in) {
  switch (run.rule(in).form) {
    case Form::count:
    case Form::attested: run.close_windows(in); break;
    case Form::deadline: run.close_deadlines(in); break;
    case Form::response:
    case Form::step: run.close_responses(in, false); break;
    case Form::extension: run.close_chance(in); break;
    default: break;
  }
}

void start_of_day(Run& run) {
  for (Instance& in : run.state.instances) {
    close(run, in);
    run.lapse_amended(in);
  }
  run.end_lasting_facts();
  for (Instance& in : run.state.instances)
    if (run.rule(in).form == Form::standing) run.judge_standing(in, Run::Hour::first);
  forget_members(run);
  for (Instance& in : run.state.instances) {
    if (in.next_opens <= run.state.today && scheduled(run.rule(in).form) && !run.may_end_today(in)) run.open_scheduled(in);
    if (run.rule(in).form == Form::extension) run.judge_chance(in);
  }
}

// What an event may begin comes before what it may answer, so that the same day is in time.
void begin_with(Run& run, const Remembered& r) {
  for (const Concern& c : run.machine.concerns[r.event.type]) {
    if (c.part == Part::starts) {
      run.start_procedure(c.row, r);
      continue;
    }
    if (c.part != Part::main || run.machine.program.rules[c.row].form != Form::response) continue;
    run.each_instance(c.row, [&](Instance& in) { run.trigger(in, r); });
  }
}

void limit_by(Run& run, const Remembered& r) {
  for (const Concern& c : run.machine.concerns[r.event.type])
    if (c.part == Part::next) run.each_instance(c.row, [&](Instance& in) { run.come_next(in, r); });
}

// One act meets one occurrence of a clause, of each member that it speaks of: the oldest that is open, else the oldest missed; or all of
// them, where the clause says so.
bool answer_clause(Run& run, Index row, const Remembered& r) {
  run.served_members.clear();
  bool met = false;
  for (const Status standing : {Status::open, Status::missed})
    for (const Index text : run.machine.same_clause[row])
      run.each_instance(text, [&](Instance& in) {
        while (run.answer(in, r, standing)) met = true;
      });
  return met;
}

// Steps hand over within a day: an event that came in feeding order before the step it answers was open is tried again.
// Consequences are asked about apart, when all the breaches of the day are known.
void answer_with(Run& run, bool consequences) {
  std::vector<std::pair<std::size_t, Index>> used;
  for (bool progress = true; progress;) {
    progress = false;
    for (std::size_t i = 0; i < run.today.size(); ++i) {
      const Remembered& r = run.today[i];
      for (const Concern& c : run.machine.concerns[r.event.type]) {
        if (c.part != Part::answer || run.machine.program.rules[c.row].is_otherwise != consequences) continue;
        if (std::find(used.begin(), used.end(), std::pair{i, c.row}) != used.end()) continue;
        for (const Index row : run.machine.by_the_clock)
          run.each_instance(row, [&](Instance& in) { run.close_by_the_clock(in, r.event.earliest); });
        if (!answer_clause(run, c.row, r)) continue;
        used.emplace_back(i, c.row);
        progress = true;
      }
    }
  }
}

void judge_with(Run& run, const Remembered& r) {
  for (const Concern& c : run.machine.concerns[r.event.type]) {
    if (c.part != Part::main) continue;
    run.each_instance(c.row, [&](Instance& in) {
      switch (run.machine.program.rules[c.row].form) {
        case Form::count: run.count_event(in, r); break;
        case Form::deadline: run.meet_deadline(in, r); break;
        case Form::constraint:
        case Form::precedence:
        case Form::prohibition:
        case Form::power: run.judge_event(in, r); break;
        default: break;
      }
    });
  }
}

// The earliest event that a rule may still want which asks for one since the previous: those since the first day on which the previous
// may have come, and the last before it, of which the finding says that it came too early.
std::size_t wanted_from(const Run& run, Index row, const std::vector<Remembered>& kept) {
  const Instance& in = run.state.instances[run.machine.instance_of[row]];
  Day since = calendar::day_max;
  for (const Turn& turn : in.previous) since = std::min(since, turn.event == 0 ? calendar::day_min : turn.day);
  if (in.previous.empty()) return 0;
  std::size_t from = kept.size();
  while (from > 0) {
    const Event& e = kept[--from].event;
    if (e.day >= since) continue;
    const Answer fit = fits(run.asking(&e, nullptr, &in), run.rule(in).answer, e);
    if (fit.truth != Truth::no || fit.text != 0) return from;
  }
  return 0;
}

void forget(Run& run) {
  for (std::size_t type = 0; type < run.state.memory.size(); ++type) {
    const std::int32_t keep = run.machine.keep_days[type];
    if (keep == Machine::keep_for_ever || keep < 0) continue;
    std::vector<Remembered>& kept = run.state.memory[type];
    std::size_t wanted = kept.size();
    for (const Index row : run.machine.since_previous[type]) wanted = std::min(wanted, wanted_from(run, row, kept));
    std::size_t at = 0;
    std::erase_if(kept, [&](const Remembered& r) { return at++ < wanted && r.event.day < run.state.today - keep; });
  }
}

void judge_day(Run& run) {
  run.today.clear();
  run.served_cases.clear();
  run.spent_in_doubt.clear();
  if (run.state.pending.empty()) return run.follow_members();
  std::vector<Event> events;
  events.swap(run.state.pending);
  const Symbols& names = run.machine.symbols;
  std::sort(events.begin(), events.end(), [&](const Event& a, const Event& b) {
    if (feeds_before(a, b) != feeds_before(b, a)) return feeds_before(a, b);
    return names.text(a.identity) < names.text(b.identity);
  });
  for (Event& e : events) run.today.push_back({std::move(e), Truth::yes, 0});
  run.judge_effects_and_facts();
  run.announce_rulings();
  run.follow_members();
  run.judge_extensions();
  for (Instance& in : run.state.instances)
    if (in.next_opens <= run.state.today && scheduled(run.rule(in).form)) run.open_scheduled(in);
  for (const Remembered& r : run.today) begin_with(run, r);
  for (const Remembered& r : run.today) limit_by(run, r);
  answer_with(run, false);
  for (const Remembered& r : run.today) judge_with(run, r);
  for (Instance& in : run.state.instances) {
    const Form form = run.rule(in).form;
    if (form == Form::alternation || form == Form::rotation) run.judge_turns(in);
    if (form == Form::precedence) run.remember_previous(in);
    if (form == Form::extension) run.judge_chance(in);
  }
  forget(run);
}

void end_of_day(Run& run) {
  for (Instance& in : run.state.instances)
    if (run.rule(in).form == Form::standing) run.judge_standing(in, Run::Hour::last);
  for (const Index row : run.machine.by_the_clock)
    run.each_instance(row, [&](Instance& in) { run.close_responses(in, true); });
  if (run.machine.consequences) answer_with(run, true);
}

void sooner(Day& wake, Day today, Day day) {
  if (day > today && day < wake) wake = day;
}

Day after(Day d) { return d == calendar::day_max ? d : d + 1; }

Day wake_of(const Run& run, const Instance& in) {
  const program::Rule& r = run.rule(in);
  const Day today = run.state.today;
  Day wake = calendar::day_max;
  sooner(wake, today, in.next_opens);
  for (const Open& o : in.open) {
    sooner(wake, today, after(o.finding.due));
    if (o.finding.due_instant != 0) sooner(wake, today, after(after(o.finding.due)));
    if (r.form == Form::deadline) {
      sooner(wake, today, o.finding.opens);
      sooner(wake, today, after(o.credit_until));
    }
    if (r.form == Form::extension) sooner(wake, today, after(o.finding.key.day));
  }
  if (r.form == Form::standing) {
    const Interval applies = interval(run.machine, run.state, in);
    sooner(wake, today, applies.first);
    sooner(wake, today, after(applies.last));
    if (run.machine.daily[in.rule] && applies.holds(today)) sooner(wake, today, after(today));
    // A fact that does not hold while it must is found at the end of the day.
    std::vector<Symbol> missing;
    if (!in.open.empty() && applies.holds(today) &&
        holds(run.asking(nullptr, nullptr, &in), r.fact, r.fact_key != 0 ? r.fact_key : in.member, missing) != Truth::yes)
      sooner(wake, today, after(today));
  }
  if (r.form == Form::extension) sooner(wake, today, std::max(r.from, run.state.term_first));
  if (r.amended) sooner(wake, today, after(r.to));
  return wake;
}

std::optional<Day> wake(const Run& run) {
  Day day = calendar::day_max;
  for (const Instance& in : run.state.instances) sooner(day, run.state.today, wake_of(run, in));
  for (const FactState& f : run.state.facts) {
    const program::Fact& row = run.machine.program.facts[f.fact];
    if (row.lasting.count == 0) continue;
    const bool anybodys = row.kind != program::none && f.key == 0;
    const Day last = anybodys ? calendar::plus(f.since, row.lasting, run.machine.program.holidays) - 1 : f.until;
    sooner(day, run.state.today, after(last));
    sooner(day, run.state.today, after(after(last)));  // what it ended is told at the end of that day
  }
  if (!run.state.pending.empty()) sooner(day, run.state.today, after(run.state.today));
  return day == calendar::day_max ? std::nullopt : std::optional<Day>(day);
}

void advance(Run& run, Day to) {
  while (run.state.today < to) {
    judge_day(run);
    end_of_day(run);
    const std::optional<Day> next = wake(run);
    run.state.today = next && *next <= to ? *next : to;
    start_of_day(run);
  }
}

void report_open(Run& run) {
  for (Instance& in : run.state.instances)
    for (Open& open : in.open) {
      Finding& f = open.finding;
      if (open.unassessed) run.out.part_periods.push_back({f.key, f.opens, f.due, f.have, f.need});
      else run.emit(f);
    }
}

}  // namespace

State begin(const Machine& m) { return begin(m, {m.program.term_first, m.program.term_last}); }

State begin(const Machine& m, Term term) {
  State s;
  const program::Program& p = m.program;
  s.term_first = term.first;
  s.expiry = term.last;
  s.memory.resize(p.event_types.size());
  for (Index row = 0; row < p.rules.size(); ++row) {
    if (m.instance_of[row] == program::none) continue;
    Instance in;
    in.rule = row;
    in.from = calendar::day_min;
    in.cursor = calendar::day_min;
    if (scheduled(p.rules[row].form)) reschedule(m, s, in);
    s.instances.push_back(std::move(in));
  }
  for (Index fact = 0; fact < p.facts.size(); ++fact) {
    const program::Fact& row = p.facts[fact];
    if (!row.from_start || row.lasting.count == 0 || row.kind != program::none) continue;
    s.facts.push_back({fact, 0, Truth::yes, 0, term.first, calendar::plus(term.first, row.lasting, p.holidays) - 1});
  }
  return s;
}

std::optional<Day> step(const Machine& m, State& state, const Input& input, Findings& out) {
  Run run = run_on(m, state, out);
  advance(run, input.at.day);
  if (input.event != nullptr) state.pending.push_back(*input.event);
  return wake(run);
}

void conclude(const Machine& m, State& state, Moment as_of, Findings& out) {
  Run run = run_on(m, state, out);
  advance(run, as_of.day);
  judge_day(run);
  for (Instance& in : state.instances) {
    close(run, in);
    if (run.rule(in).form == Form::standing) run.judge_standing(in, Run::Hour::any);
  }
  for (const Index row : m.by_the_clock)
    run.each_instance(row, [&](Instance& in) { run.close_by_the_clock(in, as_of.utc); });
  if (m.consequences) answer_with(run, true);
  report_open(run);
}

void forecast(const Machine& m, const State& state, Day until, Findings& out) {
  for (const Instance& in : state.instances) {
    if (!scheduled(m.program.rules[in.rule].form)) continue;
    Instance ahead = looking_ahead(in);
    while (std::optional<Open> next = next_scheduled(m, state, ahead)) {
      Finding& f = next->finding;
      if (f.opens > until) break;
      f.status = Status::upcoming;
      if (next->unassessed) out.part_periods.push_back({f.key, f.opens, f.due, 0, f.need});
      else out.changes.push_back(std::move(f));
    }
  }
}

}  // namespace samrad::engine
