#include "service/alerts/address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <string>

namespace samrad::alerts {

namespace {

struct Range {
  std::array<std::uint8_t, 16> begin;
  unsigned bits;
  std::string_view name;
};

constexpr std::array<Range, 16> ranges_v4 = {{
    {{0}, 8, "of this network"},
    {{10}, 8, "private"},
    {{100, 64}, 10, "shared by a carrier"},
    {{127}, 8, "loopback"},
    {{169, 254}, 16, "link-local"},
    {{172, 16}, 12, "private"},
    {{192, 0, 0}, 24, "reserved"},
    {{192, 0, 2}, 24, "for documentation"},
    {{192, 88, 99}, 24, "reserved"},
    {{192, 168}, 16, "private"},
    {{198, 18}, 15, "for benchmarks"},
    {{198, 51, 100}, 24, "for documentation"},
    {{203, 0, 113}, 24, "for documentation"},
    {{224}, 4, "multicast"},
    {{255, 255, 255, 255}, 32, "broadcast"},
    {{240}, 4, "reserved"},
}};

// IPv6 prefixes behind which an IPv4 address stands, and where.
struct Wrapping {
  Range range;
  std::size_t at;
};
constexpr Wrapping mapped = {{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF}, 96, "mapped"}, 12};
constexpr std::array<Wrapping, 3> wrappings = {{
    mapped,
    {{{0x00, 0x64, 0xFF, 0x9B}, 96, "NAT64"}, 12},
    {{{0x20, 0x02}, 16, "6to4"}, 2},
}};

constexpr std::array<Range, 9> ranges_v6 = {{
    {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 128, "loopback"},
    {{0xFC}, 7, "unique-local"},
    {{0xFE, 0x80}, 10, "link-local"},
    {{0xFE, 0xC0}, 10, "site-local"},
    {{0xFF}, 8, "multicast"},
    {{0x20, 0x01, 0x0D, 0xB8}, 32, "for documentation"},
    {{0x3F, 0xFF}, 20, "for documentation"},
    {{0x20, 0x01, 0x00}, 23, "reserved"},
    {{0x00, 0x64, 0xFF, 0x9B, 0x00, 0x01}, 48, "private"},
}};
constexpr Range global_v6 = {{0x20}, 3, "global"};

// Whether the first `bits` of both are the same.
bool begins_with(std::span<const std::uint8_t> address, std::span<const std::uint8_t> begin,
                 unsigned bits) {
  for (unsigned bit = 0; bit < bits; bit += 8) {
    const unsigned mask = 0xFFU << (8U - std::min(8U, bits - bit)) & 0xFFU;
    if (((address[bit / 8] ^ begin[bit / 8]) & mask) != 0) return false;
  }
  return true;
}

bool within(std::span<const std::uint8_t> address, const Range& range) {
  return begins_with(address, range.begin, range.bits);
}

template <std::size_t n>
std::string_view name_in(std::span<const std::uint8_t> address, const std::array<Range, n>& all) {
  const auto it =
      std::find_if(all.begin(), all.end(), [&](const Range& one) { return within(address, one); });
  return it == all.end() ? std::string_view() : it->name;
}

}  // namespace

std::string_view not_public(std::span<const std::uint8_t> address) {
  if (address.size() == 4) return name_in(address, ranges_v4);
  if (address.size() != 16) return "unknown";
  for (const Wrapping& one : wrappings)
    if (within(address, one.range)) return not_public(address.subspan(one.at, 4));
  if (const std::string_view name = name_in(address, ranges_v6); !name.empty()) return name;
  return within(address, global_v6) ? std::string_view() : "reserved";
}

std::optional<AddressRange> AddressRange::parse(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  AddressRange range;
  const std::string address(text.substr(0, slash));
  range.six_ = inet_pton(AF_INET6, address.c_str(), range.begin_.data()) == 1;
  if (!range.six_ && inet_pton(AF_INET, address.c_str(), range.begin_.data()) != 1)
    return std::nullopt;
  const char* const end = text.data() + text.size();
  const auto [read, fault] = std::from_chars(text.data() + slash + 1, end, range.bits_);
  if (fault != std::errc() || read != end || range.bits_ > (range.six_ ? 128U : 32U))
    return std::nullopt;
  return range;
}

std::string_view refused_range(std::span<const std::uint8_t> address,
                               const std::vector<AddressRange>& allowed) {
  const bool named = std::any_of(allowed.begin(), allowed.end(), [&](const AddressRange& range) {
    return range.contains(address);
  });
  return named ? std::string_view() : not_public(address);
}

std::vector<std::uint8_t> literal_bytes(std::string_view host) {
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  const std::string text(host);
  std::vector<std::uint8_t> bytes(16);
  if (inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1) return bytes;
  bytes.resize(4);
  if (inet_pton(AF_INET, text.c_str(), bytes.data()) == 1) return bytes;
  return {};
}

bool AddressRange::contains(std::span<const std::uint8_t> address) const {
  if (address.size() == 16 && within(address, mapped.range)) address = address.subspan(mapped.at);
  return address.size() == (six_ ? 16U : 4U) && begins_with(address, begin_, bits_);
}

}  // namespace samrad::alerts
