// A blocked Bloom filter: one cache line an event, eight bits of it set. At ten bytes an event, one new id in a hundred million is taken for an
// old one.

#include "service/fleet/seen.h"

#include <algorithm>

#include "service/fleet/names.h"
#include "service/fleet/pages.h"

namespace samrad::fleet {

namespace {

constexpr std::uint64_t bytes_min = 1U << 16U;
constexpr std::uint64_t bytes_max = 1U << 28U;

std::uint64_t mixed(std::uint64_t h) {
  h = (h ^ (h >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  h = (h ^ (h >> 27U)) * 0x94D049BB133111EBULL;
  return h ^ (h >> 31U);
}

}  // namespace

Seen::Seen(std::uint64_t event_bytes)
    : blocks_(std::clamp(event_bytes / 16, bytes_min, bytes_max) / sizeof(Block), &large_pages()) {}

std::uint64_t Seen::key(std::uint32_t agreement, std::string_view id) {
  return mixed(hash_of(id, agreement));
}

bool Seen::again(std::uint64_t key) {
  const std::uint64_t h = key;
  Block& block = blocks_[place(h)];
  std::uint64_t bits = mixed(h + 0x9E3779B97F4A7C15ULL);
  bool all = true;
  for (std::uint64_t& word : block) {
    const std::uint64_t bit = std::uint64_t{1} << (bits & 63U);
    all = all && (word & bit) != 0;
    word |= bit;
    bits >>= 6U;
  }
  return all;
}

}  // namespace samrad::fleet
