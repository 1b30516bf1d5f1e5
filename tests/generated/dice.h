// Chance that is the same on every machine: a seed gives one row of throws, whatever the library.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace samrad::generated {

class Dice {
 public:
  explicit Dice(std::uint64_t seed) {
    for (std::uint64_t& word : words_)
      word = split(seed);
  }

  // xoshiro256** (Blackman and Vigna, public domain).
  std::uint64_t next() {
    const std::uint64_t out = turned(words_[1] * 5, 7) * 9;
    const std::uint64_t moved = words_[1] << 17;
    words_[2] ^= words_[0];
    words_[3] ^= words_[1];
    words_[1] ^= words_[2];
    words_[0] ^= words_[3];
    words_[2] ^= moved;
    words_[3] = turned(words_[3], 45);
    return out;
  }

  // 0 … n-1; 0 where n is not positive.
  int below(int n) { return n <= 0 ? 0 : static_cast<int>(next() % static_cast<std::uint64_t>(n)); }
  int between(int low, int high) { return low + below(high - low + 1); }
  bool percent(int n) { return below(100) < n; }

  template <class T>
  const T& of(const std::vector<T>& all) {
    return all[static_cast<std::size_t>(below(static_cast<int>(all.size())))];
  }
  std::string word(std::initializer_list<std::string_view> all) {
    return std::string(*(all.begin() + below(static_cast<int>(all.size()))));
  }

  // The position of one of `weights`, each as likely as it is heavy.
  std::size_t weighed(const std::vector<int>& weights) {
    int sum = 0;
    for (const int w : weights)
      sum += w;
    int left = below(sum);
    for (std::size_t i = 0; i < weights.size(); ++i)
      if ((left -= weights[i]) < 0) return i;
    return 0;
  }

  template <class T>
  void shuffle(std::vector<T>& all) {
    for (std::size_t i = all.size(); i > 1; --i)
      std::swap(all[i - 1], all[static_cast<std::size_t>(below(static_cast<int>(i)))]);
  }

 private:
  static std::uint64_t turned(std::uint64_t x, int by) { return (x << by) | (x >> (64 - by)); }

  // splitmix64
  static std::uint64_t split(std::uint64_t& seed) {
    std::uint64_t z = (seed += 0x9E3779B97F4A7C15U);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31);
  }

  std::array<std::uint64_t, 4> words_{};
};

}  // namespace samrad::generated
