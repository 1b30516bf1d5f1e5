// One possible world: what had happened by a moment, in one order, and what can be said of it.
//
// Where the record does not tell the order of two events of a day, there are several worlds (worlds.h); everything here is asked in one.
#pragma once

#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "tests/reference/agreement.h"
#include "tests/reference/history.h"

namespace samrad::reference {

// From where a condition is asked. `at` is the event whose moment it is; null: the end of `day`.
struct Scene {
  const Event* at = nullptr;
  Day day{};
  const Event* here = nullptr;   // whose fields stand bare
  const Event* first = nullptr;  // the event that the sentence began with
  std::string alias;             // its name, `as x`
  std::string variable, member;  // of `for each`
};

class Story {
 public:
  // The agreement must outlive the story. `events` in the order of known_events; those after `as_of` are left out.
  Story(const Agreement& agreement, const Zone& zone, std::vector<Event> events, Moment as_of);

  const Agreement& agreement;
  const Zone& zone;
  const Tree& tree;
  const Moment as_of;
  const std::vector<Event> events;

  // The same history under all texts of the agreement (§9), this one among them. Must outlive the story.
  void set_beside(std::span<const Story> all) { beside_ = all; }
  // The one of them that judges what happens on that day.
  [[nodiscard]] const Story& text_of(Day day) const;

  // -- order (§7.3) --------------------------------------------------------------------------------------------------------------
  // "Two events of one day are in the order of their times where both have one. Otherwise their order is unknown": in this world they
  // are in the order of their ranks.
  [[nodiscard]] bool before(const Event& a, const Event& b) const {
    return rank_[index(a)] < rank_[index(b)];
  }
  // As far as the record tells: both on one day with times, and `a` came after `b`; or on a later day.
  [[nodiscard]] bool surely_after(const Event& a, const Event& b) const;
  void put_in_order(std::vector<std::size_t> ranks);
  [[nodiscard]] const std::vector<std::size_t>& ranks() const { return rank_; }
  [[nodiscard]] std::vector<const Event*> in_order() const;
  [[nodiscard]] std::size_t index(const Event& e) const {
    return static_cast<std::size_t>(&e - events.data());
  }

  // -- the term (§3.12) ------------------------------------------------------------------------------------------------------------
  struct Extension {
    const Event* event;
    Day expiry;  // from then on
  };
  [[nodiscard]] const std::vector<Extension>& extensions() const { return extensions_; }
  void extended(const Event& by, Day expiry) { extensions_.push_back({&by, expiry}); }
  void no_extensions() { extensions_.clear(); }
  void expiry_unknown() { expiry_known_ = false; }
  // The last day of the term as it stands at that moment; nothing: until further notice.
  [[nodiscard]] std::optional<Day> expiry(const Scene& scene) const;
  [[nodiscard]] std::optional<Day> expiry() const;

  // -- what is so --------------------------------------------------------------------------------------------------------------------
  [[nodiscard]] Truth holds(NodeId condition, const Scene& scene) const;
  [[nodiscard]] Value value(NodeId node, const Scene& scene) const;
  // Whether the event is one of the pattern; its effect (§3.7) is part of the question.
  [[nodiscard]] Truth matches(NodeId pattern, const Event& e, const Scene& scene) const;
  [[nodiscard]] Truth fits(NodeId pattern, const Event& e,
                           const Scene& scene) const;  // its effect left out
  // §3.7: `no` is void, `unknown` an event of unknown effect.
  [[nodiscard]] Truth effect(const Event& e) const;
  // What one rule says of it: it counts, or not.
  [[nodiscard]] Truth says_of(const Agreement::Validity& validity, const Event& e) const;
  // §2: whether the fact holds on that day.
  [[nodiscard]] Truth fact(std::string_view name, const std::string& key, Day day) const;
  // The same as far as is on record, whatever nobody records.
  [[nodiscard]] Truth fact_on_record(std::string_view name, const std::string& key, Day day) const;
  // Whom a `for each` speaks of (§3.11), whatever its `while` says.
  [[nodiscard]] std::vector<std::string> members(NodeId for_each) const;
  // The members of an open kind: "whatever the events name" (§2).
  [[nodiscard]] std::set<std::string> keys_seen(std::string_view kind) const;

  // Whether the absence of events of that type in [from, …] proves something (§2, `not recorded`).
  [[nodiscard]] bool recorded(std::string_view type, Day from) const;

  // The value of a field, as the event type declares it.
  [[nodiscard]] Value field(const Event& e, std::string_view name) const;
  // The member or text that a name in a pattern stands for: the variable of `for each`, else the name itself.
  [[nodiscard]] std::string named(std::string_view name, const Scene& scene) const;

 private:
  // conditions.cpp
  [[nodiscard]] Truth including(NodeId node, const Scene& scene) const;
  [[nodiscard]] Truth one_of(NodeId node, const Scene& scene) const;
  [[nodiscard]] Value name_value(std::string_view name, const Scene& scene) const;
  [[nodiscard]] Value of_value(NodeId node, const Scene& scene) const;
  [[nodiscard]] std::optional<std::vector<std::string>> listed(NodeId list,
                                                               const Scene& scene) const;

  // record.cpp: questions about what has happened
  [[nodiscard]] Truth happened(NodeId node, const Scene& scene) const;
  [[nodiscard]] Value counted(NodeId node, const Scene& scene) const;
  [[nodiscard]] Value summed(NodeId node, const Scene& scene) const;
  [[nodiscard]] Value shared(NodeId node, const Scene& scene) const;
  [[nodiscard]] Value in_a_row(NodeId node, const Scene& scene) const;
  [[nodiscard]] Truth in_range(NodeId range, const Event& e, const Scene& scene) const;
  [[nodiscard]] Day range_begins(NodeId range, const Scene& scene) const;
  [[nodiscard]] Truth came(const Event& e, const Scene& scene) const;
  [[nodiscard]] bool had_come(const Event& q, const Scene& scene) const;
  [[nodiscard]] Truth one_of_the_last(NodeId pattern, const Event& q, const Scene& scene) const;

  // story.cpp; while its own effect is asked, an event counts
  [[nodiscard]] Truth counts(const Agreement::Validity& validity, const Event& e) const;

  // facts.cpp
  [[nodiscard]] Truth starts_or_ends(NodeId pattern_key, const Event& e, std::string_view kind,
                                     const std::string& key) const;

  std::span<const Story> beside_;
  std::vector<std::size_t> rank_;
  std::vector<Extension> extensions_;
  bool expiry_known_ = true;
  [[nodiscard]] Truth fact_on(NodeId block, const std::string& key, Day day,
                              bool as_recorded) const;

  // What has been asked before in this world.
  mutable std::map<const Event*, Truth> effects_;
  mutable std::map<std::tuple<NodeId, std::string, Day>, Truth> facts_;
};

}  // namespace samrad::reference
