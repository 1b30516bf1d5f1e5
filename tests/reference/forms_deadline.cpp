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
  const Day end = std::min(interval.last, c.horizon() + 800);
  std::vector<Due> all;

  const auto repeated = [&](Day nominal, Day late_until) {
    if (interval.holds(nominal)) all.push_back({nominal, {}, late_until});
  };
  const auto once = [&](Day nominal, Day opens) {
    if (interval.holds(nominal)) all.push_back({nominal, opens, calendar::day_max, true});
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
      const bool asked = calendar::needed(1, calendar::clip(w, interval.first, interval.last),
                                          c.clause.parts) >= 1;
      if (!after_end) {
        repeated(w.last, w.last);
        all.back().asked = asked;
        continue;
      }
      // "counted from each window's last day"; "`after the end of`: only an event after that end"
      const Day nominal =
          calendar::plus(w.last, duration_of(tree, children[0]), c.story.agreement.holidays);
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
    std::vector<Day> ends;
    if (c.story.agreement.last) ends.push_back(*c.story.agreement.last);
    for (const auto& x : c.story.extensions())
      ends.push_back(x.expiry);
    Day opens = interval.first;
    for (const Day expiry : ends) {
      // `by the end of the term` has no duration.
      once(children.empty() ? expiry
                            : calendar::minus(expiry, duration_of(tree, children[0]),
                                              c.story.agreement.holidays),
           opens);
      if (!all.empty()) opens = c.moved(all.back().nominal) + 1;
    }
    return all;
  }
  default: break;
  }
  std::sort(all.begin(), all.end(),
            [](const Due& a, const Due& b) { return a.nominal < b.nominal; });
  // "An event after the previous due day and up to the due day meets it."
  for (std::size_t i = 0; i < all.size(); ++i)
    all[i].opens =
        std::max(all[i].opens, i == 0 ? interval.first : c.moved(all[i - 1].nominal) + 1);
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
      if (e->day() >= c.version.began && c.is(pattern, *e, c.scene)) acts.push_back(e);

    std::vector<Verdict> verdicts;
    for (const Due& d : dues) {
      Verdict v;
      v.clause = &c.clause;
      v.id = c.name + "/" + calendar::iso(d.nominal);
      v.due = c.moved(d.nominal);
      v.opens = d.opens;
      v.windows_or_deadlines = true;
      v.scene = c.scene;
      v.scene.day = v.due;
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
    const auto met = [&](std::size_t i, const Event& e) {
      Verdict& v = verdicts[i];
      v.status = e.day() <= v.due ? Status::met : Status::met_late;
      v.settled = e.day();
      v.have = 1;
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
        continue;
      }
      if (i == verdicts.size() || verdicts[i].status != Status::open) continue;
      const bool single_first = dues[i].single && i == 0;  // "can also be done before the term"
      if (e->day() >= verdicts[i].opens || single_first) met(i, *e);
    }
    for (Verdict& v : verdicts) {
      if (v.status == Status::open && c.today() < v.opens) v.status = Status::upcoming;
      if (v.status == Status::open && c.today() > v.due) {
        v.status = c.story.recorded(c.tree().text(pattern), v.opens) ? Status::missed
                                                                     : Status::cannot_assess;
        v.settled = v.due + 1;
      }
      excuse(c, v);
      lapse(c, v);
      out.push_back(v);
    }
  }
}

}  // namespace samrad::reference
