// Aim: keys are taken from whom the certificate vouches for and from nobody else, whatever the other end does.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "service/access/fetch.h"
#include "tests/service/alerts/receiver.h"

namespace samrad::access {
namespace {

using testing::HasSubstr;
using tests::Certificate;
using tests::Connection;
using tests::Receiver;

std::string answer(std::string_view status, std::string_view fields, std::string_view body) {
  return "HTTP/1.1 " + std::string(status) + "\r\nconnection: close\r\n" + std::string(fields) +
         "content-length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

TEST(Fetch, a_page_from_a_trusted_server) {
  const Certificate certificate;
  std::string asked;
  Receiver server(
      [&](Connection& connection) {
        asked = connection.request();
        connection.write(answer("200 OK", "", R"({"keys":[]})"));
      },
      &certificate);
  const auto page = CurlFetcher().get(server.url("https") + "/keys", certificate.file());
  ASSERT_TRUE(page) << page.error();
  EXPECT_EQ(*page, R"({"keys":[]})");
  EXPECT_THAT(asked, testing::StartsWith("GET /keys HTTP/1.1\r\n"));
}

TEST(Fetch, what_is_refused_is_told_with_the_address) {
  const Certificate certificate;
  const Certificate other;
  const struct {
    const char* what;
    std::string reply;
    const Certificate* trusted;  // null: those of the system
    const char* says;
  } table[] = {
      {"nobody vouches", answer("200 OK", "", "x"), nullptr, "certificate"},
      {"somebody else vouches", answer("200 OK", "", "x"), &other, "certificate"},
      {"no such page", answer("404 Not Found", "", "x"), &certificate, "404"},
      {"another place", answer("302 Found", "location: https://127.0.0.1:1/\r\n", ""), &certificate,
       "302"},
      {"too long", answer("200 OK", "", std::string(fetched_bytes_max + 1, 'x')), &certificate,
       "more than"},
      {"cut", "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nx", &certificate, ""},
      {"rubbish", "\x01\x02\x03\r\n\r\n", &certificate, ""},
  };
  for (const auto& row : table) {
    Receiver server(tests::answering(row.reply), &certificate);
    const std::string url = server.url("https") + "/keys";
    const auto page = CurlFetcher().get(url, row.trusted ? row.trusted->file() : "");
    ASSERT_FALSE(page) << row.what;
    EXPECT_THAT(page.error(), testing::AllOf(HasSubstr(url), HasSubstr(row.says))) << row.what;
  }
}

TEST(Fetch, nothing_but_https_is_asked) {
  std::atomic<int> connections = 0;
  Receiver server([&](Connection&) { ++connections; });
  for (const std::string& url : {server.url("http"), std::string("file:///etc/hostname")}) {
    const auto page = CurlFetcher().get(url, "");
    ASSERT_FALSE(page) << url;
    EXPECT_THAT(page.error(), HasSubstr("only https"));
  }
  EXPECT_EQ(connections, 0);
}

TEST(Fetch, nobody_at_home) {
  const std::string url = "https://127.0.0.1:" + std::to_string(tests::closed_port());
  const auto page = CurlFetcher().get(url, "");
  ASSERT_FALSE(page);
  EXPECT_THAT(page.error(), HasSubstr(url));
}

}  // namespace
}  // namespace samrad::access
