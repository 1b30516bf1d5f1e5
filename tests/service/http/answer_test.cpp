// Aim: the header of an answer is what was asked for, in one form, and nothing that a handler puts into a field can make a second one.

#include "service/http/answer.h"

#include <gtest/gtest.h>

namespace samrad::http {
namespace {

std::string head(const Response& response, const Framing& framing) {
  std::string out;
  append_head(out, response, framing);
  return out;
}

TEST(AnswerHead, plain) {
  Response response;
  response.fields.add("Content-Type", "text/plain");
  EXPECT_EQ(head(response, {.date = "D", .id = "I", .length = 3}),
            "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 3\r\ndate: "
            "D\r\nrequest-id: I\r\nserver: samrad\r\n\r\n");
}

TEST(AnswerHead, with_everything) {
  Response response;
  response.status = 299;
  EXPECT_EQ(
      head(response,
           {.date = "D", .id = "I", .chunked = true, .close = true, .gzip = true, .varies = true}),
      "HTTP/1.1 299 \r\ntransfer-encoding: chunked\r\ncontent-encoding: gzip\r\nvary: "
      "accept-encoding\r\nconnection: close\r\n"
      "date: D\r\nrequest-id: I\r\nserver: samrad\r\n\r\n");
}

TEST(AnswerHead, fields_of_the_session_and_broken_ones) {
  Response response;
  for (const char* name : {"Content-Length", "Transfer-Encoding", "Connection", "Date", "Server",
                           "Request-Id", "Keep-Alive"})
    response.fields.add(name, "x");
  response.fields.add("location", "/a\r\nset-cookie: b");
  response.fields.add("vary", "origin, accept-encoding");
  EXPECT_EQ(head(response, {.date = "D", .id = "I", .varies = true}),
            "HTTP/1.1 200 OK\r\nlocation: /a  set-cookie: b\r\nvary: origin, "
            "accept-encoding\r\ndate: D\r\nrequest-id: I\r\n"
            "server: samrad\r\n\r\n");
}

TEST(AnswerHead, dates) {
  EXPECT_EQ(http_date(784111777), "Sun, 06 Nov 1994 08:49:37 GMT");
  EXPECT_EQ(http_date(0), "Thu, 01 Jan 1970 00:00:00 GMT");
  EXPECT_EQ(http_date(1709208000), "Thu, 29 Feb 2024 12:00:00 GMT");
}

}  // namespace
}  // namespace samrad::http
