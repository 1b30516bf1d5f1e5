// The names of the agreements, to be found by the million: one cache line each, which can be fetched ahead.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <memory_resource>
#include <string_view>
#include <vector>

namespace samrad::fleet {

class Roster;

// The bytes of a text of at most eight as one number, filled up with zero bytes. The loads may overlap, so that none depends on the size.
[[nodiscard]] inline std::uint64_t word_of(const char* at, std::size_t size) {
  const auto load = [at](std::size_t from, auto number) {
    std::memcpy(&number, at + from, sizeof number);
    return std::uint64_t{number};
  };
  if (size == 8) return load(0, std::uint64_t{});
  if (size >= 4) return load(0, std::uint32_t{}) | load(size - 4, std::uint32_t{}) << 8 * (size - 4);
  if (size >= 2) return load(0, std::uint16_t{}) | load(size - 2, std::uint16_t{}) << 8 * (size - 2);
  return size == 0 ? 0 : load(0, std::uint8_t{});
}

// A hash of any bytes, good in its low bits.
[[nodiscard]] inline std::uint64_t hash_of(std::string_view bytes, std::uint64_t seed = 0) {
  constexpr std::uint64_t factor = 0x9E3779B97F4A7C15U;  // 2^64 over the golden ratio
  std::uint64_t hash = (seed ^ bytes.size()) * factor;
  const auto mix = [&](std::uint64_t word) {
    hash = (hash ^ word) * factor;
    hash ^= hash >> 32U;
  };
  for (; bytes.size() > sizeof hash; bytes.remove_prefix(sizeof hash))
    mix(word_of(bytes.data(), sizeof hash));
  mix(word_of(bytes.data(), bytes.size()));
  return hash;
}

class NameIndex {
 public:
  // Of agreements of the roster, which must outlive the index.
  explicit NameIndex(const Roster& roster);

  // That agreement is in the roster, and its name in no other place of the index.
  void add(std::uint32_t row);

  // There will be about so many names.
  void expect(std::size_t names);

  [[nodiscard]] static std::uint64_t hash(std::string_view name) { return hash_of(name); }
  void fetch(std::uint64_t hash) const { __builtin_prefetch(&places_[hash & mask_]); }

  // The row of that name, or program::none. `hash` is the name's.
  [[nodiscard]] std::uint32_t find(std::string_view name, std::uint64_t hash) const;

 private:
  // The name's beginning, filled up with zero bytes; the rest, if any, is in the roster.
  static constexpr std::size_t words = 3;
  using Beginning = std::array<std::uint64_t, words>;
  static constexpr std::size_t beginning = sizeof(Beginning);
  struct Place {
    std::uint32_t row = 0;  // + 1; 0: free
    std::uint32_t size = 0;
    Beginning text{};
  };
  static_assert(sizeof(Place) == 32);
  using Places = std::pmr::vector<Place>;

  [[nodiscard]] static Beginning beginning_of(std::string_view name);
  static void put(Places& places, const Place& place, std::uint64_t hash);
  void grow(std::size_t places);

  const Roster& roster_;
  Places places_;  // open addressing
  std::uint64_t mask_ = 0;
  std::size_t size_ = 0;
};

}  // namespace samrad::fleet
