// §3.10 Standing facts.
#include <algorithm>

#include "tests/reference/forms.h"

namespace samrad::reference {

// "One occurrence for each spell of the duty, by the day on which the spell begins: `open` while the fact holds, broken on the first day
// at whose end it does not, met when the term (or the `while`) ends. After a breach a new occurrence begins on the day the fact holds
// again." Gone through day by day.
void judge_standing(const Case& c, Verdicts& out) {
  const Tree& tree = c.tree();
  const auto parts = tree.of(c.clause.core);
  const std::string fact(tree.text(parts[0]));
  std::string key;
  for (const NodeId part : parts.subspan(1))
    if (tree.kind(part) == Node::subject) key = c.story.named(tree.text(part), c.scene);
  if (key.empty() &&
      c.tree().child(c.story.agreement.facts.find(fact)->second, Node::name) != no_node)
    key = c.scene.member;  // a fact of the kind that `for each` speaks of
  for (Interval interval : c.intervals) {
    interval.first = std::max(interval.first, c.version.began);
    if (c.version.amended != calendar::day_max)
      interval.last = std::min(interval.last, c.version.amended - 1);
    std::optional<Verdict> spell;
    bool lost =
        false;  // broken or beyond judging in this stretch of the duty, and not holding again since
    // What another text cuts off ends the day before; nothing cuts a term without end.
    const Day until = c.version.amended == calendar::day_max
                          ? c.in_force.last
                          : std::min(c.in_force.last, c.version.amended - 1);
    const auto end = [&](Status status, Day settled) {
      // The end of the term as it stood when the verdict fell.
      Scene then = c.scene;
      then.day = settled;
      spell->due = std::min(until, c.story.expiry(then).value_or(calendar::day_max));
      spell->status = status;
      spell->settled = settled;
      spell->scene.day = settled;
      excuse(c, *spell);
      out.push_back(*spell);
      spell.reset();
    };
    const auto begin = [&](Day day) {
      spell.emplace();
      spell->clause = &c.clause;
      spell->id = c.name + "/" + calendar::iso(day);
      spell->opens = day;
      spell->due = until;
      spell->event_alone = false;
      spell->harmless = true;
      spell->scene = c.scene;
    };
    const Day last = std::min(interval.last, c.today());
    for (Day day = interval.first; day <= last; day = day + 1) {
      const Truth duty = c.duty(day);
      if (duty == Truth::no) {
        if (spell) end(Status::met, day - 1);
        lost = false;
        continue;
      }
      const Truth holds = c.story.fact(fact, key, day);
      if (lost && (holds != Truth::yes || duty != Truth::yes)) continue;
      if (!spell) begin(day);
      lost = false;
      // The day must have ended before anybody can say that the fact did not hold at its end.
      if (day == c.today()) break;
      if (holds == Truth::yes) continue;
      end(holds == Truth::no && duty == Truth::yes ? Status::broken : Status::cannot_assess, day);
      lost = true;
    }
    const bool cut_off = c.version.lapses && interval.last + 1 == c.version.amended;
    if (spell && c.today() > interval.last && !cut_off) end(Status::met, interval.last);
    if (spell) {
      if (cut_off && c.today() > interval.last) {
        spell->status = Status::lapsed;
        spell->settled = spell->scene.day = c.version.amended;
        excuse(c, *spell);
      }
      out.push_back(*spell);
    }
  }
}

}  // namespace samrad::reference
