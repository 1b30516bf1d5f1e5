#include "tests/reference/worlds.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace samrad::reference {
namespace {

using Group = std::vector<std::size_t>;  // indices of events of one day

constexpr std::size_t worlds_max = 800;

// The orders of a day that agree with the times: two events that both have a time stand in the order of their times, or in either where
// it is the same.
std::vector<Group> orders(const Story& story, const Group& group) {
  Group order = group;
  std::sort(order.begin(), order.end());
  std::vector<Group> all;
  const auto right = [&](const Group& o) {
    for (std::size_t i = 0; i < o.size(); ++i)
      for (std::size_t j = i + 1; j < o.size(); ++j)
        if (story.surely_after(story.events[o[i]], story.events[o[j]])) return false;
    return true;
  };
  if (order.size() <= 5) {
    do {
      if (right(order)) all.push_back(order);
    } while (std::next_permutation(order.begin(), order.end()));
    return all;
  }
  // Too many to try: each event moved to the front and to the back of the others.
  all.push_back(group);
  for (std::size_t i = 0; i < group.size(); ++i)
    for (const bool front : {true, false}) {
      Group moved = group;
      moved.erase(moved.begin() + static_cast<std::ptrdiff_t>(i));
      moved.insert(front ? moved.begin() : moved.end(), group[i]);
      if (right(moved)) all.push_back(moved);
    }
  return all;
}

}  // namespace

void types_of(const Tree& tree, NodeId node, std::set<std::string, std::less<>>& types) {
  if (tree.kind(node) == Node::pattern) types.insert(std::string(tree.text(node)));
  for (const NodeId child : tree.of(node))
    types_of(tree, child, types);
}

bool turns_on_order(const Tree& tree, NodeId node) {
  switch (tree.kind(node)) {
  case Node::precedence:
  case Node::alternation:
  case Node::rotation:
  case Node::limit_before:
  case Node::limit_after:
  case Node::limit_within_after:
  case Node::within_before_next:
  case Node::within_before_next_day:
  case Node::range_since_last:
  case Node::v_in_a_row: return true;
  default: break;
  }
  const auto children = tree.of(node);
  return std::any_of(children.begin(), children.end(),
                     [&](NodeId child) { return turns_on_order(tree, child); });
}

void in_each_order(Story& story, const std::set<std::string, std::less<>>& types,
                   const std::function<void()>& f) {
  const std::vector<std::size_t> own = story.ranks();
  std::map<Day, Group> days;
  for (std::size_t i = 0; i < story.events.size(); ++i)
    if (types.contains(story.events[i].type)) days[story.events[i].day()].push_back(i);
  std::vector<Group> groups;
  std::vector<std::vector<Group>> choices;
  std::size_t product = 1;
  for (const auto& [day, group] : days) {
    auto all = orders(story, group);
    if (all.size() < 2) continue;
    product = std::min(product * all.size(), worlds_max + 1);
    groups.push_back(group);
    choices.push_back(std::move(all));
  }
  // The places of a day's events stay; which event stands where is what changes.
  const auto put = [&](std::vector<std::size_t>& ranks, std::size_t g, const Group& order) {
    std::vector<std::size_t> places;
    for (const std::size_t e : groups[g])
      places.push_back(own[e]);
    std::sort(places.begin(), places.end());
    for (std::size_t i = 0; i < order.size(); ++i)
      ranks[order[i]] = places[i];
  };
  f();
  if (product <= worlds_max) {
    std::vector<std::size_t> at(groups.size(), 0);
    for (;;) {
      std::size_t g = 0;
      while (g < at.size() && ++at[g] == choices[g].size())
        at[g++] = 0;
      if (g == at.size()) break;
      std::vector<std::size_t> ranks = own;
      for (std::size_t i = 0; i < groups.size(); ++i)
        put(ranks, i, choices[i][at[i]]);
      story.put_in_order(ranks);
      f();
    }
  } else {
    for (std::size_t a = 0; a < groups.size(); ++a)
      for (const Group& first : choices[a]) {
        std::vector<std::size_t> ranks = own;
        put(ranks, a, first);
        const std::size_t b = a + 1;  // the day before another of the sentence's days
        if (b == groups.size()) {
          story.put_in_order(ranks);
          f();
          continue;
        }
        for (const Group& second : choices[b]) {
          put(ranks, b, second);
          story.put_in_order(ranks);
          f();
        }
      }
  }
  story.put_in_order(own);
}

