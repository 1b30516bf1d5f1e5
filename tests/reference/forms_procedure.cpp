// §4 Procedures.
#include <algorithm>

#include "tests/reference/forms.h"

namespace samrad::reference {
namespace {

bool share_a_kind(const EventType& a, const EventType& b) {
  return std::any_of(a.subjects.begin(), a.subjects.end(), [&](const std::string& kind) {
    return std::find(b.subjects.begin(), b.subjects.end(), kind) != b.subjects.end();
  });
}

}  // namespace

// "Each start event begins a case; each step with an event is one occurrence, opened when the step before is done (the first by the start)
// and due `within D` of that (`within D of start`: of the start event; without `within` it has no limit). A step's event counts only when
// the steps before it are done; the same day is in order, unless both have a time of day and it came first."
void judge_procedure(const Case& c, Verdicts& out) {
  const Tree& tree = c.tree();
  const NodeId starts = tree.child(c.clause.node, Node::starts);
  const NodeId start = tree.of(starts)[0];
  struct Running {
    const Event* start;
    const Event* done_by;  // the event of the step before; null: an exception excused it
    Day done;
    std::set<const Event*> used;  // by the start and the steps before
  };
  std::vector<Running> cases;
  for (const Event* e : c.judged(start))
    cases.push_back({e, e, e->day(), {e}});

  bool first = true;
  for (const NodeId step : tree.of(c.clause.node)) {
    if (tree.kind(step) != Node::step || tree.child(step, Node::counts_if) != no_node) continue;
    const NodeId pattern = tree.child(step, Node::pattern),
                 within = tree.child(step, Node::step_within);
    const EventType& start_type = c.story.agreement.event(tree.text(start));
    bool same_subject = share_a_kind(start_type, c.story.agreement.event(tree.text(pattern)));
    for (const NodeId part : tree.of(pattern))
      if (tree.kind(part) == Node::subject || tree.kind(part) == Node::subject_of ||
          tree.kind(part) == Node::subject_same)
        same_subject = false;  // "and the step names no subject"
    // The oldest first: those whose step before was done first.
    const auto done = [&](const Running& r) {
      return std::pair(r.done,
                       r.done_by == nullptr ? c.story.events.size() : c.story.index(*r.done_by));
    };
    std::stable_sort(cases.begin(), cases.end(),
                     [&](const Running& a, const Running& b) { return done(a) < done(b); });
    std::vector<Owed> owed;
    for (const Running& r : cases) {
      Owed o;
      o.since = r.done_by;
      o.from = r.done;
      o.not_by = r.used;
      if (first && both(c.story.matches(start, *r.start, c.scene),
                        opposite(taken_over(c, *r.start))) == Truth::unknown) {
        o.never_known = true;  // "waits for no act"
        o.verdict.status = Status::cannot_assess;
        o.verdict.settled = r.done;
      }
      Verdict& v = o.verdict;
      v.clause = &c.clause;
      name_after(v, c.name, *r.start, std::string(tree.text(step)));
      v.opens = r.done;
      v.depends = !first;
      v.scene = c.about(*r.start, start);
      v.scene.at = nullptr;
      if (within != no_node) {
        const Day from = tree.text(within) == "start" ? r.start->day() : r.done;
        o.nominal = after(c, from, duration_of(tree, tree.of(within)[0]));
        v.due = c.moved(o.nominal);
        v.missed_from = std::max(v.due + 1, v.opens);
      }
      v.scene.day = v.due;
      owed.push_back(o);
    }
    serve(c, owed, tree.text(pattern), [&](const Owed& o, const Event& act) {
      Scene scene = c.scene;
      scene.first = o.verdict.scene.first;
      Truth t = c.story.matches(pattern, act, scene);
      const std::string& subject = scene.first->subject;
      if (same_subject)
        t = both(t, subject.empty() || act.subject.empty() ? Truth::unknown
                                                           : sure(act.subject == subject));
      return t;
    });
    std::vector<Running> next;
    for (std::size_t i = 0; i < owed.size(); ++i) {
      out.push_back(owed[i].verdict);
      if (owed[i].done_by != nullptr) {
        next.push_back({cases[i].start, owed[i].done_by, owed[i].done_by->day(), cases[i].used});
        next.back().used.insert(owed[i].done_by);
      }
      // "A step that an exception excuses on its due day counts as done on that day."
      else if (owed[i].verdict.status == Status::waived)
        next.push_back({cases[i].start, nullptr, owed[i].verdict.due, cases[i].used});
    }
    cases = next;
    first = false;
  }
}

}  // namespace samrad::reference
