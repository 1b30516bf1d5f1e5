// Questions about what has happened: `P happened`, numbers, shares and sums of events (docs/language.md §6).
#include <algorithm>

#include "tests/reference/periods.h"
#include "tests/reference/story.h"

namespace samrad::reference {
namespace {

NodeId range_of(const Tree& tree, NodeId id) {
  for (const NodeId c : tree.of(id)) {
    const Node kind = tree.kind(c);
    if (kind >= Node::range_last && kind <= Node::range_within_before) return c;
  }
  return no_node;
}

}  // namespace

// The number of events of a count may be uncertain; then it lies between those that surely belong and those that may.
struct Tally {
  std::int64_t sure = 0, maybe = 0;
  void add(Truth t) {
    sure += t == Truth::yes ? 1 : 0;
    maybe += t == Truth::unknown ? 1 : 0;
  }
  [[nodiscard]] Value value(bool all_on_record) const {
    Value v = Value::of(Number::of(sure), Number::of(sure + maybe));
    v.unbounded = !all_on_record;
    return v;
  }
};

// Whether `e` had come at the moment of the scene. §7.3: what needs only days takes the same day as in time. How `e` lies to the last Q
// (`since the last Q`), and which stand in a row, turns on the order.
Truth Story::came(const Event& e, const Scene& scene) const {
  if (scene.at == nullptr) return sure(e.day() <= scene.day);
  return sure(&e == scene.at || !surely_after(e, *scene.at));
}

// Whether `q` had come before the moment of the scene in this world's order.
bool Story::had_come(const Event& q, const Scene& scene) const {
  return scene.at == nullptr ? q.day() <= scene.day : before(q, *scene.at);
}

// Whether `q` is a Q of `since the last Q`.
Truth Story::one_of_the_last(NodeId pattern, const Event& q, const Scene& scene) const {
  Scene inner = scene;
  inner.here = &q;
  return matches(pattern, q, inner);
}

Truth Story::in_range(NodeId range, const Event& e, const Scene& scene) const {
  const Truth so_far = came(e, scene);
  if (range == no_node || so_far == Truth::no) return so_far;
  const auto children = tree.of(range);
  // A: `expiry`, `start`, a date, `day`
  const auto anchor = [&](NodeId a) {
    return tree.kind(a) == Node::v_date ? Value::of(day_of(tree, a))
           : tree.text(a) == "day"      ? Value::of(scene.day)
                                        : name_value(tree.text(a), scene);
  };
  switch (tree.kind(range)) {
  case Node::range_last:
    return sure(e.day() >=
                calendar::minus(scene.day, duration_of(tree, children[0]), agreement.holidays));
  case Node::range_since_date: return sure(e.day() >= day_of(tree, children[0]));
  case Node::range_since_start: return sure(e.day() >= agreement.first);
  case Node::range_before_date: return sure(e.day() < day_of(tree, children[0]));
  case Node::range_same_period: {
    const calendar::Window w =
        calendar::window_at(read_period(tree, children[0], agreement.first), scene.day);
    return sure(w.first <= e.day() && e.day() <= w.last);
  }
  case Node::range_at_least_before: {
    const Value a = anchor(children[1]);
    return a.missing() ? Truth::unknown
                       : sure(e.day() <= calendar::minus(a.day, duration_of(tree, children[0]),
                                                         agreement.holidays));
  }
  case Node::range_within_before: {
    const Value a = anchor(children[1]);
    return a.missing() ? Truth::unknown
                       : sure(e.day() >= calendar::minus(a.day, duration_of(tree, children[0]),
                                                         agreement.holidays) &&
                              e.day() <= a.day);
  }
  case Node::range_since_last: {
    // After the last Q before the moment, and itself none; no Q: ever.
    if (&e == scene.at) return Truth::yes;
    Truth result = Truth::yes;
    for (const Event& q : events) {
      if (&q == &e || (had_come(q, scene) && !before(q, e)))
        result = both(result, opposite(one_of_the_last(children[0], q, scene)));
    }
    return result;
  }
  default: return Truth::unknown;
  }
}

// The first day that the range reaches back to.
Day Story::range_begins(NodeId range, const Scene& scene) const {
  if (range == no_node) return calendar::day_min;
  const auto children = tree.of(range);
  switch (tree.kind(range)) {
  case Node::range_last:
    return calendar::minus(scene.day, duration_of(tree, children[0]), agreement.holidays);
  case Node::range_since_date: return day_of(tree, children[0]);
  case Node::range_since_start: return agreement.first;
  case Node::range_same_period:
    return calendar::window_at(read_period(tree, children[0], agreement.first), scene.day).first;
  case Node::range_within_before: {
    Day anchor = scene.day;
    if (tree.kind(children[1]) == Node::v_date)
      anchor = day_of(tree, children[1]);
    else if (tree.text(children[1]) == "start")
      anchor = agreement.first;
    else if (tree.text(children[1]) == "expiry")
      anchor = expiry(scene).value_or(calendar::day_max);
    return calendar::minus(anchor, duration_of(tree, children[0]), agreement.holidays);
  }
  case Node::range_since_last: {
    Day last = calendar::day_min;
    for (const Event& q : events)
      if (had_come(q, scene) && one_of_the_last(children[0], q, scene) == Truth::yes)
        last = std::max(last, q.day());
    return last;
  }
  default: return calendar::day_min;
  }
}

// `P happened [RANGE]`, `no P happened [RANGE]`. The event that is judged is not one that has happened before itself.
Truth Story::happened(NodeId id, const Scene& scene) const {
  const NodeId range = range_of(tree, id), pattern = tree.of(id)[0];
  Truth any = Truth::no;
  for (const Event& e : events) {
    if (e.type != tree.text(pattern) || &e == scene.at) continue;
    any = either(any, both(matches(pattern, e, scene), in_range(range, e, scene)));
  }
  // "their absence then proves nothing" (§2)
  if (any == Truth::no && !recorded(tree.text(pattern), range_begins(range, scene)))
    any = Truth::unknown;
  return tree.text(id) == "no" ? opposite(any) : any;
}

// "Counting events includes the event being judged if it matches."
Value Story::counted(NodeId id, const Scene& scene) const {
  const NodeId range = range_of(tree, id), pattern = tree.of(id)[0];
  Tally tally;
  for (const Event& e : events)
    if (e.type == tree.text(pattern))
      tally.add(both(matches(pattern, e, scene), in_range(range, e, scene)));
  return tally.value(recorded(tree.text(pattern), range_begins(range, scene)));
}

Value Story::summed(NodeId id, const Scene& scene) const {
  const NodeId range = range_of(tree, id), pattern = tree.of(id)[0];
  if (!recorded(tree.text(pattern), range_begins(range, scene))) return {};
  Value sum;
  bool any = false;
  for (const Event& e : events) {
    if (e.type != tree.text(pattern)) continue;
    const Truth in = both(matches(pattern, e, scene), in_range(range, e, scene));
    if (in == Truth::no) continue;
    Value v = field(e, tree.text(id));
    if (v.missing()) return {};
    if (in == Truth::unknown)
      v.low = v.low < Number{} ? v.low : Number{}, v.high = v.high < Number{} ? Number{} : v.high;
    sum = any ? calculate(Sum::add, sum, v, agreement.holidays) : v;
    any = true;
  }
  if (any) return sum;
  const bool money =
      agreement.event(tree.text(pattern)).fields.find(tree.text(id))->second.type == "money";
  return money ? Value::money(Number{}, "") : Value::of(Number{});  // nothing, in any currency
}

Value Story::shared(NodeId id, const Scene& scene) const {
  const NodeId range = range_of(tree, id), pattern = tree.of(id)[0], condition = tree.of(id).back();
  Tally all, some;
  for (const Event& e : events) {
    if (e.type != tree.text(pattern)) continue;
    const Truth in = both(matches(pattern, e, scene), in_range(range, e, scene));
    if (in == Truth::no) continue;
    Scene inner = scene;
    inner.here = &e;
    inner.day = e.day();
    all.add(in);
    some.add(both(in, holds(condition, inner)));
  }
  if (all.sure == 0 || all.maybe != 0 || !recorded(tree.text(pattern), range_begins(range, scene)))
    return {};
  return Value::of(Number::of(some.sure, all.sure), Number::of(some.sure + some.maybe, all.sure));
}

// "`number of P in a row where COND` (latest backwards, this one included)"
Value Story::in_a_row(NodeId id, const Scene& scene) const {
  const NodeId pattern = tree.of(id)[0];
  if (!recorded(tree.text(pattern), calendar::day_min)) {
    Value any = Value::of(Number{});
    any.unbounded = true;  // between two there may be one that nobody recorded
    return any;
  }
  std::vector<const Event*> order = in_order();
  std::reverse(order.begin(), order.end());
  std::int64_t least = 0, most = 0;
  bool least_ended = false;
  for (const Event* e : order) {
    if (e->type != tree.text(pattern) ||
        (e != scene.at && scene.at != nullptr && !before(*e, *scene.at)) ||
        (scene.at == nullptr && e->day() > scene.day))
      continue;
    Scene inner = scene;
    const Truth is = matches(pattern, *e, inner);
    if (is == Truth::no) continue;
    inner.here = e;
    inner.day = e->day();
    const Truth run = both(is, tree.of(id).size() > 1 ? holds(tree.of(id)[1], inner) : Truth::yes);
    if (run == Truth::no) break;
    ++most;
    if (run == Truth::unknown) least_ended = true;
    if (!least_ended) ++least;
  }
  return Value::of(Number::of(least), Number::of(most));
}

}  // namespace samrad::reference
