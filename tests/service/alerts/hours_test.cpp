// Aim: an hour of a day is the moment at which a clock on the wall first shows it or a later one, on the days on which the clocks change
// as on others; and a key says the same after it was written and read.

#include <gmock/gmock.h>

#include "service/alerts/hours.h"
#include "service/alerts/key.h"
#include "tests/service/alerts/agreement.h"

namespace samrad::alerts {
namespace {

TEST(Hours, lie_where_the_clocks_show_them) {
  const struct {
    const char* zone;
    const char* day;
    MinuteOfDay minute;
    const char* moment;
  } table[] = {
      {"Europe/Stockholm", "2017-01-10", 7 * 60, "2017-01-10T07:00:00+01:00"},
      {"Europe/Stockholm", "2017-06-30", 7 * 60, "2017-06-30T07:00:00+02:00"},
      {"Europe/Stockholm", "2017-06-30", 0, "2017-06-30T00:00:00+02:00"},
      {"Europe/Stockholm", "2017-06-30", 1439, "2017-06-30T23:59:00+02:00"},
      // Spring: 02:00 becomes 03:00.
      {"Europe/Stockholm", "2017-03-26", 60 + 59, "2017-03-26T01:59:00+01:00"},
      {"Europe/Stockholm", "2017-03-26", 2 * 60, "2017-03-26T03:00:00+02:00"},
      {"Europe/Stockholm", "2017-03-26", 2 * 60 + 30, "2017-03-26T03:00:00+02:00"},
      {"Europe/Stockholm", "2017-03-26", 7 * 60, "2017-03-26T07:00:00+02:00"},
      // Autumn: 03:00 becomes 02:00.
      {"Europe/Stockholm", "2017-10-29", 2 * 60 + 30, "2017-10-29T02:30:00+02:00"},
      {"Europe/Stockholm", "2017-10-29", 7 * 60, "2017-10-29T07:00:00+01:00"},
      // A day that begins at 01:00, and one that is not there at all.
      {"America/Sao_Paulo", "2017-10-15", 0, "2017-10-15T01:00:00-02:00"},
      {"America/Sao_Paulo", "2017-10-15", 7 * 60, "2017-10-15T07:00:00-02:00"},
      {"Pacific/Apia", "2011-12-30", 7 * 60, "2011-12-31T00:00:00+14:00"},
  };
  for (const auto& row : table) {
    const record::Zone zone = record::Zone::open(row.zone).value();
    EXPECT_EQ(zone.rfc3339(moment_of(zone, tests::day(row.day), row.minute)), row.moment)
        << row.zone << " " << row.day << " " << row.minute;
  }
}

TEST(Hours, seconds_round_down) {
  EXPECT_EQ(seconds_of(1'999'999), 1);
  EXPECT_EQ(seconds_of(-1), -1);
  EXPECT_EQ(seconds_of(-1'000'000), -1);
}

TEST(Key, reads_back_what_it_wrote) {
  const Key table[] = {
      {"norrmalm", "moten/2017-H1", tests::day("2017-06-30"), Kind::warning, "chief", Way::mail,
       tests::day("2017-06-16")},
      {"a|b%7C", "x|%y", tests::day("2017-06-30"), Kind::escalation, "r|1", Way::webhook,
       tests::day("2017-07-07")},
      {"", "", {}, Kind::digest, "chief", Way::mail, tests::day("2017-07-03")},
      {"norrmalm", "moten/2017-H1", tests::day("2017-06-30"), Kind::warning, "chief", Way::mail,
       tests::day("2017-06-30"), 9 * 60 + 5},
  };
  for (const Key& key : table) {
    const std::optional<Key> read = key_of(key.text());
    ASSERT_TRUE(read) << key.text();
    EXPECT_EQ(read->text(), key.text());
    EXPECT_EQ(read->agreement, key.agreement);
    EXPECT_EQ(read->occurrence, key.occurrence);
    EXPECT_EQ(read->recipient, key.recipient);
    EXPECT_EQ(read->day, key.day);
    EXPECT_EQ(read->at, key.at);
  }
  EXPECT_EQ(table[0].text(), "norrmalm|moten/2017-H1|2017-06-30|warning|chief|mail|2017-06-16");
  EXPECT_EQ(table[2].text(), "|digest|chief|mail|2017-07-03");
  EXPECT_EQ(table[3].text(),
            "norrmalm|moten/2017-H1|2017-06-30|warning|chief|mail|2017-06-30T09:05");
}

TEST(Key, refuses_what_is_none) {
  for (const char* text :
       {"", "a|b", "norrmalm|moten|2017-06-30|warning|chief|mail|2017-06-31",
        "norrmalm|moten|2017-06-30|digest|chief|mail|2017-06-16", "|warning|chief|mail|2017-07-03",
        "norrmalm|moten|2017-06-30|warning|chief|pigeon|2017-06-16",
        "norrmalm|moten|2017-06-30|warning|chief|mail|2017-06-16|",
        "norrmalm|moten|2017-06-30|warning|chief|mail|2017-06-16T24:00",
        "norrmalm|moten|2017-06-30|warning|chief|mail|2017-06-16T"})
    EXPECT_FALSE(key_of(text)) << text;
}

TEST(Key, the_last_of_a_series_is_found_among_others) {
  const std::set<std::string, std::less<>> keys = {"a|1|2017-01-01", "a|1|2017-02-01", "a|10|x",
                                                   "a|2|2017-03-01"};
  const LastKey last = last_of(keys);
  EXPECT_EQ(last("a|1|"), "a|1|2017-02-01");
  EXPECT_EQ(last("a|2|"), "a|2|2017-03-01");
  EXPECT_EQ(last("a|0|"), std::nullopt);
  EXPECT_EQ(last("b|"), std::nullopt);
}

}  // namespace
}  // namespace samrad::alerts
