// Aim: what is not of the public internet is seen for what it is, in whatever form it is written.

#include <arpa/inet.h>
#include <gmock/gmock.h>

#include <vector>

#include "service/alerts/address.h"

namespace samrad::alerts {
namespace {

std::vector<std::uint8_t> bytes_of(const char* text) {
  std::uint8_t bytes[16] = {};
  if (inet_pton(AF_INET, text, bytes) == 1) return {bytes, bytes + 4};
  EXPECT_EQ(inet_pton(AF_INET6, text, bytes), 1) << text;
  return {bytes, bytes + 16};
}

std::string_view range_of(const char* text) { return not_public(bytes_of(text)); }

TEST(Address, written_as_numbers_is_known_from_a_name) {
  EXPECT_EQ(literal_bytes("127.0.0.1"), bytes_of("127.0.0.1"));
  EXPECT_EQ(literal_bytes("[::1]"), bytes_of("::1"));
  EXPECT_EQ(literal_bytes("fd00::1"), bytes_of("fd00::1"));
  for (const char* host : {"", "localhost", "127.0.0.1.example.org", "[127.0.0.1]x", "1.2.3"})
    EXPECT_TRUE(literal_bytes(host).empty()) << host;
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

TEST(AddressRange, holds_the_addresses_that_begin_as_it_does) {
  const struct {
    const char* range;
    const char* address;
    bool held;
  } table[] = {
      {"10.20.0.0/16", "10.20.0.0", true},
      {"10.20.0.0/16", "10.20.255.255", true},
      {"10.20.0.0/16", "10.19.255.255", false},
      {"10.20.0.0/16", "10.21.0.0", false},
      {"10.20.0.0/16", "127.0.0.1", false},
      {"10.20.0.0/16", "169.254.169.254", false},
      {"10.20.0.0/16", "::1", false},
      {"10.20.0.0/16", "::ffff:10.20.3.4", true},
      {"10.20.0.0/16", "::ffff:127.0.0.1", false},
      {"10.20.0.0/16", "::10.20.3.4", false},
      {"10.20.0.0/16", "64:ff9b::a14:304", false},
      {"10.20.128.0/17", "10.20.127.255", false},
      {"10.20.128.0/17", "10.20.128.0", true},
      {"192.168.7.9/32", "192.168.7.9", true},
      {"192.168.7.9/32", "192.168.7.8", false},
      {"0.0.0.0/0", "127.0.0.1", true},
      {"0.0.0.0/0", "::1", false},
      {"fd00::/8", "fd12:3456::1", true},
      {"fd00::/8", "fc00::1", false},
      {"fd00::/8", "253.0.0.0", false},
      {"fd00:0:8000::/33", "fd00:0:ffff::1", true},
      {"fd00:0:8000::/33", "fd00:0:7fff::1", false},
      {"::1/128", "::1", true},
      {"::1/128", "::2", false},
      {"::/0", "fe80::1", true},
      {"::/0", "::ffff:127.0.0.1", false},
      {"::/0", "127.0.0.1", false},
  };
  for (const auto& row : table) {
    const auto range = AddressRange::parse(row.range);
    ASSERT_TRUE(range) << row.range;
    EXPECT_EQ(range->contains(bytes_of(row.address)), row.held) << row.range << ' ' << row.address;
  }
  EXPECT_FALSE(AddressRange::parse("0.0.0.0/0")->contains({}));
}

TEST(AddressRange, is_not_made_of_anything_else) {
  for (const char* text : {"", "10.0.0.0", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8 ",
                           "10.0.0/8", "::/129", "localhost/8", "/8", "10.0.0.0/8/8"})
    EXPECT_FALSE(AddressRange::parse(text)) << text;
}

}  // namespace
}  // namespace samrad::alerts
