// The parts of verify(): tables first, then expressions and rules. See decode.h.

#pragma once

#include "rules/program/program.h"

#include <set>
#include <tuple>

namespace samrad::program {

// Looks at one Program and keeps the first fault. Every function returns true while there is none.
class Verifier {
 public:
  explicit Verifier(const Program& program) : program_(program) {}

  bool tables();
  bool rules();
  [[nodiscard]] const std::string& fault() const { return fault_; }

 private:
  // What the two frames of an expression are; `none` when there is no event.
  struct Frames {
    Index looked_at = none;
    Index sentence = none;
    bool plain = false;  // inside a count or a fact: no further count and no fact
  };

  bool fail(std::string what);
  bool need(bool holds, const char* what) { return holds || fail(what); }
  template <class Table>
  bool row(Index index, const Table& table, const char* what) {
    return index < table.size() || fail(std::string(what) + " " + std::to_string(index) + " of " +
                                        std::to_string(table.size()));
  }
  template <class Table>
  bool optional_row(Index index, const Table& table, const char* what) {
    return index == none || row(index, table, what);
  }
  template <class Table>
  bool range(Range run, const Table& table, const char* what) {
    return (run.first <= table.size() && run.count <= table.size() - run.first) ||
           fail(std::string(what) + " reach beyond their table");
  }
  bool symbol(Symbol s) { return row(s, program_.symbols, "symbol"); }
  bool symbols(Range run) { return range(run, program_.symbol_lists, "names"); }
  bool day(Day d) {
    return need(d >= calendar::day_min && d <= calendar::day_max, "a day outside the calendar");
  }
  bool period(const calendar::Period& p);
  bool value(const Value& v);

  bool vocabulary();
  bool parameters();
  bool given(Index parameter, ValueKind type, const char* what);  // a parameter of that type, or none
  bool filled(const Rule& rule);
  bool types_and_fields();
  bool facts();

  // `condition`: leaves a truth value; else a value.
  bool expression(Expression e, Frames frames, bool condition = true);
  bool op(const Op& op, Frames frames, std::vector<bool>& stack);
  bool slot(std::uint32_t frame, std::uint32_t slot, Frames frames);
  bool pattern(Index index, Index sentence, bool plain);
  bool optional_pattern(Index index, Index sentence) {
    return index == none || pattern(index, sentence, false);
  }
  bool aggregate(Index index, Frames frames);

  bool rule(Index index);
  bool rule_links(const Rule& rule, Index index, Index sentence);
  bool rule_form(const Rule& rule, Index sentence);
  bool rule_due(const Rule& rule);
  bool procedures();
  bool overrides_end();
  [[nodiscard]] Index type_of(Index pattern) const {
    return pattern == none ? none : program_.patterns[pattern].type;
  }

  const Program& program_;
  std::string fault_;
  std::string where_;
  // Expressions, patterns and counts looked at, with the frames they were looked at in: each once, however often used.
  std::set<std::tuple<char, std::uint32_t, std::uint32_t, Index, Index, bool>> seen_;
};

}  // namespace samrad::program
