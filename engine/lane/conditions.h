// Patterns and conditions to the tests of a lane. Internal to lane/.
#pragma once

#include "engine/lane/plan.h"

namespace samrad::engine::lane::detail {

class Conditions {
 public:
  // The reason of a refusal goes to `why`.
  Conditions(Plan& plan, Texts& texts, Refusal& why) : plan_(plan), p_(plan.machine.program), texts_(texts), why_(why) {}

  // The rule that refusals name from now on.
  void of_rule(Index rule) { rule_ = rule; }
  bool refuse(std::string_view why);  // false

  // `origin`: the type of the event that the sentence began with; `keeper`: the part that keeps its values. False: refused.
  [[nodiscard]] bool pattern(Index row, Fit& out, Index origin = program::none, Part* keeper = nullptr);
  [[nodiscard]] bool condition(program::Expression code, Index candidate, Index origin, program::Range& out);

  // Sorts the parts of the answer's condition that are joined by `and`: first those that speak of the answer alone. It stands last in
  // Plan::tests.
  [[nodiscard]] bool split(Part& part);

  // Where a value that must be known stands in the rows of that type.
  [[nodiscard]] bool read(Index type, std::uint32_t slot, std::uint8_t& index);

  [[nodiscard]] Index type_of(Index pattern) const { return p_.patterns[pattern].type; }
  [[nodiscard]] Word word(Symbol name) { return texts_.word(p_.text(name)); }

 private:
  // A value on the stack: where it comes from and of what kind it is.
  struct Cell {
    Operand from;
    program::ValueKind kind = program::ValueKind::absent;
  };

  bool place(Index type, std::uint32_t slot, std::uint8_t& index);
  bool apply(const program::Op& op, Index candidate, Index origin, std::vector<Cell>& cells);
  bool push_constant(const program::Value& v, std::vector<Cell>& cells);
  bool push_read(std::uint32_t frame, std::uint32_t slot, Index candidate, Index origin, std::vector<Cell>& cells);
  bool keep(std::uint8_t value, std::uint8_t& index);
  bool compare(Do what, std::vector<Cell>& cells);
  bool one_of(std::uint32_t count, std::vector<Cell>& cells);

  Plan& plan_;
  const program::Program& p_;
  Texts& texts_;
  Refusal& why_;
  Index rule_ = program::none;
  Part* keeper_ = nullptr;
};

// layout.cpp: once all parts are there. Where each rule keeps what it knows, and which rules look at an event.
void lay_out(Plan& plan);
void index_acts(Plan& plan, Conditions& conditions);

}  // namespace samrad::engine::lane::detail
