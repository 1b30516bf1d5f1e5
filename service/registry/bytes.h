// Numbers and texts as bytes, and back, for what the registry keeps of itself.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace samrad::registry {

inline void pack(std::string& out, std::uint64_t number) {
  for (int i = 0; i < 8; ++i)
    out += static_cast<char>(number >> (8 * i));
}

inline void pack(std::string& out, std::string_view text) {
  pack(out, text.size());
  out += text;
}

// Takes what pack() wrote, and says when there is less than that.
class Taker {
 public:
  explicit Taker(std::string_view bytes) : rest_(bytes) {}

  std::uint64_t number() {
    if (rest_.size() < 8) return fail();
    std::uint64_t out = 0;
    for (int i = 0; i < 8; ++i)
      out |= std::uint64_t{static_cast<unsigned char>(rest_[static_cast<std::size_t>(i)])}
             << (8 * i);
    rest_.remove_prefix(8);
    return out;
  }
  // How many of something follow, each of so many bytes at least.
  std::uint64_t count(std::size_t bytes_each) {
    const std::uint64_t count = number();
    return count <= rest_.size() / bytes_each ? count : fail();
  }
  std::string_view text() {
    const std::uint64_t size = count(1);
    const std::string_view out = rest_.substr(0, static_cast<std::size_t>(size));
    rest_.remove_prefix(static_cast<std::size_t>(size));
    return out;
  }
  [[nodiscard]] bool sound() const { return sound_; }
  [[nodiscard]] bool at_end() const { return sound_ && rest_.empty(); }

 private:
  std::uint64_t fail() {
    sound_ = false;
    rest_ = {};
    return 0;
  }
  std::string_view rest_;
  bool sound_ = true;
};

}  // namespace samrad::registry
