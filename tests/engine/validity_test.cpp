// What counts only if (docs/language.md §3.7): void events are kept, shown and ignored.
#include <gtest/gtest.h>

#include "tests/engine/story.h"

namespace samrad::story {
namespace {

const std::string valid = "clause v\n  source \"2\"\n  report of plan counts only if written\n";

TEST(Validity, VoidEventsAreIgnoredByEveryOtherClause) {
  const std::string fact = "fact in_place\n  holds from report of plan\n";
  const std::string r = "2017-01-10 r1 report of plan written=no\n";
  check({
      {"listed with the reason, and no occurrence of its own",
       valid,
       r,
       "2017-01-10",
       {{"voids", "r1:condition_false"}, {"ids v", ""}}},
      {"one that counts is not listed",
       valid,
       "2017-01-10 r1 report of plan written=yes\n",
       "2017-01-10",
       {{"voids", ""}}},
      {"ignored by a count",
       valid + clause("report of plan must happen at least once every quarter"),
       r,
       "2017-04-01",
       {{"c/2017-Q1", "missed have=0/1 why=void_event"}}},
      {"by a deadline",
       valid + clause("report of plan must happen by 31 January every year"),
       r,
       "2017-02-01",
       {{"c/2017-01-31", "missed"}}},
      {"by a response, as answer",
       valid + clause("after request of plan, report of plan must happen within 30 days"),
       "2017-01-01 q1 request of plan\n" + r,
       "2017-02-01",
       {{"c/q1", "missed why=void_event"}}},
      {"by a response, as trigger",
       valid + clause("after report of plan, notice of plan must happen within 30 days"),
       r,
       "2017-02-01",
       {{"c/r1", "none"}}},
      {"by a precedence, as what should come before",
       valid + clause("before decision of plan, report of plan must have happened"),
       r + "2017-01-20 d1 decision of plan\n",
       "2017-01-20",
       {{"c/d1", "broken why=void_event"}}},
      {"by a constraint",
       valid + clause("every report of plan must have dated present"),
       r,
       "2017-01-10",
       {{"c/r1", "none"}}},
      {"by a prohibition",
       valid + clause("report of plan must not happen in January"),
       r,
       "2017-01-10",
       {{"c/r1", "none"}}},
      {"by a power",
       valid + clause("only chief may make report of plan"),
       "2017-01-10 r1 report of plan written=no by=officer\n",
       "2017-01-10",
       {{"c/r1", "none"}}},
      {"by a fact",
       valid + fact + clause("in_place must hold"),
       r,
       "2017-01-11",
       {{"c/2016-06-01", "broken settled=2016-06-01"}}},
      {"by a history",
       valid + clause("every meeting of council must have number of report of plan in the last 30 "
                      "days is at most 0"),
       r + "2017-01-11 m1 meeting of council\n",
       "2017-01-11",
       {{"c/m1", "met"}}},
      {"as the start of a case",
       valid + "procedure p\n  source \"3\"\n  starts with report of plan\n  step told notice of "
               "plan within 14 days\n",
       r,
       "2017-01-11",
       {{"ids p", ""}}},
  });
}

TEST(Validity, OnlyInTheClausesOwnInterval) {
  const std::string from_until =
      "clause v\n  source \"2\"\n  in force from 2017-01-10 until 2017-01-20\n"
      "  report of plan counts only if written\n" +
      clause("report of plan must happen at least once every quarter");
  const auto told = [](const char* day) {
    return std::string(day) + " r1 report of plan written=no\n";
  };
  check({
      {"the day before it",
       from_until,
       told("2017-01-09"),
       "2017-04-01",
       {{"c/2017-Q1", "met by=r1"}, {"voids", ""}}},
      {"its first day", from_until, told("2017-01-10"), "2017-04-01", {{"c/2017-Q1", "missed"}}},
      {"its last day", from_until, told("2017-01-20"), "2017-04-01", {{"c/2017-Q1", "missed"}}},
      {"the day after it",
       from_until,
       told("2017-01-21"),
       "2017-04-01",
       {{"c/2017-Q1", "met by=r1"}, {"voids", ""}}},
  });
}

TEST(Validity, UnknownEffect) {
  const std::string r = "2017-01-10 r1 report of plan\n";
  check({
      {"a missing field makes its effect unknown",
       valid,
       r,
       "2017-01-10",
       {{"voids", "r1?:condition_unknown"}}},
      {"a count that turns on it",
       valid + clause("report of plan must happen at least once every quarter"),
       r,
       "2017-04-01",
       {{"c/2017-Q1", "cannot_assess missing=written"}}},
      {"a count that does not",
       valid + clause("report of plan must happen at least once every quarter"),
       r + "2017-01-11 r2 report of plan written=yes\n",
       "2017-04-01",
       {{"c/2017-Q1", "met by=r2"}}},
      {"a deadline",
       valid + clause("report of plan must happen by 31 January every year"),
       r,
       "2017-02-01",
       {{"c/2017-01-31", "cannot_assess missing=written"}}},
      {"an answer",
       valid + clause("after request of plan, report of plan must happen within 30 days"),
       "2017-01-01 q1 request of plan\n" + r,
       "2017-02-01",
       {{"c/q1", "cannot_assess missing=written"}}},
      {"a trigger",
       valid + clause("after report of plan, notice of plan must happen within 30 days"),
       r,
       "2017-02-11",
       {{"c/r1", "cannot_assess missing=written"}}},
      {"a precedence",
       valid + clause("before decision of plan, report of plan must have happened"),
       r + "2017-01-20 d1 decision of plan\n",
       "2017-01-20",
       {{"c/d1", "cannot_assess missing=written"}}},
      {"a constraint",
       valid + clause("every report of plan must have dated present"),
       r,
       "2017-01-10",
       {{"c/r1", "cannot_assess missing=written"}}},
      {"the start of a case",
       valid + "procedure p\n  source \"3\"\n  starts with report of plan\n  step told notice of "
               "plan within 14 days\n",
       r,
       "2017-02-01",
       {{"p/r1/told", "cannot_assess missing=written"}}},
  });
}

TEST(Validity, AsksAboutFactsAndOtherEventsOfTheDay) {
  const std::string fact =
      "fact agreed\n  holds from signing of letter until revocation of letter\n";
  const std::string by_fact =
      fact + "clause v\n  source \"2\"\n  decision of plan counts only if agreed\n" +
      clause("decision of plan must happen at least once every quarter");
  const std::string chained =
      "clause v\n  source \"2\"\n  decision of plan counts only if report of plan happened\n" +
      valid.substr(0, 8) + "2\n  source \"3\"\n  report of plan counts only if written\n" +
      clause("decision of plan must happen at least once every quarter");
  check({
      {"a fact holds on the day on which it begins, also for what counts that day",
       by_fact,
       "2017-01-10 s1 signing of letter\n2017-01-10 d1 decision of plan\n",
       "2017-01-10",
       {{"c/2017-Q1", "met"}, {"voids", ""}}},
      {"and not on the day on which it ends",
       by_fact,
       "2017-01-01 s1 signing of letter\n2017-01-10 x1 revocation of letter\n2017-01-10 d1 "
       "decision of plan\n",
       "2017-01-10",
       {{"c/2017-Q1", "open"}, {"voids", "d1:condition_false"}}},
      {"what rests on a void event of the same day is void",
       chained,
       "2017-01-10 a1 decision of plan\n2017-01-10 b1 report of plan written=no\n",
       "2017-01-10",
       {{"c/2017-Q1", "open have=0/1"}}},
      {"whatever the two are called",
       chained,
       "2017-01-10 b1 decision of plan\n2017-01-10 a1 report of plan written=no\n",
       "2017-01-10",
       {{"c/2017-Q1", "open have=0/1"}}},
      {"two validity clauses: both must be true",
       valid + "clause w\n  source \"3\"\n  report of plan counts only if by present\n",
       "2017-01-10 r1 report of plan written=yes\n2017-01-11 r2 report of plan written=yes "
       "by=chief\n",
       "2017-01-11",
       {{"voids", "r1:condition_false"}}},
      {"only in the interval of its clause",
       "clause v\n  source \"2\"\n  in force from 2017-02-01\n  report of plan counts only if "
       "written\n",
       "2017-01-31 r1 report of plan written=no\n2017-02-01 r2 report of plan written=no\n",
       "2017-02-01",
       {{"voids", "r2:condition_false"}}},
  });
}

}  // namespace
}  // namespace samrad::story
