// Part periods, days and time zones, and what is upcoming (docs/language.md §5, §7).
#include <gtest/gtest.h>

#include "tests/engine/story.h"

namespace samrad::story {
namespace {

std::string parts(const std::string& policy, int times,
                  const std::string& term = "2016-06-01 to 2018-05-31") {
  return with_head("term " + term + "\npart periods " + policy,
                   clause("meeting of council must happen at least " + std::to_string(times) +
                          " times every half-year"));
}

TEST(PartPeriods, EachPolicy) {
  // 30 of 182 days of 2016-H1 and 151 of 181 of 2018-H1 lie in the term.
  check({
      {"not assessed: no occurrence, listed apart with what happened",
       parts("not assessed", 3),
       "2016-06-10 m1 meeting of council\n",
       "2016-07-01",
       {{"c/2016-H1", "part opens=2016-06-01 due=2016-06-30 have=1/3"},
        {"c/2018-H1", "part opens=2018-01-01 due=2018-05-31 have=0/3"}}},
      {"in full: the same number",
       parts("in full", 3),
       "2016-06-10 m1 meeting of council\n",
       "2016-07-01",
       {{"c/2016-H1", "missed have=1/3 why=part_in_full"},
        {"c/2018-H1", "upcoming have=0/3 due=2018-05-31"}}},
      {"pro rata up",
       parts("pro rata up", 3),
       "",
       "2016-06-01",
       {{"c/2016-H1", "open have=0/1 why=part_pro_rata"}, {"c/2018-H1", "upcoming have=0/3"}}},
      {"pro rata down",
       parts("pro rata down", 3),
       "",
       "2016-06-01",
       {{"c/2016-H1", "open have=0/0"}, {"c/2018-H1", "upcoming have=0/2"}}},
      {"pro rata nearest",
       parts("pro rata nearest", 4),
       "",
       "2016-06-01",
       {{"c/2016-H1", "open have=0/1"}, {"c/2018-H1", "upcoming have=0/3"}}},
      {"none demanded is met when the window has passed",
       parts("pro rata down", 3),
       "",
       "2016-07-01",
       {{"c/2016-H1", "met have=0/0"}}},
      {"a whole window says nothing of a policy",
       parts("in full", 1),
       "",
       "2016-07-01",
       {{"c/2016-H2", "open have=0/1"}}},
      {"the clause's own policy goes before the agreement's",
       with_head("term 2016-06-01 to 2018-05-31\npart periods in full",
                 clause("part periods not assessed\nmeeting of council must happen at least once "
                        "every half-year")),
       "",
       "2016-07-01",
       {{"c/2016-H1", "part"}}},
      {"the clause's own interval cuts too",
       clause("in force from 2016-08-15\nin force until 2017-08-15\nmeeting of council must happen "
              "at least once every half-year"),
       "",
       "2016-06-01",
       {{"c/2016-H2", "part opens=2016-08-15"},
        {"c/2017-H1", "upcoming"},
        {"c/2017-H2", "part due=2017-08-15"},
        {"c/2018-H1", "none"}}},
      {"a term cut in excepted months cuts nothing",
       with_head(
           "term 2016-07-20 to 2017-12-31",
           clause("meeting of council must happen at least once every half-year except July")),
       "",
       "2016-07-20",
       {{"c/2016-H2", "open opens=2016-07-20"}}},
      {"at most, in full",
       with_head("term 2016-06-01 to 2018-05-31\npart periods in full",
                 clause("meeting of council must happen at most 1 times every half-year")),
       "2016-06-02 m1 meeting of council\n2016-06-03 m2 meeting of council\n",
       "2016-06-03",
       {{"c/2016-H1", "broken"}}},
      {"a term shorter than a window",
       with_head("term 2016-07-02 to 2016-12-30",
                 clause("meeting of council must happen at least once every half-year")),
       "",
       "2016-07-02",
       {{"ids c/", ""}, {"c/2016-H2", "part opens=2016-07-02 due=2016-12-30"}}},
      {"a term of one day",
       with_head("term 2016-07-02 to 2016-07-02",
                 clause("meeting of council must happen at least once every day")),
       "2016-07-02 m1 meeting of council\n",
       "2016-07-03",
       {{"ids c/", "c/2016-07-02"}, {"c/2016-07-02", "met"}}},
  });
}

TEST(Days, AnEventCountsInTheWindowOfItsCivilDay) {
  const std::string monthly = clause("meeting of council must happen at least once every month");
  const std::string daily = clause("alarm must happen at least once every day");
  check({
      {"the last second of a day",
       monthly,
       "2016-06-30T23:59:59 m1 meeting of council\n",
       "2016-07-01",
       {{"c/2016-06", "met"}}},
      {"the first of the next",
       monthly,
       "2016-07-01T00:00 m1 meeting of council\n",
       "2016-07-01",
       {{"c/2016-06", "missed"}, {"c/2016-07", "met"}}},
      {"the leap day is a day like others",
       with_head("term 2020-02-01 to 2020-12-31", daily),
       "2020-02-29 a1 alarm\n",
       "2020-03-01",
       {{"c/2020-02-28", "missed"}, {"c/2020-02-29", "met"}}},
      {"the short day of spring",
       daily,
       "2017-03-26T03:30 a1 alarm\n2017-03-26T23:59 a2 alarm\n",
       "2017-03-27",
       {{"c/2017-03-26", "met by=a1,a2"}}},
      {"the long day of autumn",
       daily,
       "2017-10-29T02:30 a1 alarm\n2017-10-29T23:59 a2 alarm\n",
       "2017-10-30",
       {{"c/2017-10-29", "met by=a1,a2"}}},
      {"an event later on the day of the question is not yet",
       daily,
       "2017-10-29T12:00 a1 alarm\n",
       "2017-10-29T11:59",
       {{"c/2017-10-29", "open"}}},
      {"and then it is",
       daily,
       "2017-10-29T12:00 a1 alarm\n",
       "2017-10-29T12:00",
       {{"c/2017-10-29", "met"}}},
  });
  // The zone of the harness: 23:30Z on 30 June is 1 July in Stockholm; a day in March has 23 hours and one in October 25.
  EXPECT_EQ(utc_of(day("2016-07-01"), 5400),
            std::int64_t{day("2016-06-30").n} * 86400 + 23 * 3600 + 1800);
  EXPECT_EQ(utc_of(day("2017-03-27"), 0) - utc_of(day("2017-03-26"), 0), 23 * 3600);
  EXPECT_EQ(utc_of(day("2017-10-30"), 0) - utc_of(day("2017-10-29"), 0), 25 * 3600);
}

TEST(Statuses, BeforeAtAndAfterEachDay) {
  const std::string rules = clause("report of plan must happen by 31 January every year");
  const Story story(rules);
  const struct {
    const char* as_of;
    const char* expected;
  } rows[] = {
      {"2016-05-31", "upcoming"}, {"2016-06-01", "open"},   {"2017-01-30", "open"},
      {"2017-01-31", "open"},     {"2017-02-01", "missed"}, {"2017-02-02", "missed"},
      {"2018-12-31", "missed"},
  };
  for (const auto& row : rows)
    expect(story, row.as_of, {{"c/2017-01-31", row.expected}});
  expect(story, "2017-01-31T00:00",
         {{"c/2017-01-31", "open"}, {"c/2018-01-31", "upcoming opens=2017-02-01"}});
  expect(story, "2017-01-31T23:59:59", {{"c/2017-01-31", "open"}});
  expect(story, "2017-02-01T00:00", {{"c/2017-01-31", "missed"}, {"c/2018-01-31", "open"}});
}

TEST(Statuses, UpcomingIsListedToTheEndOfTheTerm) {
  const std::string monthly = clause("meeting of council must happen at least once every month");
  check({
      {"before the term all of it",
       monthly,
       "",
       "2016-01-01",
       {{"c/2016-06", "upcoming"}, {"c/2018-05", "upcoming"}, {"c/2018-06", "none"}}},
      {"nothing of it after the term",
       monthly,
       "",
       "2018-06-01",
       {{"c/2018-05", "missed"}, {"c/2018-06", "none"}}},
      {"events before the term count for nothing",
       monthly,
       "2016-05-31 m1 meeting of council\n",
       "2016-06-01",
       {{"c/2016-06", "open have=0/1"}}},
      {"events after it neither",
       monthly,
       "2018-06-01 m1 meeting of council\n",
       "2018-06-02",
       {{"c/2018-05", "missed"}, {"c/2018-06", "none"}}},
  });
}

}  // namespace
}  // namespace samrad::story
