// Count duties (docs/language.md §3.1): so many events in each window.
#include <gtest/gtest.h>

#include "tests/engine/story.h"

namespace samrad::story {
namespace {

const std::string twice = clause("meeting of council must happen at least 2 times every half-year");

TEST(Count, OneOccurrenceAWindowMetMissedOrOpen) {
  check({
      {"one occurrence a window, in the calendar's half-years; part periods are not assessed",
       twice,
       "",
       "2016-05-01",
       {{"c/2016-H2", "upcoming opens=2016-07-01 due=2016-12-31 have=0/2"},
        {"c/2017-H1", "upcoming"},
        {"c/2017-H2", "upcoming due=2017-12-31"},
        {"c/2016-H1", "part opens=2016-06-01 due=2016-06-30"},
        {"c/2018-H1", "part opens=2018-01-01 due=2018-05-31"}}},
      {"met on the day of the Nth event",
       twice,
       "2016-09-01 m1 meeting of council\n2016-10-05 m2 meeting of council\n",
       "2016-10-05",
       {{"c/2016-H2", "met settled=2016-10-05 have=2/2 by=m1,m2"}}},
      {"before the Nth event it is open",
       twice,
       "2016-09-01 m1 meeting of council\n",
       "2016-10-05",
       {{"c/2016-H2", "open have=1/2 by=m1"}}},
      {"a due day counts to its last instant",
       twice,
       "2016-09-01 m1 meeting of council\n2016-12-31T23:59 m2 meeting of council\n",
       "2017-01-01",
       {{"c/2016-H2", "met settled=2016-12-31"}}},
      {"on the due day it is still open",
       twice,
       "2016-09-01 m1 meeting of council\n",
       "2016-12-31",
       {{"c/2016-H2", "open"}}},
      {"missed when the window has passed with fewer, by silence alone",
       twice,
       "2016-09-01 m1 meeting of council\n",
       "2017-01-01",
       {{"c/2016-H2", "missed have=1/2 by=m1"}, {"c/2017-H1", "open have=0/2"}}},
      {"an event counts once, in the window of its own day",
       twice,
       "2016-12-31 m1 meeting of council\n2017-01-01 m2 meeting of council\n",
       "2017-07-01",
       {{"c/2016-H2", "missed have=1/2 by=m1"}, {"c/2017-H1", "missed have=1/2 by=m2"}}},
      {"more events than needed are all named",
       twice,
       "2016-09-01 m1 meeting of council\n2016-09-02 m2 meeting of council\n2016-09-03 m3 meeting "
       "of council\n",
       "2016-09-03",
       {{"c/2016-H2", "met settled=2016-09-02 have=3/2 by=m1,m2,m3"}}},
      {"another subject does not count",
       twice,
       "2016-09-01 m1 meeting of council\n2016-10-05 m2 meeting of youth\n",
       "2017-01-01",
       {{"c/2016-H2", "missed have=1/2 by=m1"}}},
      {"after the end of the window it can no longer be met",
       twice,
       "2016-09-01 m1 meeting of council\n2017-01-02 m2 meeting of council\n",
       "2017-01-02",
       {{"c/2016-H2", "missed have=1/2"}}},
  });
}

TEST(Count, QuantitiesAtMostAndExactly) {
  const std::string most = clause("meeting of council must happen at most 2 times every half-year");
  const std::string exact =
      clause("meeting of council must happen exactly 2 times every half-year");
  const std::string three = "2016-09-01 m1 meeting of council\n2016-10-01 m2 meeting of "
                            "council\n2016-11-01 m3 meeting of council\n";
  const std::string two = "2016-09-01 m1 meeting of council\n2016-10-01 m2 meeting of council\n";
  check({
      {"at most: open while the window lasts",
       most,
       two,
       "2016-12-31",
       {{"c/2016-H2", "open have=2/2"}}},
      {"at most: met when the window has passed",
       most,
       two,
       "2017-01-01",
       {{"c/2016-H2", "met have=2/2"}}},
      {"at most: met with none at all", most, "", "2017-01-01", {{"c/2016-H2", "met have=0/2"}}},
      {"at most: broken on the day of the first one too many",
       most,
       three,
       "2016-11-01",
       {{"c/2016-H2", "broken settled=2016-11-01 have=3/2"}}},
      {"exactly: not met before the window has passed",
       exact,
       two,
       "2016-12-31",
       {{"c/2016-H2", "open have=2/2"}}},
      {"exactly: met with just so many", exact, two, "2017-01-01", {{"c/2016-H2", "met"}}},
      {"exactly: broken on the day of one too many",
       exact,
       three,
       "2016-11-01",
       {{"c/2016-H2", "broken settled=2016-11-01"}}},
      {"exactly: missed with fewer",
       exact,
       "2016-09-01 m1 meeting of council\n",
       "2017-01-01",
       {{"c/2016-H2", "missed have=1/2"}}},
      {"once and twice are numbers of times",
       clause("meeting of council must happen at least twice every half-year"),
       two,
       "2016-10-01",
       {{"c/2016-H2", "met have=2/2"}}},
  });
}

TEST(Count, MonthsThatDoNotCount) {
  const std::string july =
      clause("meeting of youth must happen at least once every month except July");
  const std::string only =
      clause("meeting of youth must happen at least once every month in June, December");
  const std::string half =
      clause("meeting of youth must happen at least once every half-year except July to August");
  check({
      {"a window wholly in excepted months has no occurrence",
       july,
       "",
       "2016-09-01",
       {{"c/2016-06", "missed"},
        {"c/2016-07", "none"},
        {"c/2016-08", "missed"},
        {"c/2017-07", "none"},
        {"c/2018-05", "upcoming"}}},
      {"only the months named",
       only,
       "2016-12-24 m1 meeting of youth\n",
       "2017-06-30",
       {{"c/2016-06", "missed"},
        {"c/2016-11", "none"},
        {"c/2016-12", "met"},
        {"c/2017-01", "none"},
        {"c/2017-06", "open"}}},
      {"events in excepted months do not count",
       half,
       "2016-07-05 m1 meeting of youth\n",
       "2017-01-01",
       {{"c/2016-H2", "missed have=0/1 why=excepted_month"}}},
      {"and those in the others do",
       half,
       "2016-09-05 m1 meeting of youth\n",
       "2017-01-01",
       {{"c/2016-H2", "met"}}},
  });
}

TEST(Count, PeriodsFromTheCalendarTheTermOrADate) {
  const auto every = [](const std::string& period) {
    return clause("meeting of council must happen at least once every " + period);
  };
  check({
      {"half-years of the term are counted from its first day",
       every("half-year of the term"),
       "",
       "2016-06-01",
       {{"c/2016-06-01", "open due=2016-11-30"},
        {"c/2016-12-01", "upcoming due=2017-05-31"},
        {"c/2017-06-01", "upcoming due=2017-11-30"},
        {"c/2017-12-01", "upcoming opens=2017-12-01 due=2018-05-31"}}},
      {"counted from a date",
       every("quarter counted from 2016-06-15"),
       "",
       "2016-06-15",
       {{"c/2016-06-15", "open due=2016-09-14"}, {"c/2018-03-15", "part"}}},
      {"weeks begin on Monday",
       every("week"),
       "2016-06-12 m1 meeting of council\n",
       "2016-06-13",
       {{"c/2016-W23", "met opens=2016-06-06 due=2016-06-12 by=m1"},
        {"c/2016-W24", "open opens=2016-06-13"}}},
      {"days",
       every("day"),
       "2016-06-02 m1 meeting of council\n",
       "2016-06-03",
       {{"c/2016-06-01", "missed"}, {"c/2016-06-02", "met"}, {"c/2016-06-03", "open"}}},
      {"quarters of the calendar",
       every("quarter"),
       "",
       "2016-07-01",
       {{"c/2016-Q3", "open due=2016-09-30"}, {"c/2016-Q2", "part"}}},
      {"years of the calendar",
       every("year"),
       "",
       "2017-01-01",
       {{"c/2017", "open due=2017-12-31"}, {"c/2016", "part"}}},
      {"fortnights are counted from the term's first day",
       every("fortnight"),
       "",
       "2016-06-01",
       {{"c/2016-06-01", "open due=2016-06-14"}, {"c/2016-06-15", "upcoming due=2016-06-28"}}},
      {"or from the day of `from`",
       every("fortnight from 2016-06-20"),
       "",
       "2016-06-01",
       {{"c/2016-06-01", "none"}, {"c/2016-06-20", "upcoming due=2016-07-03"}}},
      {"several weeks likewise",
       every("3 weeks"),
       "",
       "2016-06-01",
       {{"c/2016-06-01", "open due=2016-06-21"}}},
      {"three months are calendar periods as they stand",
       every("3 months"),
       "",
       "2016-07-01",
       {{"c/2016-07-01", "open due=2016-09-30"}}},
      {"months of a term that began on the 31st do not drift",
       with_head("term 2016-12-31 to 2018-12-30", every("month of the term")),
       "",
       "2016-12-31",
       {{"c/2016-12-31", "open due=2017-01-30"},
        {"c/2017-01-31", "upcoming due=2017-02-27"},
        {"c/2017-02-28", "upcoming due=2017-03-30"},
        {"c/2017-03-31", "upcoming due=2017-04-29"}}},
  });
}

TEST(Count, FromAndUntil) {
  const std::string from =
      clause("meeting of youth must happen at least once every month except July from 2016-06-16");
  const std::string until =
      clause("meeting of youth must happen at least once every month until 2017-03-15");
  check({
      {"the window that holds the day of `from` is the first and asked in full",
       from,
       "",
       "2016-06-01",
       {{"c/2016-06", "upcoming opens=2016-06-16 due=2016-06-30 have=0/1"},
        {"c/2016-08", "upcoming"}}},
      {"a later `from` leaves out earlier windows",
       clause("meeting of youth must happen at least once every month from 2017-02-10"),
       "",
       "2016-06-01",
       {{"c/2017-01", "none"}, {"c/2017-02", "upcoming due=2017-02-28"}}},
      {"`until` ends the duty and cuts a part period",
       until,
       "",
       "2016-06-01",
       {{"c/2017-02", "upcoming"},
        {"c/2017-03", "part opens=2017-03-01 due=2017-03-15"},
        {"c/2017-04", "none"}}},
      {"`until` on the last day of a window cuts nothing",
       clause("meeting of youth must happen at least once every month until 2017-03-31"),
       "",
       "2016-06-01",
       {{"c/2017-03", "upcoming"}, {"c/2017-04", "none"}}},
  });
}

TEST(Count, WhatIsUnknownOrNotRecorded) {
  const std::string remote =
      clause("meeting of council where remote must happen at least once every half-year");
  const std::string most =
      clause("meeting of council where remote must happen at most once every half-year");
  const std::string silence = clause("silence must happen at least once every quarter");
  const std::string log = clause("late_log must happen at least once every quarter");
  check({
      {"a missing field that decides gives cannot-assess when the window has passed",
       remote,
       "2016-09-01 m1 meeting of council\n",
       "2017-01-01",
       {{"c/2016-H2", "cannot_assess have=0/1 missing=remote"}}},
      {"until then it is open",
       remote,
       "2016-09-01 m1 meeting of council\n",
       "2016-12-31",
       {{"c/2016-H2", "open"}}},
      {"it does not matter where another event surely counts",
       remote,
       "2016-09-01 m1 meeting of council\n2016-09-02 m2 meeting of council remote=yes\n",
       "2017-01-01",
       {{"c/2016-H2", "met by=m2"}}},
      {"at most: one that may be too many",
       most,
       "2016-09-01 m1 meeting of council\n2016-09-02 m2 meeting of council remote=yes\n",
       "2017-01-01",
       {{"c/2016-H2", "cannot_assess missing=remote"}}},
      {"at most: too many for certain",
       most,
       "2016-09-01 m1 meeting of council remote=yes\n2016-09-02 m2 meeting of council remote=yes\n",
       "2017-01-01",
       {{"c/2016-H2", "broken"}}},
      {"absence of what nobody records proves nothing",
       silence,
       "",
       "2017-01-01",
       {{"c/2016-Q3", "cannot_assess missing=silence"},
        {"c/2016-Q4", "cannot_assess why=not_recorded"}}},
      {"what is on record all the same counts",
       silence,
       "2016-08-01 s1 silence\n",
       "2017-01-01",
       {{"c/2016-Q3", "met by=s1"}}},
      {"not recorded before a date: windows after it are judged",
       log,
       "",
       "2017-04-01",
       {{"c/2016-Q4", "cannot_assess missing=late_log"}, {"c/2017-Q1", "missed"}}},
  });
}

}  // namespace
}  // namespace samrad::story
