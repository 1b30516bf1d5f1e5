// Aim: what counts as one peer is one subscriber, however it comes; and what is released can be had again.

#include "service/http/peers.h"

#include <gtest/gtest.h>

#include "tests/service/http/client.h"

namespace samrad::http {
namespace {

std::string key(const char* address) {
  return peer_key(unmapped(boost::asio::ip::make_address(address)));
}

TEST(Peers, which_addresses_are_one) {
  EXPECT_EQ(key("192.0.2.1"), key("::ffff:192.0.2.1"));
  EXPECT_EQ(key("2001:db8:0:1::1"), key("2001:db8:0:1:ffff::2"));
  EXPECT_NE(key("192.0.2.1"), key("192.0.2.2"));
  EXPECT_NE(key("2001:db8:0:1::1"), key("2001:db8:0:2::1"));
}

TEST(Peers, admitted_and_released) {
  using enum Peers::Admission;
  Limits limits;
  limits.connections_max = 3;
  limits.connections_per_peer_max = 2;
  Peers peers(limits);
  EXPECT_EQ(peers.admit("a"), admitted);
  EXPECT_EQ(peers.admit("a"), admitted);
  EXPECT_EQ(peers.admit("a"), too_many_of_peer);
  EXPECT_EQ(peers.admit("b"), admitted);
  EXPECT_EQ(peers.admit("c"), too_many);
  peers.release("a");
  EXPECT_EQ(peers.admit("a"), admitted);
  EXPECT_EQ(peers.count(), 3u);
  for (const char* name : {"a", "a", "b"})
    peers.release(name);
  EXPECT_EQ(peers.count(), 0u);
}

TEST(Peers, over_ipv6_an_ipv4_client_is_itself) {
  Server server({"::", 0, {}}, {}, 1,
                [](Request request, Respond respond) { respond(Response{.body = request.peer}); },
                {});
  const auto port = server.start();
  if (!port) GTEST_SKIP() << port.error();  // a machine without IPv6
  EXPECT_EQ(ask(*port, get()).body, "127.0.0.1");
}

}  // namespace
}  // namespace samrad::http
