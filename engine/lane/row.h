// One event as a lane reads it: a fixed number of words, no text, no allocation.
//
// Only what the rules read is in it (Lane::reads). A text is a word too: up to seven bytes stand in the word itself, a longer one is the
// number that a Texts table gave it. Equal texts have equal words as long as the table lives.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rules/calendar/date.h"

namespace samrad::engine::lane {

using Word = std::uint64_t;

// The values stand behind it in memory, as many as Rows::values says.
struct Row {
  static constexpr std::int64_t no_time = INT64_MIN;

  std::uint32_t agreement = 0;     // which of the fleet
  std::int32_t day = 0;            // calendar::Day
  std::int64_t instant = no_time;  // UTC seconds since 1970; no_time: only the day is known
  std::uint16_t type = 0;          // row of Program::event_types
  std::uint16_t known = 0;         // bit i: value i was given
  std::uint32_t ordinal = 0;       // which event of the input this is: all that findings say about it

  [[nodiscard]] const Word* values() const { return reinterpret_cast<const Word*>(this + 1); }
  [[nodiscard]] Word* values() { return reinterpret_cast<Word*>(this + 1); }
};
static_assert(sizeof(Row) == 3 * sizeof(Word));

// A run of rows, one behind the other.
class Rows {
 public:
  explicit Rows(std::size_t values) : stride_(sizeof(Row) + values * sizeof(Word)) {}

  [[nodiscard]] std::size_t values() const { return (stride_ - sizeof(Row)) / sizeof(Word); }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] const Row& operator[](std::size_t i) const { return *reinterpret_cast<const Row*>(bytes_.data() + i * stride_); }
  [[nodiscard]] Row& operator[](std::size_t i) { return *reinterpret_cast<Row*>(bytes_.data() + i * stride_); }

  // A new last row, empty, its values 0. Good until the next call.
  Row& add() {
    std::byte* const at = room();
    std::memset(at, 0, stride_);
    return *new (at) Row;
  }
  // A copy of a row that has as many values and is not one of these.
  Row& add(const Row& row) { return *static_cast<Row*>(std::memcpy(room(), &row, stride_)); }
  void drop_last() { --size_; }
  void clear() { size_ = 0; }
  void reserve(std::size_t rows) { bytes_.resize(std::max(bytes_.size(), rows * stride_)); }

 private:
  std::byte* room() {
    const std::size_t at = size_++ * stride_;
    if (at + stride_ > bytes_.size()) bytes_.resize(std::max(2 * bytes_.size(), at + 64 * stride_));
    return bytes_.data() + at;
  }

  std::size_t stride_;
  std::size_t size_ = 0;
  std::vector<std::byte> bytes_;  // room for more than size_
};

// ---- words ----------------------------------------------------------------------------------------------------------------

// yes_no is 0 or 1; a number or date is itself, as a signed 64-bit integer.
inline constexpr std::size_t short_text_max = 7;         // bytes
inline constexpr Word long_text = Word{1} << 63U;        // the rest is the number in a Texts table
inline constexpr std::int64_t number_max = std::int64_t{1} << 53U;  // beyond it, and for fractions, no word exists

// The word of a text of at most short_text_max bytes.
[[nodiscard]] inline Word short_word(std::string_view text) {
  Word word = 0;
  std::memcpy(&word, text.data(), text.size());
  return word | static_cast<Word>(text.size() + 1) << 56U;  // little-endian machines; words never leave the process
}

// The numbers of longer texts. One thread.
class Texts {
 public:
  // Equal for equal texts and only for them, until a sweep.
  [[nodiscard]] Word word(std::string_view text) { return text.size() <= short_text_max ? short_word(text) : long_word(text); }

  // From now on what is in the table stays.
  void keep_all() { kept_ = texts_.size(); }

  // Texts besides those kept.
  [[nodiscard]] std::size_t brought_along() const { return texts_.size() - kept_ - free_.size(); }

  // Forgets every text but those kept and those among `live`, which must be all words that anything still holds.
  void sweep(std::span<const Word> live);

 private:
  Word long_word(std::string_view text);
  [[nodiscard]] std::size_t slot(std::string_view text) const;
  void rebuild(std::size_t slots);

  std::vector<std::string> texts_;    // by number; empty: forgotten
  std::vector<std::uint32_t> slots_;  // open addressing; 0 free, else number + 1
  std::vector<std::uint32_t> free_;
  std::size_t kept_ = 0;
};

}  // namespace samrad::engine::lane
