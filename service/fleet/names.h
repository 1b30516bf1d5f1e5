// The names of the agreements, to be found by the million: one cache line each, which can be fetched ahead.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <memory_resource>
#include <vector>

namespace samrad::fleet {

class Roster;

class NameIndex {
 public:
  // Of all agreements that are in the roster now; it must outlive the index.
  explicit NameIndex(const Roster& roster);

  [[nodiscard]] static std::uint64_t hash(std::string_view name);
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

  [[nodiscard]] static bool same(const Beginning& a, const Beginning& b) {
    return ((a[0] ^ b[0]) | (a[1] ^ b[1]) | (a[2] ^ b[2])) == 0;
  }

  [[nodiscard]] static Beginning beginning_of(std::string_view name) {
    Beginning text{};
    std::memcpy(text.data(), name.data(), name.size() < beginning ? name.size() : beginning);
    return text;
  }

  const Roster& roster_;
  std::pmr::vector<Place> places_;  // open addressing
  std::uint64_t mask_ = 0;
};

// A hash of any bytes, good in its low bits.
[[nodiscard]] inline std::uint64_t hash_of(std::string_view bytes, std::uint64_t seed = 0) {
  constexpr std::uint64_t factor = 0x9E3779B97F4A7C15U;  // 2^64 over the golden ratio
  std::uint64_t hash = (seed ^ bytes.size()) * factor;
  const auto mix = [&](std::uint64_t word) {
    hash = (hash ^ word) * factor;
    hash ^= hash >> 32U;
  };
  std::uint64_t word = 0;
  for (; bytes.size() > sizeof word; bytes.remove_prefix(sizeof word)) {
    std::memcpy(&word, bytes.data(), sizeof word);
    mix(word);
  }
  word = 0;
  std::memcpy(&word, bytes.data(), bytes.size());
  mix(word);
  return hash;
}

}  // namespace samrad::fleet
