// The term and its extension: the chance to extend is kept or lapses, and an extension that counts moves the expiry.
#include <algorithm>

#include "engine/arithmetic.h"
#include "engine/day.h"

namespace samrad::engine {
namespace {

using program::Rule;

// The day by which the earliest of the dated conditions must be true; the expiry when there is none.
Day chance_due(const Run& run, const Instance& in) {
  const Rule& r = run.rule(in);
  const program::Program& p = run.machine.program;
  Day due = run.state.expiry;
  for (std::uint32_t i = 0; i < r.dated.count; ++i)
    due = std::min(due, latest_before(run.asking(nullptr, nullptr, &in), p.aggregates[p.indices[r.dated.first + i]]));
  return due;
}

Day unmoved_due(const Run& run, const Instance& in) {
  Instance plain;
  plain.rule = in.rule;
  const Rule& r = run.rule(in);
  const program::Program& p = run.machine.program;
  Day due = run.state.expiry;
  Asking about = run.asking(nullptr, nullptr, &plain);
  about.shift = calendar::Shift::none;
  for (std::uint32_t i = 0; i < r.dated.count; ++i)
    due = std::min(due, latest_before(about, p.aggregates[p.indices[r.dated.first + i]]));
  return due;
}

}  // namespace

// The chance for the expiry as it stands, where there is none yet.
void Run::open_chance(Instance& in) {
  const Day expiry = state.expiry;
  if (state.today > expiry || std::any_of(in.open.begin(), in.open.end(), [&](const Open& o) { return o.finding.key.day == expiry; })) return;
  Open open;
  Finding& f = open.finding;
  f.key = {in.rule, in.member, Bound::expiry, false, expiry, 0, 0};
  f.opens = std::max({state.today, state.term_first, rule(in).from});
  f.due = chance_due(*this, in);
  f.nominal_due = unmoved_due(*this, in);
  if (f.due != f.nominal_due) f.notes.push_back({Why::due_moved, 0, 0, {}, {}, f.nominal_due});
  emit(f);
  in.open.push_back(std::move(open));
}

void Run::judge_chance(Instance& in) {
  const Rule& row = rule(in);
  if (state.expiry == calendar::day_max || state.today < std::max(state.term_first, row.from)) return;
  if (state.today <= row.to) open_chance(in);
  keep_chance(in);
}

// Met as soon as every dated condition is true.
void Run::keep_chance(Instance& in) {
  const Rule& row = rule(in);
  const program::Program& p = machine.program;
  for (Open& open : in.open) {
    Finding& f = open.finding;
    if (f.status != Status::open || row.dated.count == 0 || f.key.day != state.expiry) continue;
    bool all = true;
    Day on = calendar::day_min;
    for (std::uint32_t i = 0; i < row.dated.count; ++i) {
      const program::Aggregate& a = p.aggregates[p.indices[row.dated.first + i]];
      std::vector<Symbol> missing;
      if (any(asking(nullptr, nullptr, &in), a, missing) != Truth::yes) {
        all = false;
        continue;
      }
      for (const Remembered& r : state.memory[p.patterns[a.pattern].type]) {
        if (r.event.day > latest_before(asking(nullptr, nullptr, &in), a) || r.event.day <= state.extended_on) continue;
        if (both(r.effect, fit(asking(&r.event, nullptr, &in), a.pattern, r.event)) != Truth::yes) continue;
        if (std::find(f.evidence.begin(), f.evidence.end(), r.event.identity) == f.evidence.end())
          f.evidence.push_back(r.event.identity);
        note(open, {Why::dated_condition_met, r.event.identity, p.patterns[a.pattern].text, {}, {}, r.event.day});
        on = std::max(on, r.event.day);
        break;
      }
    }
    if (!all) continue;
    f.have = 1;
    settle(in, open, Status::met, on);
  }
}

void Run::close_chance(Instance& in) {
  const program::Program& p = machine.program;
  const Rule& row = rule(in);
  for (Open& open : in.open) {
    Finding& f = open.finding;
    if (f.status != Status::open || f.due >= state.today) continue;
    bool unknown = false;
    for (std::uint32_t i = 0; i < row.dated.count; ++i) {
      const program::Aggregate& a = p.aggregates[p.indices[row.dated.first + i]];
      std::vector<Symbol> missing;
      const Truth t = any(asking(nullptr, nullptr, &in), a, missing);
      if (t == Truth::yes) continue;
      note(open, {Why::dated_condition_missed, 0, p.patterns[a.pattern].text, {}, {}, f.due});
      if (t == Truth::unknown) {
        unknown = true;
        f.missing.insert(f.missing.end(), missing.begin(), missing.end());
      }
    }
    if (unknown) cannot_tell(in, open, day_after_due(f));
    else settle(in, open, Status::lapsed, day_after_due(f));
  }
  std::erase_if(in.open, [&](const Open& o) { return o.finding.key.day < state.today; });
}

// Extensions of the day, in order: each is without effect unless the rule's condition is true.
void Run::judge_extensions() {
  const program::Program& p = machine.program;
  for (Remembered& r : today) {
    if (p.event_types[r.event.type].builtin != program::Builtin::extension || r.effect != Truth::yes) continue;
    for (const Index row : machine.extensions) {
      const Rule& x = p.rules[row];
      if (r.event.day < x.from || r.event.day > x.to || state.expiry == calendar::day_max) continue;
      Instance plain;
      plain.rule = row;
      VoidEvent without{r.event.identity, row, true, {Why::void_event, r.event.identity, 0, {}, {}, r.event.day}};
      if (r.event.day > state.expiry) {
        without.note.why = Why::term_had_ended;
        without.note.day = state.expiry;
        out.voids.push_back(without);
        r.effect = Truth::no;
        remember_effect(r);
        continue;
      }
      const Answer a = ask(asking(&r.event, nullptr, &plain), x.condition);
      if (a.truth != Truth::yes) {
        without.certain = a.truth == Truth::no;
        without.note.text = a.text;
        if (!a.missing.empty()) without.note.expected = text_value(a.missing.front());
        out.voids.push_back(without);
        r.effect = a.truth;
        r.void_text = a.truth == Truth::no ? a.text : a.missing.front();
        remember_effect(r);
        continue;
      }
      const Day expired = state.expiry;
      each_instance(row, [&](Instance& in) {  // before the term, or by another extension of the day
        open_chance(in);
        keep_chance(in);
      });
      state.expiry = calendar::plus_from_end(state.expiry, x.duration, p.holidays);
      ++state.extensions;
      state.extended_on = r.event.day;
      each_instance(row, [&](Instance& in) {
        for (Open& open : in.open) {
          if (open.finding.key.day != expired) continue;
          if (open.finding.status != Status::met && open.finding.status != Status::open) continue;
          note(open, {Why::extended, r.event.identity, 0, {}, {}, state.expiry});
          open.finding.evidence.push_back(r.event.identity);
          open.finding.have = 1;
          if (open.finding.status == Status::open) settle(in, open, Status::met, r.event.day);
          else emit(open.finding);
        }
      });
      for (Instance& in : state.instances) {
        follow_expiry(in);
        if (scheduled(rule(in).form)) reschedule(machine, state, in);
      }
      break;
    }
  }
}

// What was cut by the old expiry is measured anew.
void Run::follow_expiry(Instance& in) {
  const Rule& row = rule(in);
  if (row.form != program::Form::count && row.form != program::Form::attested && row.form != program::Form::standing) return;
  for (Open& open : in.open) {
    Finding& f = open.finding;
    if (row.form == program::Form::standing || f.key.bound == Bound::term) {
      f.due = f.nominal_due = row.form == program::Form::standing ? interval(machine, state, in).last : finishing(machine, state, in).last;
      if (row.form == program::Form::count) emit(f);
      continue;
    }
    recut(in, open);
  }
}

}  // namespace samrad::engine
