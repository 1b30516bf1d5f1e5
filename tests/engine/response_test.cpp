// Responses (docs/language.md §3.3): after P, Q must happen in time.
#include <gtest/gtest.h>

#include "tests/engine/story.h"

namespace samrad::story {
namespace {

std::string answer(const std::string& within) {
  return clause("after request of plan, report of plan must happen " + within);
}

TEST(Response, WithinDays) {
  const std::string days = answer("within 30 days");
  const std::string q = "2017-01-01 q1 request of plan\n";
  check({
      {"one occurrence for each P; the day of P is excluded",
       days,
       q,
       "2017-01-31",
       {{"c/q1", "open opens=2017-01-01 due=2017-01-31"}}},
      {"met on the last day",
       days,
       q + "2017-01-31 r1 report of plan\n",
       "2017-01-31",
       {{"c/q1", "met settled=2017-01-31 by=r1"}}},
      {"missed when it has passed", days, q, "2017-02-01", {{"c/q1", "missed"}}},
      {"done afterwards it is met late",
       days,
       q + "2017-02-01 r1 report of plan\n",
       "2017-02-01",
       {{"c/q1", "met_late settled=2017-02-01"}}},
      {"long afterwards too",
       days,
       q + "2018-02-01 r1 report of plan\n",
       "2018-02-01",
       {{"c/q1", "met_late"}}},
      {"what came before does not count",
       days,
       "2016-12-31 r1 report of plan\n" + q,
       "2017-01-05",
       {{"c/q1", "open have=0/1"}}},
      {"another subject does not count",
       days,
       q + "2017-01-05 r1 report of picture\n",
       "2017-01-05",
       {{"c/q1", "open"}}},
      {"a P before the term asks nothing",
       days,
       "2016-05-31 q1 request of plan\n",
       "2016-08-01",
       {{"c/q1", "none"}}},
      {"a month from the 31st is clamped",
       answer("within 1 month"),
       "2017-01-31 q1 request of plan\n",
       "2017-01-31",
       {{"c/q1", "open due=2017-02-28"}}},
      {"working days leave out weekends and holidays",
       answer("within 10 working days"),
       "2016-12-22 q1 request of plan\n",
       "2016-12-22",
       {{"c/q1", "open due=2017-01-09"}}},
      {"a due day may move",
       clause("due days move following\nafter request of plan, report of plan must happen within "
              "10 days"),
       "2017-01-04 q1 request of plan\n",
       "2017-01-16",
       {{"c/q1", "open due=2017-01-16 nominal=2017-01-14 why=due_moved"}}},
      {"by the end of the period",
       answer("by the end of the quarter"),
       "2017-02-03 q1 request of plan\n",
       "2017-02-03",
       {{"c/q1", "open due=2017-03-31"}}},
      {"no limit: open until it happens",
       answer(""),
       q,
       "2018-05-31",
       {{"c/q1", "open due=never"}}},
      {"no limit: met whenever it happens",
       answer(""),
       q + "2018-05-01 r1 report of plan\n",
       "2018-05-31",
       {{"c/q1", "met"}}},
  });
}

TEST(Response, TheSameDay) {
  const std::string days = answer("within 30 days");
  const std::string same = answer("on the same day");
  check({
      {"the same day is in time",
       days,
       "2017-01-01 q1 request of plan\n2017-01-01 r1 report of plan\n",
       "2017-01-01",
       {{"c/q1", "met"}}},
      {"the same day, only one with a time",
       days,
       "2017-01-01T12:00 q1 request of plan\n2017-01-01 r1 report of plan\n",
       "2017-01-01",
       {{"c/q1", "met"}}},
      {"the same day, Q after by the clock",
       days,
       "2017-01-01T12:00 q1 request of plan\n2017-01-01T12:01 r1 report of plan\n",
       "2017-01-01",
       {{"c/q1", "met"}}},
      {"unless both have a time and Q came first",
       days,
       "2017-01-01T12:00 q1 request of plan\n2017-01-01T11:00 r1 report of plan\n",
       "2017-01-01",
       {{"c/q1", "open have=0/1"}}},
      {"on the same day",
       same,
       "2017-01-01 q1 request of plan\n",
       "2017-01-01",
       {{"c/q1", "open due=2017-01-01"}}},
      {"on the same day: the next day is late",
       same,
       "2017-01-01 q1 request of plan\n2017-01-02 r1 report of plan\n",
       "2017-01-02",
       {{"c/q1", "met_late"}}},
  });
}

TEST(Response, EachAnswerServesOneOldestFirst) {
  const std::string days = answer("within 30 days");
  const std::string two = "2017-01-01 q1 request of plan\n2017-01-05 q2 request of plan\n";
  const std::string any = clause("after request, report must happen within 30 days");
  const std::string named = clause("after request of plan as x, report of plan where about = id of "
                                   "x must happen within 30 days");
  const std::string same =
      clause("after request as x, report of the same document must happen within 30 days");
  check({
      {"the oldest open one is served first",
       days,
       two + "2017-01-10 r1 report of plan\n",
       "2017-01-10",
       {{"c/q1", "met by=r1"}, {"c/q2", "open have=0/1"}}},
      {"and the second answer serves the second",
       days,
       two + "2017-01-10 r1 report of plan\n2017-01-11 r2 report of plan\n",
       "2017-01-11",
       {{"c/q1", "met by=r1"}, {"c/q2", "met by=r2"}}},
      {"one that is still open goes before one that was missed",
       days,
       "2017-01-01 q1 request of plan\n2017-02-10 q2 request of plan\n2017-02-15 r1 report of "
       "plan\n",
       "2017-02-15",
       {{"c/q1", "missed"}, {"c/q2", "met by=r1"}}},
      {"and then the missed one is served",
       days,
       "2017-01-01 q1 request of plan\n2017-02-10 q2 request of plan\n2017-02-15 r1 report of "
       "plan\n2017-02-16 r2 report of plan\n",
       "2017-02-16",
       {{"c/q1", "met_late by=r2"}, {"c/q2", "met by=r1"}}},
      {"of one subject kind, the subjects must be the same",
       any,
       "2017-01-01 q1 request of plan\n2017-01-05 r1 report of picture\n",
       "2017-01-05",
       {{"c/q1", "open"}}},
      {"and then it is met",
       any,
       "2017-01-01 q1 request of plan\n2017-01-05 r1 report of plan\n",
       "2017-01-05",
       {{"c/q1", "met"}}},
      {"`of the same document` says so",
       same,
       "2017-01-01 q1 request of plan\n2017-01-05 r1 report of picture\n2017-01-06 r2 report of "
       "plan\n",
       "2017-01-06",
       {{"c/q1", "met by=r2"}}},
      {"`id of x` names the very event",
       named,
       two + "2017-01-10 r1 report of plan about=q2\n",
       "2017-01-10",
       {{"c/q1", "open"}, {"c/q2", "met by=r1"}}},
      {"one answer may serve two clauses",
       days + "clause d\n  source \"2\"\n  after request of plan, report of plan must happen "
              "within 5 days\n",
       "2017-01-01 q1 request of plan\n2017-01-05 r1 report of plan\n",
       "2017-01-05",
       {{"c/q1", "met by=r1"}, {"d/q1", "met by=r1"}}},
  });
}

TEST(Response, BeforeTheNext) {
  const std::string next = clause(
      "after meeting of council, notice of plan must happen before the next meeting of council");
  const std::string day = clause("after meeting of council, notice of plan must happen before the "
                                 "day of the next meeting of council");
  const std::string two = "2017-01-10 m1 meeting of council\n2017-03-10 m2 meeting of council\n";
  const std::string timed =
      "2017-01-10 m1 meeting of council\n2017-03-10T14:00 m2 meeting of council\n";
  check({
      {"no due day before the next has come",
       next,
       "2017-01-10 m1 meeting of council\n",
       "2017-05-10",
       {{"c/m1", "open due=never"}}},
      {"the next sets it",
       next,
       two,
       "2017-03-11",
       {{"c/m1", "missed due=2017-03-10"}, {"c/m2", "open due=never"}}},
      {"in time on an earlier day",
       next,
       two + "2017-03-09 n1 notice of plan\n",
       "2017-03-11",
       {{"c/m1", "met by=n1"}, {"c/m2", "open"}}},
      {"after what may have been the next it is cannot-assess",
       clause(
           "after request of plan, notice of plan must happen before the next meeting of council "
           "where remote"),
       "2017-01-10 q1 request of plan\n2017-03-10 m1 meeting of council\n2017-03-11 n1 notice of "
       "plan\n",
       "2017-03-11",
       {{"c/q1", "cannot_assess missing=remote"}}},
      {"and on the day of what may have been it",
       clause(
           "after request of plan, notice of plan must happen before the next meeting of council "
           "where remote"),
       "2017-01-10 q1 request of plan\n2017-03-10 m1 meeting of council\n2017-03-10 n1 notice of "
       "plan\n",
       "2017-03-10",
       {{"c/q1", "cannot_assess missing=remote"}}},
      {"on the same day with no times it is cannot-assess",
       next,
       two + "2017-03-10 n1 notice of plan\n",
       "2017-03-11",
       {{"c/m1", "cannot_assess missing=time"}}},
      {"with times: before",
       next,
       timed + "2017-03-10T13:00 n1 notice of plan\n",
       "2017-03-11",
       {{"c/m1", "met"}}},
      {"with times: after",
       next,
       timed + "2017-03-10T15:00 n1 notice of plan\n",
       "2017-03-11",
       {{"c/m1", "met_late"}}},
      {"late after it",
       clause("after meeting of council, notice of plan must happen before the next alarm"),
       "2017-01-10 m1 meeting of council\n2017-03-10 a1 alarm\n2017-03-20 n1 notice of plan\n",
       "2017-03-20",
       {{"c/m1", "met_late due=2017-03-10 by=n1"}}},
      {"before the day of the next needs only days",
       day,
       two + "2017-03-10 n1 notice of plan\n",
       "2017-03-10",
       {{"c/m1", "met_late due=2017-03-09"}}},
      {"before the day of the next: in time",
       day,
       two + "2017-03-09 n1 notice of plan\n",
       "2017-03-10",
       {{"c/m1", "met"}}},
      {"before the day of the next: missed on that very day",
       day,
       two,
       "2017-03-10",
       {{"c/m1", "missed due=2017-03-09"}}},
      {"P and R on one day without times, the answer between that and the next",
       next,
       "2017-01-10 m1 meeting of council\n2017-01-10 m2 meeting of council\n2017-02-01 n1 notice "
       "of plan\n2017-02-02 n2 notice of plan\n",
       "2017-02-03",
       {{"c/m1", "cannot_assess missing=time"}, {"c/m2", "cannot_assess missing=time"}}},
  });
}

TEST(Response, HoursByTheClock) {
  const std::string hours = answer("within 72 hours");
  const std::string day = answer("within 24 hours");
  const std::string q = "2017-01-01T12:00 q1 request of plan\n";
  check({
      {"to the very minute",
       hours,
       q + "2017-01-04T12:00 r1 report of plan\n",
       "2017-01-05",
       {{"c/q1", "met"}}},
      {"a minute late",
       hours,
       q + "2017-01-04T12:01 r1 report of plan\n",
       "2017-01-05",
       {{"c/q1", "met_late"}}},
      {"as of the hour it is still open",
       hours,
       q,
       "2017-01-04T12:00",
       {{"c/q1", "open due=2017-01-04"}}},
      {"after it, missed", hours, q, "2017-01-04T12:01", {{"c/q1", "missed"}}},
      {"an answer with only a day on which the hour decides",
       hours,
       q + "2017-01-04 r1 report of plan\n",
       "2017-01-05",
       {{"c/q1", "cannot_assess missing=time"}}},
      {"an answer with only a day on which it does not",
       hours,
       q + "2017-01-03 r1 report of plan\n",
       "2017-01-05",
       {{"c/q1", "met"}}},
      {"a day that is surely late",
       hours,
       q + "2017-01-05 r1 report of plan\n",
       "2017-01-05",
       {{"c/q1", "met_late"}}},
      {"P with only a day: what is in time wherever in it",
       hours,
       "2017-01-01 q1 request of plan\n2017-01-03 r1 report of plan\n",
       "2017-01-08",
       {{"c/q1", "met"}}},
      {"P with only a day: the hour decides",
       hours,
       "2017-01-01 q1 request of plan\n2017-01-04 r1 report of plan\n",
       "2017-01-08",
       {{"c/q1", "cannot_assess missing=time"}}},
      {"in spring a night is an hour shorter",
       day,
       "2017-03-25T12:00 q1 request of plan\n2017-03-26T13:00 r1 report of plan\n",
       "2017-03-27",
       {{"c/q1", "met"}}},
      {"and no longer",
       day,
       "2017-03-25T12:00 q1 request of plan\n2017-03-26T13:01 r1 report of plan\n",
       "2017-03-27",
       {{"c/q1", "met_late"}}},
      {"in autumn it is longer",
       day,
       "2017-10-28T12:00 q1 request of plan\n2017-10-29T11:00 r1 report of plan\n",
       "2017-10-30",
       {{"c/q1", "met"}}},
      {"by the wall clock that would have been in time",
       day,
       "2017-10-28T12:00 q1 request of plan\n2017-10-29T11:01 r1 report of plan\n",
       "2017-10-30",
       {{"c/q1", "met_late"}}},
      {"close to midnight: not missed before its hour",
       day,
       "2017-03-25T23:30 q1 request of plan\n",
       "2017-03-27T00:10",
       {{"c/q1", "open"}}},
      {"close to midnight: met",
       day,
       "2017-03-25T23:30 q1 request of plan\n2017-03-27T00:20 r1 report of plan\n",
       "2017-03-27",
       {{"c/q1", "met"}}},
  });
}

TEST(Response, UnknownAndUnrecorded) {
  const std::string about = clause(
      "after request of plan where about = \"x\", report of plan must happen within 30 days");
  const std::string written =
      clause("after request of plan, report of plan with written must happen within 30 days");
  const std::string silence = clause("after request of plan, silence must happen within 30 days");
  const std::string q = "2017-01-01 q1 request of plan\n";
  check({
      {"whether there is a duty at all is unknown",
       about,
       q,
       "2017-01-02",
       {{"c/q1", "cannot_assess missing=about"}}},
      {"no duty",
       about,
       "2017-01-01 q1 request of plan about=y\n",
       "2017-01-02",
       {{"c/q1", "none"}}},
      {"an answer that may count",
       written,
       q + "2017-01-10 r1 report of plan\n",
       "2017-02-01",
       {{"c/q1", "cannot_assess missing=written"}}},
      {"is passed over for one that surely does",
       written,
       q + "2017-01-10 r1 report of plan\n2017-01-20 r2 report of plan written=yes\n",
       "2017-02-01",
       {{"c/q1", "met by=r2"}}},
      {"an answer that does not count is named with the reason",
       written,
       q + "2017-01-10 r1 report of plan written=no\n",
       "2017-02-01",
       {{"c/q1", "missed why=condition_false"}}},
      {"absence of what nobody records",
       silence,
       q,
       "2017-02-01",
       {{"c/q1", "cannot_assess missing=silence"}}},
  });
}

}  // namespace
}  // namespace samrad::story
