// What the planner works on: planned events as slots, what each serves, and the bindings of their days. Internal to planning.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/book.h"
#include "service/plan/dates.h"
#include "service/plan/fill.h"
#include "service/record/zone.h"

namespace samrad::plan {

using engine::Finding;
using engine::Occurrence;

using SlotRow = std::uint32_t;

// Where a slot would best lie.
struct Aim {
  std::optional<SlotRow> of;  // counted from its day; else `day` as it is
  Day day{};
  int days = 0;
};

// One thing that a slot does: it answers a demand of a rule, and must fit a pattern for that.
struct Purpose {
  engine::Key key;
  Index rule = program::none;
  std::string occurrence;
  Index pattern = program::none;
  Symbol member = 0;
  std::optional<SlotRow> origin;           // frame 1 of the pattern's condition
  std::optional<Event> past_origin;        // the same where it lies in the past
  std::uint32_t key_slot = program::none;  // the field or subject that must hold `member`
};

struct Slot {
  Event event;  // as last filled in; type, subject and identity from the beginning
  bool choose_subject = false;
  Variable date = 0;
  Aim aim;
  std::vector<Purpose> purposes;
  Filled filled;
};

// Whose binding a tag is.
struct Ground {
  Index rule = program::none;
  std::string occurrence;
  bool assumed = false;  // it rests on a choice that was made, not on the clause alone
};

// The history before the plan, judged as its first day begins.
struct Past {
  std::vector<Event> events;
  engine::State state;
  engine::Findings said;
  engine::Book book;
};

class Model {
 public:
  Model(const program::Program& program, const engine::Symbols& symbols, const record::Zone& zone,
        const Past& past, Day from, Day to, std::string_view placeholder);

  // ---- slots and bindings
  SlotRow add_slot(Index type, Symbol subject, Purpose purpose, Aim aim);
  Tag tag(Index rule, const std::string& occurrence);
  [[nodiscard]] std::optional<SlotRow> slot_of(Symbol identity) const;
  [[nodiscard]] const Event* past_event(Symbol identity) const;
  // The day of an event of the plan (as last chosen) or of the past.
  [[nodiscard]] std::optional<Day> day_of(Symbol identity) const;
  // Whether the slot, filled in for this purpose as well, would content everybody.
  [[nodiscard]] bool would_fit(SlotRow slot, const Purpose& purpose) const;
  // The slot's event as it would be on that day.
  [[nodiscard]] Event filled_on(SlotRow slot, Day day) const;
  // The days on which the slot's event would content the rule, with all others as they are now. By day of the plan.
  [[nodiscard]] std::vector<bool> days_that_content(SlotRow slot, Index rule) const;
  // Takes back the slot added last; nothing may be bound to it.
  void drop_last_slot();
  [[nodiscard]] std::vector<Wish> wishes(const Slot& slot) const;

  // ---- the whole
  void choose_days();
  // Fills in all events in the order of their days and judges history and plan when the last day has passed.
  void judge();

  const program::Program& program;
  mutable engine::Symbols symbols;  // grows while events are filled in
  engine::Machine machine;
  const record::Zone& zone;
  const Past& past;
  Day from;
  Day to;
  Dates dates;
  std::vector<Slot> slots;
  std::vector<Day> days;  // by slot, as last chosen
  std::vector<Ground> grounds;
  engine::Book book;

 private:
  // What is chosen so far, by slot and by day of the plan.
  struct Chosen {
    std::vector<std::optional<Day>> day;
    std::vector<std::vector<SlotRow>> on;
  };
  [[nodiscard]] int cost(SlotRow slot, Day day, Day aimed, Symbol forum,
                         const Chosen& chosen) const;
  [[nodiscard]] Day aimed(const Slot& slot, const Chosen& chosen) const;
  [[nodiscard]] Symbol forum_of(const Slot& slot) const;
  [[nodiscard]] std::vector<Variable> order() const;
  void put_on(Event& event, Day day) const;
  Filled fill_in(const engine::State& state, Slot& slot, Event& event, const Purpose* extra) const;

  Symbol placeholder_;
  std::map<std::pair<Index, std::string>, Tag> tags_;
};

}  // namespace samrad::plan
