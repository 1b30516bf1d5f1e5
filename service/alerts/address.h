// Which network addresses are of the public internet. Pure.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace samrad::alerts {

// What the address is instead, such as "loopback" or "private"; empty: it is public. 4 bytes of IPv4 or 16 of IPv6 in network order, any
// other count is "unknown". An IPv4 address within an IPv6 one (mapped, NAT64, 6to4) is judged by itself. The ranges are those of the
// special-purpose registries of IANA (RFC 6890) and multicast; of IPv6 only 2000::/3 is public.
[[nodiscard]] std::string_view not_public(std::span<const std::uint8_t> address);

}  // namespace samrad::alerts
