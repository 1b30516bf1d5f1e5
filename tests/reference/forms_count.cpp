// §3.1 Count, and what only a person can attest (§3.10).
#include <algorithm>

#include "tests/reference/forms.h"
#include "tests/reference/periods.h"

namespace samrad::reference {
namespace {

// One window of a period as the term and the clause leave it.
struct Asked {
  calendar::Window whole;
  calendar::Clipped left;
  Day opens{};
};

// §5: "A window that the term (or `until`, `in force`) cuts is a part period; `from DATE` in a sentence is a beginning, not a cut."
std::vector<Asked> windows(const Case& c, NodeId period_node, const calendar::Period& period,
                           const Interval& given) {
  const Interval interval = c.begun(given);
  Day begin = interval.first, last = interval.last;
  for (const NodeId part : c.tree().of(period_node)) {
    if (c.tree().kind(part) == Node::from)
      begin = std::max(begin, day_of(c.tree(), c.tree().of(part)[0]));
    if (c.tree().kind(part) == Node::until)
      last = std::min(last, day_of(c.tree(), c.tree().of(part)[0]));
  }
  std::vector<Asked> all;
  if (begin > last) return all;
  for (calendar::Window w = calendar::window_at(period, begin);;) {
    if (w.first > last || w.first > c.horizon() || std::max(w.first, begin) >= c.version.amended)
      break;
    // The window that holds the day of `from` "is the first one and is asked in full, by what happens from that day on"; the term may
    // cut it all the same.
    Asked asked{w, calendar::clip(period, w, interval.first, last), std::max(w.first, begin)};
    // §9: "the new text's windows begin with the first one that opens on or after the date"
    const bool left_to_the_old = c.version.waits && asked.opens < c.version.began;
    if (!left_to_the_old && calendar::counted(period, w) &&
        calendar::counting_days(period, asked.opens, asked.left.last) > 0)
      all.push_back(asked);
    const auto next = calendar::next_window(period, w);
    if (!next) break;
    w = *next;
  }
  return all;
}

// §7.1: "A window in which a later text comes into force has that day after it, where the later text judges the rest of it".
std::string window_name(const Case& c, const calendar::Period& period, const Asked& w) {
  const std::string name = calendar::label(period, w.whole);
  return !c.version.waits && w.whole.first < c.version.began && c.version.began <= w.whole.last
             ? name + "@" + calendar::iso(c.version.began)
             : name;
}

// "`during the term`: one occurrence for the whole term …, which is no part period." Of a clause with an interval of its own: "the part of
// the term in which the clause applies".
Asked the_term(const Case& c, const Interval& given) {
  const Interval i = c.begun(given);
  return {{i.first, i.last, 0}, {{i.first, i.last, 0}, i.first, i.last, false}, i.first};
}

struct Times {
  enum class Bound { at_least, at_most, exactly } bound = Bound::at_least;
  int n = 1;
};

Times read_times(const Tree& tree, NodeId node) {
  if (node == no_node) return {};
  const std::string_view word = tree.text(node);
  return {word == "at_most"   ? Times::Bound::at_most
          : word == "exactly" ? Times::Bound::exactly
                              : Times::Bound::at_least,
          whole(tree, tree.of(node)[0])};
}

}  // namespace

// "`P must happen at least|at most|exactly N times every PERIOD`": one occurrence a window. "An event counts in the window of its civil
// day, once. Met on the day of the Nth event; missed when the window has passed with fewer; `at most`: broken on the day of the first one
// too many, otherwise met when the window has passed; `exactly`: both."
void judge_count(const Case& c, Verdicts& out) {
  const Tree& tree = c.tree();
  const bool measured = c.clause.what == Clause::What::measured;
  const NodeId core = measured ? tree.child(c.clause.node, Node::measured) : c.clause.core;
  const NodeId pattern = measured ? no_node : tree.child(core, Node::pattern);
  const NodeId period_node = tree.child(core, Node::period);
  const calendar::Period period = period_node == no_node
                                      ? calendar::Period{}
                                      : read_period(tree, period_node, c.story.agreement.first);
  const Times times = read_times(tree, tree.child(core, Node::times));
  const std::string_view type = measured ? "measurement" : tree.text(pattern);

  const auto belongs = [&](const Event& e) {
    const Truth is = measured ? both(sure(e.subject == c.clause.name), c.story.effect(e))
                              : c.story.matches(pattern, e, c.scene);
    return c.belongs(e, both(is, opposite(taken_over(c, e))));
  };

  for (const Interval& interval : c.intervals) {
    const bool whole_term = period_node == no_node;
    const auto all =
        whole_term ? std::vector{the_term(c, interval)} : windows(c, period_node, period, interval);
    for (const Asked& w : all) {
      const int need =
          whole_term ? times.n : calendar::needed(times.n, w.left, c.clause.parts, period);
      if (need < 0) continue;  // `not assessed`
      Verdict v;
      v.clause = &c.clause;
      v.id = c.name + "/" + (whole_term ? calendar::iso(w.opens) : window_name(c, period, w));
      v.opens = w.opens;
      v.due = w.left.last;
      v.need = need;
      v.event_alone = false;
      v.window = true;
      v.missed_from = v.due + 1;
      v.scene = c.scene;
      v.scene.day = v.due;

      std::vector<const Event*> counted;
      for (const Event* e : c.story.in_order())
        if (e->type == type && e->day() >= v.opens && e->day() <= v.due &&
            calendar::counts(period, e->day()) && belongs(*e))
          counted.push_back(e);
      v.have = static_cast<int>(counted.size());
      const bool passed = c.today() > v.due;
      const bool lower = times.bound != Times::Bound::at_most,
                 upper = times.bound != Times::Bound::at_least;

      v.status = c.today() < v.opens ? Status::upcoming : Status::open;
      if (upper && v.have > need) {
        v.status = Status::broken;
        v.breach = counted[static_cast<std::size_t>(need)];
        v.settled = v.breach->day();
        v.scene.day = v.settled;
      } else if (upper && passed && (!lower || v.have == need)) {
        // That there were no more rests on the record (§2).
        v.status = c.story.recorded(type, v.opens) ? Status::met : Status::cannot_assess;
        v.settled = v.status == Status::met ? v.due : v.due + 1;
      } else if (lower && !upper && need > 0 && v.have >= need) {
        v.status = Status::met;
        v.settled = counted[static_cast<std::size_t>(need) - 1]->day();
      } else if (passed && need == 0) {
        v.status = Status::met;
        v.settled = v.due;
      } else if (passed) {
        // "whatever would be missed … only because none is on record comes out as cannot assess" (§2)
        v.status = c.story.recorded(type, v.opens) ? Status::missed : Status::cannot_assess;
        v.settled = v.due + 1;
      }
      excuse(c, v);
      lapse(c, v);
      out.push_back(v);
    }
  }
}

// "`"TEXT" must hold [every PERIOD], judged by ROLE` … one occurrence a window, or one for the term, by its first day, settled by an
// assessment; unassessed when the window has passed: cannot-assess."
void judge_attested(const Case& c, Verdicts& out) {
  const NodeId period_node = c.tree().child(c.clause.core, Node::period);
  for (const Interval& interval : c.intervals) {
    const auto add = [&](const std::string& what, Day opens, Day due) {
      Verdict v;
      v.clause = &c.clause;
      v.id = c.name + "/" + what;
      v.opens = opens;
      v.due = due;
      v.event_alone = false;
      v.scene = c.scene;
      v.scene.day = due;
      v.status = c.today() < opens  ? Status::upcoming
                 : c.today() <= due ? Status::open
                                    : Status::cannot_assess;
      v.settled = due + 1;
      excuse(c, v);
      lapse(c, v);
      out.push_back(v);
    };
    if (period_node == no_node) {
      const bool left_to_the_old = c.version.waits && interval.first < c.version.began;
      if (left_to_the_old || interval.first >= c.version.amended) continue;
      add(calendar::iso(interval.first), interval.first, interval.last);
      continue;
    }
    const calendar::Period period = read_period(c.tree(), period_node, c.story.agreement.first);
    for (const Asked& w : windows(c, period_node, period, interval))
      if (calendar::needed(1, w.left, c.clause.parts, period) >= 0)
        add(window_name(c, period, w), w.opens, w.left.last);
  }
}

}  // namespace samrad::reference
