// A line read by shape and plan, and the same line read as JSON: whenever the first accepts, the second must say the same.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "service/pack/rows.h"
#include "service/record/quick.h"

namespace samrad::tests {

class BothWays {
 public:
  // All must outlive it.
  BothWays(const record::Vocabulary& vocabulary, std::vector<record::Alias> aliases = {});

  // The ordinary way reads the line; where it accepts, the quick way learns. True: accepted, without a word.
  bool teach(std::string_view line);

  // What the two say differently of the line, or empty. A line that the quick way declines is no difference.
  [[nodiscard]] std::string difference(std::string_view line);

  // The same of every event in a packed log, as far as it can be read: its row against its line. `fault` is why it cannot be read on.
  [[nodiscard]] std::string packed_difference(std::string_view log, std::string& fault);

  // How many lines or packed events the quick way accepted, and how many of those with every value that has a word.
  [[nodiscard]] std::size_t accepted() const { return accepted_; }
  [[nodiscard]] std::size_t with_values() const { return with_values_; }

 private:
  struct Ordinary;
  [[nodiscard]] Ordinary ordinary(std::string_view line);
  struct Quick;
  [[nodiscard]] std::string compare(std::size_t reader, const Ordinary& event, const Quick& quick);

  const record::Vocabulary& vocabulary_;
  std::vector<record::Alias> aliases_;
  engine::lane::Texts texts_;
  record::ShapeReader shapes_;
  std::vector<record::WantedSlots> wanted_;  // all values that have words, none, all
  std::vector<record::QuickReader> quick_;   // one for each
  std::size_t accepted_ = 0;
  std::size_t with_values_ = 0;
};

// A vocabulary of a program's own, with the zone it names.
struct Words {
  explicit Words(const program::Program& of);
  Words(const Words&) = delete;
  const program::Program& program;
  engine::Symbols symbols;
  record::Zone zone;
  record::Vocabulary vocabulary;
};

// Lines near `line`, a new one for each number: a byte or a bit changed, a piece doubled, dropped or taken from elsewhere, a value put in the
// place of another.
[[nodiscard]] std::string mutated(std::string_view line, unsigned number);

}  // namespace samrad::tests
