// Procedures (docs/language.md §4): cases that go through steps in order.
#include <gtest/gtest.h>

#include "tests/engine/story.h"

namespace samrad::story {
namespace {

const std::string p = R"(procedure p
  source "1"
  starts with request of plan, picture
  step told notice to police within 30 days
  step decided decision by council within 90 days
  step papers decision counts only if written
  step filed report within 14 days
)";
const std::string q = "2017-01-01 q1 request of plan\n";
const std::string n = "2017-01-31 n1 notice of plan to=police\n";
const std::string d = "2017-03-01 d1 decision of plan by=council written=yes\n";

TEST(Procedure, StepsInOrder) {
  check({
      {"each start event begins a case; the first step opens with it",
       p,
       q,
       "2017-01-01",
       {{"ids p/", "p/q1/told"}, {"p/q1/told", "open opens=2017-01-01 due=2017-01-31"}}},
      {"a step opens when the one before is done, counted from that day",
       p,
       q + n,
       "2017-01-31",
       {{"p/q1/told", "met settled=2017-01-31"},
        {"p/q1/decided", "open opens=2017-01-31 due=2017-05-01"}}},
      {"the whole way",
       p,
       q + n + d + "2017-03-15 r1 report of plan\n",
       "2017-03-15",
       {{"p/q1/decided", "met by=d1"},
        {"p/q1/filed", "met due=2017-03-15 by=r1"},
        {"ids p/", "p/q1/told p/q1/filed p/q1/decided"}}},
      {"missed when the time is out",
       p,
       q,
       "2017-02-01",
       {{"p/q1/told", "missed"}, {"p/q1/decided", "none"}}},
      {"done late it still hands over",
       p,
       q + "2017-02-10 n1 notice of plan to=police\n",
       "2017-02-10",
       {{"p/q1/told", "met_late"}, {"p/q1/decided", "open due=2017-05-11"}}},
      {"an event counts only when the steps before are done",
       p,
       q + "2017-01-10 d1 decision of plan by=council written=yes\n" + n,
       "2017-04-01",
       {{"p/q1/told", "met"}, {"p/q1/decided", "open have=0/1"}}},
      {"the same day is in order",
       p,
       q + "2017-01-31 d1 decision of plan by=council written=yes\n" + n +
           "2017-01-31 r1 report of plan\n",
       "2017-01-31",
       {{"p/q1/told", "met"}, {"p/q1/decided", "met"}, {"p/q1/filed", "met"}}},
      {"the same day by the clock, out of order",
       p,
       q + "2017-01-31T09:00 d1 decision of plan by=council written=yes\n2017-01-31T10:00 n1 "
           "notice of plan to=police\n",
       "2017-01-31",
       {{"p/q1/told", "met"}, {"p/q1/decided", "open"}}},
      {"another party's notice is no step",
       p,
       q + "2017-01-10 n1 notice of plan to=city\n",
       "2017-01-10",
       {{"p/q1/told", "open"}}},
      {"the validity step: one that is not written is void",
       p,
       q + n + "2017-03-01 d1 decision of plan by=council written=no\n",
       "2017-06-01",
       {{"p/q1/decided", "missed"}, {"voids", "d1:condition_false"}}},
      {"the subject must be the same",
       p,
       q + "2017-01-10 n1 notice of picture to=police\n",
       "2017-01-10",
       {{"p/q1/told", "open"}}},
      {"two cases go side by side",
       p,
       q + "2017-01-05 q2 request of picture\n2017-01-10 n1 notice of picture to=police\n" + n,
       "2017-01-31",
       {{"p/q1/told", "met by=n1"}, {"p/q2/told", "met"}}},
      {"a start outside the term begins none",
       p,
       "2016-05-01 q1 request of plan\n",
       "2016-07-01",
       {{"ids p/", ""}}},
  });
}

TEST(Procedure, CountedFromTheStartAndOneEventOneStep) {
  const std::string from_start = R"(procedure p
  source "1"
  starts with request of plan
  step told notice within 30 days
  step filed report within 60 days of start
)";
  const std::string twice = R"(procedure p
  source "1"
  starts with request of plan
  step first meeting of council within 30 days
  step second meeting of council within 30 days
)";
  check({
      {"within D of start",
       from_start,
       q + n,
       "2017-01-31",
       {{"p/q1/filed", "open opens=2017-01-31 due=2017-03-02"}}},
      {"one event is one step",
       twice,
       q + "2017-01-10 m1 meeting of council\n",
       "2017-01-10",
       {{"p/q1/first", "met"}, {"p/q1/second", "open"}}},
      {"and the next event the next",
       twice,
       q + "2017-01-10 m1 meeting of council\n2017-01-11 m2 meeting of council\n",
       "2017-01-11",
       {{"p/q1/second", "met by=m2"}}},
      {"no time limit",
       "procedure p\n  source \"1\"\n  starts with request of plan\n  step told notice\n",
       q,
       "2018-05-31",
       {{"p/q1/told", "open due=never"}}},
      {"who does it",
       "procedure p\n  source \"1\"\n  starts with request of plan\n  step told report by officer "
       "within 30 days\n",
       q + "2017-01-10 r1 report of plan by=chief\n2017-01-11 r2 report of plan by=officer\n",
       "2017-01-11",
       {{"p/q1/told", "met by=r2"}}},
  });
}

}  // namespace
}  // namespace samrad::story