void with_each_belonging(const std::function<void(const Belonging&)>& f) {
  std::set<const Event*> asked;
  const auto run = [&](const std::set<const Event*>& included) {
    const Belonging belongs(included);
    f(belongs);
    asked.insert(belongs.asked().begin(), belongs.asked().end());
  };
  run({});
  if (asked.empty()) return;
  for (std::size_t before = 0; before != asked.size();) {
    before = asked.size();
    run(asked);
  }
  const std::vector<const Event*> all(asked.begin(), asked.end());
  if (all.size() <= 6) {
    for (unsigned mask = 1; mask + 1 < 1U << all.size(); ++mask) {
      std::set<const Event*> included;
      for (std::size_t i = 0; i < all.size(); ++i)
        if ((mask >> i & 1U) != 0) included.insert(all[i]);
      run(included);
    }
    return;
  }
  for (const Event* one : all) {
    run({one});
    std::set<const Event*> others(all.begin(), all.end());
    others.erase(one);
    run(others);
  }
}

void Agreed::add(const Verdicts& world) {
  ++worlds_;
  std::map<std::string, const Verdict*>
      last;  // a member's fact may begin again: the later one has the name
  for (const Verdict& v : world)
    last[v.id] = &v;
  for (const Verdict& v : world) {
    if (last[v.id] != &v) continue;
    auto& seen = seen_[v.id];
    if (seen.empty()) ids_.push_back(v.id);
    seen.push_back(v);
  }
}

namespace {

// The day on which, not done, it was missed.
Day missed_on(const Verdict& v) {
  if (v.missed_from != calendar::day_max) return v.missed_from;
  return v.due == calendar::day_max ? v.settled : v.due + 1;
}

// How a verdict stood on a day: what was met late had been missed before.
Status on(const Verdict& v, Day day) {
  if (!fallen(v.status)) return v.status;
  if (day >= v.settled) return v.status;
  return v.status == Status::met_late && day >= missed_on(v) ? Status::missed : Status::open;
}

// The first day from which on the worlds have disagreed.
Day disagree_since(const std::vector<Verdict>& seen) {
  std::set<Day> days;
  for (const Verdict& v : seen)
    days.insert({v.settled, missed_on(v)});
  Day since = *days.rbegin();
  for (auto day = days.rbegin(); day != days.rend(); ++day) {
    const Status first = on(seen.front(), *day);
    const bool alike = std::all_of(seen.begin(), seen.end(),
                                   [&](const Verdict& v) { return on(v, *day) == first; });
    const bool all_fallen = std::all_of(seen.begin(), seen.end(),
                                        [&](const Verdict& v) { return fallen(on(v, *day)); });
    if (alike || !all_fallen) break;
    since = *day;
  }
  return since;
}

}  // namespace

// All worlds alike: that verdict. While it is still open in one of them nothing has fallen. Else it cannot be assessed, from the day on
// which the worlds began to disagree; where there is no such occurrence in some of them, from the day on which it opened.
Verdicts Agreed::verdicts() const {
  Verdicts all;
  for (const std::string& id : ids_) {
    const auto& seen = seen_.find(id)->second;
    Verdict v = seen.front();
    bool alike = true;
    const Verdict* open = nullptr;
    for (const Verdict& other : seen) {
      alike &= other.status == v.status;
      if (!fallen(other.status)) open = &other;
      v.have = std::min(v.have, other.have);
      // What only may have been done late was missed, and with a person to judge, cannot be assessed since.
      const Day since = other.status == Status::cannot_assess
                            ? std::min(other.settled, other.missed_from)
                            : other.settled;
      if (fallen(v.status) && other.status == v.status && worlds_ > 1)
        v.settled = &other == &seen.front() ? since : std::max(v.settled, since);
    }
    const auto in_all = [&](auto is) { return std::all_of(seen.begin(), seen.end(), is); };
    // The due day of those worlds in which it turned on it, the latest.
    std::set<Day> dues;
    for (const Verdict& other : seen)
      if (other.status != Status::met) dues.insert(other.due);
    if (!dues.empty()) v.due = *dues.rbegin();
    const bool missed_or_late = in_all([](const Verdict& other) {
      return other.status == Status::missed || other.status == Status::met_late;
    });
    if (static_cast<int>(seen.size()) < worlds_) {
      if (v.depends) continue;
      const bool kept = in_all([](const Verdict& other) {
        return other.harmless && (other.status == Status::met || !fallen(other.status));
      });
      if (kept) {
        all.push_back(v);
        continue;
      }
      v.status = in_all([](const Verdict& other) { return other.excusable; })
                     ? Status::waived
                     : Status::cannot_assess;
      v.settled = v.opens;
    } else if (!alike && missed_or_late) {
      // What only may have been done late does not take away that it was missed.
      for (const Verdict& other : seen)
        if (other.status == Status::missed) v = other;
    } else if (!alike && open != nullptr) {
      v = *open;
    } else if (!alike) {
      // Whatever the verdict would be, what an exception excuses speaks against nobody.
      v.status = in_all([](const Verdict& other) { return other.excusable; })
                     ? Status::waived
                     : Status::cannot_assess;
      v.settled = v.window ? v.due + 1 : disagree_since(seen);
    }
    all.push_back(v);
  }
  return all;
}

}  // namespace samrad::reference
