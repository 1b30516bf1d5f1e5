// Possible worlds: every order of a day's events that the record leaves open, and every way in which events of uncertain belonging may
// belong. A verdict falls where all worlds agree (docs/language.md §7.3).
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "tests/reference/forms.h"

namespace samrad::reference {

// The event types that the order of events may matter for: those that the patterns name, at any depth.
void types_of(const Tree& tree, NodeId node, std::set<std::string, std::less<>>& types);
// Whether a sentence or a condition turns on the order of events (§7.3).
[[nodiscard]] bool turns_on_order(const Tree& tree, NodeId node);

// Puts the story in one order after the other that the record allows and calls `f` in each; the story's own order is first, and is put
// back. Only events of `types` are moved. Where all orders of all days are too many, the days are taken two at a time.
void in_each_order(Story& story, const std::set<std::string, std::less<>>& types,
                   const std::function<void()>& f);

// Calls `f` with each choice among the events whose belonging it turns out to ask about; where these are too many, with none, with all,
// with each alone and with all but each.
void with_each_belonging(const std::function<void(const Belonging&)>& f);

// Gathers the verdicts of the worlds and says what stands in all of them.
class Agreed {
 public:
  void add(const Verdicts& world);
  [[nodiscard]] Verdicts verdicts() const;

 private:
  int worlds_ = 0;
  std::vector<std::string> ids_;  // in the order in which they came up
  std::map<std::string, std::vector<Verdict>> seen_;
};

}  // namespace samrad::reference
