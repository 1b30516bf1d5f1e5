// The names of one evaluation: the program's symbols and, after them, the texts that events bring along.
//
// Not thread-safe while interning. A Symbol stays valid as long as the table lives, or until a sweep finds that nothing names it; two tables filled in different order give
// different numbers to the same text, so nothing that leaves the process may hold a number (see encode in state.h).
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "rules/program/program.h"

namespace samrad::engine {

class Symbols {
 public:
  // Starts with the program's symbols at their own numbers.
  explicit Symbols(const program::Program& program);

  // What is missing when the order of two events of one day would decide; always in the table.
  static constexpr std::string_view time_of_day = "time";

  // The number of `text`, new if it was not there.
  program::Symbol intern(std::string_view text);

  // The number of `text`, or program::none when it is not there.
  [[nodiscard]] program::Symbol find(std::string_view text) const;

  // `symbol` must come from this table. The view lives as long as the table.
  [[nodiscard]] std::string_view text(program::Symbol symbol) const { return texts_[symbol]; }

  [[nodiscard]] std::size_t size() const { return texts_.size(); }

  // Forgets every text but the program's own and those that `live` says true for (by symbol, at least size() long). A later intern may
  // give a forgotten number out again, so `live` must know all that anything still names.
  void sweep(const std::vector<bool>& live);

  // How many texts there are besides the program's own.
  [[nodiscard]] std::size_t brought_along() const { return texts_.size() - own_ - free_.size(); }

 private:
  void grow();
  [[nodiscard]] std::size_t slot(std::string_view text) const;

  std::deque<std::string> texts_;
  std::vector<std::uint32_t> slots_;  // open addressing; 0 free, else symbol + 1
  std::vector<program::Symbol> free_;  // forgotten numbers
  std::size_t own_ = 0;                // the program's and `time_of_day`
};

}  // namespace samrad::engine
