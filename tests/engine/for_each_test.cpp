// For each member (docs/language.md §3.11), of closed and of open kinds.
#include <gtest/gtest.h>

#include "tests/engine/story.h"

namespace samrad::story {
namespace {

const std::string active = "fact active of place\n  holds from seen until gone\n";

std::string each(const std::string& sentence) {
  return active + clause("for each place while active, " + sentence);
}

TEST(ForEach, ClosedKinds) {
  const std::string visits =
      clause("for each area, visit of area must happen at least once every quarter");
  const std::string two = clause("for each forum as x in (council, youth), meeting of x must "
                                 "happen at least once every quarter");
  check({
      {"once for each member, keyed",
       visits,
       "2016-07-10 w1 visit of north\n",
       "2016-10-01",
       {{"c/north/2016-Q3", "met by=w1"}, {"c/south/2016-Q3", "missed"}}},
      {"only those listed, under a name of one's own",
       two,
       "2016-07-10 m1 meeting of council\n",
       "2016-10-01",
       {{"c/council/2016-Q3", "met"}, {"c/youth/2016-Q3", "missed"}, {"c/board/2016-Q3", "none"}}},
      {"constraints are keyed by member and event",
       clause("for each forum in (council, youth), every meeting of forum must have chair present"),
       "2016-07-10 m1 meeting of council\n2016-07-11 m2 meeting of board\n",
       "2016-07-11",
       {{"ids c/", "c/council/m1"}}},
      {"deadlines",
       clause("for each area, visit of area must happen by 31 January every year"),
       "2017-01-10 w1 visit of south\n",
       "2017-02-01",
       {{"c/north/2017-01-31", "missed"}, {"c/south/2017-01-31", "met"}}},
      {"turns are each member's own",
       clause("for each forum in (council, youth), chair of meeting of forum must alternate "
              "between chief, director"),
       "2016-07-10 m1 meeting of council chair=chief\n2016-07-11 m2 meeting of youth "
       "chair=chief\n2016-07-12 m3 meeting of council chair=chief\n",
       "2016-07-12",
       {{"c/council/m1", "met"}, {"c/youth/m2", "met"}, {"c/council/m3", "broken"}}},
  });
}

TEST(ForEach, OpenKindsCount) {
  const std::string patrols = each("patrol of place must happen at least once every month");
  const std::string p = "2016-06-01 s1 seen of park\n";
  check({
      {"nothing before a member appears", patrols, "", "2017-01-01", {{"ids c/", ""}}},
      {"from the day on which the fact begins to hold",
       patrols,
       p + "2016-07-10 w1 patrol of park\n",
       "2016-08-01",
       {{"c/park/2016-06", "missed"}, {"c/park/2016-07", "met by=w1"}, {"c/park/2016-08", "open"}}},
      {"a window that it cuts is a part period",
       patrols,
       "2016-06-15 s1 seen of park\n",
       "2016-08-01",
       {{"c/park/2016-06", "part opens=2016-06-15 due=2016-06-30"}, {"c/park/2016-07", "missed"}}},
      {"members do not mix",
       patrols,
       p + "2016-06-01 s2 seen of square\n2016-06-10 w1 patrol of square\n",
       "2016-07-01",
       {{"c/park/2016-06", "missed"}, {"c/square/2016-06", "met"}}},
      {"an event on the very first day counts",
       each("patrol of place must happen at least once every day"),
       "2016-06-10 s1 seen of park\n2016-06-10 w1 patrol of park\n",
       "2016-06-11",
       {{"c/park/2016-06-10", "met"}, {"c/park/2016-06-11", "open"}}},
      {"until it ends: the window it cuts is a part period",
       patrols,
       p + "2016-07-20 g1 gone of park\n",
       "2016-09-01",
       {{"c/park/2016-06", "missed"},
        {"c/park/2016-07", "part opens=2016-07-01 due=2016-07-19"},
        {"c/park/2016-08", "none"}}},
      {"ended on the first of a month, the month before was whole",
       patrols,
       p + "2016-07-01 g1 gone of park\n",
       "2016-09-01",
       {{"c/park/2016-06", "missed"}, {"c/park/2016-07", "none"}}},
      {"begun again in a later month",
       patrols,
       p + "2016-07-01 g1 gone of park\n2016-09-01 s2 seen of park\n",
       "2016-10-01",
       {{"ids c/park", "c/park/2016-06 c/park/2016-09 c/park/2016-10 c/park/2016-11 c/park/2016-12 "
                       "c/park/2017-01 c/park/2017-02 "
                       "c/park/2017-03 c/park/2017-04 c/park/2017-05 c/park/2017-06 c/park/2017-07 "
                       "c/park/2017-08 c/park/2017-09 "
                       "c/park/2017-10 c/park/2017-11 c/park/2017-12 c/park/2018-01 c/park/2018-02 "
                       "c/park/2018-03 c/park/2018-04 c/park/2018-05"}}},
  });
}

TEST(ForEach, OpenKindsOtherForms) {
  const std::string p = "2016-09-01 s1 seen of park\n";
  const std::string yearly = each("patrol of place must happen by 31 January every year");
  const std::string answer =
      each("after seen of place, patrol of place must happen within 10 days");
  const std::string order =
      each("every patrol of place must have alarm happened in the last 5 days");
  check({
      {"deadline: from the day on which the fact begins",
       yearly,
       p,
       "2017-01-01",
       {{"c/park/2017-01-31", "open opens=2016-09-01"}}},
      {"deadline: met",
       yearly,
       p + "2016-10-01 w1 patrol of park\n",
       "2017-01-01",
       {{"c/park/2017-01-31", "met"}}},
      {"deadline: gone before it was due, it is not asked",
       yearly,
       p + "2016-10-01 g1 gone of park\n",
       "2017-03-01",
       {{"c/park/2017-01-31", "none"}}},
      {"deadline: missed before it went",
       yearly,
       p + "2017-03-01 g1 gone of park\n",
       "2017-06-01",
       {{"c/park/2017-01-31", "missed"}, {"c/park/2018-01-31", "none"}}},
      {"response: the event that begins the fact triggers too",
       answer,
       p,
       "2016-09-11",
       {{"c/park/s1", "open due=2016-09-11"}}},
      {"response: of the same member",
       answer,
       p + "2016-09-02 w1 patrol of square\n2016-09-03 w2 patrol of park\n",
       "2016-09-11",
       {{"c/park/s1", "met by=w2"}}},
      {"constraint: only while it is there",
       order,
       "2016-08-31 w0 patrol of park\n" + p +
           "2016-09-02 w1 patrol of park\n2016-09-03 g1 gone of park\n2016-09-03 w2 patrol of "
           "park\n",
       "2016-09-04",
       {{"ids c/", "c/park/w1"}, {"c/park/w1", "broken"}}},
      {"standing: for each member",
       "fact guarded of place\n  holds from patrol for 30 days\n" +
           each("guarded of place must hold"),
       p + "2016-09-01 w1 patrol of park\n",
       "2016-10-15",
       {{"c/park/2016-09-01", "broken settled=2016-10-01"}}},
      {"attested: ended with the member",
       each("\"Well kept\" must hold every year, judged by director"),
       "2017-01-01 s1 seen of park\n2017-06-01 g1 gone of park\n",
       "2018-02-01",
       {{"c/park/2017", "part"}}},
      {"a consequence knows its member",
       each("patrol of place must happen at least once every month, otherwise visit of north must "
            "happen within 10 days"),
       "2016-09-01 s1 seen of park\n2016-10-05 w1 visit of north\n",
       "2016-10-06",
       {{"c/park/2016-09", "missed"}, {"c/park/2016-09/otherwise", "met by=w1"}}},
      {"a consequence about the member",
       each("patrol of place must happen at least once every month, otherwise seen of place must "
            "happen within 10 days"),
       "2016-09-01 s1 seen of park\n2016-10-05 s2 seen of park\n",
       "2016-10-06",
       {{"c/park/2016-09/otherwise", "met by=s2"}}},
  });
}

}  // namespace
}  // namespace samrad::story
