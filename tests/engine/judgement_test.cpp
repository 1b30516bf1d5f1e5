// Vague standards and verdicts that are a person's (docs/language.md §3, §3.3, §7.4).
#include <gtest/gtest.h>

#include "tests/engine/story.h"

namespace samrad::story {
namespace {

TEST(Judgement, AsSoonAsPossible) {
  const std::string soon = "after request of plan, report of plan must happen as soon as possible, "
                           "presumed late after 14 days";
  const std::string c = clause(soon);
  const std::string judged = clause("judged by officer\n" + soon);
  const std::string q = "2017-01-01 q1 request of plan\n";
  check({
      {"met if it comes within the time",
       c,
       q + "2017-01-15 r1 report of plan\n",
       "2017-01-16",
       {{"c/q1", "met"}}},
      {"open until then", c, q, "2017-01-15", {{"c/q1", "open due=2017-01-15"}}},
      {"after that late by presumption, with severity warning",
       c,
       q,
       "2017-01-16",
       {{"c/q1", "missed severity=warning why=presumed_late"}}},
      {"done then: late by presumption",
       c,
       q + "2017-01-20 r1 report of plan\n",
       "2017-01-20",
       {{"c/q1", "met_late severity=warning"}}},
      {"unless the clause says otherwise",
       clause("severity error\n" + soon),
       q,
       "2017-01-16",
       {{"c/q1", "missed severity=error"}}},
      {"an assessment by the one who judges overrules it",
       judged,
       q + "2017-01-20 r1 report of plan\n2017-02-01 a1 assessment occurrence=c/q1 by=officer "
           "verdict=met reason=holidays\n",
       "2017-02-01",
       {{"c/q1", "met settled=2017-02-01 why=by_assessment"}}},
      {"by another it does not",
       judged,
       q + "2017-01-20 r1 report of plan\n2017-02-01 a1 assessment occurrence=c/q1 by=chief "
           "verdict=met reason=holidays\n",
       "2017-02-01",
       {{"c/q1", "met_late"}, {"voids", "a1:no_authority"}}},
      {"without an assessment the presumption stands",
       judged,
       q,
       "2017-03-16",
       {{"c/q1", "missed severity=warning"}}},
  });
}

TEST(Judgement, TheVerdictIsAPersons) {
  const std::string c =
      clause("judged by director\nevery meeting of council must have agenda including \"safety\"");
  const std::string d =
      clause("judged by director\nreport of plan must happen by 31 January every year");
  const std::string m = "2017-01-01 m1 meeting of council agenda=safety\n";
  const auto word = [](const std::string& id, const std::string& by, const std::string& verdict,
                       const std::string& day = "2017-03-01") {
    return day + " a-" + by + " assessment occurrence=" + id + " by=" + by + " verdict=" + verdict +
           " reason=\"as seen\"\n";
  };
  check({
      {"cannot assess until an assessment",
       c,
       m,
       "2017-02-01",
       {{"c/m1", "cannot_assess missing=director why=awaiting_assessment"}}},
      {"by that role it says met",
       c,
       m + word("c/m1", "director", "met"),
       "2017-03-01",
       {{"c/m1", "met why=by_assessment"}}},
      {"or broken", c, m + word("c/m1", "director", "broken"), "2017-03-01", {{"c/m1", "broken"}}},
      {"another role's is without effect",
       c,
       m + word("c/m1", "chief", "met"),
       "2017-03-01",
       {{"c/m1", "cannot_assess"}, {"voids", "a-chief:no_authority"}}},
      {"the later word stands",
       c,
       m + word("c/m1", "director", "met") +
           "2017-04-01 a2 assessment occurrence=c/m1 by=director verdict=broken\n",
       "2017-04-01",
       {{"c/m1", "broken settled=2017-04-01"}}},
      {"a duty missed awaits a verdict too",
       d,
       "",
       "2017-02-01",
       {{"c/2017-01-31", "cannot_assess missing=director"}}},
      {"a clause that nobody judges takes no assessment",
       clause("report of plan must happen by 31 January every year"),
       word("c/2017-01-31", "director", "met"),
       "2017-03-01",
       {{"c/2017-01-31", "missed"}, {"voids", "a-director:no_authority"}}},
  });
}

}  // namespace
}  // namespace samrad::story
