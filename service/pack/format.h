// The packed log: event lines as shapes and columns, every byte kept. docs/pack.md describes the file; this is its alphabet.
//
// All numbers are little-endian; `varint` is LEB128, at most ten bytes. Machines of another byte order are not provided for.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>

namespace samrad::pack {

static_assert(std::endian::native == std::endian::little);

inline constexpr std::string_view magic =
    "\x89SAMRAD\n";  // no text begins so, and a changed line break shows
inline constexpr std::uint32_t version = 1;

inline constexpr std::size_t block_events_max = 4096;
inline constexpr std::size_t block_bytes_goal =
    1U << 20U;  // of its lines, when a block is closed before it has that many
inline constexpr std::size_t block_bytes_max = 64U << 20U;  // of a block's content; more is damage
inline constexpr std::size_t line_bytes_max = 16U << 20U;   // of a line that can be packed
inline constexpr std::size_t value_bytes_max =
    15U << 10U;  // in a slot: with all slots full the line is still within event_bytes_max
inline constexpr std::size_t entries_max = 1U << 28U;  // of a dictionary
inline constexpr std::size_t streams_max = 1U << 16U;

// How the values of a column stand in a block.
enum class Encoding : std::uint8_t {
  numbered,  // by their numbers in the stream's dictionary, which may grow here first
  texts,     // lengths, then bytes
  dates,     // of texts that are dates, 2017-05-10: days
  instants,  // of texts that begin 2017-05-10T13:00:00: seconds, and what stands behind
  integers,  // of numbers without a point, 0 but not -0
};

// What stands before a block's content. A block without events ends the log; its content is a Total.
struct BlockHead {
  std::uint32_t bytes = 0;
  std::uint32_t events = 0;
  std::uint64_t check = 0;  // check_of the content
};
static_assert(sizeof(BlockHead) == 16);

struct Total {
  std::uint64_t lines = 0;
  std::uint64_t bytes = 0;  // of them
};
static_assert(sizeof(Total) == 16);

// XXH64 with seed 0, by its specification.
[[nodiscard]] std::uint64_t check_of(std::string_view bytes);

// Appends to a text.
class Writing {
 public:
  explicit Writing(std::string& out) : out_(out) {}

  void varint(std::uint64_t n);
  void byte(std::uint8_t n) { out_ += static_cast<char>(n); }
  void text(std::string_view text) {
    varint(text.size());
    out_ += text;
  }
  // The `width` lowest bytes of each; 0, 1, 2, 4 or 8.
  void fixed(std::span<const std::uint64_t> numbers, std::size_t width);
  template <class Number>
  void plain(Number n) {
    out_.append(reinterpret_cast<const char*>(&n), sizeof n);
  }

 private:
  std::string& out_;
};

// Reads what Writing wrote; beyond the end, and after anything impossible, everything is 0 or empty and ok() is false.
class Reading {
 public:
  explicit Reading(std::string_view bytes) : rest_(bytes) {}

  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] bool done() const { return ok_ && rest_.empty(); }
  [[nodiscard]] std::string_view rest() const { return rest_; }
  std::uint64_t varint();
  std::uint8_t byte() { return static_cast<std::uint8_t>(ok(1) ? take(1)[0] : 0); }
  std::string_view text() { return bytes(varint()); }
  std::string_view bytes(std::uint64_t count) {
    return ok(count) ? take(count) : std::string_view();
  }
  template <class Number>
  Number plain() {
    Number n{};
    if (ok(sizeof n)) std::memcpy(&n, take(sizeof n).data(), sizeof n);
    return n;
  }

 private:
  bool ok(std::uint64_t bytes) { return ok_ = ok_ && bytes <= rest_.size(); }
  std::string_view take(std::uint64_t count) {
    const std::string_view front = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return front;
  }

  std::string_view rest_;
  bool ok_ = true;
};

// Bytes that hold every number up to `most`: 0, 1, 2, 4 or 8.
[[nodiscard]] std::size_t width_of(std::uint64_t most);

}  // namespace samrad::pack
