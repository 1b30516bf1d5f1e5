// Exceptions, overrides and waivers (docs/language.md §3).
#include <gtest/gtest.h>

#include "tests/engine/story.h"

namespace samrad::story {
namespace {

const std::string season =
    "fact closed\n  holds from signing of letter until revocation of letter\n";
const std::string s = "2017-01-20 s1 signing of letter\n";

TEST(Exception, AskedOnTheDueDayOrTheDayOfTheEvent) {
  const std::string deadline =
      season + clause("except while closed\nreport of plan must happen by 31 January every year");
  const std::string event =
      season + clause("except when closed\nevery meeting of council must have chair present");
  const std::string answer = clause("except while alarm happened in the last 30 days\nafter "
                                    "request of plan, report of plan must happen within 30 days");
  const std::string count =
      season +
      clause("except while closed\nmeeting of council must happen at least once every month");
  check({
      {"true on the due day: waived by the exception",
       deadline,
       s,
       "2017-02-01",
       {{"c/2017-01-31", "waived why=by_exception"}}},
      {"begun on the due day itself",
       deadline,
       "2017-01-31 s1 signing of letter\n",
       "2017-02-01",
       {{"c/2017-01-31", "waived"}}},
      {"begun the day after",
       deadline,
       "2017-02-01 s1 signing of letter\n",
       "2017-02-01",
       {{"c/2017-01-31", "missed"}}},
      {"over before the due day",
       deadline,
       s + "2017-01-31 x1 revocation of letter\n",
       "2017-02-01",
       {{"c/2017-01-31", "missed"}}},
      {"before the due day it is open", deadline, s, "2017-01-31", {{"c/2017-01-31", "open"}}},
      {"done all the same it is met",
       deadline,
       s + "2017-01-25 r1 report of plan\n",
       "2017-02-01",
       {{"c/2017-01-31", "met"}}},
      {"a window: its last day",
       count,
       s + "2017-03-15 x1 revocation of letter\n",
       "2017-04-01",
       {{"c/2016-12", "missed"},
        {"c/2017-01", "waived"},
        {"c/2017-02", "waived"},
        {"c/2017-03", "missed"}}},
      {"an event: its day",
       event,
       "2017-01-19 m1 meeting of council\n" + s + "2017-01-20 m2 meeting of council\n",
       "2017-01-21",
       {{"c/m1", "broken"}, {"c/m2", "waived"}}},
      {"a response: the due day, with what happened after the trigger",
       answer,
       "2017-01-01 q1 request of plan\n2017-01-15 a1 alarm\n",
       "2017-02-01",
       {{"c/q1", "waived"}}},
      {"a response: too long before the due day",
       answer,
       "2016-12-31 a1 alarm\n2017-01-01 q1 request of plan\n",
       "2017-02-01",
       {{"c/q1", "missed"}}},
      {"unknown makes it cannot-assess",
       clause("except while silence happened\nreport of plan must happen by 31 January every year"),
       "",
       "2017-02-01",
       {{"c/2017-01-31", "cannot_assess missing=silence"}}},
  });
}

TEST(Override, WhereTheOneAppliesTheOtherDoesNot) {
  const std::string c = clause("every meeting must have chair present");
  const std::string o = "clause o\n  source \"2\"\n  overrides c\n  every meeting of youth must "
                        "have agenda present\n";
  const std::string count = clause("meeting must happen at least once every month");
  const std::string in = "clause o\n  source \"2\"\n  in force from 2017-02-01\n  overrides c\n  "
                         "meeting of youth must happen at least once every quarter\n";
  const std::string when = season + clause("report of plan must happen by 31 January every year") +
                           "clause o\n  source \"2\"\n  overrides c while closed\n  notice of plan "
                           "must happen by 28 February every year\n";
  check({
      {"an event that this clause is about is not judged by that one",
       c + o,
       "2017-01-01 m1 meeting of youth\n2017-01-02 m2 meeting of council\n",
       "2017-01-02",
       {{"ids c/", "c/m2"}, {"o/m1", "broken"}}},
      {"windows are waived while this clause is in force",
       count + in,
       "",
       "2017-03-01",
       {{"c/2016-12", "missed"}, {"c/2017-01", "missed"}, {"c/2017-02", "waived why=by_override"}}},
      {"an event that it is about does not count there",
       count + in,
       "2017-02-10 m1 meeting of youth\n2017-03-10 m2 meeting of council\n",
       "2017-04-01",
       {{"c/2017-02", "waived have=0/1"}, {"c/2017-03", "met by=m2"}, {"o/2017-Q1", "part"}}},
      {"deadlines are waived while COND holds",
       when,
       s,
       "2017-02-01",
       {{"c/2017-01-31", "waived"}}},
      {"and not while it does not", when, "", "2017-02-01", {{"c/2017-01-31", "missed"}}},
      {"an unknown COND is cannot-assess",
       clause("report of plan must happen by 31 January every year") +
           "clause o\n  source \"2\"\n  overrides c while silence happened\n  notice of plan must "
           "happen by 28 February every year\n",
       "",
       "2017-02-01",
       {{"c/2017-01-31", "cannot_assess missing=silence"}}},
  });
}

TEST(Waiver, WhoseWaiverCounts) {
  const std::string free = clause("report of plan must happen by 31 January every year");
  const std::string by = clause(
      "may be waived by chief, director\nreport of plan must happen by 31 January every year");
  const auto waiver = [](const std::string& day, const std::string& id, const std::string& who) {
    return day + " w1 waiver occurrence=" + id + " by=" + who + " reason=\"moved house\"\n";
  };
  check({
      {"without names anyone's does, and the finding says whose",
       free,
       waiver("2017-03-01", "c/2017-01-31", "officer"),
       "2017-03-01",
       {{"c/2017-01-31", "waived settled=2017-03-01 why=by_waiver"}}},
      {"as of the day before it is missed",
       free,
       waiver("2017-03-01", "c/2017-01-31", "officer"),
       "2017-02-28",
       {{"c/2017-01-31", "missed"}}},
      {"before the due day",
       free,
       waiver("2016-12-01", "c/2017-01-31", "officer"),
       "2016-12-01",
       {{"c/2017-01-31", "waived"}}},
      {"one of those named",
       by,
       waiver("2017-03-01", "c/2017-01-31", "director"),
       "2017-03-01",
       {{"c/2017-01-31", "waived"}}},
      {"another has no power",
       by,
       waiver("2017-03-01", "c/2017-01-31", "officer"),
       "2017-03-01",
       {{"c/2017-01-31", "missed"}, {"voids", "w1:no_authority"}}},
      {"of nothing",
       free,
       waiver("2017-03-01", "c/2011", "officer"),
       "2017-03-01",
       {{"voids", "w1:no_such_occurrence"}}},
      {"one occurrence only",
       free,
       waiver("2017-03-01", "c/2017-01-31", "officer"),
       "2018-02-01",
       {{"c/2017-01-31", "waived"}, {"c/2018-01-31", "missed"}}},
      {"what is met stays met",
       free,
       "2017-01-10 r1 report of plan\n" + waiver("2017-03-01", "c/2017-01-31", "officer"),
       "2017-03-01",
       {{"c/2017-01-31", "met"}}},
      {"a broken constraint",
       clause("every meeting of council must have chair present"),
       "2017-01-01 m1 meeting of council\n" + waiver("2017-01-02", "c/m1", "chief"),
       "2017-01-02",
       {{"c/m1", "waived"}}},
  });
}

}  // namespace
}  // namespace samrad::story
