// A line whose shape is known to a row of the lane: what read_record and decode would say of it, without either.
//
// For each shape a plan is made once, which says what each slot must hold for the event to be right: a name, a time, a member of
// certain kinds, a date … A line that meets all of it is right; whatever is not plainly right is declined and goes the ordinary way.
// Declined always: events on the record (corrections and the like), lines of which the ordinary way has something to say, values for which
// no word exists.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "engine/lane/row.h"
#include "service/record/decode.h"
#include "service/record/shape.h"

namespace samrad::record {

using engine::lane::Row;
using engine::lane::Word;

// A text longer than short_text_max as it stands in a row until it has a number: its length and where it begins.
inline constexpr std::size_t loose_bytes_max = 1U << 20U;
[[nodiscard]] constexpr bool is_loose(Word word) {
  return (word >> 63U) != 0 && ((word >> 32U) & 0x7FFFFFFFU) != 0;
}
[[nodiscard]] inline std::string_view loose_text(Word word, const char* base) {
  return {base + (word & 0xFFFFFFFFU), (word >> 32U) & 0x7FFFFFFFU};
}
[[nodiscard]] inline Word loose_word(std::string_view text, const char* base) {
  return engine::lane::long_text | Word{text.size()} << 32U | static_cast<Word>(text.data() - base);
}

// By event type: what stands in Row::values, as fields by number or program::subject_slot, each once.
using WantedSlots = std::vector<std::vector<std::uint32_t>>;

namespace detail {
class Checks;
struct QuickPlan;
struct Step;
}  // namespace detail

// One thread; each of several has its own. The vocabulary's symbols are not touched after the constructor.
class QuickReader {
 public:
  // The words of the vocabulary's members come from `texts`, which is not kept. Members must have been hidden before.
  QuickReader(const Vocabulary& vocabulary, engine::lane::Texts& texts, WantedSlots wanted);
  QuickReader(QuickReader&&) noexcept;
  QuickReader& operator=(QuickReader&&) noexcept;
  ~QuickReader();

  // The line that `shapes` has read last, as an event of an agreement with these aliases. Fills all of `row` but `agreement` and
  // `ordinal`; the row must be new (Rows::add). Texts that are longer than a word are loose, from `base`, which lies at most 4 GiB before the
  // line. False: declined.
  bool read(const ShapeReader& shapes, std::span<const Alias> aliases, const char* base, Row& row);

  // Of the event read last: when it was recorded; null where the line does not say so.
  [[nodiscard]] const When* recorded() const;

  // Bit i: value i of that type is a text or the name of a member, so that it may be loose.
  [[nodiscard]] std::uint16_t texts(program::Index type) const { return texts_[type]; }

 private:
  const Vocabulary* vocabulary_;
  WantedSlots wanted_;
  std::vector<std::uint16_t> texts_;  // by type
  std::unique_ptr<detail::Checks> checks_;
  std::vector<std::unique_ptr<const detail::QuickPlan>> plans_;  // by shape; null: not made
};

// The bits that QuickReader::texts gives, by type.
[[nodiscard]] std::vector<std::uint16_t> text_bits(const program::Program& program,
                                                   const WantedSlots& wanted);

}  // namespace samrad::record
