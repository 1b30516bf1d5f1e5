// Which network addresses are of the public internet, and which are within a range that somebody named. Pure.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace samrad::alerts {

// What the address is instead, such as "loopback" or "private"; empty: it is public. 4 bytes of IPv4 or 16 of IPv6 in network order, any
// other count is "unknown". An IPv4 address within an IPv6 one (mapped, NAT64, 6to4) is judged by itself. The ranges are those of the
// special-purpose registries of IANA (RFC 6890) and multicast; of IPv6 only 2000::/3 is public.
[[nodiscard]] std::string_view not_public(std::span<const std::uint8_t> address);

// The addresses that begin with the same bits. An IPv4 address mapped into IPv6 is that IPv4 address here too: no range of IPv6 holds it,
// however wide.
class AddressRange {
 public:
  // CIDR, as `10.20.0.0/16` or `fd00::/8`; bits beyond the length do not matter. Nothing: it is none.
  [[nodiscard]] static std::optional<AddressRange> parse(std::string_view text);
  // 4 or 16 bytes in network order; of any other count: no.
  [[nodiscard]] bool contains(std::span<const std::uint8_t> address) const;

 private:
  std::array<std::uint8_t, 16> begin_{};
  unsigned bits_ = 0;
  bool six_ = false;  // of IPv6
};

// What it is that keeps webhooks from it; empty: it is public, or within a range that is allowed.
[[nodiscard]] std::string_view refused_range(std::span<const std::uint8_t> address,
                                             const std::vector<AddressRange>& allowed);

// The bytes of a host written as numbers, IPv6 with or without brackets; none: it is a name.
[[nodiscard]] std::vector<std::uint8_t> literal_bytes(std::string_view host);

}  // namespace samrad::alerts
