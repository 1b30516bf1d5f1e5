// Facts (docs/language.md §2): "A fact holds from the day of an event (that day included) until the day of another (that day not
// included)."
#include <algorithm>

#include "tests/reference/story.h"

namespace samrad::reference {

// Whether the event is one of the pattern and about that key: "its key is the subject of the event, or the only field of that kind, or
// the field named after `per`".
Truth Story::starts_or_ends(NodeId pattern_key, const Event& e, std::string_view kind,
                            const std::string& key) const {
  const NodeId pattern = tree.of(pattern_key)[0];
  const Truth is = matches(pattern, e, Scene{&e, e.day(), &e, nullptr, "", "", ""});
  if (kind.empty() || is == Truth::no) return is;
  const EventType& type = agreement.event(e.type);
  Value whose;
  if (const NodeId per = tree.child(pattern_key, Node::name); per != no_node) {
    whose = tree.text(per) == "subject" ? Value::of(e.subject) : field(e, tree.text(per));
  } else if (std::find(type.subjects.begin(), type.subjects.end(), kind) != type.subjects.end()) {
    if (!e.subject.empty()) whose = Value::of(e.subject);
  } else {
    for (const auto& [name, declared] : type.fields)
      if (declared.type == kind) whose = field(e, name);
  }
  if (whose.missing()) return both(is, Truth::unknown);
  if (whose.is == Value::Is::list)
    return both(is, sure(std::find(whose.list.begin(), whose.list.end(), key) != whose.list.end()));
  return both(is, sure(whose.text == key));
}

Truth Story::fact(std::string_view name, const std::string& key, Day day) const {
  const NodeId block = agreement.facts.find(name)->second;
  // Between two days with events nothing changes but what ends by itself.
  bool ends_by_itself = false;
  for (const NodeId holds : tree.of(block))
    ends_by_itself |=
        tree.kind(holds) == Node::holds && tree.kind(tree.of(holds).back()) == Node::v_duration;
  if (!ends_by_itself) {
    const auto later = std::upper_bound(events.begin(), events.end(), day,
                                        [](Day d, const Event& e) { return d < e.day(); });
    Day same = later == events.begin() ? calendar::day_min : std::prev(later)->day();
    if (agreement.first <= day) same = std::max(same, agreement.first);
    day = same;
  }
  const auto asked = std::tuple(block, key, day);
  if (const auto known = facts_.find(asked); known != facts_.end()) return known->second;
  const Truth t = fact_on(block, key, day, false);
  facts_[asked] = t;
  return t;
}

Truth Story::fact_on_record(std::string_view name, const std::string& key, Day day) const {
  return fact_on(agreement.facts.find(name)->second, key, day, true);
}

Truth Story::fact_on(NodeId block, const std::string& key, Day day, bool as_recorded) const {
  const NodeId kind_node = tree.child(block, Node::name);
  const std::string_view kind = kind_node == no_node ? std::string_view() : tree.text(kind_node);
  Truth result = Truth::no;
  for (const NodeId holds : tree.of(block)) {
    if (tree.kind(holds) != Node::holds) continue;
    const auto children = tree.of(holds);
    const bool from_start = tree.kind(children[0]) == Node::from_start;
    const NodeId until =
        children.size() > 1 && tree.kind(children[1]) == Node::pattern_key ? children[1] : no_node;
    const NodeId lasts =
        children.size() > 1 && tree.kind(children[1]) == Node::v_duration ? children[1] : no_node;

    // What is unsure of beginnings and ends is taken as it keeps the fact longest, then as it ends it soonest.
    const auto asked = [&](bool generous) {
      std::optional<Day> last;  // the last day on which it began or ended
      std::vector<const Event*> begin, end;
      bool begun_at_start = false;
      if (from_start && agreement.first <= day) {
        last = agreement.first;
        begun_at_start = true;
      }
      for (const Event& e : events) {
        if (e.day() > day) continue;
        const Truth begins = from_start ? Truth::no : starts_or_ends(children[0], e, kind, key);
        const Truth ends = until == no_node ? Truth::no : starts_or_ends(until, e, kind, key);
        const bool b = begins == Truth::yes || (begins == Truth::unknown && generous);
        const bool x = ends == Truth::yes || (ends == Truth::unknown && !generous);
        if (!b && !x) continue;
        if (last && e.day() < *last) continue;
        if (!last || e.day() > *last) {
          begin.clear();
          end.clear();
          begun_at_start = false;
          last = e.day();
        }
        if (b) begin.push_back(&e);
        if (x) end.push_back(&e);
      }
      if (!last) return Truth::no;
      // "two years from 1 June end on 31 May"
      if (lasts != no_node)
        return sure(day < calendar::plus(*last, duration_of(tree, lasts), agreement.holidays));
      if (end.empty()) return Truth::yes;
      if (begin.empty() && !begun_at_start) return Truth::no;
      // "Where one day has both a beginning and an end, their times decide; without times it is unknown whether the fact holds."
      const auto latest = [&](const std::vector<const Event*>& mine,
                              const std::vector<const Event*>& theirs) {
        return std::any_of(mine.begin(), mine.end(), [&](const Event* m) {
          return std::all_of(theirs.begin(), theirs.end(),
                             [&](const Event* t) { return surely_after(*m, *t); });
        });
      };
      if (begun_at_start || latest(end, begin)) return Truth::no;
      return latest(begin, end) ? Truth::yes : Truth::unknown;
    };
    const Truth most = asked(true), least = asked(false);
    Truth one = most == least ? most : Truth::unknown;
    // A beginning or an end that nobody records may have been.
    const auto unseen = [&](NodeId pattern_key) {
      return !as_recorded && !recorded(tree.text(tree.of(pattern_key)[0]), calendar::day_min);
    };
    if (one == Truth::no && !from_start && unseen(children[0])) one = Truth::unknown;
    if (one == Truth::yes && until != no_node && unseen(until)) one = Truth::unknown;
    result = either(result, one);
  }
  return result;
}

// §3.11: "the sentence once for each member"
std::vector<std::string> Story::members(NodeId for_each) const {
  for (const Node kind_of_list : {Node::list, Node::v_name})
    if (const NodeId list = tree.child(for_each, kind_of_list); list != no_node)
      return agreement.written_out(list);
  const std::string_view kind = tree.text(tree.of(for_each)[0]);
  std::vector<std::string> all;
  if (const auto declared = agreement.kinds.find(kind); declared != agreement.kinds.end())
    all = declared->second;
  if (agreement.open_kinds.contains(kind))
    for (const std::string& key : keys_seen(kind))
      if (std::find(all.begin(), all.end(), key) == all.end()) all.push_back(key);
  return all;
}

// The members of an open kind: "whatever the events name".
std::set<std::string> Story::keys_seen(std::string_view kind) const {
  std::set<std::string> keys;
  for (const Event& e : events) {
    const EventType& type = agreement.event(e.type);
    if (!e.subject.empty() && !agreement.kind_of.contains(e.subject) &&
        std::find(type.subjects.begin(), type.subjects.end(), kind) != type.subjects.end())
      keys.insert(e.subject);
    for (const auto& [name, declared] : type.fields) {
      if (declared.type != kind) continue;
      const Value v = field(e, name);
      if (v.is == Value::Is::list)
        keys.insert(v.list.begin(), v.list.end());
      else if (!v.missing())
        keys.insert(v.text);
    }
  }
  return keys;
}

}  // namespace samrad::reference
