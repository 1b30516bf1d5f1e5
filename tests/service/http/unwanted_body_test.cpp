// Aim: a body that will not be looked at is neither asked for nor waited for nor kept; the request is answered without it.

#include <gtest/gtest.h>

#include <atomic>
#include <string>

#include "tests/service/http/client.h"

namespace samrad::http {
namespace {

// Wants the bodies that go to `/wanted`.
class UnwantedBody : public testing::Test {
 protected:
  std::atomic<int> asked_{0};
  Served served_{echo, {}, {}, 1, [this](const Request& request) {
                   ++asked_;
                   return request.path == "/wanted";
                 }};
};

std::string head(std::string_view path, std::size_t length, std::string_view fields = "") {
  return "POST " + std::string(path) +
         " HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(length) + "\r\n" +
         std::string(fields) + "\r\n";
}

TEST_F(UnwantedBody, IsNotWaitedFor) {
  Client client(served_.port);
  ASSERT_TRUE(client.send(head("/other", 1'000'000)));
  const Answer answer = client.answer();
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "POST /other ");
  EXPECT_EQ(answer.field("connection"), "close");
  EXPECT_TRUE(client.closed()) << "what follows would be taken for a request";
}

TEST_F(UnwantedBody, IsNotAskedFor) {
  Client client(served_.port);
  ASSERT_TRUE(client.send(head("/other", 4, "Expect: 100-continue\r\n")));
  EXPECT_EQ(client.answer().status, 200) << "and not 100";
  EXPECT_TRUE(client.closed());
}

TEST_F(UnwantedBody, IsNoRequest) {
  const std::string smuggled = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";
  Client client(served_.port);
  ASSERT_TRUE(client.send(head("/other", smuggled.size()) + smuggled));
  EXPECT_EQ(client.answer().body, "POST /other ");
  EXPECT_TRUE(client.closed());
  EXPECT_EQ(served_.log.wait_for(1).size(), 1U);
}

TEST_F(UnwantedBody, OthersAreTaken) {
  Client client(served_.port);
  ASSERT_TRUE(client.send(head("/wanted", 4, "Expect: 100-continue\r\n")));
  EXPECT_NE(client.until("\r\n\r\n").find("100 Continue"), std::string::npos);
  ASSERT_TRUE(client.send("body"));
  EXPECT_EQ(client.answer().body, "POST /wanted body");
  ASSERT_TRUE(client.send(get("/other")));
  EXPECT_EQ(client.answer().body, "GET /other ");
  EXPECT_EQ(asked_, 1) << "where there is no body, nobody asks";
}

}  // namespace
}  // namespace samrad::http
