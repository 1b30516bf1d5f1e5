// The compression function of FIPS 180-4 § 6.2.2 and its padding, without tables beyond the sixty-four constants.

#include "rules/program/sha256.h"

#include <algorithm>
#include <bit>

namespace samrad::program {

namespace {

constexpr std::array<std::uint32_t, 64> constants = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

constexpr std::size_t block_bytes = 64;
constexpr std::size_t length_at = 56;  // where the message length stands in the last block

void store_big_endian(std::uint64_t value, std::size_t bytes, std::uint8_t* out) {
  for (std::size_t i = 0; i < bytes; ++i)
    out[i] = static_cast<std::uint8_t>(value >> (8 * (bytes - 1 - i)) & 0xff);
}

}  // namespace

void Sha256::block(const std::uint8_t* bytes) noexcept {
  std::array<std::uint32_t, 64> w{};
  for (std::size_t i = 0; i < 16; ++i)
    w[i] = std::uint32_t{bytes[4 * i]} << 24 | std::uint32_t{bytes[4 * i + 1]} << 16 |
           std::uint32_t{bytes[4 * i + 2]} << 8 | std::uint32_t{bytes[4 * i + 3]};
  for (std::size_t i = 16; i < 64; ++i) {
    const std::uint32_t s0 = std::rotr(w[i - 15], 7) ^ std::rotr(w[i - 15], 18) ^ w[i - 15] >> 3;
    const std::uint32_t s1 = std::rotr(w[i - 2], 17) ^ std::rotr(w[i - 2], 19) ^ w[i - 2] >> 10;
    w[i] = w[i - 16] + s0 + w[i - 7] + s1;
  }
  auto [a, b, c, d, e, f, g, h] = state_;
  for (std::size_t i = 0; i < 64; ++i) {
    const std::uint32_t s1 = std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25);
    const std::uint32_t t1 = h + s1 + ((e & f) ^ (~e & g)) + constants[i] + w[i];
    const std::uint32_t s0 = std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22);
    const std::uint32_t t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
    h = g;
    g = f;
    f = e;
    e = d + t1;
    d = c;
    c = b;
    b = a;
    a = t1 + t2;
  }
  const std::array<std::uint32_t, 8> sum = {a, b, c, d, e, f, g, h};
  for (std::size_t i = 0; i < 8; ++i)
    state_[i] += sum[i];
}

void Sha256::add(std::span<const std::uint8_t> bytes) noexcept {
  const std::size_t have = length_ % block_bytes;
  length_ += bytes.size();
  if (have > 0) {
    const std::size_t taken = std::min(block_bytes - have, bytes.size());
    std::copy_n(bytes.begin(), taken, rest_.begin() + static_cast<std::ptrdiff_t>(have));
    bytes = bytes.subspan(taken);
    if (have + taken < block_bytes) return;
    block(rest_.data());
  }
  while (bytes.size() >= block_bytes) {
    block(bytes.data());
    bytes = bytes.subspan(block_bytes);
  }
  std::copy(bytes.begin(), bytes.end(), rest_.begin());
}

void Sha256::add(std::string_view text) noexcept {
  add({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

Digest Sha256::digest() const noexcept {
  Sha256 last = *this;
  const std::uint64_t bits = length_ * 8;
  const std::size_t have = length_ % block_bytes;
  std::array<std::uint8_t, 2 * block_bytes> padding{0x80};
  const std::size_t zeros_to = have < length_at ? length_at - have : block_bytes + length_at - have;
  store_big_endian(bits, 8, padding.data() + zeros_to);
  last.add({padding.data(), zeros_to + 8});
  Digest out{};
  for (std::size_t i = 0; i < 8; ++i)
    store_big_endian(last.state_[i], 4, out.data() + 4 * i);
  return out;
}

Digest sha256(std::span<const std::uint8_t> bytes) noexcept {
  Sha256 sum;
  sum.add(bytes);
  return sum.digest();
}

Digest sha256(std::string_view text) noexcept {
  Sha256 sum;
  sum.add(text);
  return sum.digest();
}

std::string hex(const Digest& digest) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  out.reserve(2 * digest.size());
  for (std::uint8_t byte : digest) {
    out += digits[byte >> 4];
    out += digits[byte & 15];
  }
  return out;
}

}  // namespace samrad::program
