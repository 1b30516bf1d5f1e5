// Aim: what is not of the public internet is seen for what it is, in whatever form it is written.

#include <arpa/inet.h>
#include <gmock/gmock.h>

#include "service/alerts/address.h"

namespace samrad::alerts {
namespace {

std::string_view range_of(const char* text) {
  std::uint8_t bytes[16] = {};
  if (inet_pton(AF_INET, text, bytes) == 1) return not_public({bytes, 4});
  EXPECT_EQ(inet_pton(AF_INET6, text, bytes), 1) << text;
  return not_public({bytes, 16});
}

TEST(Address, is_public_or_says_what_it_is) {
  const struct {
    const char* address;
    const char* range;
  } table[] = {
      {"8.8.8.8", ""},
      {"11.0.0.0", ""},
      {"100.63.255.255", ""},
      {"100.128.0.0", ""},
      {"172.15.255.255", ""},
      {"172.32.0.0", ""},
      {"192.167.255.255", ""},
      {"198.17.255.255", ""},
      {"223.255.255.255", ""},
      {"0.0.0.0", "of this network"},
      {"10.255.255.255", "private"},
      {"100.64.0.1", "shared by a carrier"},
      {"100.127.255.255", "shared by a carrier"},
      {"127.0.0.1", "loopback"},
      {"127.255.255.254", "loopback"},
      {"169.254.169.254", "link-local"},
      {"172.16.0.1", "private"},
      {"172.31.255.255", "private"},
      {"192.0.0.1", "reserved"},
      {"192.0.2.1", "for documentation"},
      {"192.168.0.1", "private"},
      {"198.18.0.1", "for benchmarks"},
      {"198.19.255.255", "for benchmarks"},
      {"198.51.100.7", "for documentation"},
      {"203.0.113.7", "for documentation"},
      {"224.0.0.1", "multicast"},
      {"239.255.255.255", "multicast"},
      {"240.0.0.1", "reserved"},
      {"255.255.255.255", "broadcast"},
      {"2a00:1450:400f:80c::200e", ""},
      {"2001:4860:4860::8888", ""},
      {"::", "reserved"},
      {"::1", "loopback"},
      {"::127.0.0.1", "reserved"},
      {"fe80::1", "link-local"},
      {"febf::1", "link-local"},
      {"fec0::1", "site-local"},
      {"fc00::1", "unique-local"},
      {"fdff::1", "unique-local"},
      {"ff02::1", "multicast"},
      {"2001:db8::1", "for documentation"},
      {"3fff::1", "for documentation"},
      {"2001::1", "reserved"},  // Teredo
      {"100::1", "reserved"},
      {"::ffff:127.0.0.1", "loopback"},
      {"::ffff:10.0.0.1", "private"},
      {"::ffff:8.8.8.8", ""},
      {"64:ff9b::7f00:1", "loopback"},
      {"64:ff9b::808:808", ""},
      {"64:ff9b:1::808:808", "private"},
      {"2002:7f00:1::1", "loopback"},
      {"2002:c0a8:1::1", "private"},
      {"2002:808:808::1", ""},
  };
  for (const auto& row : table)
    EXPECT_EQ(range_of(row.address), row.range) << row.address;
  EXPECT_EQ(not_public({}), "unknown");
}

}  // namespace
}  // namespace samrad::alerts
