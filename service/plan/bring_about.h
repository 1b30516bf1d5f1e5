// Makes a condition true (or false) by changing the fields of one event. Internal to filling in.
#pragma once

#include <vector>

#include "service/plan/fill.h"

namespace samrad::plan {

class BringAbout {
 public:
  // Changes `event` in place; keeps references to all three.
  BringAbout(const Fill& fill, engine::Event& event, bool choose_subject);

  // Gives every required field some value.
  void required_fields();

  // False when no change of fields does it; the event may then be changed all the same.
  bool about(program::Expression code, bool want, const engine::Event* origin, Symbol member);

  // False when the field is already claimed for another value.
  bool set_member(std::uint32_t slot, Symbol member);
  // Entries of a list, or the single one.
  [[nodiscard]] std::vector<Symbol> members(std::uint32_t slot) const;
  // The field was set because a clause wants it so.
  [[nodiscard]] bool firm(std::uint32_t slot) const { return firm_[slot]; }

  // The state with the event among what is remembered, since counts look at it too.
  [[nodiscard]] const engine::State& state() const;

 private:
  [[nodiscard]] engine::Asking asking() const;
  [[nodiscard]] engine::Truth truth(const Node& node) const;
  [[nodiscard]] const program::Field& field(std::uint32_t slot) const;

  bool make(std::uint32_t row, bool want);
  bool joined(const Node& node, bool want);
  bool either(const std::vector<std::uint32_t>& rows, bool want);
  [[nodiscard]] int unwritten() const;
  bool included(const Node& node, bool want);
  bool compared(const Node& node, bool want);
  bool counted(const Node& node, bool want);
  bool chosen(const Node& node, bool want);
  bool try_field(const Node& node, std::uint32_t slot, const std::vector<Value>& values, bool want);
  bool try_sizes(const Node& node, std::uint32_t slot, const std::vector<Symbol>& from, bool want);
  bool try_subject(const Node& node, bool want);

  [[nodiscard]] std::vector<Symbol> entries(const Node& node, std::size_t first_child) const;
  [[nodiscard]] std::vector<Value> candidates(const Node& node, std::uint32_t slot) const;
  [[nodiscard]] std::vector<Symbol> known_members(Index kind) const;
  [[nodiscard]] Value fallback(std::uint32_t slot);
  void set(std::uint32_t slot, Value value);
  void set_list(std::uint32_t slot, std::vector<Symbol> list);

  const Fill& fill_;
  const program::Program& p_;
  engine::Event& event_;
  bool choose_subject_;
  std::vector<bool> firm_;
  mutable engine::State state_;
  Tree tree_;
  const engine::Event* origin_ = nullptr;
  Symbol member_ = 0;
};

}  // namespace samrad::plan
