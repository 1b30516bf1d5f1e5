// Rules that judge an event on its own day: constraint, prohibition, power (docs/language.md §3.5, §3.8, §3.9).
#include <gtest/gtest.h>

#include "tests/engine/story.h"

namespace samrad::story {
namespace {

TEST(Constraint, OneOccurrenceForEachEvent) {
  const std::string c = clause("every meeting of council must have agenda including \"safety\"");
  check({
      {"met",
       c,
       "2017-01-01 m1 meeting of council agenda=budget,safety\n",
       "2017-01-01",
       {{"c/m1", "met settled=2017-01-01 by=m1"}}},
      {"broken",
       c,
       "2017-01-01 m1 meeting of council agenda=budget\n",
       "2017-01-01",
       {{"c/m1", "broken why=condition_false"}}},
      {"cannot-assess when a field that decides is missing",
       c,
       "2017-01-01 m1 meeting of council\n",
       "2017-01-01",
       {{"c/m1", "cannot_assess missing=agenda"}}},
      {"events that do not match give none",
       c,
       "2017-01-01 m1 meeting of youth\n",
       "2017-01-01",
       {{"ids c/", ""}}},
      {"nor do those outside the term",
       c,
       "2016-05-31 m1 meeting of council agenda=budget\n2018-06-01 m2 meeting of council "
       "agenda=budget\n",
       "2018-06-02",
       {{"ids c/", ""}}},
      {"nor those outside the clause's own interval",
       clause("in force from 2017-01-01\nin force until 2017-01-31\nevery meeting of council must "
              "have chair present"),
       "2016-12-31 m1 meeting of council\n2017-01-01 m2 meeting of council\n2017-01-31 m3 meeting "
       "of council\n2017-02-01 m4 meeting of council\n",
       "2017-03-01",
       {{"ids c/", "c/m2 c/m3"}}},
      {"whether it matches is unknown",
       clause("every meeting of council where remote must have chair present"),
       "2017-01-01 m1 meeting of council\n",
       "2017-01-01",
       {{"c/m1", "cannot_assess missing=remote"}}},
      {"two events of one day have one each",
       c,
       "2017-01-01 m1 meeting of council agenda=safety\n2017-01-01 m2 meeting of council "
       "agenda=x\n",
       "2017-01-01",
       {{"c/m1", "met"}, {"c/m2", "broken"}}},
      {"`of a or b` takes either",
       clause("every meeting of council or youth must have chair present"),
       "2017-01-01 m1 meeting of council\n2017-01-02 m2 meeting of youth chair=chief\n2017-01-03 "
       "m3 meeting of board\n",
       "2017-01-03",
       {{"ids c/", "c/m1 c/m2"}, {"c/m1", "broken"}, {"c/m2", "met"}}},
      {"`by X` equals the field of that name",
       clause("every decision by council must have written"),
       "2017-01-01 d1 decision of plan by=council written=yes\n2017-01-02 d2 decision of plan "
       "by=youth\n",
       "2017-01-03",
       {{"ids c/", "c/d1"}}},
  });
}

TEST(Prohibition, EachLimit) {
  const auto never = [](const std::string& limit) {
    return clause("meeting of council must not happen " + limit);
  };
  const std::string fact =
      "fact open_season\n  holds from signing of letter until revocation of letter\n";
  const std::string m = "2017-03-10 m1 meeting of council remote=yes\n";
  check({
      {"always", never(""), m, "2017-03-10", {{"c/m1", "broken settled=2017-03-10"}}},
      {"while a fact holds",
       fact + never("while open_season"),
       "2017-03-01 s1 signing of letter\n" + m,
       "2017-03-10",
       {{"c/m1", "broken"}}},
      {"while it does not",
       fact + never("while open_season"),
       "2017-03-01 s1 signing of letter\n2017-03-10 v1 revocation of letter\n" + m,
       "2017-03-10",
       {{"c/m1", "met"}}},
      {"while a condition of the event",
       never("while remote"),
       m,
       "2017-03-10",
       {{"c/m1", "broken"}}},
      {"while, unknown",
       never("while remote"),
       "2017-03-10 m1 meeting of council\n",
       "2017-03-10",
       {{"c/m1", "cannot_assess missing=remote"}}},
      {"unless a condition", never("unless remote"), m, "2017-03-10", {{"c/m1", "met"}}},
      {"unless, false",
       never("unless remote"),
       "2017-03-10 m1 meeting of council remote=no\n",
       "2017-03-10",
       {{"c/m1", "broken"}}},
      {"before Q: none yet",
       never("before signing of letter"),
       m,
       "2017-03-10",
       {{"c/m1", "broken"}}},
      {"before Q: it had come",
       never("before signing of letter"),
       "2017-03-09 s1 signing of letter\n" + m,
       "2017-03-10",
       {{"c/m1", "met"}}},
      {"before Q: the same day without times",
       never("before signing of letter"),
       "2017-03-10 s1 signing of letter\n" + m,
       "2017-03-10",
       {{"c/m1", "cannot_assess missing=time"}}},
      {"before Q: whether it was Q is not known",
       never("before report of plan where written"),
       "2017-03-09 r1 report of plan\n" + m,
       "2017-03-10",
       {{"c/m1", "cannot_assess missing=written"}}},
      {"before Q: it comes later",
       never("before signing of letter"),
       m + "2017-03-11 s1 signing of letter\n",
       "2017-03-11",
       {{"c/m1", "broken"}}},
      {"after Q",
       never("after signing of letter"),
       "2016-07-09 s1 signing of letter\n" + m,
       "2017-03-10",
       {{"c/m1", "broken"}}},
      {"after Q: not yet",
       never("after signing of letter"),
       m + "2017-03-11 s1 signing of letter\n",
       "2017-03-11",
       {{"c/m1", "met"}}},
      {"within D after Q: the last day",
       never("within 30 days after signing of letter"),
       "2017-02-08 s1 signing of letter\n" + m,
       "2017-03-10",
       {{"c/m1", "broken"}}},
      {"within D after Q: passed",
       never("within 30 days after signing of letter"),
       "2017-02-07 s1 signing of letter\n" + m,
       "2017-03-10",
       {{"c/m1", "met"}}},
      {"in months",
       never("in July, December"),
       "2017-07-31 m1 meeting of council\n2017-08-01 m2 meeting of council\n",
       "2017-08-01",
       {{"c/m1", "broken"}, {"c/m2", "met"}}},
      {"before what nobody records",
       never("before silence"),
       m,
       "2017-03-10",
       {{"c/m1", "cannot_assess missing=silence"}}},
      {"before what was not recorded until lately",
       never("before late_log"),
       m,
       "2017-03-10",
       {{"c/m1", "cannot_assess missing=late_log"}}},
      {"after what nobody records",
       never("after silence"),
       m,
       "2017-03-10",
       {{"c/m1", "cannot_assess missing=silence"}}},
  });
}

TEST(Power, WhoMayAct) {
  const std::string council = clause("only council may make decision");
  const std::string chair = clause("only chief, director may be chair of meeting of council");
  const std::string list = clause("only chief, director may be attendees of meeting of council");
  check({
      {"the field `by`",
       council,
       "2017-01-01 d1 decision of plan by=council\n",
       "2017-01-01",
       {{"c/d1", "met"}}},
      {"another had no power",
       council,
       "2017-01-01 d1 decision of plan by=youth\n",
       "2017-01-01",
       {{"c/d1", "broken why=not_competent"}}},
      {"cannot-assess when the field is missing",
       council,
       "2017-01-01 d1 decision of plan\n",
       "2017-01-01",
       {{"c/d1", "cannot_assess missing=by"}}},
      {"`may be FIELD of P` says which field",
       chair,
       "2017-01-01 m1 meeting of council chair=director\n2017-01-02 m2 meeting of council "
       "chair=officer\n2017-01-03 m3 meeting of council\n",
       "2017-01-03",
       {{"c/m1", "met"}, {"c/m2", "broken"}, {"c/m3", "cannot_assess missing=chair"}}},
      {"of a field with several values all must be among those named",
       list,
       "2017-01-01 m1 meeting of council attendees=director,chief\n2017-01-02 m2 meeting of "
       "council attendees=director,officer\n",
       "2017-01-03",
       {{"c/m1", "met"}, {"c/m2", "broken"}}},
  });
}

}  // namespace
}  // namespace samrad::story
