// Which event ids an agreement has had: a filter of fixed size that never forgets one and now and then takes a new one for an old one.
//
// A repeated id is rare and makes its agreement be judged apart, exactly; so does a mistaken one, which costs time and changes nothing.
// That is why no list of ids is kept. One thread.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace samrad::fleet {

class Seen {
 public:
  // For event files of so many bytes altogether.
  explicit Seen(std::uint64_t event_bytes);

  // True when that agreement may have had the id; it has had it from now on.
  bool again(std::uint32_t agreement, std::string_view id);

 private:
  using Block = std::array<std::uint64_t, 8>;  // one cache line: a bit in each word
  std::vector<Block> blocks_;
};

}  // namespace samrad::fleet
