// Aim: what each form of sentence asks of a plan; every plan is judged by the engine anew from its written events.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/service/plan/agreement.h"

namespace samrad::tests {
namespace {

using plan::Outcome;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

const std::string words = R"(party city
party police
role chief of police
role director of city
forum council
forum youth
document picture
event meeting of forum
  chair role optional
  attendees roles optional
  agenda texts optional
  remark text optional
event preparation of forum
event update of document
event submission of document
  to forum
event decision of document
  by forum
  written yes/no optional
event attachment of document
  dated date optional
event consultation
  parties parties
event call
event reply
event setup of forum
event naming
  forum forum
fact exists of forum
  holds from setup
fact named of forum
  holds from naming
)";

// What the written plan comes to when it is read again and audited: the violations.
std::vector<std::string> violations(const Agreement& agreement, const plan::Plan& plan,
                                    const std::string& history = {}) {
  record::Records records;
  records.read(history, "history.ndjson");
  records.read(plan::plan_events(plan), "plan.ndjson");
  const record::History whole(agreement.program, std::move(records));
  EXPECT_FALSE(whole.faults().any_error()) << record::text_of(whole.faults());
  reports::AuditRequest request;
  request.as_of = record::asked(plan.to, whole.zone());
  const auto audit = reports::audit(whole, request);
  std::vector<std::string> ids;
  for (const reports::Occurrence* o : audit->listed)
    if (reports::violates(*o) && o->finding.due >= plan.from) ids.push_back(o->id);
  return ids;
}

struct Case {
  std::string name;
  std::string clauses;
  std::vector<std::string> events;
};

class Forms : public testing::TestWithParam<Case> {};

TEST_P(Forms, AskForThis) {
  const Agreement agreement(words + GetParam().clauses);
  const plan::Plan plan = agreement.planned();
  EXPECT_EQ(plan.outcome, Outcome::whole) << plan::plan_text(plan, {});
  EXPECT_EQ(lines_of(plan), GetParam().events);
  EXPECT_THAT(violations(agreement, plan), IsEmpty());
  EXPECT_EQ(plan::plan_ics(plan, plan::Language::en),
            plan::plan_ics(agreement.planned(), plan::Language::en));
}

INSTANTIATE_TEST_SUITE_P(
    All, Forms,
    testing::Values(
        Case{"count",
             "clause c\n  meeting of council must happen at least 2 times every half-year\n",
             {"meeting council 2017-02-15", "meeting council 2017-05-16",
              "meeting council 2017-08-16", "meeting council 2017-11-16"}},
        Case{"months_left_out",
             "clause c\n  meeting of youth must happen at least once every quarter except July to "
             "September\n",
             {"meeting youth 2017-02-15", "meeting youth 2017-05-16", "meeting youth 2017-11-16"}},
        Case{"deadline",
             "clause c\n  meeting of youth must happen by 31 January every year\n",
             {"meeting youth 2017-01-16"}},
        Case{"one_event_for_two_demands",
             "clause a\n  meeting of council must happen at least once every half-year\n"
             "clause b\n  meeting of council with agenda including \"the organisation\" must "
             "happen by 31 May every year\n",
             {"meeting council 2017-04-03", "meeting council 2017-10-02"}},
        Case{"notice",
             "clause a\n  meeting of council must happen at least once every year\n"
             "clause b\n  before meeting of council, preparation of council must have happened at "
             "least 21 days before since the previous one\n",
             {"preparation council 2017-06-01", "meeting council 2017-06-28"}},
        Case{"a_fact_for_each_of_its_keys_once",
             "clause c\n  in force from 2017-02-01\n  for each forum in (youth, council), exists of "
             "forum must hold\n",
             {"setup youth 2017-01-10", "setup council 2017-01-11"}},
        Case{"a_fact_whose_key_is_a_field",
             "clause c\n  in force from 2017-02-01\n  for each forum in (youth, council), named of "
             "forum must hold\n",
             {"naming 2017-01-10", "naming 2017-01-11"}},
        Case{"consultation_before_the_end",
             "clause a\n  term may be extended by 2 years\n    if consultation with parties "
             "including all of (city, police) happened at "
             "least 6 months before expiry\n",
             {"consultation 2017-10-19"}}),
    [](const auto& one) { return one.param.name; });

TEST(Plan, AProcedureRunsThroughAndIsDecidedWhenTheForumMeets) {
  const Agreement agreement(words + R"(clause meetings
  meeting of council must happen at least once every quarter
clause updates
  update of picture must happen at least once every year in January to June
procedure change
  starts with update of picture
  step submitted submission to council
  step decided decision by council
  step written decision counts only if written
  step attached attachment with dated present within 30 days
)");
  const plan::Plan plan = agreement.planned();
  ASSERT_EQ(plan.outcome, Outcome::whole) << plan::plan_text(plan, {});
  const std::vector<std::string> lines = lines_of(plan);
  const auto day_of = [&](const std::string& what) {
    for (const std::string& line : lines)
      if (line.starts_with(what)) return line.substr(line.size() - 10);
    return std::string("none");
  };
  EXPECT_LT(day_of("update"), day_of("submission"));
  EXPECT_LT(day_of("submission"), day_of("decision"));
  EXPECT_LT(day_of("decision"), day_of("attachment"));
  EXPECT_THAT(lines, Contains("meeting council " + day_of("decision")));
  EXPECT_THAT(plan::plan_events(plan), HasSubstr(R"("written":true)"));
  EXPECT_THAT(violations(agreement, plan), IsEmpty());
}

TEST(Plan, ChairsTakeTurnsFromWhereTheHistoryLeftThem) {
  const std::string history =
      R"({"specversion":"1.0","source":"urn:t","id":"m-1","type":"meeting","subject":"council","time":"2016-11-15","data":{"chair":"chief"}})"
      "\n";
  const Agreement agreement(words + R"(clause meetings
  meeting of council must happen at least once every half-year
clause turns
  chair of meeting of council must alternate between chief, director
)",
                            history);
  const plan::Plan plan = agreement.planned();
  EXPECT_EQ(plan.outcome, Outcome::whole);
  std::vector<std::string> chairs;
  for (const plan::PlannedEvent& one : plan.events)
    chairs.emplace_back(plan.ground().symbols().text(one.event.fields[0].symbol));
  EXPECT_THAT(chairs, ElementsAre("director", "chief"));
  EXPECT_THAT(violations(agreement, plan, history), IsEmpty());
}

