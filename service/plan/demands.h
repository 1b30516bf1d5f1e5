// From what the engine finds missing to events and bindings of their days. Internal to planning.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <vector>

#include "service/plan/model.h"

namespace samrad::plan {

// Whether an event that is planned already may be moved or filled in further to serve another demand too.
enum class Sharing : std::uint8_t {
  usual,  // yes, but what answers an event answers only that one
  none,   // every demand gets events of its own
  all,    // answers too
};

class Demands {
 public:
  Demands(Model& model, Sharing sharing) : m_(model), p_(model.program), sharing_(sharing) {}

  // Begins a new look at the book: what is added from now on is not yet judged.
  void begin_round() { fresh_.clear(); }

  // In which order occurrences are looked at: what asks for plain events before what may be content with them.
  [[nodiscard]] int turn_of(const engine::Occurrence& occurrence) const;
  static constexpr int turns = 4;

  // Does what can be done about one occurrence. False when nothing (more) can.
  bool meet(const engine::Occurrence& occurrence);
  // A planned event without effect.
  bool mend_void(const engine::VoidEvent& without);

 private:
  // Days of the plan in which something must lie, and what it is for.
  struct Need {
    Purpose purpose;
    Day first{};
    Day last{};
    std::optional<calendar::Months> months;
    Aim aim;
    // Further bindings of the slot that comes to serve it.
    std::function<void(SlotRow, Tag)> bind;
    bool may_share = true;
    bool answer = false;  // answers an event: it can answer only one under the same rule
  };

  bool meet_count(const engine::Occurrence& o, const program::Rule& r);
  bool fewer(const engine::Occurrence& o, const program::Rule& r);
  bool meet_deadline(const engine::Occurrence& o, const program::Rule& r);
  bool meet_response(const engine::Occurrence& o, const program::Rule& r);
  bool meet_precedence(const engine::Occurrence& o, const program::Rule& r);
  bool meet_standing(const engine::Occurrence& o, const program::Rule& r);
  bool meet_chance(const engine::Occurrence& o, const program::Rule& r);
  bool mend_event(const engine::Occurrence& o, const program::Rule& r);
  bool mend_content(SlotRow slot, Index rule, Symbol member, const std::string& occurrence);
  bool keep_from(SlotRow slot, const engine::Occurrence& o, const program::Rule& r);
  bool bring_past_about(SlotRow slot, const Tree& tree, std::uint32_t row, bool want,
                        const Purpose& base);
  bool happen_before(SlotRow slot, const program::Aggregate& a, Purpose purpose);
  bool hold(Index fact, Symbol key, Purpose purpose, Day first, Day last,
            const std::function<void(SlotRow, Tag)>& bind, Aim aim);
  bool avoid_day(SlotRow slot, Index rule, const Tree& tree, const std::string& occurrence);

  bool serve(const Need& need);
  [[nodiscard]] bool bind(SlotRow slot, const Need& need, bool keep_if_impossible);
  [[nodiscard]] std::optional<SlotRow> sharer(const Need& need);
  [[nodiscard]] bool serves(const Slot& slot, Index rule) const;
  [[nodiscard]] bool plannable(Index pattern) const;
  [[nodiscard]] Symbol subject_for(const Purpose& purpose) const;
  [[nodiscard]] Purpose purpose_of(const engine::Occurrence& o, Index pattern) const;
  // The latest event that fits the pattern, for that member, and lies before the slot as days are now: of the plan, or of the past.
  [[nodiscard]] std::optional<Symbol> previous(Index pattern, SlotRow before,
                                               Symbol member) const;
  bool again(const engine::Key& key, int times_max);

  struct Fresh {
    Index type;
    Symbol subject;
    Symbol key;  // of the fact that it begins; 0: none
    Day first;
    Day last;
  };

  Model& m_;
  const program::Program& p_;
  Sharing sharing_;
  std::map<engine::Key, int> tried_;
  std::vector<Fresh> fresh_;
};

}  // namespace samrad::plan
