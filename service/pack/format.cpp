#include "service/pack/format.h"

namespace samrad::pack {

namespace {

constexpr std::uint64_t prime1 = 0x9E3779B185EBCA87ULL;
constexpr std::uint64_t prime2 = 0xC2B2AE3D27D4EB4FULL;
constexpr std::uint64_t prime3 = 0x165667B19E3779F9ULL;
constexpr std::uint64_t prime4 = 0x85EBCA77C2B2AE63ULL;
constexpr std::uint64_t prime5 = 0x27D4EB2F165667C5ULL;

template <class Number>
Number load(const char* at) {
  Number n;
  std::memcpy(&n, at, sizeof n);
  return n;
}

std::uint64_t round(std::uint64_t lane, std::uint64_t input) {
  return std::rotl(lane + input * prime2, 31) * prime1;
}

}  // namespace

std::uint64_t check_of(std::string_view bytes) {
  const char* at = bytes.data();
  const char* const end = at + bytes.size();
  std::uint64_t h = prime5;
  if (bytes.size() >= 32) {
    std::uint64_t a = prime1 + prime2;
    std::uint64_t b = prime2;
    std::uint64_t c = 0;
    std::uint64_t d = 0 - prime1;
    for (; end - at >= 32; at += 32) {
      a = round(a, load<std::uint64_t>(at));
      b = round(b, load<std::uint64_t>(at + 8));
      c = round(c, load<std::uint64_t>(at + 16));
      d = round(d, load<std::uint64_t>(at + 24));
    }
    h = std::rotl(a, 1) + std::rotl(b, 7) + std::rotl(c, 12) + std::rotl(d, 18);
    for (const std::uint64_t lane : {a, b, c, d})
      h = (h ^ round(0, lane)) * prime1 + prime4;
  }
  h += bytes.size();
  for (; end - at >= 8; at += 8)
    h = std::rotl(h ^ round(0, load<std::uint64_t>(at)), 27) * prime1 + prime4;
  if (end - at >= 4) {
    h = std::rotl(h ^ load<std::uint32_t>(at) * prime1, 23) * prime2 + prime3;
    at += 4;
  }
  for (; at != end; ++at)
    h = std::rotl(h ^ static_cast<unsigned char>(*at) * prime5, 11) * prime1;
  h = (h ^ (h >> 33U)) * prime2;
  h = (h ^ (h >> 29U)) * prime3;
  return h ^ (h >> 32U);
}

void Writing::varint(std::uint64_t n) {
  for (; n >= 0x80; n >>= 7U)
    out_ += static_cast<char>(n | 0x80U);
  out_ += static_cast<char>(n);
}

void Writing::fixed(std::span<const std::uint64_t> numbers, std::size_t width) {
  for (const std::uint64_t n : numbers)
    out_.append(reinterpret_cast<const char*>(&n), width);
}

std::uint64_t Reading::varint() {
  std::uint64_t n = 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    const std::uint64_t part = byte();
    n |= (part & 0x7FU) << shift;
    if (part < 0x80) return ok_ ? n : 0;
  }
  ok_ = false;
  return 0;
}

std::size_t width_of(std::uint64_t most) {
  if (most == 0) return 0;
  return std::bit_ceil(static_cast<std::size_t>((std::bit_width(most) + 7) / 8));
}

}  // namespace samrad::pack
