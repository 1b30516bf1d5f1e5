// What all forms share: settling an occurrence with its exceptions and overrides, and saying why an event did not count.
#include <algorithm>

#include "engine/arithmetic.h"
#include "engine/day.h"

namespace samrad::engine {
namespace {

using program::none;

constexpr std::size_t notes_max = 64;  // per occurrence: enough to explain, bounded for a state

bool adverse(Status s) {
  return s == Status::met_late || s == Status::missed || s == Status::broken || s == Status::lapsed || s == Status::cannot_assess;
}

}  // namespace

bool among(const program::Program& p, program::Range members, Symbol s) {
  for (std::uint32_t i = 0; i < members.count; ++i)
    if (p.symbol_lists[members.first + i] == s) return true;
  return false;
}

Symbol field_name(const program::Program& p, const Event& e, std::uint32_t slot) {
  const program::EventType& type = p.event_types[e.type];
  return slot == program::subject_slot ? type.name : p.fields[type.fields.first + slot].name;
}

Event without_fields(const Event& e) {
  Event base = e;
  base.fields.clear();
  base.pool.clear();
  return base;
}

Asking Run::asking(const Event* candidate, const Event* origin, const Instance* in) const {
  Asking a{machine, state, candidate, origin, state.today, 0, calendar::Shift::none};
  if (candidate != nullptr) a.day = candidate->day;
  if (in != nullptr) {
    a.member = in->member;
    a.shift = rule(*in).shift;
    a.anew = rule(*in).form == program::Form::extension;
  }
  return a;
}

bool Run::note(Open& open, Note n) const {
  std::vector<Note>& notes = open.finding.notes;
  if (std::find(notes.begin(), notes.end(), n) != notes.end()) return false;
  if (notes.size() < notes_max) notes.push_back(n);
  return true;
}

bool Run::note_unfit(Open& open, const Remembered& r, const Answer& fit) const {
  Note n;
  n.event = r.event.identity;
  if (r.effect == Truth::no) {
    n.why = Why::void_event;
    n.text = r.void_text;
  } else if (fit.truth == Truth::no) {
    const bool subject = fit.text == 0 && fit.actual.kind != program::ValueKind::absent;
    n.why = subject ? Why::wrong_subject : Why::condition_false;
    n.text = fit.text;
    n.expected = fit.expected;
    n.actual = fit.actual;
  } else if (r.effect == Truth::unknown) {
    n.why = Why::effect_unknown;
    n.text = r.void_text;
    n.expected = text_value(r.void_text);
  } else if (fit.truth == Truth::unknown) {
    n.why = Why::condition_unknown;
    n.text = fit.text;
    n.expected = text_value(fit.missing.empty() ? fit.text : fit.missing.front());
  } else {
    return false;
  }
  return note(open, n);
}

void Run::retract(Open& open) {
  open.finding.gone = true;
  emit(open.finding);
  open.finding.gone = false;
}

bool Run::unrecorded(Index pattern, Day since) const {
  if (pattern == none) return false;
  const Index type = machine.program.patterns[pattern].type;
  return type != none && machine.program.event_types[type].recorded_from > since;
}

Answer Run::overridden(const Instance& in, const Event& e) const {
  const program::Program& p = machine.program;
  const program::Rule& r = rule(in);
  Answer result;
  result.truth = Truth::no;
  for (std::uint32_t i = 0; i < r.overridden_by.count; ++i) {
    const program::Rule& other = p.rules[p.indices[r.overridden_by.first + i]];
    if (e.day < other.from || e.day > other.to || other.pattern == none) continue;
    const Asking about = asking(&e, nullptr, &in);
    Answer here = ask(about, p.expressions[r.override_conditions.first + i]);
    const Answer fitting = fits(about, other.pattern, e);
    if (fitting.truth < here.truth) here = fitting;
    if (here.truth > result.truth) result = here;
  }
  return result;
}

Open Run::bound_to(const Instance& in, const Event& e) const {
  Open open;
  Finding& f = open.finding;
  f.key = {in.rule, in.member, Bound::event, false, Day{}, e.id, e.identity};
  f.opens = f.due = f.nominal_due = e.day;
  open.has_anchor = true;
  open.anchor = e;
  return open;
}

// The clause's exception, asked once: on the due day, or on the day of the event. A late act does not ask again.
Truth Run::ask_exception(const Instance& in, Open& open, const Asking& about) const {
  const program::Rule& r = rule(in);
  if (r.exception.count == 0) return Truth::no;
  if (!open.exception_asked) {
    const Answer answer = ask(about, r.exception);
    open.exception_asked = true;
    open.excepted = answer.truth;
    open.exception_missing = answer.missing;
  }
  return open.excepted;
}

// What an exception or an overriding clause makes of a verdict that speaks against somebody.
Status Run::excuse(const Instance& in, Open& open, Status status, Day on) const {
  const program::Program& p = machine.program;
  const program::Rule& r = rule(in);
  Finding& f = open.finding;
  Asking about = asking(open.has_anchor ? &open.anchor : nullptr, nullptr, &in);
  about.day = f.due == calendar::day_max ? on : std::max(std::min(on, f.due), f.opens);
  about.judged = f.key.bound == Bound::event && r.form != program::Form::response && r.form != program::Form::step;
  const Truth excepted = ask_exception(in, open, about);
  if (excepted == Truth::yes) {
    note(open, {Why::by_exception, 0, p.code[r.exception.first + r.exception.count - 1].text, {}, {}, {}});
    return Status::waived;
  }
  Status result = status;
  if (excepted == Truth::unknown) {
    result = Status::cannot_assess;
    f.missing = open.exception_missing;
  }
  for (std::uint32_t i = 0; f.key.bound != Bound::event && i < r.overridden_by.count; ++i) {
    const program::Rule& other = p.rules[p.indices[r.overridden_by.first + i]];
    if (about.day < other.from || about.day > other.to) continue;
    const Answer over = ask(about, p.expressions[r.override_conditions.first + i]);
    if (over.truth == Truth::yes) {
      note(open, {Why::by_override, 0, other.clause, {}, {}, {}});
      return Status::waived;
    }
    if (over.truth == Truth::unknown) {
      result = Status::cannot_assess;
      f.missing = over.missing;
    }
  }
  return result;
}

void Run::settle(Instance& in, Open& open, Status status, Day on) {
  const program::Rule& r = rule(in);
  Finding& f = open.finding;
  if (adverse(status)) status = excuse(in, open, status, on);
  if (r.judged_by != 0 && r.within != program::Within::soon && !r.is_otherwise && settled(status) && status != Status::waived) {
    status = Status::cannot_assess;
    note(open, {Why::awaiting_assessment, 0, r.judged_by, {}, {}, {}});
    f.missing = {r.judged_by};
  }
  if (status != Status::cannot_assess) f.missing.clear();
  f.status = status;
  f.settled = on;
  if (open.unassessed) return;
  emit(f);
  if ((status == Status::missed || status == Status::broken) && r.otherwise != none)
    open_consequence(in, open);
}

void Run::cannot_tell(Instance& in, Open& open, Day on) {
  std::vector<Symbol>& missing = open.finding.missing;
  for (const Note& n : open.finding.notes) {
    if (n.why == Why::same_day_unknown) {
      const Symbol time = machine.symbols.find(Symbols::time_of_day);
      if (std::find(missing.begin(), missing.end(), time) == missing.end()) missing.push_back(time);
    }
    const bool names = n.why == Why::condition_unknown || n.why == Why::effect_unknown || n.why == Why::not_recorded ||
                       n.why == Why::field_missing || n.why == Why::fact_unknown || n.why == Why::awaiting_assessment;
    const Symbol what = n.expected.symbol != 0 ? n.expected.symbol : n.text;
    if (names && what != 0 && std::find(missing.begin(), missing.end(), what) == missing.end()) missing.push_back(what);
  }
  settle(in, open, Status::cannot_assess, on);
}

void Run::lapse_amended(Instance& in) {
  const program::Rule& r = rule(in);
  if (!r.amended || state.today != r.to + 1) return;
  const bool replaced = std::find(machine.replaces.begin(), machine.replaces.end(), in.rule) != machine.replaces.end();
  if (r.form == program::Form::extension && replaced) {  // the new text judges the same chance, by the same history
    for (Open& open : in.open) retract(open);
    in.open.clear();
    return;
  }
  if (r.tail != program::Tail::lapse) return;
  for (Open& open : in.open) {
    if (open.finding.status != Status::open) continue;
    open.unassessed = false;  // what the new text cuts off was asked for as a whole
    note(open, {Why::amended_away, 0, 0, {}, {}, state.today});
    settle(in, open, Status::lapsed, state.today);
  }
  in.open.clear();
  in.next_opens = calendar::day_max;
}

}  // namespace samrad::engine
