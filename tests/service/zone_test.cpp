// Aim: instants become the civil days of the agreement's zone, and days their first and last second, through every change of clocks.

#include <gtest/gtest.h>

#include "service/record/zone.h"

namespace samrad::record {
namespace {

Zone zone(const char* name) { return *Zone::open(name); }

TEST(Zone, the_civil_day_is_that_of_the_zone) {
  const struct {
    const char* zone;
    const char* instant;
    const char* day;
  } table[] = {
      {"Europe/Stockholm", "2017-06-30T23:30:00Z", "2017-07-01"},
      {"Europe/Stockholm", "2017-06-30T21:59:59Z", "2017-06-30"},
      {"Europe/Stockholm", "2017-12-31T22:59:59Z", "2017-12-31"},
      {"Europe/Stockholm", "2017-12-31T23:00:00Z", "2018-01-01"},
      {"America/New_York", "2017-07-01T03:59:59Z", "2017-06-30"},
      {"Asia/Kathmandu", "2017-06-30T18:15:00Z", "2017-07-01"},
      {"Pacific/Apia", "2011-12-30T10:00:00Z", "2011-12-31"},  // the day before was the 29th
  };
  for (const auto& row : table)
    EXPECT_EQ(calendar::iso(zone(row.zone).day_of(parse_rfc3339(row.instant)->seconds)), row.day)
        << row.instant;
}

TEST(Zone, days_begin_and_end) {
  const struct {
    const char* zone;
    const char* day;
    const char* first;
    const char* last;
  } table[] = {
      {"Europe/Stockholm", "2017-07-01", "2017-07-01T00:00:00+02:00", "2017-07-01T23:59:59+02:00"},
      {"Europe/Stockholm", "2017-03-26", "2017-03-26T00:00:00+01:00",
       "2017-03-26T23:59:59+02:00"},  // 23 hours
      {"Europe/Stockholm", "2017-10-29", "2017-10-29T00:00:00+02:00",
       "2017-10-29T23:59:59+01:00"},  // 25 hours
      {"America/Sao_Paulo", "2017-10-15", "2017-10-15T01:00:00-02:00",
       "2017-10-15T23:59:59-02:00"},  // no midnight
      {"America/Havana", "2017-11-05", "2017-11-05T00:00:00-04:00",
       "2017-11-05T23:59:59-05:00"},  // midnight twice
  };
  for (const auto& row : table) {
    const Zone z = zone(row.zone);
    const auto day = *calendar::parse_iso(row.day);
    for (int twice = 0; twice < 2; ++twice) {  // once without, once with the interval at hand
      EXPECT_EQ(z.rfc3339(z.first_second(day)), row.first) << row.day;
      EXPECT_EQ(z.rfc3339(z.last_second(day)), row.last) << row.day;
      EXPECT_EQ(z.day_of(z.first_second(day)), day);
      EXPECT_EQ(z.day_of(z.last_second(day)), day);
    }
  }
}

// The files list changes up to 2037 at most; the rule in their last line holds after that.
TEST(Zone, the_clocks_change_after_the_last_listed_year) {
  const struct {
    const char* zone;
    const char* day;
    const char* first;
    const char* last;
  } table[] = {
      {"Europe/Stockholm", "2050-07-01", "2050-07-01T00:00:00+02:00", "2050-07-01T23:59:59+02:00"},
      {"Europe/Stockholm", "2050-12-01", "2050-12-01T00:00:00+01:00", "2050-12-01T23:59:59+01:00"},
      {"Europe/Stockholm", "2096-03-25", "2096-03-25T00:00:00+01:00", "2096-03-25T23:59:59+02:00"},
      {"Europe/Stockholm", "2499-10-25", "2499-10-25T00:00:00+02:00", "2499-10-25T23:59:59+01:00"},
      {"America/New_York", "2050-03-13", "2050-03-13T00:00:00-05:00", "2050-03-13T23:59:59-04:00"},
      {"Australia/Sydney", "2050-01-01", "2050-01-01T00:00:00+11:00", "2050-01-01T23:59:59+11:00"},
      {"Australia/Sydney", "2050-07-01", "2050-07-01T00:00:00+10:00", "2050-07-01T23:59:59+10:00"},
      {"Asia/Tokyo", "2050-07-01", "2050-07-01T00:00:00+09:00", "2050-07-01T23:59:59+09:00"},
  };
  for (const auto& row : table) {
    const Zone z = zone(row.zone);
    const auto day = *calendar::parse_iso(row.day);
    EXPECT_EQ(z.rfc3339(z.first_second(day)), row.first);
    EXPECT_EQ(z.rfc3339(z.last_second(day)), row.last);
  }
}

TEST(Zone, each_day_follows_the_one_before) {
  const Zone z = zone("Europe/Stockholm");
  for (calendar::Day day = calendar::to_day({2015, 1, 1}); day < calendar::to_day({2020, 1, 1});
       day = day + 1) {
    ASSERT_EQ(z.last_second(day) + 1, z.first_second(day + 1)) << calendar::iso(day);
    ASSERT_EQ(z.day_of(z.first_second(day)), day);
    ASSERT_EQ(z.day_of(z.last_second(day)), day);
    ASSERT_EQ(z.second_of_day(z.first_second(day)), 0);
    ASSERT_EQ(z.second_of_day(z.last_second(day)), 86399);
  }
}

TEST(Zone, unknown_names_are_told) {
  EXPECT_EQ(Zone::open("Europe/Norrmalm").error(),
            "no time zone `Europe/Norrmalm` in the time zone database of this machine");
  // Neither a folder, nor a file that is no zone, nor one of other clocks, nor a way out of the database.
  for (const char* name : {"", "Europe", "tzdata.zi", "right/Europe/Stockholm",
                           "posix/Europe/Stockholm", "/usr/share/zoneinfo/UTC", "../zoneinfo/UTC"})
    EXPECT_FALSE(Zone::open(name)) << name;
  for (const char* name : {"UTC", "CET", "Etc/GMT+1", "America/Argentina/Buenos_Aires"})
    EXPECT_TRUE(Zone::open(name)) << name;
}

TEST(Zone, the_database_tells_its_version) { EXPECT_EQ(tzdata_version().substr(0, 2), "20"); }

TEST(Zone, a_plain_date_asks_about_the_whole_day) {
  const Zone z = zone("Europe/Stockholm");
  const auto day = parse_asked("2017-07-01", z);
  ASSERT_TRUE(day);
  EXPECT_TRUE(day->whole_day);
  EXPECT_EQ(z.rfc3339(day->moment.utc), "2017-07-01T23:59:59+02:00");
  EXPECT_EQ(day->text(z), "2017-07-01");
  const auto instant = parse_asked("2017-06-30T23:30:00Z", z);
  ASSERT_TRUE(instant);
  EXPECT_EQ(instant->text(z), "2017-07-01T01:30:00+02:00");
  EXPECT_EQ(calendar::iso(instant->moment.day), "2017-07-01");
  EXPECT_FALSE(parse_asked("yesterday", z));
}

}  // namespace
}  // namespace samrad::record
