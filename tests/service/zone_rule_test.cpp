// Aim: the line that ends a zone file is read in every form that RFC 8536 knows, and says when the clocks change in a year.

#include "service/record/zone_rule.h"

#include <gtest/gtest.h>

#include "service/record/instant.h"
#include "service/record/zone.h"

namespace samrad::record {
namespace {

std::string told(std::string_view line, int year) {
  const auto rule = ZoneRule::read(line);
  if (!rule) return "no rule";
  if (!rule->changes()) return std::to_string(rule->standard());
  const Zone utc = *Zone::open("UTC");
  std::string out;
  for (const auto& [at, offset] : rule->of_year(year))
    out += utc.rfc3339(at).substr(5, 11) + " " + std::to_string(offset / 60) + "; ";
  return out;
}

TEST(ZoneRule, every_form_is_read) {
  EXPECT_EQ(told("UTC0", 2024), "0");
  EXPECT_EQ(told("<+0545>-5:45", 2024), "20700");
  EXPECT_EQ(told("<-03>3", 2024), "-10800");
  EXPECT_EQ(told("CET-1CEST,M3.5.0,M10.5.0/3", 2024), "03-31T01:00 120; 10-27T01:00 60; ");
  EXPECT_EQ(told("NZST-12NZDT,M9.5.0,M4.1.0/3", 2024), "04-06T14:00 720; 09-28T14:00 780; ");
  // Summer that lies behind the clocks of winter, and times beyond the day on both sides.
  EXPECT_EQ(told("IST-1GMT0,M10.5.0,M3.5.0/1", 2024), "03-31T01:00 60; 10-27T01:00 0; ");
  EXPECT_EQ(told("EET-2EEST,M3.4.4/50,M10.4.4/50", 2024), "03-30T00:00 180; 10-25T23:00 120; ");
  EXPECT_EQ(told("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", 2024), "03-31T01:00 -60; 10-27T01:00 -120; ");
  EXPECT_EQ(told("<+1245>-12:45<+1345>,M9.5.0/2:45,M4.1.0/3:45", 2024),
            "04-06T14:00 765; 09-28T14:00 825; ");
  // Days counted with and without the leap day.
  EXPECT_EQ(told("AAA0BBB,J60/0,J365/0", 2024), "03-01T00:00 60; 12-30T23:00 0; ");
  EXPECT_EQ(told("AAA0BBB,J60/0,J365/0", 2023), "03-01T00:00 60; 12-30T23:00 0; ");
  EXPECT_EQ(told("AAA0BBB,59/0,365/0", 2024), "02-29T00:00 60; 12-30T23:00 0; ");
  EXPECT_EQ(told("AAA0BBB,0/0,59/0", 2023), "01-01T00:00 60; 02-28T23:00 0; ");
}

TEST(ZoneRule, what_is_no_rule_is_refused) {
  for (const char* line :
       {"", "CET", "C-1", "CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0",
        "CET-1CEST,M3.6.0,M10.5.0", "CET-1CEST,M3.5.7,M10.5.0", "CET-1CEST,J0,J365",
        "CET-1CEST,M3.5.0,M10.5.0/168", "CET-1CEST,M3.5.0,M10.5.0 ", "<CET-1", "CET-25", "CET-1:60",
        "CET-99999999999999999999"})
    EXPECT_FALSE(ZoneRule::read(line)) << line;
}

}  // namespace
}  // namespace samrad::record