TEST(Plan, ContentsFollowEveryClauseAboutThem) {
  const Agreement agreement(words + R"(clause meetings
  meeting of council must happen at least once every year
clause items
  every meeting of council must have agenda including all of ("a", "b")
clause who
  every meeting of council must have attendees including all of (chief, director) and number of attendees is at least 2
clause who_presides
  only director may be chair of meeting of council
)");
  const plan::Plan plan = agreement.planned();
  ASSERT_THAT(plan.events, SizeIs(1));
  EXPECT_THAT(
      plan::plan_events(plan),
      HasSubstr(
          R"("data":{"chair":"director","attendees":["chief","director"],"agenda":["a","b"]})"));
}

TEST(Plan, OfAlternativesTakesTheOneWhoseContentsAreKnown) {
  const Agreement agreement(words + R"(clause meetings
  meeting of council must happen at least once every year
clause items
  every meeting of council must have remark present or agenda including all of ("a", "b")
)");
  const plan::Plan plan = agreement.planned();
  EXPECT_THAT(plan::plan_events(plan), HasSubstr(R"("data":{"agenda":["a","b"]})"));
}

TEST(Plan, ListsWhatFellDueOnItsEveAsMissedBefore) {
  const Agreement agreement(
      words + "clause c\n  meeting of youth must happen at least once every month\n");
  const plan::Plan plan = agreement.planned("2017-02-01", "2017-03-31");
  EXPECT_EQ(plan.outcome, Outcome::whole);
  EXPECT_THAT(plan.events, SizeIs(2));
  std::vector<std::string> missed;
  for (const plan::OutsideRow& row : plan.outside)
    if (row.why == plan::Outside::missed_before) missed.push_back(row.occurrence);
  EXPECT_THAT(missed, Contains("c/2017-01"));
  EXPECT_THAT(missed, Not(Contains("c/2017-02")));
}

