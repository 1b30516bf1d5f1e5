// Aim: RFC 3339 texts become instants exactly, and nothing that is not one passes.

#include <gtest/gtest.h>

#include "service/record/instant.h"

namespace samrad::record {
namespace {

TEST(Instant, texts_that_are_instants) {
  const struct {
    const char* text;
    std::int64_t seconds;
    std::uint32_t nanos;
  } table[] = {
      {"1970-01-01T00:00:00Z", 0, 0},
      {"1970-01-01t00:00:00z", 0, 0},
      {"1970-01-01 00:00:00Z", 0, 0},
      {"2017-06-30T23:30:00Z", 1498865400, 0},
      {"2017-07-01T01:30:00+02:00", 1498865400, 0},
      {"2017-06-30T20:00:00-03:30", 1498865400, 0},
      {"2017-06-30T23:30:00.5Z", 1498865400, 500'000'000},
      {"2017-06-30T23:30:00.123456789999Z", 1498865400, 123'456'789},
      {"1969-12-31T23:59:59Z", -1, 0},
      {"2016-12-31T23:59:60Z", 1483228799, 999'999'999},       // the leap second of 2016
      {"2017-01-01T00:59:60+01:00", 1483228799, 999'999'999},  // the same, in Stockholm
      {"2017-06-30T23:30:00-00:00", 1498865400, 0},            // offset unknown: UTC
      {"0001-01-01T00:00:00Z", -62135596800, 0},
      {"9999-12-31T23:59:59Z", 253402300799, 0},
  };
  for (const auto& row : table) {
    const auto found = parse_rfc3339(row.text);
    ASSERT_TRUE(found) << row.text;
    EXPECT_EQ(found->seconds, row.seconds) << row.text;
    EXPECT_EQ(found->nanos, row.nanos) << row.text;
  }
}

TEST(Instant, texts_that_are_none) {
  for (const char* text : {"",
                           "2017-06-30",
                           "2017-06-30T23:30Z",
                           "2017-06-30T23:30:00",
                           "2017-02-29T00:00:00Z",
                           "2017-06-30T24:00:00Z",
                           "2017-06-30T23:60:00Z",
                           "2017-06-30T23:30:61Z",
                           "2017-06-30T23:30:60Z",
                           "2017-06-30T23:30:00.Z",
                           "2017-06-30T23:30:00+2:00",
                           "2017-06-30T23:30:00+0200",
                           "2017-06-30T23:30:00+24:00",
                           "2017-06-30T23:30:00Z ",
                           "2017-06-30T23:30:00+02:60",
                           " 2017-06-30T23:30:00Z",
                           "2017-6-30T23:30:00Z",
                           "0000-01-01T00:00:00Z",
                           "2017-06-30T23:30:00,5Z",
                           "20170630T233000Z",
                           "2017-06-30T-1:30:00Z"})
    EXPECT_FALSE(parse_rfc3339(text)) << text;
}

TEST(Instant, written_as_read) {
  EXPECT_EQ(rfc3339(1498865400, 7200), "2017-07-01T01:30:00+02:00");
  EXPECT_EQ(rfc3339(1498865400, 0), "2017-06-30T23:30:00Z");
  EXPECT_EQ(rfc3339(1498865400, -12600), "2017-06-30T20:00:00-03:30");
  EXPECT_EQ(rfc3339(-1, 0), "1969-12-31T23:59:59Z");
}

}  // namespace
}  // namespace samrad::record
