// What each slot of a shape must hold for the line to be a right event of a vocabulary. Internal to quick.cpp, and to readers of packed
// shapes.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "engine/lane/row.h"
#include "service/record/quick.h"

namespace samrad::record::detail {

using program::Index;

enum class Check : std::uint8_t {
  name,      // an attribute's text: not empty, not too long
  time,      // when it happened
  recorded,  // when it was recorded
  member,    // the subject, or a field: a member of one of the kinds
  text,
  yes_no,
  number,    // its value is wanted
  fraction,  // a number whose value nobody wants: it only has to fit
  date,
  amount,    // of money, in an object with its currency
  currency,
  money,     // both in one text
};

inline constexpr std::uint8_t unwanted = 0xFF;

struct Step {
  Check check = Check::name;
  std::uint8_t slot = 0;
  std::uint8_t value = unwanted;  // of the row
  program::Range kinds;           // of QuickPlan::kinds; for members
};

struct QuickPlan {
  bool possible = false;  // false: every line of the shape is declined
  Index type = program::none;
  std::vector<Step> steps;
  std::vector<Index> kinds;

  [[nodiscard]] std::span<const Index> kinds_of(const Step& step) const { return std::span(kinds).subspan(step.kinds.first, step.kinds.count); }
};

[[nodiscard]] QuickPlan plan_of(const Vocabulary& vocabulary, const Shape& shape, const WantedSlots& wanted);

// Names to members as Vocabulary::member_of finds them, each with its word, without a table that others write to.
class Members {
 public:
  Members(const Vocabulary& vocabulary, engine::lane::Texts& texts);

  // The word of the member that the text means; `name` where the kinds are open and it means none: then the text itself is the value.
  enum class Found : std::uint8_t { nothing, member, name };
  [[nodiscard]] Found find(std::string_view name, std::span<const Index> kinds, std::span<const Alias> aliases, Word& out) const;

 private:
  struct Entry {
    std::string_view name;
    Index row = program::none;
  };
  [[nodiscard]] Index row_of(std::string_view name) const;

  const Vocabulary* vocabulary_;
  std::vector<Entry> slots_;       // open addressing by name; an empty place has no row
  std::vector<Index> by_symbol_;
  std::vector<Word> words_;        // by row
};

// A check that leaves no value.
[[nodiscard]] bool passes(Check check, std::string_view text);

// Whether a text field's value is the text itself: nothing in it that would steer a terminal.
[[nodiscard]] bool is_legible(std::string_view text);

// An integer within engine::lane::number_max.
[[nodiscard]] bool integer(std::string_view text, Word& out);

}  // namespace samrad::record::detail
