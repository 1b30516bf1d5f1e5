// Ask the engine, plan for what is amiss, bind, choose days, ask again.
#include "service/plan/planner.h"

#include <algorithm>

#include "engine/engine.h"

namespace samrad::plan {

using engine::Status;

namespace {

bool bad(Status s) {
  return s == Status::missed || s == Status::broken || s == Status::cannot_assess;
}

std::vector<const Occurrence*> problems(const Model& model) {
  std::vector<const Occurrence*> all;
  for (const Occurrence& o : model.book.occurrences)
    if (amiss(model, o)) all.push_back(&o);
  return all;
}

std::vector<Index> rules_of(const Model& model, const std::vector<Tag>& tags) {
  std::vector<Index> rules;
  for (const Tag t : tags)
    rules.push_back(model.grounds[t].rule);
  std::sort(rules.begin(), rules.end());
  rules.erase(std::unique(rules.begin(), rules.end()), rules.end());
  return rules;
}

void note_remaining(Attempt& a) {
  for (const bool violations : {true, false})
    for (const Occurrence* o : problems(*a.model)) {
      if (serious(*a.model, *o) != violations) continue;
      a.remaining.push_back(o->id);
      a.remaining_rules.push_back(o->finding.key.rule);
      a.violations = a.violations || violations;
    }
}

}  // namespace

Past past_of(const program::Program& program, const engine::Symbols& symbols,
             const record::Zone& zone, const std::vector<Event>& events, Day from) {
  Past past;
  for (const Event& e : events)
    if (e.day < from) past.events.push_back(e);
  std::stable_sort(past.events.begin(), past.events.end(), engine::feeds_before);
  const engine::Machine machine(program, symbols);
  past.state = engine::begin(machine);
  for (const Event& e : past.events)
    engine::step(machine, past.state, {{e.day, e.earliest}, &e}, past.said);
  engine::step(machine, past.state, {{from, zone.first_second(from)}, nullptr}, past.said);
  // As the first day begins, when what was due on its eve has its verdict.
  past.book = engine::evaluate(program, symbols, past.events, {from, zone.first_second(from)});
  return past;
}

bool amiss_before(const Past& past, const Occurrence& o, Day from) {
  const Occurrence* before = past.book.find(o.id);
  return before != nullptr && bad(before->finding.status) &&
         (before->finding.due < from || before->finding.settled < from);
}

bool serious(const Model& model, const Occurrence& o) {
  if (!amiss(model, o) || o.severity != program::Severity::error) return false;
  return o.finding.status == Status::missed || o.finding.status == Status::broken ||
         (o.finding.status == Status::open && o.finding.due <= model.to);
}

bool amiss(const Model& model, const Occurrence& o) {
  const Finding& f = o.finding;
  const Rule& r = model.program.rules[f.key.rule];
  if (const Occurrence* before = model.past.book.find(o.id);
      before != nullptr &&
      (amiss_before(model.past, o, model.from) || before->finding.due < model.from))
    return false;
  if (r.form == Form::extension)
    return (f.status == Status::open || f.status == Status::lapsed) && r.dated.count > 0 &&
           f.due >= model.from && f.due <= model.to;
  if (f.status == Status::cannot_assess) {
    // A person's word, or the absence of what nobody records: no planned event could settle it.
    const bool unseen = std::any_of(f.notes.begin(), f.notes.end(), [](const engine::Note& n) {
      return n.why == engine::Why::not_recorded;
    });
    if (unseen || r.form == Form::attested) return false;
  }
  if (bad(f.status)) return true;
  if (f.status != Status::open) return false;
  const bool to_do =
      r.form == Form::deadline || r.form == Form::response || r.form == Form::step ||
      f.key.otherwise ||
      (r.form == Form::count && f.have < f.need && r.quantity != program::Quantity::at_most);
  return to_do && (f.due <= model.to || f.due == calendar::day_max);
}

Attempt attempt(const Setting& s, Sharing sharing, int rounds_max) {
  Attempt a;
  a.model =
      std::make_unique<Model>(s.program, s.symbols, s.zone, s.past, s.from, s.to, s.placeholder);
  Model& model = *a.model;
  Demands demands(model, sharing);
  for (int round = 0; round < rounds_max; ++round) {
    model.choose_days();
    model.judge();
    demands.begin_round();
    bool changed = false;
    const engine::Book book = model.book;  // slots come and go while it is read
    for (const engine::VoidEvent& v : book.voids) {
      if (!v.certain && v.rule == program::none) continue;
      changed = demands.mend_void(v) || changed;
      if (!model.dates.possible()) break;
    }
    for (int turn = 0; turn < Demands::turns && !changed; ++turn)
      for (const Occurrence& o : book.occurrences) {
        if (!model.dates.possible()) break;
        if (demands.turn_of(o) == turn && amiss(model, o)) changed = demands.meet(o) || changed;
      }
    if (!model.dates.possible()) {
      a.end = Attempt::End::impossible;
      const std::vector<Tag> tags = model.dates.conflict();
      a.conflict = rules_of(model, tags);
      a.proven =
          std::none_of(tags.begin(), tags.end(), [&](Tag t) { return model.grounds[t].assumed; });
      return a;
    }
    if (!changed) {
      note_remaining(a);
      a.end = a.violations ? Attempt::End::stuck : Attempt::End::content;
      return a;
    }
    if (s.enough && s.enough()) break;
  }
  model.choose_days();
  model.judge();
  note_remaining(a);
  a.end = Attempt::End::out_of_time;
  return a;
}

}  // namespace samrad::plan
