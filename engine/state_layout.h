// Which fields of a State are written, in which order: one description that both the writer and the reader follow. Internal to engine/.
//
// An archive `A` offers number(x) for integers, enums and truth values, name(symbol) for symbols (written as texts, since numbers differ from
// table to table), and list(vector, f), which calls f(element) for each.
#pragma once

#include "engine/state.h"

namespace samrad::engine {

template <class A>
void layout(A& a, Day& d) {
  a.number(d.n);
}

template <class A>
void layout(A& a, Value& v) {
  a.number(v.kind);
  a.name(v.symbol);
  a.number(v.a);
  a.number(v.b);
}

template <class A>
void layout(A& a, Event& e) {
  a.name(e.identity);
  a.name(e.id);
  a.number(e.type);
  a.name(e.subject);
  layout(a, e.day);
  a.number(e.timed);
  a.number(e.second);
  a.number(e.earliest);
  a.number(e.latest);
  a.list(e.fields, [&](Value& v) { layout(a, v); });
  a.list(e.pool, [&](Symbol& s) { a.name(s); });
}

template <class A>
void layout(A& a, Note& n) {
  a.number(n.why);
  a.name(n.event);
  a.name(n.text);
  layout(a, n.expected);
  layout(a, n.actual);
  layout(a, n.day);
}

template <class A>
void layout(A& a, Key& k) {
  a.number(k.rule);
  a.name(k.member);
  a.number(k.bound);
  a.number(k.otherwise);
  layout(a, k.day);
  a.name(k.event);
  a.name(k.identity);
}

template <class A>
void layout(A& a, Finding& f) {
  layout(a, f.key);
  a.number(f.status);
  layout(a, f.opens);
  layout(a, f.due);
  layout(a, f.nominal_due);
  a.number(f.due_instant);
  layout(a, f.settled);
  a.number(f.have);
  a.number(f.maybe);
  a.number(f.need);
  a.number(f.part);
  a.number(f.presumed);
  a.list(f.evidence, [&](Symbol& s) { a.name(s); });
  a.list(f.missing, [&](Symbol& s) { a.name(s); });
  a.list(f.notes, [&](Note& n) { layout(a, n); });
}

template <class A>
void layout(A& a, Open& o) {
  layout(a, o.finding);
  a.number(o.unassessed);
  a.number(o.has_anchor);
  layout(a, o.anchor);
  layout(a, o.base);
  layout(a, o.doubt_from);
  a.number(o.exception_asked);
  a.number(o.excepted);
  a.list(o.exception_missing, [&](Symbol& s) { a.name(s); });
  layout(a, o.credit_from);
  layout(a, o.credit_until);
  layout(a, o.window.first);
  layout(a, o.window.last);
  a.number(o.window.ordinal);
}

template <class A>
void layout(A& a, Turn& t) {
  a.number(t.known);
  a.name(t.value);
  a.name(t.event);
  layout(a, t.day);
  a.number(t.timed);
  a.number(t.instant);
}

template <class A>
void layout(A& a, Instance& in) {
  a.number(in.rule);
  a.name(in.member);
  layout(a, in.from);
  layout(a, in.to);
  a.list(in.open, [&](Open& o) { layout(a, o); });
  layout(a, in.cursor);
  layout(a, in.next_opens);
  a.number(in.started);
  a.list(in.previous, [&](Turn& t) { layout(a, t); });
}

template <class A>
void layout(A& a, FactState& f) {
  a.number(f.fact);
  a.name(f.key);
  a.number(f.value);
  a.name(f.cause);
  layout(a, f.since);
  layout(a, f.until);
}

template <class A>
void layout(A& a, Remembered& r) {
  layout(a, r.event);
  a.number(r.effect);
  a.name(r.void_text);
}

template <class A>
void layout(A& a, State& s) {
  layout(a, s.today);
  layout(a, s.term_first);
  layout(a, s.expiry);
  a.number(s.extensions);
  layout(a, s.extended_on);
  a.list(s.pending, [&](Event& e) { layout(a, e); });
  a.list(s.instances, [&](Instance& in) { layout(a, in); });
  a.list(s.facts, [&](FactState& f) { layout(a, f); });
  a.list(s.memory, [&](std::vector<Remembered>& kept) { a.list(kept, [&](Remembered& r) { layout(a, r); }); });
}

}  // namespace samrad::engine