// Aim: an event is called the same in a later plan, whether what came before it is on record or not.
TEST(Plan, ALaterPlanKeepsTheIdentityOfAnEvent) {
  const std::string clauses = R"(clause a
  meeting of council must happen at least 2 times every half-year
clause b
  before meeting of council, preparation of council must have happened at least 7 days before since the previous one
)";
  const auto ids = [](const plan::Plan& plan) {
    std::vector<std::string> all;
    for (const plan::PlannedEvent& one : plan.events)
      all.emplace_back(plan.ground().symbols().text(one.event.id));
    return all;
  };
  const plan::Plan first = Agreement(words + clauses).planned("2017-01-01", "2017-06-30");
  EXPECT_THAT(ids(first),
              ElementsAre("preparation-b-meeting-a-2017-H1", "meeting-a-2017-H1",
                          "preparation-b-meeting-a-2017-H1-2", "meeting-a-2017-H1-2"));
  const std::string held =
      R"({"specversion":"1.0","source":"urn:t","id":"p-1","type":"preparation","subject":"council","time":"2017-02-01"})"
      "\n"
      R"({"specversion":"1.0","source":"urn:t","id":"m-1","type":"meeting","subject":"council","time":"2017-02-20"})"
      "\n";
  const plan::Plan later = Agreement(words + clauses, held).planned("2017-03-01", "2017-06-30");
  EXPECT_THAT(ids(later), ElementsAre("preparation-b-meeting-a-2017-H1-2", "meeting-a-2017-H1-2"));
}

TEST(Plan, SaysWhatStandsOutsideIt) {
  const Agreement agreement(words + R"(clause answers
  after call, reply must happen within 14 days
clause trust
  "They trust each other" must hold every year, judged by director
clause early
  meeting of youth must happen by 2016-09-30
)");
  const plan::Plan plan = agreement.planned();
  EXPECT_EQ(plan.outcome, Outcome::whole);
  EXPECT_THAT(plan.events, IsEmpty());
  std::vector<std::pair<plan::Outside, std::string>> outside;
  for (const plan::OutsideRow& row : plan.outside)
    outside.emplace_back(row.why, plan.program().text(plan.program().rules[row.rule].clause));
  EXPECT_THAT(outside, Contains(std::pair(plan::Outside::missed_before, std::string("early"))));
  EXPECT_THAT(outside, Contains(std::pair(plan::Outside::others, std::string("answers"))));
  EXPECT_THAT(outside, Contains(std::pair(plan::Outside::attested, std::string("trust"))));
}

struct Clash {
  std::string name;
  std::string clauses;
  std::vector<std::string> conflict;
};

class Conflicts : public testing::TestWithParam<Clash> {};

// Aim: the set is exactly this one, though larger ones are there to be found, and each proper part of it can be planned for.
TEST_P(Conflicts, AreTheSmallestSet) {
  const Agreement agreement(words + GetParam().clauses);
  const plan::Plan plan = agreement.planned();
  EXPECT_EQ(plan.outcome, Outcome::conflict) << plan::plan_text(plan, {});
  EXPECT_EQ(conflict_of(plan), GetParam().conflict);
  EXPECT_TRUE(plan.conflict_minimal);
}

INSTANTIATE_TEST_SUITE_P(
    All, Conflicts,
    testing::Values(
        Clash{"forbidden_month",
              "clause other\n  meeting of youth must happen at least once every month\n"
              "clause summer\n  meeting of council must happen at least once every month in June "
              "to August\n"
              "clause not_in_july\n  meeting of council must not happen in July\n",
              {"summer", "not_in_july"}},
        Clash{"notice_longer_than_the_time",
              "clause deadline\n  update of picture must happen by 2017-01-20\n"
              "clause prepared\n  before update of picture, consultation must have happened at "
              "least 30 days before within 60 days before\n"
              "clause other\n  meeting of council must happen at least twice every half-year\n",
              {"deadline", "prepared"}},
        Clash{"too_many",
              "clause enough\n  meeting of council must happen by 31 March, 30 June, 30 September "
              "every year\n"
              "clause few\n  meeting of council must happen at most 2 times every year\n",
              {"enough", "few"}},
        Clash{"a_pair_beside_a_chain_of_four",
              "clause monthly\n  meeting of council must happen at least once every month\n"
              "clause prepared\n  before meeting of council, meeting of youth must have happened "
              "since the previous meeting\n"
              "clause called\n  before meeting of youth, call must have happened since the previous "
              "meeting\n"
              "clause quiet\n  call must not happen in May to October\n"
              "clause answered\n  reply must happen by 30 November every year\n"
              "clause late\n  every reply as x must day of x >= 2017-12-15\n",
              {"answered", "late"}},
        Clash{"contents",
              "clause meetings\n  meeting of council must happen at least once every year\n"
              "clause chief_presides\n  only chief may be chair of meeting of council\n"
              "clause director_presides\n  every meeting of council must have chair is director\n",
              {"meetings", "chief_presides", "director_presides"}}),
    [](const auto& one) { return one.param.name; });

}  // namespace
}  // namespace samrad::tests
