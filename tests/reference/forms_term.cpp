// §3.12 Term and extension.
#include <algorithm>

#include "tests/reference/rulings.h"
#include "tests/reference/worlds.h"

namespace samrad::reference {
namespace {

// The dated conditions, `Q happened at least D before expiry`, that COND joins by `and`.
void dated(const Tree& tree, NodeId condition, std::vector<NodeId>& found) {
  if (tree.kind(condition) == Node::c_and)
    for (const NodeId part : tree.of(condition))
      dated(tree, part, found);
  if (tree.kind(condition) != Node::c_happened || tree.of(condition).size() < 2 ||
      tree.text(condition) == "no")
    return;
  const NodeId range = tree.of(condition)[1];
  if (tree.kind(range) == Node::range_at_least_before &&
      tree.kind(tree.of(range)[1]) == Node::v_name && tree.text(tree.of(range)[1]) == "expiry")
    found.push_back(condition);
}

const Clause* extension_clause(const Story& story) {
  for (const Clause& c : story.agreement.clauses)
    if (c.core != no_node && story.tree.kind(c.core) == Node::extension) return &c;
  return nullptr;
}

// The latest day by which a dated condition must be true.
Day latest_day(const Story& story, const Clause& clause, NodeId condition, Day expiry) {
  const Day day = calendar::minus(
      expiry, duration_of(story.tree, story.tree.of(story.tree.of(condition)[1])[0]),
      story.agreement.holidays);
  return calendar::shift(day, clause.shift, story.agreement.holidays);
}

// The day on which a dated condition became true, for the chance that began after `since`. "What happened up to the day of the extension
// does not serve again."
std::optional<Day> became_true(const Story& story, const Clause& clause, NodeId condition,
                               Day expiry, std::optional<Day> since, Truth* unsure = nullptr,
                               const Event* extension = nullptr) {
  const NodeId pattern = story.tree.of(condition)[0];
  for (const Event* e : story.in_order()) {
    if (since && e->day() <= *since) continue;
    if (extension != nullptr && story.surely_after(*e, *extension)) continue;
    if (e->day() > latest_day(story, clause, condition, expiry)) break;
    const Truth t = story.matches(pattern, *e, Scene{e, e->day(), e, e, "", "", ""});
    if (t == Truth::yes) return e->day();
    if (t == Truth::unknown && unsure != nullptr) *unsure = Truth::unknown;
  }
  return std::nullopt;
}

// COND, the dated conditions asked of this chance.
Truth may_extend(const Story& story, const Clause& clause, NodeId condition, const Event& extension,
                 Day expiry, std::optional<Day> since) {
  std::vector<NodeId> found;
  dated(story.tree, condition, found);
  if (std::find(found.begin(), found.end(), condition) != found.end()) {
    Truth unsure = Truth::no;
    const auto day = became_true(story, clause, condition, expiry, since, &unsure, &extension);
    if (day) return Truth::yes;
    const bool recorded = story.recorded(story.tree.text(story.tree.of(condition)[0]),
                                         since ? *since + 1 : calendar::day_min);
    return recorded ? unsure : Truth::unknown;
  }
  const auto parts = story.tree.of(condition);
  const auto part = [&](std::size_t i) {
    return may_extend(story, clause, parts[i], extension, expiry, since);
  };
  if (story.tree.kind(condition) == Node::c_and) return both(part(0), part(1));
  if (story.tree.kind(condition) == Node::c_or) return either(part(0), part(1));
  return story.holds(condition,
                     Scene{&extension, extension.day(), &extension, &extension, "", "", ""});
}

}  // namespace

// "An `extension` event whose COND is true moves the expiry by D (counted once from the day after expiry, month end clamped); one whose
// COND is false is void and without effect."
void extend_term(Story& story, Voids& voids) {
  story.no_extensions();
  const Clause* clause = extension_clause(story);
  if (clause == nullptr || !story.agreement.last) return;
  const auto parts = story.tree.of(clause->core);
  Day expiry = *story.agreement.last;
  std::optional<Day> since;
  for (const Event* e : story.in_order()) {
    if (e->type != "extension" || story.effect(*e) != Truth::yes) continue;
    if ((clause->from && e->day() < *clause->from) || (clause->until && e->day() > *clause->until))
      continue;
    const bool listed = &story.text_of(e->day()) == &story;
    if (e->day() > expiry) {
      if (listed)
        voids.push_back({e->identity(), clause->name, Void::Reason::term_had_ended, true});
      continue;
    }
    // It counts where every possible order of a day says so.
    std::set<Truth> says;
    std::set<std::string, std::less<>> types;
    if (parts.size() > 1 && turns_on_order(story.tree, parts[1]))
      types_of(story.tree, parts[1], types);
    in_each_order(story, types, [&] {
      says.insert(parts.size() == 1 ? Truth::yes
                                    : may_extend(story, *clause, parts[1], *e, expiry, since));
    });
    if (says != std::set{Truth::yes}) {
      if (listed)
        voids.push_back(
            {e->identity(), clause->name, Void::Reason::extension, says == std::set{Truth::no}});
      continue;
    }
    expiry = calendar::plus_from_end(expiry, duration_of(story.tree, parts[0]),
                                     story.agreement.holidays);
    since = e->day();
    story.extended(*e, expiry);
  }
}

// "One occurrence for each expiry. Its due day is the earliest latest day by which a dated condition must be true: before that open, met
// once every dated condition is true, lapsed when the day passes without. … Without a dated condition the due day is the expiry, and the
// chance is met by the extension."
void judge_extension(const Case& c, Verdicts& out) {
  if (!c.story.agreement.last) return;
  const auto parts = c.tree().of(c.clause.core);
  std::vector<NodeId> conditions;
  if (parts.size() > 1) dated(c.tree(), parts[1], conditions);
  std::vector<std::pair<Day, const Event*>> chances{
      {*c.story.agreement.last, nullptr}};  // expiry, the extension that gave it
  for (const auto& x : c.story.extensions())
    chances.emplace_back(x.expiry, x.event);

  for (std::size_t i = 0; i < chances.size(); ++i) {
    const auto [expiry, given_by] = chances[i];
    Verdict v;
    v.clause = &c.clause;
    v.id = c.name + "/" + calendar::iso(expiry);
    v.opens = given_by == nullptr ? c.in_force.first : std::max(given_by->day(), c.in_force.first);
    v.event_alone = false;
    v.scene = c.scene;
    const std::optional<Day> since =
        given_by == nullptr ? std::nullopt : std::optional(given_by->day());
    v.due = expiry;
    for (const NodeId condition : conditions)
      v.due = std::min(v.due, latest_day(c.story, c.clause, condition, expiry));
    std::optional<Day> met = conditions.empty() && i + 1 < chances.size()
                                 ? std::optional(chances[i + 1].second->day())
                                 : std::nullopt;
    Truth unsure = Truth::no;
    if (!conditions.empty()) {
      met = calendar::day_min;
      for (const NodeId condition : conditions) {
        const auto day = became_true(c.story, c.clause, condition, expiry, since, &unsure);
        met = met && day ? std::optional(std::max(*met, *day)) : std::nullopt;
        if (!day && !c.story.recorded(c.tree().text(c.tree().of(condition)[0]),
                                      since ? *since + 1 : calendar::day_min))
          unsure = Truth::unknown;
      }
    }
    if (met) {
      v.status = Status::met;
      v.settled = *met;
    } else if (c.today() > v.due) {
      v.status = unsure == Truth::unknown ? Status::cannot_assess : Status::lapsed;
      v.settled = std::max(v.due + 1, v.opens);
    }
    v.scene.day = std::max(v.due, v.opens);
    excuse(c, v);
    if (v.opens > expiry || (c.today() < v.opens && i + 1 == chances.size()) ||
        v.opens >= c.version.amended || (c.version.waits && v.opens < c.version.began))
      continue;
    if (c.version.lapses && c.today() >= c.version.amended &&
        !(fallen(v.status) && v.settled < c.version.amended))
      continue;
    out.push_back(v);
  }
}

}  // namespace samrad::reference
