// §3.2 Deadline.
#include <algorithm>

#include "tests/reference/forms.h"
#include "tests/reference/periods.h"

namespace samrad::reference {
namespace {

struct Due {
  Day nominal{};     // as written, before any move
  Day opens{};       // the first day on which an act meets it
  Day late_until{};  // the last day of the period of the due day: an act until then meets it late
  bool single = false;  // what has one due day only
  bool asked = true;    // not a part period that is left out; it is a due day all the same
};

calendar::Window year_of(Day day) {
  calendar::Period year;
  year.unit = calendar::PeriodUnit::year;
  return calendar::window_at(year, day);
}

// The due days of the sentence that lie in the interval, in order.
std::vector<Due> due_days(const Case& c, const Interval& interval) {
  const Tree& tree = c.tree();
  const NodeId due = tree.of(c.clause.core).back();
  const auto children = tree.of(due);
  // Of a fact that has ended (`for each … while FACT`), what was asked for by then may have been done in time.
  const Day last = interval.last < c.in_force.last ? c.in_force.last : interval.last;
  const Day end = std::min(last, c.horizon() + 800);
  std::vector<Due> all;

  const auto repeated = [&](Day nominal, Day late_until) {
    if (interval.first <= nominal && nominal <= last) all.push_back({nominal, {}, late_until});
  };
  const auto once = [&](Day nominal, Day opens) {
    if (interval.first <= nominal) all.push_back({nominal, opens, calendar::day_max, true});
  };

  switch (tree.kind(due)) {
  case Node::due_yearly:
    for (int year = calendar::to_date(interval.first).year; year <= calendar::to_date(end).year;
         ++year)
      for (const NodeId md : children) {
        const auto day =
            calendar::day_in_month(year, static_cast<unsigned>(whole(tree, tree.of(md)[1])),
                                   static_cast<unsigned>(whole(tree, tree.of(md)[0])));
        repeated(*day, year_of(*day).last);
      }
    break;
  case Node::due_monthly: {
    calendar::Period month;
    for (calendar::Window w = calendar::window_at(month, interval.first); w.first <= end;
         w = *calendar::next_window(month, w)) {
      const calendar::Date d = calendar::to_date(w.first);
      repeated(
          *calendar::day_in_month(d.year, d.month, static_cast<unsigned>(whole(tree, children[0]))),
          w.last);
    }
    break;
  }
  case Node::due_last_day:
  case Node::due_after_end: {
    const calendar::Period period = read_period(tree, children.back(), c.story.agreement.first);
    const bool after_end = tree.kind(due) == Node::due_after_end;
    // §5: "A window that the term (or `until`, `in force`) cuts is a part period"; so are those that these due days close.
    for (calendar::Window w = calendar::window_at(period, interval.first); w.last <= end;
         w = *calendar::next_window(period, w)) {
      if (!calendar::counted(period, w) || w.last < interval.first) continue;
      // It asks for one act: in full or not at all.
      const bool asked =
          w.first >= interval.first || c.clause.parts != calendar::PartPolicy::not_assessed;
      if (!after_end) {
        repeated(w.last, w.last);
        all.back().asked = asked;
        continue;
      }
      // "counted from each window's last day"; "`after the end of`: only an event after that end"
      const Day nominal = calendar::plus_from_end(w.last, duration_of(tree, children[0]),
                                                  c.story.agreement.holidays);
      all.push_back({nominal, w.last + 1, calendar::window_at(period, nominal).last});
      all.back().asked = asked;
    }
    break;
  }
  case Node::due_date: once(day_of(tree, children[0]), interval.first); break;
  case Node::due_after_start:
    once(calendar::plus(c.story.agreement.first, duration_of(tree, children[0]),
                        c.story.agreement.holidays),
         interval.first);
    break;
  case Node::due_before_expiry: {
    // "the term's last day as it stands; an extension gives a new occurrence"
    // Each asks anew when the due day before has passed, by the term as it stands then.
    const auto ask = [&](Day expiry) {
      // `by the end of the term` has no duration.
      once(
          children.empty()
              ? expiry
              : calendar::minus(expiry, duration_of(tree, children[0]), c.story.agreement.holidays),
          all.empty() ? interval.first : std::max(interval.first, c.moved(all.back().nominal) + 1));
    };
    std::optional<Day> waiting;
    if (c.story.agreement.last) ask(*c.story.agreement.last);
    for (const auto& x : c.story.extensions()) {
      if (waiting && !all.empty() && x.event->day() > c.moved(all.back().nominal)) ask(*waiting);
      waiting = x.expiry;
    }
    if (waiting) ask(*waiting);
    return all;
  }
  default: break;
  }
  std::sort(all.begin(), all.end(),
            [](const Due& a, const Due& b) { return a.nominal < b.nominal; });
  // "An event after the previous due day and up to the due day meets it."
  for (std::size_t i = 0; i < all.size(); ++i)
    all[i].opens = std::max(
        {all[i].opens, interval.first, i == 0 ? interval.first : c.moved(all[i - 1].nominal) + 1});
  std::erase_if(all, [](const Due& d) { return !d.asked; });
  return all;
}

}  // namespace

void judge_deadline(const Case& c, Verdicts& out) {
  const NodeId pattern = c.tree().child(c.clause.core, Node::pattern);
  for (const Interval& interval : c.intervals) {
    std::vector<Due> dues = due_days(c, c.begun(interval));
    // §9: the new text begins with the first that opens on or after the date; what opened before is finished under the old.
    std::erase_if(dues, [&](const Due& d) {
      return d.opens >= c.version.amended || (c.version.waits && d.opens < c.version.began);
    });
    std::vector<const Event*> acts;
    for (const Event* e : c.story.in_order())
      if (c.belongs(*e, both(c.story.matches(pattern, *e, c.scene), opposite(taken_over(c, *e)))))
        acts.push_back(e);

    std::vector<Verdict> verdicts;
    for (const Due& d : dues) {
      Verdict v;
      v.clause = &c.clause;
      v.id = v.plain = c.name + "/" + calendar::iso(d.nominal);
      if (c.version.began != calendar::day_min) v.id += "@" + calendar::iso(c.version.began);
      v.due = c.moved(d.nominal);
      v.opens = d.opens;
      v.event_alone = false;
      v.missed_from = std::max(v.due + 1, v.opens);
      v.scene = c.scene;
      v.scene.day = std::max(v.due, v.opens);
      if (v.opens > c.horizon() && v.opens > c.today())
        break;  // what is to come is listed to the end of the term
      v.status = Status::open;
      verdicts.push_back(v);
    }
    // Whether the i-th is missed as it stood on that day: an exception takes it off the list.
    const auto missed = [&](std::size_t i, Day day) {
      if (verdicts[i].status != Status::open || day <= verdicts[i].due) return false;
      Verdict asked = verdicts[i];
      asked.status = Status::missed;
      return excused(c, asked) == Truth::no;
    };
    // What may have been met unseen in time: a later act may have been for the next.
    std::set<std::size_t> perhaps_met;
    const auto met = [&](std::size_t i, const Event& e) {
      Verdict& v = verdicts[i];
      v.have = 1;
      const bool late = e.day() > v.due;
      // One that nobody recorded may have been in time (§2).
      const bool may_not_be = late && !c.story.recorded(c.tree().text(pattern), v.opens);
      v.status = may_not_be ? Status::cannot_assess : late ? Status::met_late : Status::met;
      v.settled = may_not_be ? v.missed_from : e.day();
    };
    for (const Event* e : acts) {
      // The coming due day.
      std::size_t i = 0;
      while (i < verdicts.size() && verdicts[i].due < e->day())
        ++i;
      // "When the previous occurrence is still missed, an event in the same period as that due day meets that one, late; from the next
      // period on it meets the coming one. What has one due day only can be met late at any time."
      if (i > 0 && e->day() <= dues[i - 1].late_until && missed(i - 1, e->day())) {
        met(i - 1, *e);
        if (verdicts[i - 1].status == Status::cannot_assess && i < verdicts.size())
          perhaps_met.insert(i);
        continue;
      }
      if (i == verdicts.size() || verdicts[i].status != Status::open) continue;
      // "can also be done before the term"; what a fact begins, from the day of the fact
      const bool single_first = dues[i].single && i == 0 && e->day() >= interval.since;
      if (e->day() >= verdicts[i].opens || single_first) met(i, *e);
    }
    for (std::size_t i = 0; i < verdicts.size(); ++i) {
      Verdict& v = verdicts[i];
      if (v.status == Status::open && c.today() < v.opens) v.status = Status::upcoming;
      if (v.status == Status::open && c.today() > v.due) {
        const bool surely =
            c.story.recorded(c.tree().text(pattern), v.opens) && !perhaps_met.contains(i);
        v.status = surely ? Status::missed : Status::cannot_assess;
        v.settled = v.missed_from;
      }
      excuse(c, v);
      lapse(c, v);
      const bool ended = interval.last < c.in_force.last && v.due > interval.last;
      v.depends = ended;
      std::erase_if(
          out, [&](const Verdict& of_an_earlier_spell) { return of_an_earlier_spell.id == v.id; });
      if (!ended || (v.status == Status::met && v.settled <= interval.last)) out.push_back(v);
    }
  }
}

}  // namespace samrad::reference
