// SHA-256 (FIPS 180-4), whole or piece by piece. Programs, states and texts are named by it.
//
// A Sha256 is a value: copying one forks the computation. Different objects may be used by different threads.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace samrad::program {

using Digest = std::array<std::uint8_t, 32>;

class Sha256 {
 public:
  // Appends bytes to the message. Messages up to 2^61 - 1 bytes.
  void add(std::span<const std::uint8_t> bytes) noexcept;
  void add(std::string_view text) noexcept;

  // The digest of all that was added so far; more may be added afterwards.
  [[nodiscard]] Digest digest() const noexcept;

 private:
  void block(const std::uint8_t* bytes) noexcept;

  std::array<std::uint32_t, 8> state_{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                      0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  std::array<std::uint8_t, 64> rest_{};  // what does not fill a block yet
  std::uint64_t length_ = 0;             // of the message, in bytes
};

[[nodiscard]] Digest sha256(std::span<const std::uint8_t> bytes) noexcept;
[[nodiscard]] Digest sha256(std::string_view text) noexcept;

// 64 lower-case hexadecimal digits.
[[nodiscard]] std::string hex(const Digest& digest);

}  // namespace samrad::program
