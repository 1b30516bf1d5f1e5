// §3.3 Response, and §3.13 Otherwise: an act that is owed since something happened.
#include <algorithm>

#include "tests/reference/forms.h"
#include "tests/reference/periods.h"

namespace samrad::reference {
namespace {

constexpr Instant second = 1'000'000, hour = 3600 * second;
constexpr int day_seconds = 86400, hour_seconds = 3600;

// Between these instants an event happened.
Instant earliest(const Story& s, const Event& e) {
  return e.when.instant.value_or(s.zone.start_of(e.day()));
}
Instant latest(const Story& s, const Event& e) {
  return e.when.instant.value_or(s.zone.start_of(e.day() + 1) - second);
}
Instant now(const Story& s) {
  return s.as_of.instant.value_or(s.zone.start_of(s.as_of.day + 1) - second);
}

// How an act stands to the time it was owed: in time, late, or (by the clock, without hours) unknown.
Truth in_time(const Case& c, const Owed& o, const Event& act) {
  if (o.before != nullptr) return sure(c.story.before(act, *o.before));
  if (!o.due_low) return sure(act.day() <= o.verdict.due);
  // "`within 72 hours` is measured by the clock; where an event has only a day, a verdict that would turn on the hour is cannot-assess."
  if (latest(c.story, act) <= *o.due_low) return Truth::yes;
  return earliest(c.story, act) > *o.due_high ? Truth::no : Truth::unknown;
}

// Whether the due time had passed at the moment of `act`, or (null) at the moment that is asked about.
Truth passed(const Case& c, const Owed& o, const Event* act) {
  if (act != nullptr) return opposite(in_time(c, o, *act));
  if (!o.due_low) return sure(c.today() > o.verdict.due);
  if (now(c.story) > *o.due_high) return Truth::yes;
  return now(c.story) <= *o.due_low ? Truth::no : Truth::unknown;
}

}  // namespace

Day after(const Case& c, Day day, calendar::Duration d) {
  return calendar::plus(day, d, c.story.agreement.holidays);
}

void serve(const Case& c, std::vector<Owed>& owed, std::string_view type,
           const std::function<Truth(const Owed&, const Event&)>& serves) {
  const auto would_be_excused = [&](const Owed& o) {
    if (o.consequence) return false;
    Verdict asked = o.verdict;
    asked.status = Status::missed;
    return excused(c, asked) == Truth::yes;
  };
  const auto meet = [&](Owed& o, const Event& act) {
    o.done_by = &act;
    Verdict& v = o.verdict;
    if (o.never_known) return;
    const Truth t = in_time(c, o, act);
    v.have = 1;
    // One that nobody recorded may have been in time (§2).
    if (t == Truth::no && !c.story.recorded(type, o.from)) {
      v.status = Status::cannot_assess;
      v.settled = std::min(v.missed_from, act.day());
      return;
    }
    // Met before the next R had come: there was no due day yet.
    if (t == Truth::yes && o.next != nullptr && act.day() < o.next->day())
      v.due = calendar::day_max;
    v.status = t == Truth::yes  ? Status::met
               : t == Truth::no ? Status::met_late
                                : Status::cannot_assess;
    v.settled = act.day();
  };
  // "unless the sentence ends in `, one for all`: then it meets every one that waits for it"
  const bool for_all = !owed.empty() && !owed.front().consequence && c.clause.core != no_node &&
                       c.tree().child(c.clause.core, Node::one_for_all) != no_node;
  std::optional<Instant> clock;  // of the acts before: what it has cut off is missed
  for (const Event& one : c.story.events) {
    const Event* act = &one;
    if (act->type != type) continue;
    if (act->when.instant) clock = act->when.instant;
    Owed* chosen = nullptr;
    bool chosen_open = false;
    for (Owed& o : owed) {
      if (o.done_by != nullptr || o.never_known || act->day() < o.from || act == o.since ||
          o.not_by.contains(act))
        continue;
      // "The same day is in time, unless both have a time of day and Q came first."
      if (o.since != nullptr && c.story.surely_after(*o.since, *act)) continue;
      if (!c.belongs(*act, serves(o, *act))) continue;
      const bool late =
          passed(c, o, act) == Truth::yes || (o.due_high && clock && *clock > *o.due_high);
      if (late && act->day() >= o.verdict.missed_from && would_be_excused(o)) continue;
      // "what that day makes late comes before what it opens"
      const bool open = !late || (o.next != nullptr && act->day() == o.next->day());
      if (for_all)
        meet(o, *act);
      else if (chosen == nullptr || (open && !chosen_open))
        chosen = &o, chosen_open = open;
    }
    if (chosen != nullptr) meet(*chosen, *act);
  }
  for (Owed& o : owed) {
    Verdict& v = o.verdict;
    if (o.done_by == nullptr && v.status == Status::open) {
      const Truth late = passed(c, o, nullptr);
      if (late == Truth::yes) {
        v.status = c.story.recorded(type, o.from) ? Status::missed : Status::cannot_assess;
        v.settled = v.missed_from;
      }
    }
    if (!o.consequence) excuse(c, v);
    lapse(c, v);
  }
}

// "One occurrence for each `P`. A `Q` on or after P's day meets the oldest open occurrence of the clause, and where none is open the
// oldest missed one; it meets only one."
void judge_response(const Case& c, Verdicts& out) {
  const Tree& tree = c.tree();
  const auto parts = tree.of(c.clause.core);
  const NodeId p = parts[0], q = parts[1],
               within = parts.size() > 2 && tree.kind(parts[2]) != Node::one_for_all ? parts[2]
                                                                                     : no_node;
  const Node how = within == no_node ? Node::root : tree.kind(within);

  // "R may be `one`: the next P"
  const auto is_next = [&](const Event& e, const Event& r) {
    return tree.of(within).empty() ? c.is(p, r, c.scene)
                                   : c.is(tree.of(within)[0], r, c.about(e, p));
  };

  std::vector<Owed> owed;
  for (const Event* e : c.judged(p)) {
    Owed o;
    // "What cannot be assessed from the beginning waits for no act."
    o.never_known =
        both(c.story.matches(p, *e, c.scene), opposite(taken_over(c, *e))) == Truth::unknown;
    if (o.never_known) {
      o.verdict.status = Status::cannot_assess;
      o.verdict.settled = e->day();
    }
    o.since = e;
    o.from = e->day();
    Verdict& v = o.verdict;
    v.clause = &c.clause;
    name_after(v, c.name, *e);
    v.opens = e->day();
    v.scene = c.about(*e, p);
    v.scene.at = nullptr;
    switch (how) {
    case Node::within:
    case Node::within_soon: {
      const calendar::Duration d = duration_of(tree, tree.of(within)[0]);
      o.nominal = after(c, e->day(), d);
      if (d.unit == calendar::Unit::hour) {
        o.due_low = earliest(c.story, *e) + d.count * hour;
        o.due_high = latest(c.story, *e) + d.count * hour;
        // The due day is that of the hour by the clock on the wall.
        const int from_midnight =
            (e->when.instant ? c.story.zone.second_of_day(*e->when.instant) : day_seconds - 1) +
            d.count * hour_seconds;
        o.nominal = e->day() + from_midnight / day_seconds;
        o.last_hour = from_midnight % day_seconds >= day_seconds - hour_seconds;
      }
      break;
    }
    case Node::within_same_day: o.nominal = e->day(); break;
    case Node::within_end_of:
      o.nominal = calendar::window_at(
                      read_period(tree, tree.of(within)[0], c.story.agreement.first), e->day())
                      .last;
      break;
    case Node::within_by: {
      // "`by FIELD of x` takes the due day from P … Where the field is missing the occurrence is cannot-assess."
      const Value day = c.story.value(tree.of(within)[0], c.about(*e, p));
      if (day.is == Value::Is::date)
        o.nominal = day.day;
      else {
        o.never_known = true;
        v.status = Status::cannot_assess;
        v.settled = e->day();
      }
      break;
    }
    case Node::within_before_next:
    case Node::within_before_next_day:
      // "Under `before the next R` an occurrence has no due day until R has come."
      for (const Event* r : c.story.in_order()) {
        if (r == e || !c.story.before(*e, *r) || !is_next(*e, *r)) continue;
        o.nominal = how == Node::within_before_next ? r->day() : r->day() - 1;
        o.next = r;
        if (how == Node::within_before_next) o.before = r;
        break;
      }
      break;
    default: break;
    }
    v.due = o.nominal == calendar::day_max || o.next != nullptr || o.due_low ? o.nominal
                                                                             : c.moved(o.nominal);
    v.scene.day = o.never_known ? v.opens : std::max(v.due, v.opens);
    if (v.due != calendar::day_max)
      v.missed_from = o.due_low ? v.due : std::max(v.due + 1, v.opens);
    owed.push_back(o);
  }
  std::stable_sort(owed.begin(), owed.end(),
                   [](const Owed& a, const Owed& b) { return a.since < b.since; });

  // "If P and Q have the same subject kind and Q names no subject, the subjects must be the same."
  const EventType& pt = c.story.agreement.event(tree.text(p));
  const EventType& qt = c.story.agreement.event(tree.text(q));
  bool named = false, same_kind = false;
  for (const NodeId part : tree.of(q))
    named |= tree.kind(part) == Node::subject || tree.kind(part) == Node::subject_of ||
             tree.kind(part) == Node::subject_same;
  for (const std::string& kind : pt.subjects)
    same_kind |= std::find(qt.subjects.begin(), qt.subjects.end(), kind) != qt.subjects.end();

  serve(c, owed, tree.text(q), [&](const Owed& o, const Event& act) {
    Truth t = c.story.matches(q, act, c.about(*o.since, p));
    if (!named && same_kind)
      t = both(t, act.subject.empty() || o.since->subject.empty()
                      ? Truth::unknown
                      : sure(act.subject == o.since->subject));
    return t;
  });
  for (Owed& o : owed) {
    // "by the clock: on the day of that hour, or the next where it is the last hour of the day" (§3.13)
    o.verdict.consequence_from = o.verdict.missed_from + (o.last_hour ? 1 : 0);
    out.push_back(std::move(o.verdict));
  }
}

// "When an occurrence is missed or broken a consequence opens: `ID/otherwise`, due D after the due day that was missed, or after the day
// of the breach."
void add_consequences(const Case& c, Verdicts& verdicts) {
  const NodeId otherwise =
      c.clause.sentence == no_node ? no_node : c.tree().child(c.clause.sentence, Node::otherwise);
  if (otherwise == no_node || c.tree().kind(c.tree().of(otherwise)[0]) == Node::label) return;
  const NodeId q = c.tree().of(otherwise)[0];
  const calendar::Duration d = duration_of(c.tree(), c.tree().of(otherwise)[1]);
  std::vector<Owed> owed;
  for (const Verdict& breach : verdicts) {
    // What was met late after it had been missed (§7.2) has a consequence, too.
    const bool had_been_missed =
        breach.status == Status::met_late && (breach.settled >= breach.missed_from);
    const bool broken = breach.status == Status::broken;
    if (breach.assessed) continue;  // a person's word opens none
    if (breach.status != Status::missed && !broken && !had_been_missed) continue;
    Owed o;
    o.consequence = true;
    const Day day = broken ? breach.settled : breach.due;
    o.from = broken                                         ? day
             : breach.consequence_from != calendar::day_max ? breach.consequence_from
                                                            : breach.missed_from;
    o.since = broken ? breach.breach : nullptr;
    o.nominal = after(c, day, d);
    o.verdict.clause = breach.clause;
    o.verdict.id = breach.id + "/otherwise";
    if (!breach.plain.empty()) o.verdict.plain = breach.plain + "/otherwise";
    if (breach.scene.first != nullptr) o.not_by.insert(breach.scene.first);
    o.verdict.opens = o.from;
    o.verdict.depends = true;
    if (c.today() < o.from) o.verdict.status = Status::upcoming;
    o.verdict.due = c.moved(o.nominal);
    o.verdict.scene = breach.scene;
    o.verdict.scene.at = nullptr;
    o.verdict.scene.day = o.verdict.due;
    o.verdict.missed_from = std::max(o.verdict.due + 1, o.from);
    owed.push_back(o);
  }
  std::stable_sort(owed.begin(), owed.end(), [](const Owed& a, const Owed& b) {
    return std::pair(a.from, a.since) < std::pair(b.from, b.since);
  });
  serve(c, owed, c.tree().text(q),
        [&](const Owed& o, const Event& act) { return c.story.matches(q, act, o.verdict.scene); });
  for (Owed& o : owed)
    verdicts.push_back(std::move(o.verdict));
}

}  // namespace samrad::reference
