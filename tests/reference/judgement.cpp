// What holds for every form: where a clause applies, exceptions and overriding clauses (docs/language.md §3).
#include <algorithm>

#include "tests/reference/forms.h"

namespace samrad::reference {

// §9: "the old one judges what happened before the date and the new one what happened from then on."
bool Case::applies(Day day) const {
  if (day < version.began || day >= version.amended) return false;
  return std::any_of(intervals.begin(), intervals.end(),
                     [&](const Interval& i) { return i.holds(day); });
}

// The scene in which the sentence speaks of the event that it began with.
Scene Case::about(const Event& e, NodeId pattern) const {
  Scene s = scene;
  s.at = s.here = s.first = &e;
  s.day = e.day();
  if (const NodeId alias = tree().child(pattern, Node::alias); alias != no_node)
    s.alias = tree().text(alias);
  return s;
}

std::vector<const Event*> Case::judged(NodeId pattern) const {
  std::vector<const Event*> found;
  for (const Event* e : story.in_order()) {
    if (e->type != tree().text(pattern) || !applies(e->day())) continue;
    if (belongs(*e, both(story.matches(pattern, *e, scene), opposite(taken_over(*this, *e)))))
      found.push_back(e);
  }
  return found;
}

namespace {

Truth in_force(const Clause& other, Day day) {
  return sure((!other.from || day >= *other.from) && (!other.until || day <= *other.until));
}

// Whether the event is one that the clause's sentence begins with, for one of those that it speaks of.
Truth begins(const Story& story, const Clause& clause, NodeId pattern, const Event& e) {
  Scene scene{&e, e.day(), &e, &e, "", "", ""};
  const NodeId each = story.tree.child(clause.sentence, Node::for_each);
  if (each == no_node) return story.fits(pattern, e, scene);
  const NodeId fact = story.tree.child(each, Node::while_fact);
  scene.variable = story.tree.text(each);
  Truth any = Truth::no;
  for (const std::string& member : story.members(each)) {
    scene.member = member;
    Truth t = story.fits(pattern, e, scene);
    if (fact != no_node) t = both(t, story.fact(story.tree.text(fact), member, e.day()));
    any = either(any, t);
  }
  return any;
}

}  // namespace

// "where this clause applies, the named one does not: an event that this clause's sentence is about is not judged by that clause"
Truth taken_over(const Case& c, const Event& e) {
  Truth taken = Truth::no;
  for (const Clause& other : c.clauses)
    for (const Clause::Override& o : other.overrides) {
      if (o.clause != c.clause.name || other.core == no_node) continue;
      const NodeId pattern = c.tree().child(other.core, Node::pattern);
      if (pattern == no_node) continue;
      const Scene scene{&e, e.day(), &e, &e, "", "", ""};
      Truth t = both(in_force(other, e.day()), begins(c.story, other, pattern, e));
      if (t != Truth::no && o.while_ != no_node) t = both(t, c.story.holds(o.while_, scene));
      taken = either(taken, t);
    }
  return taken;
}

// "asked on the due day (or day of the event) … several exceptions are joined by or"; "whatever else it asks for is waived while this
// clause is in force and COND holds"
Truth excused(const Case& c, const Verdict& v) {
  Truth result = Truth::no;
  for (const NodeId condition : c.clause.exceptions)
    result = either(result, c.story.holds(condition, v.scene));
  if (v.event_alone) return result;
  for (const Clause& other : c.clauses)
    for (const Clause::Override& o : other.overrides)
      if (o.clause == c.clause.name)
        result = either(result,
                        both(in_force(other, v.scene.day),
                             o.while_ == no_node ? Truth::yes : c.story.holds(o.while_, v.scene)));
  return result;
}

void lapse(const Case& c, Verdict& v) {
  if (!c.version.lapses || c.today() < c.version.amended || v.due < c.version.amended) return;
  if (fallen(v.status) && v.settled < c.version.amended) return;
  v.status = Status::lapsed;
  v.settled = c.version.amended;
}

void excuse(const Case& c, Verdict& v) {
  if (!fallen(v.status) || v.status == Status::met || v.status == Status::waived) return;
  const Truth t = excused(c, v);
  if (t == Truth::no) return;
  if (v.status == Status::met_late) v.settled = std::min(v.settled, v.missed_from);
  v.status = t == Truth::yes ? Status::waived : Status::cannot_assess;
}

}  // namespace samrad::reference
