// Aim: a body is the same however its bytes are cut, ends where its length or its last chunk says, and is refused when it is malformed or
// beyond a limit, inflated or not.

#include "service/http/body.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/service/http/client.h"

namespace samrad::http {
namespace {

struct Outcome {
  std::string refusal;  // empty: none
  std::string body;
  std::string left;  // what belongs to the next request
  bool operator==(const Outcome&) const = default;
};

void PrintTo(const Outcome& outcome, std::ostream* out) {
  *out << "refusal `" << outcome.refusal << "`, body `" << outcome.body.substr(0, 80) << "`, left `"
       << outcome.left << "`";
}

Outcome read(const Head& head, std::string_view bytes, std::size_t piece, const Limits& limits) {
  auto reader = BodyReader::open(head, limits);
  if (!reader) return {std::string(reader.error().kind->name), "", ""};
  std::string waiting;
  while (!reader->done() && !bytes.empty()) {
    waiting += bytes.substr(0, piece);
    bytes.remove_prefix(std::min(piece, bytes.size()));
    const auto taken = reader->take(waiting);
    if (!taken) return {std::string(taken.error().kind->name), "", ""};
    waiting.erase(0, *taken);
  }
  if (!reader->done()) return {"not all there", "", ""};
  return {"", reader->body(), waiting + std::string(bytes)};
}

Head chunked(Coding coding = Coding::identity) {
  Head head;
  head.chunked = true;
  head.coding = coding;
  return head;
}

Head of_length(std::uint64_t length, Coding coding = Coding::identity) {
  Head head;
  head.length = length;
  head.coding = coding;
  return head;
}

void expect_each_way(const Head& head, std::string_view bytes, const Outcome& expected,
                     const Limits& limits = {}) {
  for (std::size_t piece : {std::string::npos / 2, std::size_t{1}, std::size_t{5}})
    EXPECT_EQ(read(head, bytes, piece, limits), expected)
        << bytes.substr(0, 80) << " in pieces of " << piece;
}

TEST(Body, by_length) {
  expect_each_way(of_length(0), "NEXT", {"", "", "NEXT"});
  expect_each_way(of_length(3), "abcNEXT", {"", "abc", "NEXT"});
  expect_each_way(of_length(4), "abc", {"not all there", "", ""});
}

TEST(Body, by_chunks) {
  const std::string malformed = "malformed-body";
  struct Row {
    std::string bytes;
    Outcome outcome;
  };
  const std::vector<Row> rows = {
      {"0\r\n\r\nNEXT", {"", "", "NEXT"}},
      {"3\r\nabc\r\n0\r\n\r\nNEXT", {"", "abc", "NEXT"}},
      {"3\r\nabc\r\n0A\r\n0123456789\r\n000\r\n\r\n", {"", "abc0123456789", ""}},
      {"3;x=y\r\nabc\r\n0;z\r\nTrailer: 1\r\nOther: 2\r\n\r\nNEXT", {"", "abc", "NEXT"}},
      {"3;x;y=z;q=\"a; \\\"b\"\r\nabc\r\n0\r\n\r\n", {"", "abc", ""}},
      {"3;\r\nabc\r\n0\r\n\r\n", {malformed, "", ""}},
      {"3;x=\r\nabc\r\n0\r\n\r\n", {malformed, "", ""}},
      {"3;x=\"a\r\nabc\r\n0\r\n\r\n", {malformed, "", ""}},
      {"3;x=\"a\\\"\r\nabc\r\n0\r\n\r\n", {malformed, "", ""}},
      {"3;x=y z\r\nabc\r\n0\r\n\r\n", {malformed, "", ""}},
      {"3\nabc\r\n0\r\n\r\n", {malformed, "", ""}},
      {"3\r\nabc\n0\r\n\r\n", {malformed, "", ""}},
      {"3\r\nabcd\r\n0\r\n\r\n", {malformed, "", ""}},
      {"3\r\nabc0\r\n\r\n", {malformed, "", ""}},
      {"3 \r\nabc\r\n0\r\n\r\n", {malformed, "", ""}},
      {" 3\r\nabc\r\n0\r\n\r\n", {malformed, "", ""}},
      {"+3\r\nabc\r\n0\r\n\r\n", {malformed, "", ""}},
      {"-3\r\nabc\r\n0\r\n\r\n", {malformed, "", ""}},
      {"0x3\r\nabc\r\n0\r\n\r\n", {malformed, "", ""}},
      {"\r\n3\r\nabc\r\n0\r\n\r\n", {malformed, "", ""}},
      {"g\r\n", {malformed, "", ""}},
      {"3;a\rb\r\nabc\r\n0\r\n\r\n", {malformed, "", ""}},
      {"3;a\nb\r\nabc\r\n0\r\n\r\n", {malformed, "", ""}},
      {"0\r\nTrailer : 1\r\n\r\n", {malformed, "", ""}},
      {"0\r\nContent-Length: 1\r\n\r\n", {malformed, "", ""}},
      {"0\r\nTRANSFER-ENCODING: chunked\r\n\r\n", {malformed, "", ""}},
      {"0\r\n\n", {malformed, "", ""}},
      {"0;" + std::string(2000, 'x') + "\r\n\r\n", {malformed, "", ""}},
      {std::string(2000, '0'), {malformed, "", ""}},
      {"FFFFFFFFFFFFFFFF\r\n", {"body-too-large", "", ""}},
      {"10000000000000000\r\n", {"body-too-large", "", ""}},
      {"3\r\nabc\r\n", {"not all there", "", ""}},
      {"3\r\nabc\r\n0\r\n", {"not all there", "", ""}},
  };
  for (const Row& row : rows)
    expect_each_way(chunked(), row.bytes, row.outcome);
}

TEST(Body, limits_hold_to_the_byte) {
  Limits limits;
  limits.body_bytes_max = 10;
  limits.inflated_bytes_max = 1000;
  limits.header_bytes_max = 100;
  expect_each_way(of_length(10), "0123456789", {"", "0123456789", ""}, limits);
  expect_each_way(of_length(11), "0123456789a", {"body-too-large", "", ""}, limits);
  expect_each_way(chunked(), "6\r\n012345\r\n4\r\n6789\r\n0\r\n\r\n", {"", "0123456789", ""},
                  limits);
  expect_each_way(chunked(), "6\r\n012345\r\n5\r\n6789a\r\n0\r\n\r\n", {"body-too-large", "", ""},
                  limits);
  std::string trailers = "0\r\n";
  for (int i = 0; i < 30; ++i)
    trailers += "A: b\r\n";
  trailers += "\r\n";
  limits.chunk_overhead_bytes_max = trailers.size();
  expect_each_way(chunked(), trailers, {"", "", ""}, limits);
  limits.chunk_overhead_bytes_max = trailers.size() - 1;
  expect_each_way(chunked(), trailers, {"malformed-body", "", ""}, limits);

  limits.body_bytes_max = 1000;
  for (std::size_t size : {1000u, 1001u}) {
    const std::string text(size, 'x'), packed = gzipped(text);
    const Outcome expected =
        size == 1000 ? Outcome{"", text, ""} : Outcome{"body-too-large", "", ""};
    expect_each_way(of_length(packed.size(), Coding::gzip), packed, expected, limits);
  }
}

TEST(Body, a_bomb_is_not_unpacked) {
  Limits limits;
  limits.inflated_bytes_max = 1 << 20;
  const std::string bomb = gzipped(std::string(64 << 20, '\0'));
  ASSERT_LT(bomb.size(), 100'000u);
  EXPECT_EQ(read(of_length(bomb.size(), Coding::gzip), bomb, 16 * 1024, limits).refusal,
            "body-too-large");
}

TEST(Body, inflated) {
  const std::string text = "one two three one two three one two three";
  const std::string gzip = gzipped(text), zlib = gzipped(text, 0);
  const auto chunk = [](std::string_view bytes) {
    return fmt::format("{:x}\r\n{}\r\n0\r\n\r\n", bytes.size(), bytes);
  };
  const Outcome whole{"", text, ""}, malformed{"malformed-body", "", ""};
  expect_each_way(of_length(gzip.size(), Coding::gzip), gzip, whole);
  expect_each_way(of_length(zlib.size(), Coding::deflate), zlib, whole);
  expect_each_way(chunked(Coding::gzip), chunk(gzip), whole);
  expect_each_way(of_length(2 * gzip.size(), Coding::gzip), gzip + gzip, {"", text + text, ""});
  expect_each_way(of_length(gzip.size() - 1, Coding::gzip), gzip.substr(0, gzip.size() - 1),
                  malformed);
  expect_each_way(of_length(gzip.size() + 1, Coding::gzip), gzip + "x", malformed);
  expect_each_way(of_length(zlib.size() + 1, Coding::deflate), zlib + "x", malformed);
  expect_each_way(of_length(zlib.size(), Coding::gzip), zlib, malformed);
  expect_each_way(of_length(gzip.size(), Coding::deflate), gzip, malformed);
  expect_each_way(of_length(4, Coding::gzip), "text", malformed);
  std::string broken = gzip;
  broken[gzip.size() - 6] ^= 1;  // of the checksum
  expect_each_way(of_length(broken.size(), Coding::gzip), broken, malformed);
}

}  // namespace
}  // namespace samrad::http
