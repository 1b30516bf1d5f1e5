// Facts that must hold, and what only a person can attest (docs/language.md §2, §3.10).
#include <gtest/gtest.h>

#include "tests/engine/story.h"

namespace samrad::story {
namespace {

const std::string agreed =
    "fact agreed\n  holds from signing of letter until revocation of letter\n";
const std::string c = agreed + clause("agreed must hold");

TEST(Standing, OneOccurrenceForEachSpell) {
  const std::string s = "2016-05-01 s1 signing of letter\n";
  check({
      {"open while the fact holds",
       c,
       s,
       "2017-01-01",
       {{"ids c/", "c/2016-06-01"}, {"c/2016-06-01", "open opens=2016-06-01 due=2018-05-31"}}},
      {"on the term's last day still open", c, s, "2018-05-31", {{"c/2016-06-01", "open"}}},
      {"met when the term ends",
       c,
       s,
       "2018-06-01",
       {{"c/2016-06-01", "met settled=2018-05-31 by=s1"}}},
      {"broken from the first day where it never began",
       c,
       "",
       "2016-06-02",
       {{"c/2016-06-01", "broken settled=2016-06-01 why=fact_not_holding"}}},
      {"begun on the first day it holds that day",
       c,
       "2016-06-01 s1 signing of letter\n",
       "2016-06-02",
       {{"c/2016-06-01", "open"}}},
      {"broken on the first day at whose end it does not hold",
       c,
       s + "2017-03-10 x1 revocation of letter\n",
       "2017-03-11",
       {{"c/2016-06-01", "broken settled=2017-03-10 why=fact_not_holding"}}},
      {"on that day itself it is open yet",
       c,
       s + "2017-03-10 x1 revocation of letter\n",
       "2017-03-10",
       {{"c/2016-06-01", "open"}}},
      {"ended and begun again the same day, by the clock",
       c,
       s + "2017-03-10T09:00 x1 revocation of letter\n2017-03-10T10:00 s2 signing of letter\n",
       "2017-03-11",
       {{"c/2016-06-01", "open"}}},
      {"without times nobody knows",
       c,
       s + "2017-03-10 x1 revocation of letter\n2017-03-10 s2 signing of letter\n",
       "2017-03-11",
       {{"c/2016-06-01", "cannot_assess"}}},
      {"after a breach a new one begins on the day on which it holds again",
       c,
       s + "2017-03-10 x1 revocation of letter\n2017-04-01 s2 signing of letter\n",
       "2017-04-02",
       {{"ids c/", "c/2016-06-01 c/2017-04-01"}, {"c/2017-04-01", "open opens=2017-04-01 by=s2"}}},
      {"not one for each day of the breach",
       c,
       "2016-07-01 s1 signing of letter\n",
       "2016-07-02",
       {{"c/2016-06-01", "broken"}, {"c/2016-07-01", "open"}, {"c/2016-06-02", "none"}}},
  });
}

TEST(Standing, While) {
  const std::string when = agreed +
                           "fact season\n  holds from request of letter until notice of letter\n" +
                           clause("agreed must hold while season");
  const std::string s = "2016-05-01 s1 signing of letter\n";
  const std::string q = "2016-09-01 q1 request of letter\n";
  const std::string alarms =
      agreed + clause("agreed must hold while alarm happened in the last 10 days");
  check({
      {"no duty, no occurrence", when, s, "2017-01-01", {{"ids c/", ""}}},
      {"the duty begins",
       when,
       s + q,
       "2017-01-01",
       {{"ids c/", "c/2016-09-01"}, {"c/2016-09-01", "open opens=2016-09-01"}}},
      {"met when the `while` ends",
       when,
       s + q + "2016-10-01 n1 notice of letter\n",
       "2016-10-02",
       {{"c/2016-09-01", "met settled=2016-09-30"}}},
      {"broken in the meantime",
       when,
       s + q + "2016-09-20 x1 revocation of letter\n",
       "2016-09-21",
       {{"c/2016-09-01", "broken settled=2016-09-20"}}},
      {"ended outside the duty it breaks nothing",
       when,
       s + "2016-08-20 x1 revocation of letter\n2016-08-25 s2 signing of letter\n" + q,
       "2016-10-01",
       {{"ids c/", "c/2016-09-01"}, {"c/2016-09-01", "open"}}},
      {"a `while` that time alone ends",
       alarms,
       s + "2016-09-01 a1 alarm\n",
       "2016-10-01",
       {{"ids c/", "c/2016-09-01"}, {"c/2016-09-01", "met"}}},
      {"unknown `while`: nothing is wrong as long as the fact holds",
       agreed + clause("agreed must hold while silence happened"),
       s,
       "2016-08-01",
       {{"ids c/", "c/2016-06-01"}, {"c/2016-06-01", "open"}}},
      {"unknown `while`: and then one occurrence that cannot be assessed",
       agreed + clause("agreed must hold while silence happened"),
       s + "2016-07-01 x1 revocation of letter\n",
       "2016-08-01",
       {{"ids c/", "c/2016-06-01"},
        {"c/2016-06-01", "cannot_assess settled=2016-07-01 missing=silence"}}},
  });
}

TEST(Facts, HowLongTheyHold) {
  const std::string m = "every meeting of council must have ";
  const auto rule = [&](const std::string& holds) {
    return "fact f\n  holds " + holds + "\n" + clause("every meeting of council must have f");
  };
  const auto at = [](const std::string& day) { return day + " m1 meeting of council\n"; };
  const std::string s = "2017-02-01 s1 signing of letter\n";
  check({
      {"from the day of an event, included",
       rule("from signing of letter"),
       s + at("2017-02-01"),
       "2017-02-01",
       {{"c/m1", "met"}}},
      {"not the day before",
       rule("from signing of letter"),
       s + at("2017-01-31"),
       "2017-02-01",
       {{"c/m1", "broken"}}},
      {"until the day of another, not included",
       rule("from signing of letter until revocation of letter"),
       s + "2017-03-01 x1 revocation of letter\n" + at("2017-03-01"),
       "2017-03-01",
       {{"c/m1", "broken"}}},
      {"the day before it still holds",
       rule("from signing of letter until revocation of letter"),
       s + "2017-03-01 x1 revocation of letter\n" + at("2017-02-28"),
       "2017-03-01",
       {{"c/m1", "met"}}},
      {"from start",
       rule("from start until revocation of letter"),
       at("2016-06-01"),
       "2016-06-01",
       {{"c/m1", "met"}}},
      {"from start, until",
       rule("from start until revocation of letter"),
       "2016-07-01 x1 revocation of letter\n" + at("2016-07-01"),
       "2016-07-01",
       {{"c/m1", "broken"}}},
      {"for a time it ends by itself: the last day",
       rule("from signing of letter for 30 days"),
       s + at("2017-03-02"),
       "2017-03-02",
       {{"c/m1", "met"}}},
      {"and the day after",
       rule("from signing of letter for 30 days"),
       s + at("2017-03-03"),
       "2017-03-03",
       {{"c/m1", "broken"}}},
      {"a year from the leap day",
       rule("from signing of letter for 1 year"),
       "2016-02-29 s1 signing of letter\n" + at("2017-02-27"),
       "2017-02-27",
       {{"c/m1", "met"}}},
      {"renewed before it ended",
       rule("from signing of letter for 30 days"),
       s + "2017-02-20 s2 signing of letter\n" + at("2017-03-21"),
       "2017-03-21",
       {{"c/m1", "met"}}},
      {"what nobody records may have begun it",
       rule("from silence"),
       at("2017-03-01"),
       "2017-03-01",
       {{"c/m1", "cannot_assess missing=f"}}},
      {"what nobody records may have ended it",
       rule("from signing of letter until silence"),
       s + at("2017-03-01"),
       "2017-03-01",
       {{"c/m1", "cannot_assess missing=f"}}},
  });
  const std::string unit =
      "fact staffed of area\n  holds from appointment per unit until resignation\n" +
      clause("for each area, staffed of area must hold");
  const std::string visited =
      "fact visited of area\n  holds from visit for 10 days\n" + clause(m + "visited of north");
  check({
      {"a fact of a kind is one for each member, keyed by a field",
       unit,
       "2016-06-01 a1 appointment unit=north\n2016-06-01 a2 appointment unit=south\n2016-09-01 x1 "
       "resignation unit=south\n",
       "2016-10-01",
       {{"c/north/2016-06-01", "open by=a1"}, {"c/south/2016-06-01", "broken settled=2016-09-01"}}},
      {"keyed by the subject",
       visited,
       "2017-02-01 w1 visit of south\n2017-02-02 m1 meeting of council\n2017-02-03 w2 visit of "
       "north\n2017-02-04 m2 meeting of council\n",
       "2017-02-04",
       {{"c/m1", "broken"}, {"c/m2", "met"}}},
  });
}

TEST(Attested, SettledByAnAssessment) {
  const std::string yearly =
      clause("\"Time enough is set aside\" must hold every year of the term, judged by director");
  const std::string once = clause("\"Time enough is set aside\" must hold, judged by director");
  const auto word = [](const std::string& id, const std::string& by, const std::string& verdict) {
    return "2017-05-01 a1 assessment occurrence=" + id + " by=" + by + " verdict=" + verdict +
           " reason=\"as seen\"\n";
  };
  check({
      {"one occurrence a window",
       yearly,
       "",
       "2016-06-01",
       {{"ids c/", "c/2016-06-01 c/2017-06-01"}, {"c/2016-06-01", "open due=2017-05-31"}}},
      {"or one for the term",
       once,
       "",
       "2016-06-01",
       {{"ids c/", "c/2016-06-01"}, {"c/2016-06-01", "open due=2018-05-31"}}},
      {"met by an assessment",
       yearly,
       word("c/2016-06-01", "director", "met"),
       "2017-05-01",
       {{"c/2016-06-01", "met settled=2017-05-01 why=by_assessment"}}},
      {"broken by an assessment",
       yearly,
       word("c/2016-06-01", "director", "broken"),
       "2017-05-01",
       {{"c/2016-06-01", "broken"}}},
      {"only by the one who judges",
       yearly,
       word("c/2016-06-01", "chief", "met"),
       "2017-05-01",
       {{"c/2016-06-01", "open"}, {"voids", "a1:no_authority"}}},
      {"unassessed when the window has passed",
       yearly,
       "",
       "2017-06-01",
       {{"c/2016-06-01", "cannot_assess missing=director"}, {"c/2017-06-01", "open"}}},
      {"assessed after the window has passed",
       yearly,
       word("c/2016-06-01", "director", "met") +
           "2017-07-01 a2 assessment occurrence=c/2017-06-01 by=director verdict=met\n",
       "2018-06-02",
       {{"c/2016-06-01", "met"}, {"c/2017-06-01", "met"}}},
      {"an assessment of nothing",
       yearly,
       word("c/2015", "director", "met"),
       "2017-05-01",
       {{"voids", "a1:no_such_occurrence"}}},
      {"an unknown verdict",
       yearly,
       word("c/2016-06-01", "director", "fine"),
       "2017-05-01",
       {{"c/2016-06-01", "open"}, {"voids", "a1:no_such_verdict"}}},
      {"unassessed for the term",
       once,
       "",
       "2018-06-01",
       {{"c/2016-06-01", "cannot_assess missing=director"}}},
  });
}

}  // namespace
}  // namespace samrad::story
