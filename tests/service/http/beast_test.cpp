// Aim: two ways to one answer. Whatever our reader takes as a request, Boost.Beast's parser takes too, and both see the same method,
// target, fields and body, and the same end. (The other way round is not so: ours refuses more.)

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <cctype>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "service/http/body.h"
#include "service/http/head.h"

namespace samrad::http {
namespace {

struct Seen {
  std::string method, target, body;
  std::vector<std::pair<std::string, std::string>> fields;  // sorted
  std::size_t bytes = 0;
  bool operator==(const Seen&) const = default;
};

void PrintTo(const Seen& seen, std::ostream* out) {
  *out << seen.method << ' ' << seen.target << " with " << seen.fields.size() << " fields, body `"
       << seen.body << "`, " << seen.bytes << " bytes";
}

std::optional<Seen> ours(std::string_view bytes) {
  const Limits limits;
  HeadEnd end;
  const auto found = end.find(bytes, limits);
  if (!found || *found == 0) return std::nullopt;
  auto head = read_head(bytes.substr(0, *found), limits);
  if (!head) return std::nullopt;
  auto body = BodyReader::open(*head, limits);
  if (!body) return std::nullopt;
  const auto taken = body->take(bytes.substr(*found));
  if (!taken || !body->done()) return std::nullopt;
  Seen seen{head->request.method, head->request.target, body->body(), head->request.fields.list(),
            *found + *taken};
  std::sort(seen.fields.begin(), seen.fields.end());
  return seen;
}

std::optional<Seen> beasts(std::string_view bytes) {
  namespace beast = boost::beast;
  beast::http::request_parser<beast::http::string_body> parser;
  parser.header_limit(64 * 1024);
  boost::system::error_code error;
  std::optional<Seen> seen;
  std::size_t used = 0;
  while (!parser.is_done() && !error) {
    const std::size_t taken = parser.put(boost::asio::buffer(bytes.substr(used)), error);
    used += taken;
    if (error == beast::http::error::need_more && taken > 0) error = {};
    if (!parser.is_header_done() || seen) continue;
    seen.emplace();
    for (const auto& field : parser.get()) {  // now: later there are trailers among them
      std::string name(field.name_string());
      for (char& c : name)
        c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
      seen->fields.emplace_back(std::move(name), std::string(field.value()));
    }
    std::sort(seen->fields.begin(), seen->fields.end());
  }
  if (error || !seen) return std::nullopt;
  seen->method = parser.get().method_string();
  seen->target = parser.get().target();
  seen->body = parser.get().body();
  seen->bytes = used;
  return seen;
}

const std::vector<std::string>& seeds() {
  static const std::vector<std::string> all = {
      "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
      "GET /v1/agreements?limit=5&clause=a%20b HTTP/1.1\r\nHost: a.example:8080\r\nAccept: "
      "*/*\r\nA:\t b \r\n\r\nGET / HTTP/1.1\r\n",
      "POST /v1 HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhelloGET",
      "POST /v1 HTTP/1.1\r\nContent-Length: 0\r\nHost: a\r\nConnection: close\r\n\r\n",
      "PUT /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: "
      "chunked\r\n\r\n5\r\nhello\r\nA;a=b\r\n0123456789\r\n0\r\n\r\nGET",
      "PUT /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: "
      "chunked\r\n\r\n1\r\nh\r\n0\r\nTrailer: 1\r\n\r\n",
      "POST / HTTP/1.0\r\nContent-Length: 3\r\n\r\nabc",
      "DELETE http://a/x HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n\r\n",
  };
  return all;
}

// One to three changes, each of a byte or of a piece, of the kind that tells parsers apart.
std::string changed(std::string text, std::mt19937& random) {
  static const std::vector<std::string> pieces = {"\r\n",
                                                  "\n",
                                                  "\r",
                                                  " ",
                                                  "\t",
                                                  ":",
                                                  ",",
                                                  ";",
                                                  "0",
                                                  "1",
                                                  "F",
                                                  "\r\n ",
                                                  "\r\n\r\n",
                                                  "\x80",
                                                  "chunked",
                                                  "Content-Length: 5\r\n",
                                                  "Transfer-Encoding: chunked\r\n",
                                                  "Host: b\r\n"};
  const auto below = [&](std::size_t count) { return random() % count; };
  for (std::size_t changes = 1 + below(3); changes > 0 && !text.empty(); --changes) {
    const std::size_t at = below(text.size());
    switch (below(5)) {
    case 0: text[at] = static_cast<char>(below(256)); break;
    case 1: text.erase(at, 1 + below(3)); break;
    case 2: text.insert(at, pieces[below(pieces.size())]); break;
    case 3: text.insert(at, text.substr(below(text.size()), 1 + below(20))); break;
    default: std::swap(text[at], text[below(text.size())]); break;
    }
  }
  return text;
}

TEST(Beast, agrees_with_the_seeds) {
  for (const std::string& seed : seeds()) {
    const auto own = ours(seed);
    ASSERT_TRUE(own) << seed;
    EXPECT_EQ(own, beasts(seed)) << seed;
  }
}

TEST(Beast, agrees_with_whatever_is_taken) {
  std::mt19937 random(9112);
  int taken = 0;
  for (int i = 0; i < 60'000; ++i) {
    const std::string text = changed(seeds()[random() % seeds().size()], random);
    const auto own = ours(text);
    if (!own) continue;
    ++taken;
    const auto other = beasts(text);
    ASSERT_EQ(own, other) << testing::PrintToString(text);
  }
  EXPECT_GT(taken, 5'000);  // else the changes are too wild to test anything
}

}  // namespace
}  // namespace samrad::http
