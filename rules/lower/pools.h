// The Program under construction: texts interned once, rows appended, and a way back to an earlier state.
#pragma once

#include "rules/program/program.h"

#include <map>
#include <span>
#include <string>
#include <string_view>

namespace samrad::rules {

using program::Index;
using program::none;
using program::Program;
using program::Range;
using program::Symbol;

// Not thread-safe; one object makes one Program. Symbols are numbered in the order in which they are first asked for.
class Pools {
 public:
  Pools() { symbols_.emplace(std::string(), 0); }

  Program program;

  Symbol symbol(std::string_view text);
  Range names(std::span<const Symbol> symbols);
  Index constant(const program::Value& value);
  Index pattern(const program::Pattern& pattern);
  Index aggregate(const program::Aggregate& aggregate);
  void op(program::Code code, std::uint32_t a = 0, std::uint32_t b = 0, Symbol text = 0) {
    program.code.push_back({code, a, b, text});
  }
  [[nodiscard]] std::uint32_t code_size() const {
    return static_cast<std::uint32_t>(program.code.size());
  }
  // The code appended since it had that size.
  [[nodiscard]] program::Expression since(std::uint32_t size) const {
    return code_size() == size ? program::Expression{}
                               : program::Expression{size, code_size() - size};
  }

  Range fillings(std::span<const program::Filling> fillings);
  Range indices(std::span<const Index> indices);
  // The lengths of the tables that rules refer to. back() drops what was appended since; symbols stay.
  struct Mark {
    std::size_t lists, indices, constants, code, expressions, durations, month_days, patterns,
        aggregates, procedures, rules, fillings;
  };
  [[nodiscard]] Mark mark() const;
  void back(const Mark& mark);

 private:
  std::map<std::string, Symbol, std::less<>> symbols_;
};

}  // namespace samrad::rules
