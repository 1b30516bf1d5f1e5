// Lines that differ only in their values, read without reading JSON.
//
// A shape is a line with its values left out: literal pieces (punctuation, keys, and the values of `specversion`, `type` and
// `datacontenttype`, so that a shape belongs to one event type) and slots between them. It is learnt from a line that read_record has
// accepted. A later line fits when every literal stands where it should, byte for byte, and each slot holds a plain value of its kind; it is
// then JSON because the first line was. What does not fit plainly is declined and goes the ordinary way, which decides.
//
// One pass over the bytes, and no allocation. The shapes share their beginnings in a tree; where several go on differently, a few bytes
// that tell them apart say which to try first.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "service/record/json.h"

namespace samrad::record {

enum class SlotKind : std::uint8_t {
  text,    // valid UTF-8 without escapes, control characters and DEL; may be empty
  number,  // an optional `-`, digits without leading zeros, perhaps a point and decimals; at most shape_digits_max digits
  yes_no,  // true or false
};

inline constexpr std::size_t shape_digits_max = 17;
inline constexpr std::size_t shape_slots_max = 64;
inline constexpr std::size_t shape_bytes_max = 4096;  // of all literals
inline constexpr std::size_t shapes_max = 1024;       // of one reader
inline constexpr std::uint32_t no_shape = 0xFFFFFFFFU;
inline constexpr std::uint32_t no_slot = 0xFFFFFFFFU;

struct Shape {
  std::vector<std::string>
      literals;  // one more than slots: before, between and after them; with the quotes of texts
  std::vector<SlotKind> slots;
  // Where these attributes are, or no_slot.
  std::uint32_t id = no_slot;
  std::uint32_t source = no_slot;
  std::uint32_t agreement = no_slot;

  bool operator==(const Shape&) const = default;

  // The line with these values in its slots.
  void write(std::span<const std::string_view> values, std::string& out) const;

  // The event that such lines are: as parse_json gives it, with the number of the slot for the text of each value in a slot.
  [[nodiscard]] Json skeleton() const;
};

// The shape of `line`, which must be one that read_record accepts, without blanks at its ends. Nothing where the line has a character
// escape, a number that is not plain, or more slots or bytes than there may be. Any other text gives some shape or none.
[[nodiscard]] bool shape_of(std::string_view line, Shape& out);

// The shapes seen, and the values of the line read last. One thread.
class ShapeReader {
 public:
  // So many bytes behind the end of what is read must be readable. What they hold does not matter.
  static constexpr std::size_t padding = 64;

  ShapeReader();
  ShapeReader(ShapeReader&&) noexcept;
  ShapeReader& operator=(ShapeReader&&) noexcept;
  ~ShapeReader();

  // The number of the line's shape, new if it was not known; no_shape where it has none or there are too many. For `line` see shape_of.
  std::uint32_t learn(std::string_view line);
  std::uint32_t learn(const Shape& shape);

  // Tries the line that begins at `at`; a line ends in a line feed, perhaps after a carriage return, or at `end`. True: the line fits
  // `shape()` and `at` stands on the next line. False: declined, `at` is where it was.
  bool read(const char*& at, const char* end);

  // Of the line read last.
  [[nodiscard]] std::uint32_t number() const { return number_; }
  [[nodiscard]] std::span<const std::string_view> values() const {
    return {values_.data(), count_};
  }
  [[nodiscard]] std::string_view agreement() const { return at(shape().agreement); }  // empty: none
  [[nodiscard]] std::string_view id() const { return at(shape().id); }
  [[nodiscard]] std::string_view source() const { return at(shape().source); }

  [[nodiscard]] const Shape& shape() const { return shapes_[number_]; }
  [[nodiscard]] const Shape& shape(std::uint32_t number) const { return shapes_[number]; }
  [[nodiscard]] std::size_t size() const { return shapes_.size(); }

 private:
  struct Edge;
  struct Node;

  [[nodiscard]] std::string_view at(std::uint32_t slot) const {
    return slot == no_slot ? std::string_view() : values_[slot];
  }
  bool add(const Shape& shape, std::uint32_t number);

  std::vector<Shape> shapes_;
  std::vector<Node> nodes_;
  std::array<std::string_view, shape_slots_max> values_;
  std::uint32_t count_ = 0;
  std::uint32_t number_ = no_shape;
};

}  // namespace samrad::record
