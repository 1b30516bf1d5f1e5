// What is judged on the day of an event: §3.4 precedence, §3.5 constraint, §3.8 prohibition, §3.9 power, and targets (§2).
#include <algorithm>

#include "tests/reference/forms.h"
#include "tests/reference/periods.h"

namespace samrad::reference {
namespace {

// "`before P, Q must have happened [at least D before] [within D before] [since the previous one]`"
Truth preceded(const Case& c, const Event& p, const std::vector<const Event*>& all,
               std::size_t place) {
  const Tree& tree = c.tree();
  const NodeId core = c.clause.core, q = tree.of(core)[1];
  const NodeId least = tree.child(core, Node::prec_at_least),
               within = tree.child(core, Node::prec_within);
  const bool since = tree.child(core, Node::prec_since) != no_node;
  const calendar::Holidays holidays = c.story.agreement.holidays;
  const Scene scene = c.about(p, tree.of(core)[0]);
  Day absence_from = calendar::day_min;
  if (within != no_node)
    absence_from = calendar::minus(p.day(), duration_of(tree, tree.of(within)[0]), holidays);
  if (since)
    absence_from =
        std::max(absence_from, place == 0 ? c.story.agreement.first : all[place - 1]->day());

  for (const Event* e : c.story.in_order()) {
    if (e == &p || e->type != tree.text(q)) continue;
    if (least != no_node &&
        e->day() > calendar::minus(p.day(), duration_of(tree, tree.of(least)[0]), holidays))
      continue;
    if (within != no_node &&
        e->day() < calendar::minus(p.day(), duration_of(tree, tree.of(within)[0]), holidays))
      continue;
    // "`within D before` alone lets the same day do, unless both have a time of day and Q came after." Else it turns on order.
    const bool only_days = within != no_node || least != no_node;
    if (only_days && !since ? e->day() > p.day() || c.story.surely_after(*e, p)
                            : !c.story.before(*e, p))
      continue;
    // "`since the previous one`: after the previous event that matched `P` (the first P: since the term's start)."
    if (since &&
        (place == 0 ? e->day() < c.story.agreement.first : !c.story.before(*all[place - 1], *e)))
      continue;
    if (c.is(q, *e, scene)) return Truth::yes;
  }
  return c.story.recorded(tree.text(q), absence_from) ? Truth::no : Truth::unknown;
}

// "`P must not happen [while COND | unless COND | before Q | after Q | within D after Q | in MONTHS]` … broken if the condition is true
// (for `unless`: false), else met. `before Q`: broken if no Q has come before P."
Truth allowed(const Case& c, const Event& p) {
  const Tree& tree = c.tree();
  const auto parts = tree.of(c.clause.core);
  if (parts.size() == 1) return Truth::no;
  const NodeId limit = parts[1];
  const Scene scene = c.about(p, parts[0]);
  const auto came_before = [&](NodeId q) {
    for (const Event* e : c.story.in_order())
      if (e != &p && c.story.before(*e, p) && c.is(q, *e, scene)) return true;
    return false;
  };
  switch (tree.kind(limit)) {
  case Node::limit_while: return opposite(c.story.holds(tree.of(limit)[0], scene));
  case Node::limit_unless: return c.story.holds(tree.of(limit)[0], scene);
  case Node::limit_before: {
    const NodeId q = tree.of(limit)[0];
    if (came_before(q)) return Truth::yes;
    return c.story.recorded(tree.text(q), calendar::day_min) ? Truth::no : Truth::unknown;
  }
  case Node::limit_after: {
    const NodeId q = tree.of(limit)[0];
    if (came_before(q)) return Truth::no;
    return c.story.recorded(tree.text(q), calendar::day_min) ? Truth::yes : Truth::unknown;
  }
  case Node::limit_within_after: {
    const NodeId q = tree.of(limit)[1];
    for (const Event* e : c.story.in_order())
      if (e != &p && c.story.before(*e, p) &&
          p.day() <= after(c, e->day(), duration_of(tree, tree.of(limit)[0])) && c.is(q, *e, scene))
        return Truth::no;
    const Day from =
        calendar::minus(p.day(), duration_of(tree, tree.of(limit)[0]), c.story.agreement.holidays);
    return c.story.recorded(tree.text(q), from) ? Truth::yes : Truth::unknown;
  }
  case Node::limit_months:
    return sure(!months_of(tree, tree.of(limit)[0]).contains(calendar::to_date(p.day()).month));
  default: return Truth::unknown;
  }
}

// "judges the field `by` of each P, or its only field that can hold such a member; `may be FIELD of P` says which field. Of a field with
// several values, all must be among those named."
Truth competent(const Case& c, const Event& p) {
  const Tree& tree = c.tree();
  const auto parts = tree.of(c.clause.core);
  const EventType& type = c.story.agreement.event(p.type);
  std::vector<std::string> names;
  for (const NodeId part : parts.subspan(1))
    for (const std::string& name : c.story.agreement.written_out(part))
      names.push_back(c.story.named(name, c.scene));
  std::string field(tree.text(c.clause.core));
  if (field.empty() && type.fields.contains("by")) field = "by";
  if (field.empty())
    for (const auto& [name, declared] : type.fields)
      for (const std::string& member : names)
        if (const auto kind = c.story.agreement.kind_of.find(member);
            kind != c.story.agreement.kind_of.end() && kind->second == declared.type)
          field = name;
  const Value v = c.story.field(p, field);
  if (v.missing()) return Truth::unknown;
  const auto named = [&](const std::string& who) {
    return std::find(names.begin(), names.end(), who) != names.end();
  };
  return v.is == Value::Is::list ? sure(std::all_of(v.list.begin(), v.list.end(), named))
                                 : sure(named(v.text));
}

// "A `target` is judged on every measurement that has a value … several targets are one condition."
Truth on_target(const Case& c, const Event& m) {
  const Value value = c.story.field(m, "value");
  Truth all = Truth::yes;
  for (const NodeId item : c.tree().of(c.clause.node))
    if (c.tree().kind(item) == Node::item_target)
      all = both(all, compare(c.tree().text(item) == "at_least" ? ">=" : "<=", value,
                              c.story.value(c.tree().of(item)[0], c.scene)));
  return all;
}

}  // namespace

void judge_each_event(const Case& c, Verdicts& out) {
  const Tree& tree = c.tree();
  const bool target = c.clause.what == Clause::What::target;
  std::vector<const Event*> all;
  if (target) {
    const std::string measure =
        c.clause.name.substr(0, c.clause.name.size() - std::string("_target").size());
    for (const Event* e : c.story.in_order())
      if (e->type == "measurement" && e->subject == measure && c.applies(e->day()) &&
          !c.story.field(*e, "value").missing() && c.belongs(*e, c.story.effect(*e)))
        all.push_back(e);
  } else {
    all = c.judged(tree.of(c.clause.core)[0]);
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Event& e = *all[i];
    Truth right = Truth::unknown;
    if (target)
      right = on_target(c, e);
    else if (tree.kind(c.clause.core) == Node::precedence)
      right = preceded(c, e, all, i);
    else if (tree.kind(c.clause.core) == Node::constraint)
      right = c.story.holds(tree.of(c.clause.core)[1], c.about(e, tree.of(c.clause.core)[0]));
    else if (tree.kind(c.clause.core) == Node::prohibition)
      right = allowed(c, e);
    else
      right = competent(c, e);

    Verdict v;
    v.clause = &c.clause;
    name_after(v, c.name, e);
    v.opens = v.due = v.settled = e.day();
    v.breach = &e;
    v.status = right == Truth::yes  ? Status::met
               : right == Truth::no ? Status::broken
                                    : Status::cannot_assess;
    v.scene =
        target ? Scene{&e, e.day(), &e, &e, "", "", ""} : c.about(e, tree.of(c.clause.core)[0]);
    excuse(c, v);
    out.push_back(v);
  }
}

}  // namespace samrad::reference
