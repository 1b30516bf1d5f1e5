// Deadlines (docs/language.md §3.2): by a day, once or again and again.
#include <gtest/gtest.h>

#include "tests/engine/story.h"

namespace samrad::story {
namespace {

const std::string yearly = clause("report of plan must happen by 31 January every year");

TEST(Deadline, ThatDayOfEachYearInTheTerm) {
  check({
      {"one occurrence a due day in the term; each opens after the one before was due", yearly, "", "2016-05-01",
       {{"ids c/", "c/2017-01-31 c/2018-01-31"},
        {"c/2017-01-31", "upcoming opens=2016-06-01 due=2017-01-31"},
        {"c/2018-01-31", "upcoming opens=2017-02-01 due=2018-01-31"}}},
      {"up to the due day it is met", yearly, "2017-01-31T23:59 r1 report of plan\n", "2017-01-31T23:59",
       {{"c/2017-01-31", "met settled=2017-01-31 by=r1"}}},
      {"the due day counts to its last instant", yearly, "", "2017-01-31", {{"c/2017-01-31", "open"}}},
      {"missed because time passed", yearly, "", "2017-02-01", {{"c/2017-01-31", "missed"}, {"c/2018-01-31", "open"}}},
      {"an event early in the interval counts", yearly, "2016-06-02 r1 report of plan\n", "2016-06-02", {{"c/2017-01-31", "met"}}},
      {"done afterwards it is met late", yearly, "2017-05-01 r1 report of plan\n", "2017-05-01",
       {{"c/2017-01-31", "met_late settled=2017-05-01 by=r1"}, {"c/2018-01-31", "open have=0/1"}}},
      {"on the last day of the same year still late", yearly, "2017-12-31 r1 report of plan\n", "2018-01-01",
       {{"c/2017-01-31", "met_late"}, {"c/2018-01-31", "open"}}},
      {"from the next period on it meets the coming one", yearly, "2018-01-01 r1 report of plan\n", "2018-01-01",
       {{"c/2017-01-31", "missed"}, {"c/2018-01-31", "met by=r1"}}},
      {"when the previous one was met, an event of the same year meets the coming one", yearly,
       "2017-01-20 r1 report of plan\n2017-02-05 r2 report of plan\n", "2017-02-05",
       {{"c/2017-01-31", "met by=r1"}, {"c/2018-01-31", "met by=r2"}}},
      {"a second event before the due day meets nothing else", yearly, "2017-01-10 r1 report of plan\n2017-01-20 r2 report of plan\n",
       "2017-02-01", {{"c/2017-01-31", "met by=r1"}, {"c/2018-01-31", "open"}}},
      {"two late events: the first meets the missed one, the second the coming one", yearly,
       "2017-03-10 r1 report of plan\n2017-03-20 r2 report of plan\n", "2017-04-01",
       {{"c/2017-01-31", "met_late by=r1"}, {"c/2018-01-31", "met by=r2"}}},
  });
}

TEST(Deadline, SeveralDaysAYear) {
  const std::string two = clause("report of plan must happen by 30 June, 31 December every year");
  check({
      {"each of the days", two, "", "2016-06-01",
       {{"ids c/", "c/2016-06-30 c/2016-12-31 c/2017-06-30 c/2017-12-31"}, {"c/2016-12-31", "upcoming opens=2016-07-01"}}},
      {"an event of the same calendar year meets the missed one", two, "2016-10-01 r1 report of plan\n2016-11-01 r2 report of plan\n",
       "2016-11-01", {{"c/2016-06-30", "met_late by=r1"}, {"c/2016-12-31", "met by=r2"}}},
      {"in the next year it meets the coming one", two, "2017-01-01 r1 report of plan\n", "2017-01-01",
       {{"c/2016-06-30", "missed"}, {"c/2016-12-31", "missed"}, {"c/2017-06-30", "met"}}},
  });
}

TEST(Deadline, MonthsQuartersAndTheirEnds) {
  const std::string fifteenth = clause("report of plan must happen by day 15 every month");
  const std::string last = clause("report of plan must happen by the last day of every quarter");
  const std::string month_end = clause("report of plan must happen by the last day of every month");
  const std::string after = clause("report of plan must happen by 20 days after the end of every quarter");
  check({
      {"day 15 of every month", fifteenth, "2016-06-20 r1 report of plan\n2016-07-01 r2 report of plan\n", "2016-07-01",
       {{"c/2016-06-15", "met_late by=r1"}, {"c/2016-07-15", "met opens=2016-06-16 by=r2"}}},
      {"from the next month on an event meets the coming one", fifteenth, "2016-07-01 r1 report of plan\n", "2016-07-01",
       {{"c/2016-06-15", "missed"}, {"c/2016-07-15", "met"}}},
      {"the last day of every month, of any length", month_end, "", "2016-06-01",
       {{"c/2016-06-30", "open"}, {"c/2017-02-28", "upcoming opens=2017-02-01"}, {"c/2017-12-31", "upcoming"}}},
      {"the last day of every quarter; the one that the term cuts is listed apart", last, "", "2016-07-01",
       {{"c/2016-09-30", "open opens=2016-07-01"}, {"c/2016-06-30", "part"}}},
      {"from the next quarter on an event meets the coming one", last, "2016-10-01 r1 report of plan\n", "2016-10-01",
       {{"c/2016-09-30", "missed"}, {"c/2016-12-31", "met by=r1"}}},
      {"counted from each window's last day, and only after that end", after, "2016-09-20 r1 report of plan\n", "2016-10-20",
       {{"c/2016-10-20", "open opens=2016-10-01 due=2016-10-20 have=0/1"}, {"c/2017-01-20", "upcoming opens=2017-01-01"}}},
      {"late, until the next quarter ends", after, "2016-12-31 r1 report of plan\n", "2017-01-01",
       {{"c/2016-10-20", "met_late by=r1"}, {"c/2017-01-20", "open"}}},
      {"months from a quarter's end lead to a month's end",
       clause("report of plan must happen by 1 month after the end of every quarter"), "", "2016-06-01",
       {{"c/2016-10-31", "upcoming"}, {"c/2017-01-31", "upcoming"}, {"c/2017-04-30", "upcoming"}}},
  });
}

TEST(Deadline, OnceByADateOrCountedFromTheTerm) {
  const std::string expiry = clause("report of plan must happen by 6 months before expiry") +
                             "clause x\n  source \"2\"\n  term may be extended by 2 years\n";
  check({
      {"a single date", clause("report of plan must happen by 2017-11-30"), "", "2016-05-01",
       {{"ids c/", "c/2017-11-30"}, {"c/2017-11-30", "upcoming opens=2016-06-01 due=2017-11-30"}}},
      {"late at any time", clause("report of plan must happen by 2017-11-30"), "2018-05-01 r1 report of plan\n", "2018-05-01",
       {{"c/2017-11-30", "met_late"}}},
      {"months before expiry are clamped to the month's end", expiry, "", "2016-06-01", {{"ids c/", "c/2017-11-30"}}},
      {"an extension gives a new occurrence", expiry, "2017-10-01 r1 report of plan\n2017-12-01 e1 extension\n", "2017-12-02",
       {{"expiry", "2020-05-31"}, {"c/2017-11-30", "met by=r1"}, {"c/2019-11-30", "open opens=2017-12-01 have=0/1"}}},
      {"days after the start", clause("report of plan must happen by 30 days after start"), "2016-07-01 r1 report of plan\n",
       "2016-07-02", {{"c/2016-07-01", "met opens=2016-06-01"}}},
  });
}

TEST(Deadline, DueDaysThatAreNoWorkingDays) {
  const auto moved = [](const std::string& how, const std::string& by) {
    return with_head("term 2020-06-01 to 2022-05-31\ndue days " + how, clause("report of plan must happen by " + by + " every year"));
  };
  // 31 January 2021 is a Sunday, 31 December 2022 a Saturday and 1 January a holiday, 6 June 2021 a Sunday.
  check({
      {"stay: the default", with_head("term 2020-06-01 to 2022-05-31", yearly), "", "2021-01-31", {{"c/2021-01-31", "open due=2021-01-31"}}},
      {"following", moved("move following", "31 January"), "2021-02-01 r1 report of plan\n", "2021-02-02",
       {{"c/2021-01-31", "met due=2021-02-01 nominal=2021-01-31 why=due_moved"}, {"c/2022-01-31", "open opens=2021-02-02"}}},
      {"following: open on the moved day, missed after it", moved("move following", "31 January"), "", "2021-02-01",
       {{"c/2021-01-31", "open"}}},
      {"preceding", moved("move preceding", "31 January"), "2021-01-30 r1 report of plan\n", "2021-01-30",
       {{"c/2021-01-31", "met_late due=2021-01-29"}}},
      {"modified following stays in the month", moved("move modified following", "31 January"), "", "2021-01-01",
       {{"c/2021-01-31", "open due=2021-01-29"}}},
      {"the national day and a weekend", moved("move following", "6 June"), "", "2021-01-01", {{"c/2021-06-06", "open due=2021-06-07"}}},
      {"weekends only: 6 January 2021 is a working day", with_head("term 2020-06-01 to 2022-05-31\ndue days move following\nholidays weekends only",
       clause("report of plan must happen by 6 January every year")), "", "2021-01-01", {{"c/2021-01-06", "open due=2021-01-06"}}},
      {"with the holidays of Sweden it is not", moved("move following", "6 January"), "", "2021-01-01",
       {{"c/2021-01-06", "open due=2021-01-07"}}},
      {"moved past the end of its year, an act on the moved day is in time", clause("due days move following\nreport of plan must happen by 31 December every year"),
       "2017-01-02 r1 report of plan\n", "2017-01-03", {{"c/2016-12-31", "met due=2017-01-02 by=r1"}, {"c/2017-12-31", "open opens=2017-01-03"}}},
      {"moved past the end of its month", clause("due days move following\nreport of plan must happen by the last day of every month"),
       "2016-08-01 r1 report of plan\n", "2016-08-02", {{"c/2016-07-31", "met due=2016-08-01 by=r1"}, {"c/2016-08-31", "open opens=2016-08-02"}}},
      {"the clause's own choice goes before the agreement's", with_head("term 2020-06-01 to 2022-05-31\ndue days move following",
       clause("due days stay\nreport of plan must happen by 31 January every year")), "", "2021-01-31", {{"c/2021-01-31", "open due=2021-01-31"}}},
  });
}

TEST(Deadline, UnknownUnrecordedAndIntervals) {
  const std::string written = clause("report of plan with written must happen by 31 January every year");
  const std::string in_parts = with_head("term 2016-06-01 to 2018-05-31\npart periods in full",
                                         clause("report of plan must happen by the last day of every quarter"));
  check({
      {"a missing field that decides", written, "2017-01-10 r1 report of plan\n", "2017-02-01",
       {{"c/2017-01-31", "cannot_assess missing=written"}}},
      {"false is not missing", written, "2017-01-10 r1 report of plan written=no\n", "2017-02-01", {{"c/2017-01-31", "missed"}}},
      {"absence of what nobody records", clause("silence must happen by 31 January every year"), "", "2017-02-01",
       {{"c/2017-01-31", "cannot_assess missing=silence"}}},
      {"the clause's own interval: until", clause("in force until 2017-06-30\nreport of plan must happen by 31 January every year"), "",
       "2016-06-01", {{"ids c/", "c/2017-01-31"}}},
      {"the clause's own interval: from", clause("in force from 2017-06-01\nreport of plan must happen by 31 January every year"), "",
       "2016-06-01", {{"ids c/", "c/2018-01-31"}, {"c/2018-01-31", "upcoming opens=2017-06-01"}}},
      {"part periods in full: asked, and the finding says so", in_parts, "", "2016-06-01", {{"c/2016-06-30", "open why=part_in_full"}}},
      {"29 February comes only in leap years, else it is clamped", with_head("term 2018-06-01 to 2021-05-31",
       clause("report of plan must happen by 29 February every year")), "", "2018-06-01",
       {{"ids c/", "c/2019-02-28 c/2020-02-29 c/2021-02-28"}}},
  });
}

}  // namespace
}  // namespace samrad::story
