// Which event ids an agreement has had: a filter of fixed size that never forgets one and now and then takes a new one for an old one.
//
// A repeated id is rare and makes its agreement be judged apart, exactly; so does a mistaken one, which costs time and changes nothing.
// That is why no list of ids is kept. One thread.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <memory_resource>
#include <vector>

namespace samrad::fleet {

class Seen {
 public:
  // For event files of so many bytes altogether.
  explicit Seen(std::uint64_t event_bytes);

  // What stands for an agreement and an id.
  [[nodiscard]] static std::uint64_t key(std::uint32_t agreement, std::string_view id);

  void fetch(std::uint64_t key) const { __builtin_prefetch(&blocks_[place(key)], 1); }

  // True when there may have been that key before; there has from now on.
  bool again(std::uint64_t key);

 private:
  using Block = std::array<std::uint64_t, 8>;  // one cache line: a bit in each word
  // As evenly as by a remainder, without a division: at most 2^22 blocks.
  [[nodiscard]] std::size_t place(std::uint64_t key) const { return (key >> 32U) * blocks_.size() >> 32U; }
  std::pmr::vector<Block> blocks_;
};

}  // namespace samrad::fleet
