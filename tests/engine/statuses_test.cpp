// When each status comes and what `settled` is (docs/language.md §7), and who may change it.
#include <gtest/gtest.h>

#include "tests/engine/story.h"

namespace samrad::story {
namespace {

const std::string yearly = clause("report of plan must happen by 31 January every year");
const std::string season =
    "fact closed\n  holds from signing of letter until revocation of letter\n";

TEST(Statuses, WhatSettledIs) {
  const std::string most = clause("meeting of council must happen at most 2 times every half-year");
  const std::string exact =
      clause("meeting of council must happen exactly 1 times every half-year");
  const std::string hours =
      clause("after request of plan, report of plan must happen within 72 hours");
  const std::string chance = clause(
      "term may be extended by 2 years if consultation happened at least 6 months before expiry");
  check({
      {"missed: the day after the due day",
       yearly,
       "",
       "2017-05-01",
       {{"c/2017-01-31", "missed settled=2017-02-01"}}},
      {"missed by the clock: the day of that hour",
       hours,
       "2017-01-01T12:00 q1 request of plan\n",
       "2017-01-10",
       {{"c/q1", "missed settled=2017-01-04"}}},
      {"and the same as of that very day",
       hours,
       "2017-01-01T12:00 q1 request of plan\n",
       "2017-01-04T13:00",
       {{"c/q1", "missed settled=2017-01-04"}}},
      {"met, at most: the last day of the window",
       most,
       "",
       "2017-05-01",
       {{"c/2016-H2", "met settled=2016-12-31"}}},
      {"met, exactly: the last day of the window",
       exact,
       "2016-08-01 m1 meeting of council\n",
       "2017-05-01",
       {{"c/2016-H2", "met settled=2016-12-31"}}},
      {"lapsed: the day after the last day of the chance",
       chance,
       "",
       "2018-01-01",
       {{"c/2018-05-31", "lapsed settled=2017-12-01"}}},
      {"waived by an exception: as the verdict that it stands for",
       season + clause("except while closed\nreport of plan must happen by 31 January every year"),
       "2017-01-01 s1 signing of letter\n",
       "2017-05-01",
       {{"c/2017-01-31", "waived settled=2017-02-01"}}},
      {"excused on the due day, it stays so when it is done late",
       season + clause("except while closed\nreport of plan must happen by 31 January every year"),
       "2017-01-01 s1 signing of letter\n2017-04-01 r1 report of plan\n",
       "2017-05-01",
       {{"c/2017-01-31", "waived"}}},
      {"cannot assess: the day after the due day",
       clause("silence must happen by 31 January every year"),
       "",
       "2017-05-01",
       {{"c/2017-01-31", "cannot_assess settled=2017-02-01"}}},
      {"cannot assess: the day of the event",
       clause("every meeting of council must have remote"),
       "2017-01-10 m1 meeting of council\n",
       "2017-05-01",
       {{"c/m1", "cannot_assess settled=2017-01-10"}}},
      {"a missed window stays missed",
       clause("meeting of council must happen at least once every month"),
       "2016-08-02 m1 meeting of council\n",
       "2016-09-01",
       {{"c/2016-07", "missed"}, {"c/2016-08", "met"}}},
  });
}

TEST(Statuses, WaiversAndAssessments) {
  const auto waiver = [](const std::string& id) {
    return "2017-09-01 w1 waiver occurrence=" + id + " by=chief reason=x\n";
  };
  const auto verdict = [](const std::string& text) {
    return "2017-03-01 a1 assessment occurrence=c/2017-01-31 by=director verdict=" + text +
           " reason=x\n";
  };
  const std::string other = clause("report of plan must happen by 31 January every year, otherwise "
                                   "notice of plan must happen within 10 days");
  const std::string judged =
      clause("judged by director\nreport of plan must happen by 31 January every year");
  check({
      {"a waiver makes it waived, whatever it was: cannot assess",
       clause("silence must happen by 31 January every year"),
       waiver("c/2017-01-31"),
       "2017-09-01",
       {{"c/2017-01-31", "waived settled=2017-09-01"}}},
      {"lapsed",
       clause("term may be extended by 2 years if consultation happened at least 12 months before "
              "expiry"),
       waiver("c/2018-05-31"),
       "2017-09-01",
       {{"c/2018-05-31", "waived"}}},
      {"except met late",
       yearly,
       "2017-03-01 r1 report of plan\n" + waiver("c/2017-01-31"),
       "2017-09-01",
       {{"c/2017-01-31", "met_late"}}},
      {"the consequence stands",
       other,
       waiver("c/2017-01-31"),
       "2017-09-01",
       {{"c/2017-01-31", "waived"}, {"c/2017-01-31/otherwise", "missed"}}},
      {"and may be waived by itself",
       other,
       waiver("c/2017-01-31/otherwise"),
       "2017-09-01",
       {{"c/2017-01-31", "missed"}, {"c/2017-01-31/otherwise", "waived"}}},
      {"verdict met late",
       judged,
       verdict("\"met late\""),
       "2017-03-01",
       {{"c/2017-01-31", "met_late"}}},
      {"verdict missed", judged, verdict("missed"), "2017-03-01", {{"c/2017-01-31", "missed"}}},
  });
}

TEST(Statuses, NamesOfOccurrences) {
  const std::string measure = R"(measure safety "Feel safe"
  unit "percent"
  source "1"
  owner director
  baseline 84 in 2015
  target at least 85
  must be measured every year
)";
  check({
      {"measures and their targets",
       measure,
       "2017-03-01 x1 measurement of safety value=86 year=2017\n2017-05-01 x2 measurement of "
       "safety value=84 year=2017\n2017-06-01 x3 measurement of safety no_newer=yes\n",
       "2018-01-01",
       {{"ids safety_target/", "safety_target/x1 safety_target/x2"},
        {"safety_target/x1", "met"},
        {"safety_target/x2", "broken"},
        {"safety/2017", "met"}}},
      {"two events of one id: the source stands before it",
       clause("every meeting of council must have chair present"),
       "2017-01-01 north#e1 meeting of council\n2017-01-02 south#e1 meeting of council "
       "chair=chief\n",
       "2017-01-02",
       {{"ids c/", "c/north#e1 c/south#e1"}}},
      {"months that do not divide a year are counted from the term's first day",
       clause("meeting of council must happen at least once every 5 months"),
       "",
       "2016-06-01",
       {{"c/2016-06-01", "open due=2016-10-31"}, {"c/2016-11-01", "upcoming due=2017-03-31"}}},
      {"attested in calendar years",
       clause("\"Well kept\" must hold every year, judged by director"),
       "",
       "2017-01-01",
       {{"ids c/", "c/2017"}}},
      {"a consequence has the name of what was missed",
       clause("meeting of council must happen at least once every half-year, otherwise notice of "
              "plan must happen within 5 days"),
       "",
       "2017-01-01",
       {{"c/2016-H2/otherwise", "open due=2017-01-05"}}},
  });
}

TEST(Statuses, OtherSentencesOfThePage) {
  const std::string within =
      clause("before decision of plan, consultation must have happened within 30 days before");
  const std::string procedure = season + R"(procedure p
  source "1"
  except while closed
  starts with request of plan
  step told notice within 30 days
  step filed report within 20 days
)";
  check({
      {"no more than N times is at most",
       clause("meeting of council must happen no more than 1 times every half-year"),
       "2016-08-01 m1 meeting of council\n2016-08-02 m2 meeting of council\n",
       "2016-08-02",
       {{"c/2016-H2", "broken"}}},
      {"no less than N times is at least",
       clause("meeting of council must happen no less than 1 times every half-year"),
       "2016-08-01 m1 meeting of council\n",
       "2016-08-02",
       {{"c/2016-H2", "met"}}},
      {"never happen means not happen",
       clause("meeting of council must never happen in July"),
       "2016-07-02 m1 meeting of council\n",
       "2016-08-02",
       {{"c/m1", "broken"}}},
      {"what has only one due day can be done before the term",
       clause("report of plan must happen by 2016-06-30"),
       "2016-05-01 r1 report of plan\n",
       "2016-06-01",
       {{"c/2016-06-30", "met by=r1"}}},
      {"also when it is counted from the start",
       clause("report of plan must happen by 30 days after start"),
       "2016-05-01 r1 report of plan\n",
       "2016-06-01",
       {{"c/2016-07-01", "met by=r1"}}},
      {"within D before: by the clock Q came after",
       within,
       "2017-03-31T10:00 d1 decision of plan\n2017-03-31T11:00 k1 consultation\n",
       "2017-03-31",
       {{"c/d1", "broken"}}},
      {"rotation after one whose value was none of those named: any may follow",
       clause("chair of meeting of council must rotate among chief, director, officer"),
       "2017-01-01 m1 meeting of council chair=chief\n2017-01-02 m2 meeting of council "
       "chair=vice\n2017-01-03 m3 meeting of council chair=director\n",
       "2017-01-03",
       {{"c/m3", "met"}}},
      {"without a dated condition the chance is met by the extension",
       clause("term may be extended by 1 year"),
       "2018-05-31 e1 extension\n",
       "2018-06-01",
       {{"expiry", "2019-05-31"}, {"c/2018-05-31", "met settled=2018-05-31 by=e1"}}},
      {"a step excused on its due day counts as done that day",
       procedure,
       "2017-01-01 q1 request of plan\n2017-01-20 s1 signing of letter\n2017-02-01 x1 revocation "
       "of letter\n",
       "2017-02-05",
       {{"p/q1/told", "waived due=2017-01-31"}, {"p/q1/filed", "open due=2017-02-20"}}},
      {"no P happened is unknown when P is not recorded",
       clause("every meeting of council must have no silence happened"),
       "2017-01-01 m1 meeting of council\n",
       "2017-01-01",
       {{"c/m1", "cannot_assess missing=silence"}}},
      {"and false when one is on record all the same",
       clause("every meeting of council must have no silence happened"),
       "2016-12-01 s1 silence\n2017-01-01 m1 meeting of council\n",
       "2017-01-01",
       {{"c/m1", "broken"}}},
      {"the void step event is void outside the procedure too",
       "procedure p\n  source \"2\"\n  starts with request of plan\n  step decided decision within "
       "30 days\n  step papers decision counts only if written\n" +
           clause("decision must happen at least once every half-year"),
       "2017-01-01 d1 decision of picture written=no\n",
       "2017-07-01",
       {{"c/2017-H1", "missed"}, {"voids", "d1:condition_false"}}},
  });
}

}  // namespace
}  // namespace samrad::story
