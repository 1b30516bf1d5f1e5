// The sentence forms (docs/language.md §3, §4): each a function from one possible world to its occurrences and their verdicts.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "tests/reference/story.h"

namespace samrad::reference {

// §7
enum class Status { upcoming, open, met, met_late, missed, broken, waived, lapsed, cannot_assess };

struct Verdict {
  std::string id;
  std::string plain;  // the id where no other occurrence has the same name; empty: `id`
  const Clause* clause = nullptr;
  Status status = Status::open;
  Day opens{};
  Day due = calendar::day_max;  // day_max: none
  Day settled{};                // meaningful where the verdict has fallen
  int have = 0, need = 1;
  // What exceptions are asked about: the event that is judged, else the end of the day `asked`.
  Scene scene;
  bool window = false;      // of a count
  bool event_alone = true;  // about one event; else an overriding clause waives it
  bool excusable = false;   // an exception holds on its day
  bool harmless =
      false;  // a standing duty: where it is none, nothing is asked, and where it is, it is kept
  bool assessed = false;  // a person's word
  bool depends = false;   // on the verdict of another: without that there is no such occurrence
  const Event* breach = nullptr;        // broken: the event that was it
  Day missed_from = calendar::day_max;  // the day on which, not done, it was missed
  Day consequence_from =
      calendar::day_max;  // and from which a consequence may be done, where that is another
};

// `BEFORE/EVENT[/AFTER]`: with the source of the event in `id`, without in `plain` (§7.1).
inline void name_after(Verdict& v, const std::string& before, const Event& e,
                       const std::string& after = {}) {
  const std::string end = after.empty() ? "" : "/" + after;
  v.id = before + "/" + e.identity() + end;
  v.plain = before + "/" + e.id + end;
}

[[nodiscard]] constexpr bool fallen(Status s) { return s != Status::upcoming && s != Status::open; }

// Days on which a clause applies, both included.
struct Interval {
  Day first{};
  Day last = calendar::day_max;
  Day since = calendar::day_min;  // of a fact's: its own first day, which may lie before the term
  [[nodiscard]] bool holds(Day day) const { return first <= day && day <= last; }
};

// The part of the time in which the text of a clause is the one that holds (§9).
struct Version {
  Day began = calendar::day_min;
  bool waits = false;               // an earlier text of the clause finishes what is open
  Day amended = calendar::day_max;  // another text holds from this day
  bool lapses = false;              // and what is open then lapses
};

// Which events of uncertain belonging are taken to belong, in this world.
class Belonging {
 public:
  explicit Belonging(std::set<const Event*> included) : included_(std::move(included)) {}
  [[nodiscard]] bool operator()(const Event& e, Truth t) const {
    if (t == Truth::unknown) asked_.insert(&e);
    return t == Truth::yes || (t == Truth::unknown && included_.contains(&e));
  }
  [[nodiscard]] const std::set<const Event*>& asked() const { return asked_; }

 private:
  std::set<const Event*> included_;
  mutable std::set<const Event*> asked_;
};

// A sentence for one member (or for nobody) in one world.
struct Case {
  const Story& story;
  const Clause& clause;
  const std::vector<Clause>& clauses;  // all: for what overrides what
  std::string name;                    // `CLAUSE[/MEMBER]`
  Scene scene;                         // the variable of `for each`
  Version version;
  Interval in_force;                // of the clause within the term
  std::vector<Interval> intervals;  // of the member within that
  const Belonging& belongs;
  // Of a standing duty: whether it lasts on that day, in every order of the events.
  std::function<Truth(Day)> duty = {};

  // What is to come is listed to the end of the term; of a term without end this far ahead.
  [[nodiscard]] Day horizon() const {
    const auto expiry = story.expiry();
    return expiry ? *expiry : std::max(today(), in_force.first) + 400;
  }

  [[nodiscard]] Day today() const { return story.as_of.day; }
  [[nodiscard]] const Tree& tree() const { return story.tree; }
  [[nodiscard]] bool applies(Day day) const;
  // The interval as the text of this version begins it.
  [[nodiscard]] Interval begun(Interval i) const {
    if (!version.waits) i.first = std::max(i.first, version.began);
    return i;
  }
  [[nodiscard]] Scene about(const Event& e, NodeId pattern) const;
  // The events that match the pattern and lie in an interval, in order.
  [[nodiscard]] std::vector<const Event*> judged(NodeId pattern) const;
  [[nodiscard]] bool is(NodeId pattern, const Event& e, const Scene& from) const {
    return belongs(e, story.matches(pattern, e, from));
  }
  [[nodiscard]] Day moved(Day due) const {
    return calendar::shift(due, clause.shift, story.agreement.holidays);
  }
};

using Verdicts = std::vector<Verdict>;

void judge_count(const Case& c, Verdicts& out);
void judge_attested(const Case& c, Verdicts& out);
void judge_deadline(const Case& c, Verdicts& out);
void judge_response(const Case& c, Verdicts& out);
void judge_procedure(const Case& c, Verdicts& out);
void judge_each_event(const Case& c,
                      Verdicts& out);  // precedence, constraint, prohibition, power, target
void judge_turns(const Case& c, Verdicts& out);
void judge_standing(const Case& c, Verdicts& out);
void judge_extension(const Case& c, Verdicts& out);
// §3.13, after the verdicts of the case are known
void add_consequences(const Case& c, Verdicts& verdicts);

struct Void;
// §3.12: follows the `extension` events and tells the story what they did. `voids` gets those without effect.
void extend_term(Story& story, std::vector<Void>& voids);

// §3, `except` and `overrides`: whether what would speak against somebody is excused.
[[nodiscard]] Truth excused(const Case& c, const Verdict& v);
void excuse(const Case& c, Verdict& v);
// §9, `lapse`: what is open when another text comes into force ends as lapsed.
void lapse(const Case& c, Verdict& v);
// Whether a clause that overrides this one has taken the event over.
[[nodiscard]] Truth taken_over(const Case& c, const Event& e);

// Due day of `D` after a day, and as the clause moves it.
[[nodiscard]] Day after(const Case& c, Day day, calendar::Duration d);

// -- acts that somebody owes (§3.3, §3.13, §4) --------------------------------------------------------------------------------------------
struct Owed {
  Verdict verdict;
  const Event* since =
      nullptr;  // the event that the act must not precede; null: the end of the day before `from`
  Day from{};   // the first day on which the act counts
  Day nominal = calendar::day_max;
  std::optional<Instant> due_low, due_high;  // by the clock: between these lies the due instant
  const Event* next = nullptr;               // the next R, from which the due day follows
  const Event* before = nullptr;  // the act must come before this event (`before the next R`)
  const Event* done_by = nullptr;
  std::set<const Event*> not_by;  // events that are part of the case already
  bool never_known = false;       // the due day is not known
  bool last_hour = false;         // by the clock: due in the last hour of its day
  bool consequence = false;       // the items of the clause are about the clause (§3)
};
// Lets acts, in order, serve what is owed: the oldest that is open, else the oldest that is missed. `owed` is sorted, the oldest first.
// `serves` says whether an event is the act asked for.
void serve(const Case& c, std::vector<Owed>& owed, std::string_view type,
           const std::function<Truth(const Owed&, const Event&)>& serves);

}  // namespace samrad::reference
