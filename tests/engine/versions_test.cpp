// Readings and amendments (docs/language.md §8, §9).
#include <gtest/gtest.h>

#include "tests/engine/story.h"

namespace samrad::story {
namespace {

const std::string readings = R"(clause c
  source "1"
  reading calendar "Half-years of the calendar" default
    meeting of council must happen at least 2 times every half-year
  reading term "Half-years of the agreement"
    part periods in full
    meeting of council must happen at least 2 times every half-year of the term
  reading moved "With due days that move"
    due days move following
    meeting of council must happen by 31 December every year
)";

TEST(Readings, OneIsChosen) {
  const auto told = [](const std::vector<std::string>& chosen) {
    return Story(readings, "2016-09-01 m1 meeting of council\n", chosen);
  };
  EXPECT_EQ(ids(told({}).book("2016-09-01")), "c/2016-H2 c/2017-H1 c/2017-H2");
  EXPECT_EQ(ids(told({"c=term"}).book("2016-09-01")),
            "c/2016-06-01 c/2016-12-01 c/2017-06-01 c/2017-12-01");
  expect(told({"c=moved"}), "2016-09-01",
         {{"c/2016-12-31", "met due=2017-01-02 nominal=2016-12-31"}});
  EXPECT_THROW(told({"c=other"}), std::runtime_error);
}

std::string text(const std::string& in_force, const std::string& rules) {
  return with_head("term 2016-06-01 to 2018-05-31" + (in_force.empty() ? "" : "\n" + in_force),
                   rules);
}

const std::string two = clause("meeting of council must happen at least 2 times every half-year");
const std::string one = clause("meeting of council must happen at least 1 times every half-year");
const std::string april = "in force from 2017-04-01";
const std::string lapse = "in force from 2017-04-01\nopen occurrences lapse";

TEST(Amendments, WindowsOpenOnThatDay) {
  const std::string m = "2017-02-01 m1 meeting of council\n";
  check_amended({
      {"a clause that is word for word the same goes on undisturbed",
       {text("", two), text(april, two)},
       m + "2017-05-01 m2 meeting of council\n",
       "2017-07-01",
       {{"ids c/", "c/2016-H2 c/2017-H1 c/2017-H2"}, {"c/2017-H1", "met by=m1,m2"}}},
      {"continue: they are finished under the old text",
       {text("", two), text(april, one)},
       m,
       "2017-07-01",
       {{"ids c/", "c/2016-H2 c/2017-H1 c/2017-H2"},
        {"c/2017-H1", "missed have=1/2"},
        {"c/2017-H2", "open have=0/1"}}},
      {"continue: what happens after that day still counts there",
       {text("", two), text(april, one)},
       m + "2017-05-01 m2 meeting of council\n",
       "2017-07-01",
       {{"c/2017-H1", "met have=2/2"}}},
      {"lapse: they end as lapsed",
       {text("", two), text(lapse, one)},
       m,
       "2017-07-01",
       {{"c/2017-H1", "lapsed have=1/2 why=amended_away"}}},
      {"lapse: what was met before stays met",
       {text("", two), text(lapse, one)},
       m + "2017-03-01 m2 meeting of council\n",
       "2017-07-01",
       {{"c/2017-H1", "met"}}},
      {"lapse: the new text begins at once, its first window a part period",
       {text("", two), text(lapse, "" + clause("part periods in full\nmeeting of council must "
                                               "happen at least once every half-year"))},
       m + "2017-05-01 m2 meeting of council\n",
       "2017-07-01",
       {{"c/2017-H1", "lapsed"}, {"c/2017-H1@2017-04-01", "met by=m2 opens=2017-04-01"}}},
      {"due on the eve: missed, not lapsed",
       {text("", two), text("in force from 2017-07-01\nopen occurrences lapse", one)},
       m,
       "2017-07-02",
       {{"c/2017-H1", "missed"}, {"c/2017-H2", "open have=0/1"}}},
      {"as of a day before it, the window is whole",
       {text("", two), text(lapse, one)},
       m,
       "2017-03-01",
       {{"c/2017-H1", "open have=1/2"}}},
  });
}

TEST(Amendments, FromQuartersToMonths) {
  const std::string quarters = clause("meeting of council must happen at least once every quarter");
  const std::string months = clause("meeting of council must happen at least once every month");
  const std::string lapsing = "in force from 2017-02-15\nopen occurrences lapse";
  const std::string fresh =
      "clause d\n  source \"2\"\n  meeting of youth must happen at least once every month\n";
  check_amended({
      {"lapse: the quarter lapses, the rest of the month is a part period",
       {text("", quarters), text(lapsing, months)},
       "",
       "2017-04-01",
       {{"c/2016-Q4", "missed"},
        {"c/2017-Q1", "lapsed settled=2017-02-15"},
        {"c/2017-02@2017-02-15", "part opens=2017-02-15"},
        {"c/2017-03", "missed"}}},
      {"continue: the old text asks for the whole quarter, the new one begins with March",
       {text("", quarters), text("in force from 2017-02-15", months)},
       "2017-02-20 m1 meeting of council\n",
       "2017-04-01",
       {{"c/2017-Q1", "met by=m1"},
        {"c/2017-02@2017-02-15", "none"},
        {"c/2017-03", "missed"},
        {"c/2017-Q2", "none"}}},
      {"continue, part periods in full: still not the rest of February",
       {text("", quarters), text("in force from 2017-02-15\npart periods in full", months)},
       "",
       "2017-04-01",
       {{"c/2017-Q1", "missed"}, {"c/2017-02@2017-02-15", "none"}, {"c/2017-03", "missed"}}},
      {"a clause new in the later text begins on the date, continue",
       {text("", quarters), text("in force from 2017-02-15", quarters + fresh)},
       "",
       "2017-04-01",
       {{"d/2017-02@2017-02-15", "part opens=2017-02-15"}, {"d/2017-03", "missed"}, {"c/2017-Q1", "missed"}}},
      {"and lapse",
       {text("", quarters), text(lapsing, quarters + fresh)},
       "",
       "2017-04-01",
       {{"d/2017-02@2017-02-15", "part"}, {"d/2017-03", "missed"}, {"c/2017-Q1", "missed"}}},
      {"a third text",
       {text("", quarters), text("in force from 2017-01-01", months),
        text("in force from 2017-03-01", quarters)},
       "",
       "2017-07-01",
       {{"c/2016-Q4", "missed"},
        {"c/2017-01", "missed"},
        {"c/2017-02", "missed"},
        {"c/2017-03", "none"},
        {"c/2017-Q2", "missed"}}},
  });
}

TEST(Amendments, EventsAndCases) {
  const std::string strict = clause("every meeting of council must have chair present");
  const std::string loose = clause("every meeting of council must have agenda present");
  const std::string m = "2017-03-31 m1 meeting of council chair=chief\n2017-04-01 m2 meeting of "
                        "council chair=chief\n";
  const std::string other =
      "clause d\n  source \"2\"\n  alarm must happen at least once every year\n";
  const std::string in30 =
      clause("after request of plan, report of plan must happen within 30 days");
  const std::string in5 = clause("after request of plan, report of plan must happen within 5 days");
  const std::string q = "2017-03-20 q1 request of plan\n2017-04-02 q2 request of plan\n";
  check_amended({
      {"the old text judges what happened before the date, the new one what happened from then on",
       {text("", strict), text(april, loose)},
       m,
       "2017-04-01",
       {{"c/m1", "met"}, {"c/m2", "broken"}, {"ids c/", "c/m1 c/m2"}}},
      {"open cases are finished under the old text",
       {text("", in30), text(april, in5)},
       q,
       "2017-04-19",
       {{"c/q1", "open due=2017-04-19"}, {"c/q2", "missed due=2017-04-07"}}},
      {"or lapse",
       {text("", in30), text(lapse, in5)},
       q,
       "2017-04-19",
       {{"c/q1", "lapsed settled=2017-04-01"}, {"c/q2", "missed"}}},
      {"a case done before stays",
       {text("", in30), text(lapse, in5)},
       q + "2017-03-25 r1 report of plan\n",
       "2017-04-19",
       {{"c/q1", "met"}}},
      {"a clause that is gone ends with its text",
       {text("", strict + other), text(april, other)},
       m,
       "2017-04-01",
       {{"ids c/m", "c/m1"}}},
      {"validity under the text in force when it happened",
       {text("", "clause v\n  source \"2\"\n  decision counts only if written\n"),
        text(april, "clause v\n  source \"2\"\n  decision counts only if by present\n")},
       "2017-03-31 d1 decision of plan written=yes\n2017-04-01 d2 decision of plan written=yes\n",
       "2017-04-02",
       {{"voids", "d2:condition_false"}}},
  });
}

TEST(Amendments, EachOccurrenceHasOneName) {
  const std::string by_date = clause("report of plan must happen by 2017-11-30");
  const std::string by_date2 = clause("severity warning\nreport of plan must happen by 2017-11-30");
  const std::string chance = clause(
      "term may be extended by 2 years if consultation happened at least 6 months before expiry");
  const std::string chance2 = clause(
      "term may be extended by 1 year if consultation happened at least 6 months before expiry");
  const std::string yearly = clause("report of plan must happen by 31 January every year");
  const std::string yearly2 = clause("report of plan must happen by 31 March every year");
  const std::string attested = clause("\"Well kept\" must hold, judged by director");
  const std::string attested2 = clause("\"Very well kept\" must hold, judged by director");
  check_amended({
      {"a single date",
       {text("", by_date), text(april, by_date2)},
       "2017-05-01 r1 report of plan\n",
       "2017-12-01",
       {{"ids c/", "c/2017-11-30"}, {"c/2017-11-30", "met"}}},
      {"the chance to extend",
       {text("", chance), text(april, chance2)},
       "2017-11-01 k1 consultation\n",
       "2017-12-01",
       {{"ids c/", "c/2018-05-31"}, {"c/2018-05-31", "met"}}},
      {"an extension goes by the text in force",
       {text("", chance), text(april, chance2)},
       "2017-11-01 k1 consultation\n2017-12-01 e1 extension\n",
       "2017-12-02",
       {{"expiry", "2019-05-31"}}},
      {"yearly: the one that is open is finished under the old text",
       {text("", yearly), text(april, yearly2)},
       "",
       "2018-05-01",
       {{"c/2017-01-31", "missed"}, {"c/2018-01-31", "missed"}}},
      {"a clause new in the later text is asked from its first due day",
       {text("", two), text(april, two + "clause d\n  source \"2\"\n  report of plan must happen "
                                         "by 31 January every year\n")},
       "",
       "2018-02-01",
       {{"d/2018-01-31", "missed opens=2017-04-01"}}},
      {"what is attested for the term",
       {text("", attested), text(april, attested2)},
       "",
       "2018-06-01",
       {{"ids c/", "c/2016-06-01"}}},
  });
}

}  // namespace
}  // namespace samrad::story
