// The compliance sheet before a meeting of a forum: what is breached, what falls due before the
// next meeting, whose turn the chair is, which decisions wait for the forum, and what holding this
// meeting on this day would settle or break.
//
// The last two questions are put to the engine itself: the meeting is added to the history as a
// planned event with nothing filled in but the chair whose turn it is, and the two books are
// compared. Values; a Brief keeps alive what its parts point into, but for the audit's History.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "service/reports/audit.h"
#include "service/reports/render.h"
#include "service/reports/upcoming.h"

namespace samrad::reports {

// One evaluation apart from the audit's own. Stays where it was made: the Ground points into it.
struct Trial {
  engine::Symbols symbols;
  std::vector<engine::Event> events;
  engine::Book book;
  std::optional<engine::Ground> ground;

  explicit Trial(const engine::Symbols& names) : symbols(names) {}
  Trial(const Trial&) = delete;
  Trial& operator=(const Trial&) = delete;
};
using TrialPointer = std::shared_ptr<const Trial>;

// Whose turn it is under one alternation or rotation clause.
struct Turn {
  program::Index rule = program::none;
  std::vector<program::Symbol>
      may;  // those with whom the clause would be met; several: it may begin with any of them
  bool known = false;  // false: what came before is not known well enough
  const Occurrence* judged =
      nullptr;  // the planned meeting under the clause, in `trial`: its notes tell why
  TrialPointer trial;
};

// How far ahead the sheet looks.
struct NextMeeting {
  calendar::Day day{};
  const Occurrence* demanded_by =
      nullptr;  // of Brief::with; null: no clause demands a next meeting, and 90 days are shown
};

// An occurrence that stands differently with the meeting than without it.
struct Effect {
  std::string id;
  const Occurrence* before = nullptr;  // null: it would be new
  const Occurrence* after = nullptr;   // null: it would be gone
};

// Occurrences of one clause that lack the same thing.
struct Unassessed {
  program::Symbol clause = 0;
  std::vector<program::Symbol> missing;
  std::vector<const Occurrence*> occurrences;
};

struct Brief {
  AuditResult audit;
  program::Symbol forum = 0;
  calendar::Day on{};
  std::vector<program::Index>
      meeting_types;  // event types that stand for a meeting of this forum; empty: no clause knows one
  std::optional<calendar::Day> previous;  // the day of the forum's last meeting on record
  bool on_record = false;                 // the meeting has been held: nothing is planned

  std::vector<const Occurrence*> breached;         // missed or broken since the previous meeting
  std::vector<const Occurrence*> breached_before;  // and earlier ones
  NextMeeting next;
  std::vector<Deadline> due;
  std::vector<OwnerDeadlines> due_by_owner;
  std::vector<Turn> turns;
  std::vector<const Occurrence*> waiting;
  std::vector<Effect> effects;
  std::vector<program::Symbol>
      to_record;  // fields of the meeting without which something cannot be assessed
  std::vector<Unassessed> unassessed;

  TrialPointer without;  // on the evening of the meeting's day, had it not been held
  TrialPointer with;     // and had it been held
};

// The error is a sentence: no such forum.
[[nodiscard]] tl::expected<Brief, std::string> brief(AuditResult audit, std::string_view forum,
                                                     calendar::Day on);

[[nodiscard]] std::string brief_text(const Brief& brief, const TextStyle& style);
[[nodiscard]] std::string brief_markdown(const Brief& brief, Language language);
// One page that needs nothing else, prints on A4 and reads well aloud.
[[nodiscard]] std::string brief_html(const Brief& brief, Language language);
[[nodiscard]] std::string brief_json(const Brief& brief);

}  // namespace samrad::reports
