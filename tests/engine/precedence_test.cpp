// Precedence (docs/language.md §3.4): before P, Q must have happened.
#include <gtest/gtest.h>

#include "tests/engine/story.h"

namespace samrad::story {
namespace {

std::string before(const std::string& how) {
  return clause("before decision of plan, consultation must have happened " + how);
}

TEST(Precedence, ByDays) {
  const std::string least = before("at least 14 days before");
  const std::string within = before("within 30 days before");
  const std::string both = before("at least 7 days before within 30 days before");
  const std::string d = "2017-03-31 d1 decision of plan\n";
  check({
      {"one occurrence for each P, settled on its day",
       least,
       "2017-03-17 k1 consultation\n" + d,
       "2017-03-31",
       {{"c/d1", "met settled=2017-03-31 due=2017-03-31 by=k1,d1"}}},
      {"at least: a day short",
       least,
       "2017-03-18 k1 consultation\n" + d,
       "2017-03-31",
       {{"c/d1", "broken why=not_early_enough"}}},
      {"nothing on record", least, d, "2017-03-31", {{"c/d1", "broken why=nothing_on_record"}}},
      {"one early enough is enough",
       least,
       "2017-03-01 k1 consultation\n2017-03-30 k2 consultation\n" + d,
       "2017-03-31",
       {{"c/d1", "met"}}},
      {"within: that long before",
       within,
       "2017-03-01 k1 consultation\n" + d,
       "2017-03-31",
       {{"c/d1", "met"}}},
      {"within: a day too long before",
       within,
       "2017-02-28 k1 consultation\n" + d,
       "2017-03-31",
       {{"c/d1", "broken why=too_long_before"}}},
      {"within needs only days: the same day",
       within,
       "2017-03-31 k1 consultation\n" + d,
       "2017-03-31",
       {{"c/d1", "met"}}},
      {"a later one does not count",
       within,
       d + "2017-04-01 k1 consultation\n",
       "2017-04-01",
       {{"c/d1", "broken"}}},
      {"both: in between",
       both,
       "2017-03-10 k1 consultation\n" + d,
       "2017-03-31",
       {{"c/d1", "met"}}},
      {"both: too late",
       both,
       "2017-03-25 k1 consultation\n" + d,
       "2017-03-31",
       {{"c/d1", "broken"}}},
      {"both: too early",
       both,
       "2017-02-25 k1 consultation\n" + d,
       "2017-03-31",
       {{"c/d1", "broken"}}},
      {"both: no two that are good for one half each",
       both,
       "2017-02-25 k1 consultation\n2017-03-30 k2 consultation\n" + d,
       "2017-03-31",
       {{"c/d1", "broken"}}},
      {"six months before 31 August end in February",
       before("at least 6 months before"),
       "2017-02-28 k1 consultation\n2017-08-31 d1 decision of plan\n",
       "2017-08-31",
       {{"c/d1", "met"}}},
      {"and the day after that is too late",
       before("at least 6 months before"),
       "2017-03-01 k1 consultation\n2017-08-31 d1 decision of plan\n",
       "2017-08-31",
       {{"c/d1", "broken"}}},
      {"working days before",
       before("at least 3 working days before"),
       "2017-04-12 k1 consultation\n2017-04-20 d1 decision of plan\n",
       "2017-04-20",
       {{"c/d1", "met"}}},
  });
}

TEST(Precedence, ByOrder) {
  const std::string plain = before("");
  check({
      {"an event does not come before itself",
       clause("before meeting of council, meeting of council where remote must have happened"),
       "2017-03-31 m1 meeting of council remote=yes\n",
       "2017-03-31",
       {{"c/m1", "broken why=nothing_on_record"}}},
      {"on an earlier day",
       plain,
       "2016-06-02 k1 consultation\n2017-03-31 d1 decision of plan\n",
       "2017-03-31",
       {{"c/d1", "met"}}},
      {"the same day without times is cannot-assess",
       plain,
       "2017-03-31 k1 consultation\n2017-03-31 d1 decision of plan\n",
       "2017-03-31",
       {{"c/d1", "cannot_assess missing=time"}}},
      {"one time is no order",
       plain,
       "2017-03-31T10:00 k1 consultation\n2017-03-31 d1 decision of plan\n",
       "2017-03-31",
       {{"c/d1", "cannot_assess missing=time"}}},
      {"with times: before",
       plain,
       "2017-03-31T10:00 k1 consultation\n2017-03-31T11:00 d1 decision of plan\n",
       "2017-03-31",
       {{"c/d1", "met"}}},
      {"with times: after",
       plain,
       "2017-03-31T12:00 k1 consultation\n2017-03-31T11:00 d1 decision of plan\n",
       "2017-03-31",
       {{"c/d1", "broken"}}},
      {"an earlier one settles it whatever happened that day",
       plain,
       "2017-03-01 k0 consultation\n2017-03-31 k1 consultation\n2017-03-31 d1 decision of plan\n",
       "2017-03-31",
       {{"c/d1", "met"}}},
      {"hours by the clock",
       before("at least 24 hours before"),
       "2017-03-30T11:00 k1 consultation\n2017-03-31T11:00 d1 decision of plan\n",
       "2017-03-31",
       {{"c/d1", "met"}}},
      {"hours by the clock: short",
       before("at least 24 hours before"),
       "2017-03-30T11:01 k1 consultation\n2017-03-31T11:00 d1 decision of plan\n",
       "2017-03-31",
       {{"c/d1", "broken"}}},
      {"hours and only days",
       before("at least 24 hours before"),
       "2017-03-30 k1 consultation\n2017-03-31T11:00 d1 decision of plan\n",
       "2017-03-31",
       {{"c/d1", "cannot_assess missing=time"}}},
  });
}

TEST(Precedence, SinceThePreviousOne) {
  const std::string since = before("since the previous one");
  check({
      {"the first P: since the term's start",
       since,
       "2016-06-02 k1 consultation\n2016-07-01 d1 decision of plan\n",
       "2016-07-01",
       {{"c/d1", "met"}}},
      {"the first P: what came before the term does not count",
       since,
       "2016-05-20 k1 consultation\n2016-07-01 d1 decision of plan\n",
       "2016-07-01",
       {{"c/d1", "broken"}}},
      {"each P needs one of its own",
       since,
       "2016-06-02 k1 consultation\n2016-07-01 d1 decision of plan\n2016-08-01 d2 decision of "
       "plan\n",
       "2016-08-01",
       {{"c/d1", "met"}, {"c/d2", "broken"}}},
      {"after the previous P",
       since,
       "2016-06-02 k1 consultation\n2016-07-01 d1 decision of plan\n2016-07-20 k2 "
       "consultation\n2016-08-01 d2 decision of plan\n",
       "2016-08-01",
       {{"c/d2", "met by=k2,d2"}}},
      {"another subject is no previous P",
       since,
       "2016-06-02 k1 consultation\n2016-07-01 d1 decision of picture\n2016-08-01 d2 decision of "
       "plan\n",
       "2016-08-01",
       {{"c/d2", "met"}}},
      {"two of one day by the clock",
       since,
       "2016-07-01T08:00 k1 consultation\n2016-07-01T09:00 d1 decision of plan\n2016-07-01T15:00 "
       "d2 decision of plan\n",
       "2016-07-01",
       {{"c/d1", "met"}, {"c/d2", "broken"}}},
      {"two of one day without times",
       since,
       "2016-06-30 k1 consultation\n2016-07-01 d1 decision of plan\n2016-07-01 d2 decision of "
       "plan\n",
       "2016-07-01",
       {{"c/d1", "cannot_assess"}, {"c/d2", "cannot_assess"}}},
  });
}

TEST(Precedence, UnknownAndUnrecorded) {
  const std::string parties = clause(
      "before decision of plan, consultation with parties including police must have happened");
  const std::string silence = clause("before decision of plan, silence must have happened");
  const std::string log =
      clause("before decision of plan, late_log must have happened at least 30 days before");
  const std::string same =
      clause("before decision as x, report of the same document must have happened");
  check({
      {"a missing field that decides is named, and nothing else",
       parties,
       "2017-01-01 k1 consultation\n2017-03-31 d1 decision of plan\n",
       "2017-03-31",
       {{"c/d1", "cannot_assess missing=parties"}}},
      {"one that is surely right",
       parties,
       "2017-01-01 k1 consultation\n2017-01-02 k2 consultation parties=police,city\n2017-03-31 d1 "
       "decision of plan\n",
       "2017-03-31",
       {{"c/d1", "met by=k2,d1"}}},
      {"absence of what nobody records",
       silence,
       "2017-03-31 d1 decision of plan\n",
       "2017-03-31",
       {{"c/d1", "cannot_assess missing=silence"}}},
      {"its place lies where nobody recorded",
       log,
       "2017-01-05 d1 decision of plan\n",
       "2017-01-05",
       {{"c/d1", "cannot_assess missing=late_log"}}},
      {"the same subject",
       same,
       "2017-01-01 r1 report of picture\n2017-03-31 d1 decision of plan\n",
       "2017-03-31",
       {{"c/d1", "broken"}}},
      {"the same subject: met",
       same,
       "2017-01-01 r1 report of plan\n2017-03-31 d1 decision of plan\n",
       "2017-03-31",
       {{"c/d1", "met"}}},
  });
}

}  // namespace
}  // namespace samrad::story
