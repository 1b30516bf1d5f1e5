// Aim: a header is read as RFC 9112 says, and each of its shapes that two servers could understand in two ways is refused, with the
// status that tells the client what to mend; whether its bytes come at once or one by one.

#include "service/http/head.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

#include "service/http/target.h"

namespace samrad::http {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

// The header as the session reads it; the bytes come in pieces of `piece`.
tl::expected<Head, Refusal> read(std::string_view bytes, const Limits& limits, std::size_t piece) {
  HeadEnd end;
  for (std::size_t come = 0; come < bytes.size();) {
    come = std::min(come + piece, bytes.size());
    const auto found = end.find(bytes.substr(0, come), limits);
    if (!found) return tl::make_unexpected(found.error());
    if (*found > 0) return read_head(bytes.substr(0, *found), limits);
  }
  return tl::make_unexpected(Refusal{&refusal::internal_error, "not all there"});
}

std::string outcome(std::string_view bytes, const Limits& limits, std::size_t piece) {
  const auto head = read(bytes, limits, piece);
  return head ? "read" : fmt::format("{} {}", head.error().kind->status, head.error().kind->name);
}

struct Case {
  std::string bytes;
  std::string outcome;
};

void expect_each(const std::vector<Case>& cases, const Limits& limits = {}) {
  for (const Case& given : cases)
    for (std::size_t piece : {std::string::npos / 2, std::size_t{1}, std::size_t{7}})
      EXPECT_EQ(outcome(given.bytes, limits, piece), given.outcome) << given.bytes;
}

TEST(Head, request_lines) {
  const std::string malformed = "400 malformed-request";
  const std::string rest = "\r\nHost: a\r\n\r\n";
  expect_each({
      {"GET / HTTP/1.1" + rest, "read"},
      {"GET / HTTP/1.0" + rest, "read"},
      {"GET / HTTP/1.2" + rest, "505 unknown-http-version"},
      {"get /a?b HTTP/1.1" + rest, "read"},
      {"OPTIONS * HTTP/1.1" + rest, "read"},
      {"GET http://a/x HTTP/1.1" + rest, "read"},
      {"GET HTTP://A HTTP/1.1" + rest, "read"},
      {"GET http://b/x HTTP/1.1" + rest, "400 bad-host"},
      {"GET http:///x HTTP/1.1" + rest, "400 bad-host"},
      {"GET http://u@a/ HTTP/1.1" + rest, "400 bad-host"},
      {"GET / HTTP/2.0" + rest, "505 unknown-http-version"},
      {"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "505 unknown-http-version"},
      {"GET / HTTP/0.9" + rest, "505 unknown-http-version"},
      {"GET / HTTP/11" + rest, malformed},
      {"GET / http/1.1" + rest, malformed},
      {"GET / HTTP/1.1 " + rest, malformed},
      {"GET / HTTP/1.10" + rest, malformed},
      {"GET /" + rest, malformed},
      {"GET" + rest, malformed},
      {" GET / HTTP/1.1" + rest, malformed},
      {"GET  / HTTP/1.1" + rest, malformed},
      {"GET /  HTTP/1.1" + rest, malformed},
      {"GET\t/ HTTP/1.1" + rest, malformed},
      {"GET /a b HTTP/1.1" + rest, malformed},
      {"G(T / HTTP/1.1" + rest, malformed},
      {"GET a HTTP/1.1" + rest, malformed},
      {"GET * HTTP/1.1" + rest, malformed},
      {"CONNECT a:80 HTTP/1.1" + rest, malformed},
      {"GET /\x80 HTTP/1.1" + rest, malformed},
      {"GET /\x7F HTTP/1.1" + rest, malformed},
      {"GET /#a HTTP/1.1" + rest, malformed},
      {"GET /%4 HTTP/1.1" + rest, malformed},
      {"GET /?a=%zz HTTP/1.1" + rest, malformed},
      {"GET / HTTP/1.1\nHost: a\r\n\r\n", malformed},
      {"\nGET / HTTP/1.1" + rest, malformed},
      {"GET / HTTP/1.1\r\r\nHost: a\r\n\r\n", malformed},
      {std::string("GET /\0 HTTP/1.1", 15) + rest, malformed},
  });
}

TEST(Head, fields) {
  const std::string malformed = "400 malformed-request";
  const auto with = [](std::string_view fields) {
    return fmt::format("POST / HTTP/1.1\r\nHost: a\r\n{}\r\n", fields);
  };
  expect_each({
      {with("A: b\r\n"), "read"},
      {with("A:\r\n"), "read"},
      {with("A: b\tc \xC3\xA5\r\n"), "read"},
      {with("A : b\r\n"), malformed},
      {with(" A: b\r\n"), malformed},
      {with("A: b\r\n c\r\n"), malformed},
      {with("A: b\r\n\tc\r\n"), malformed},
      {with("A: b\r\n \r\n"), malformed},
      {with("A\r\n"), malformed},
      {with(": b\r\n"), malformed},
      {with("A\xC3: b\r\n"), malformed},
      {with("A: b\n"), malformed},
      {with("A: b\nC: d\r\n"), malformed},
      {with("A: b\r\n\n"), malformed},
      {with("A: b\rC: d\r\n"), malformed},
      {with("A: b\x01\r\n"), malformed},
      {with("A: b\x7F\r\n"), malformed},
      {with(std::string_view("A: b\0\r\n", 7)), malformed},
      {with("Expect: 100-continue\r\n"), "read"},
      {with("Expect: 200-ok\r\n"), "417 unknown-expectation"},
      {with("Content-Encoding: gzip\r\n"), "read"},
      {with("Content-Encoding: identity\r\n"), "read"},
      {with("Content-Encoding: br\r\n"), "415 unknown-content-coding"},
      {with("Content-Encoding: gzip, gzip\r\n"), "415 unknown-content-coding"},
      {with("Content-Encoding: gzip\r\nContent-Encoding: gzip\r\n"), "415 unknown-content-coding"},
  });
}

TEST(Head, one_host_and_one_length) {
  const auto with = [](std::string_view fields) {
    return fmt::format("POST / HTTP/1.1\r\n{}\r\n", fields);
  };
  const auto framed = [&](std::string_view fields) {
    return with(fmt::format("Host: a\r\n{}", fields));
  };
  expect_each({
      {with(""), "400 bad-host"},
      {"POST / HTTP/1.0\r\n\r\n", "read"},
      {with("Host:\r\n"), "400 bad-host"},
      {with("Host: a\r\nHost: a\r\n"), "400 bad-host"},
      {with("Host: a\r\nhost: b\r\n"), "400 bad-host"},
      {with("Host: a, b\r\n"), "400 bad-host"},
      {with("Host: a/b\r\n"), "400 bad-host"},
      {with("Host: u@a\r\n"), "400 bad-host"},
      {with("Host: [::1]:80\r\n"), "read"},
      {framed("Content-Length: 5\r\n"), "read"},
      {framed("Content-Length: 5\r\nContent-Length: 5\r\n"), "400 ambiguous-length"},
      {framed("Content-Length: 5\r\nContent-Length: 6\r\n"), "400 ambiguous-length"},
      {framed("Content-Length: 5, 5\r\n"), "400 ambiguous-length"},
      {framed("Content-Length: +5\r\n"), "400 ambiguous-length"},
      {framed("Content-Length: -5\r\n"), "400 ambiguous-length"},
      {framed("Content-Length: 0x5\r\n"), "400 ambiguous-length"},
      {framed("Content-Length: 5 5\r\n"), "400 ambiguous-length"},
      {framed("Content-Length:\r\n"), "400 ambiguous-length"},
      {framed("Content-Length: 18446744073709551616\r\n"), "413 body-too-large"},
      {framed("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"), "400 ambiguous-length"},
      {framed("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"), "400 ambiguous-length"},
      {framed("Transfer-Encoding: chunked\r\n"), "read"},
      {framed("Transfer-Encoding: Chunked \r\n"), "read"},
      {framed("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"),
       "400 ambiguous-length"},
      {framed("Transfer-Encoding: chunked, chunked\r\n"), "400 ambiguous-length"},
      {framed("Transfer-Encoding:\r\n"), "400 ambiguous-length"},
      {framed("Transfer-Encoding: ,\r\n"), "501 unknown-transfer-coding"},
      {framed("Transfer-Encoding: \"chunked\"\r\n"), "400 ambiguous-length"},
      {framed("Transfer-Encoding: \x0B"
              "chunked\r\n"),
       "400 malformed-request"},
      {framed("Transfer-Encoding: identity\r\n"), "501 unknown-transfer-coding"},
      {framed("Transfer-Encoding: gzip, chunked\r\n"), "501 unknown-transfer-coding"},
      {framed("Transfer-Encoding: xchunked\r\n"), "501 unknown-transfer-coding"},
      {framed("Transfer-Encoding : chunked\r\n"), "400 malformed-request"},
      {"POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", "400 ambiguous-length"},
  });
}

TEST(Head, limits_hold_to_the_byte) {
  Limits limits;
  limits.target_bytes_max = 100;
  limits.header_bytes_max = 400;
  limits.fields_max = 3;
  const auto target = [](std::size_t bytes) {
    return "GET /" + std::string(bytes - 1, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n";
  };
  const auto header = [](std::size_t bytes) {
    const std::string begin = "GET / HTTP/1.1\r\nHost: a\r\nA: ", end = "\r\n\r\n";
    return begin + std::string(bytes - begin.size() - end.size(), 'a') + end;
  };
  expect_each(
      {
          {target(100), "read"},
          {target(101), "414 target-too-long"},
          {target(1000), "414 target-too-long"},
          {header(400), "read"},
          {header(401), "431 header-too-large"},
          {header(4000), "431 header-too-large"},
          {"GET / HTTP/1.1\r\nHost: a\r\nA: 1\r\nB: 2\r\n\r\n", "read"},
          {"GET / HTTP/1.1\r\nHost: a\r\nA: 1\r\nB: 2\r\nC: 3\r\n\r\n", "431 header-too-large"},
      },
      limits);
}

TEST(Head, what_a_handler_sees) {
  const auto head = read("PUT http://A:80/x/%C3%A5?a=1%262&b&&c=+%2B&=d&a=2 HTTP/1.1\r\nHOST: "
                         "a:80\r\nX-Y: \t1, 2 \r\nx-y:3\r\n\r\nBODY",
                         {}, 1);
  ASSERT_TRUE(head);
  const Request& request = head->request;
  EXPECT_EQ(request.method, "PUT");
  EXPECT_EQ(request.target, "http://A:80/x/%C3%A5?a=1%262&b&&c=+%2B&=d&a=2");
  EXPECT_EQ(request.path, "/x/%C3%A5");
  EXPECT_EQ(percent_decoded("%C3%A5+%2f%4"), "\xC3\xA5+/%4");
  EXPECT_EQ(request.query, (Pairs{{"a", "1&2"}, {"b", ""}, {"c", " +"}, {"", "d"}, {"a", "2"}}));
  EXPECT_EQ(request.parameter("a"), "1&2");
  EXPECT_EQ(request.parameter("z"), std::nullopt);
  EXPECT_EQ(request.fields.list(), (Pairs{{"host", "a:80"}, {"x-y", "1, 2"}, {"x-y", "3"}}));
  EXPECT_EQ(request.fields.find("x-y"), "1, 2");
  EXPECT_EQ(request.fields.count("x-y"), 2u);
}

TEST(Head, what_the_session_sees) {
  struct Row {
    const char* version;
    const char* fields;
    bool keep_alive, expects_continue, accepts_gzip;
  };
  for (const Row& row : {
           Row{"1.1", "", true, false, false},
           Row{"1.1", "Connection: close\r\n", false, false, false},
           Row{"1.1", "Connection: x, Close\r\n", false, false, false},
           Row{"1.1", "Connection: closed\r\n", true, false, false},
           Row{"1.0", "Connection: keep-alive\r\n", false, false, false},
           Row{"1.1", "Expect: 100-Continue\r\n", true, true, false},
           Row{"1.0", "Expect: 100-continue\r\n", false, false, false},
           Row{"1.1", "Accept-Encoding: br, gzip\r\n", true, false, true},
           Row{"1.1", "Accept-Encoding: GZIP;q=0.001\r\n", true, false, true},
           Row{"1.1", "Accept-Encoding: gzip;q=0\r\n", true, false, false},
           Row{"1.1", "Accept-Encoding: gzip; q=0.000, *\r\n", true, false, false},
           Row{"1.1", "Accept-Encoding: *\r\n", true, false, true},
           Row{"1.1", "Accept-Encoding: *;q=0\r\n", true, false, false},
           Row{"1.1", "Accept-Encoding: br\r\nAccept-Encoding: gzip\r\n", true, false, true},
           Row{"1.1", "Accept-Encoding: gzipped\r\n", true, false, false},
       }) {
    const auto head =
        read(fmt::format("GET / HTTP/{}\r\nHost: a\r\n{}\r\n", row.version, row.fields), {}, 1000);
    ASSERT_TRUE(head) << row.fields;
    EXPECT_EQ(head->keep_alive, row.keep_alive) << row.fields;
    EXPECT_EQ(head->expects_continue, row.expects_continue) << row.fields;
    EXPECT_EQ(head->accepts_gzip, row.accepts_gzip) << row.fields;
  }
}

}  // namespace
}  // namespace samrad::http
