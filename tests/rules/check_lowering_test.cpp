// Each sentence form as the engine gets it: one small text a row, and what its rules demand.
#include "rules/compile.h"
#include "rules/diagnostics/render.h"
#include "rules/program/decode.h"
#include "rules/program/dump.h"

#include <gtest/gtest.h>

namespace samrad::tests {
namespace {

constexpr std::string_view head = R"(agreement a "A"
  term 2016-06-01 to 2018-05-31
party p
party q
role chief of p
role clerk of q
forum board
forum panel
document plan
document annex
kind area
area youth
area crime
kind place
  members appear in events
event meeting of forum
  chair role optional
  attendees roles optional
  agenda texts optional
event minutes of forum
event decision of document
  by forum optional
  cost money optional
  written yes/no optional
event filing of document
event visit of place, area
event opening of place
event closing of place
event report
  by role optional
event order
  wanted date optional
fact open of place
  holds from opening until closing
fact ready
  holds from report for 6 months
)";

// The rules of the text without their sentence, as lines.
std::string demands(std::string_view clauses) {
  const std::string text = std::string(head) + std::string(clauses);
  const rules::Source source{"t.samrad", text};
  const rules::Compiled c = rules::compile({&source, 1});
  if (!c.program) return rules::render_text(c.diagnostics, {&source, 1});
  EXPECT_EQ(program::verify(*c.program), "");
  std::string out;
  for (program::Index r = 0; r < c.program->rules.size(); ++r) {
    std::string all = program::dump_demand(*c.program, r);
    for (std::size_t at = 0; at < all.size();) {
      const std::size_t end = all.find('\n', at) + 1;
      if (all.compare(at, 11, "  sentence ") != 0) out += all.substr(at, end - at);
      at = end;
    }
  }
  return out;
}

struct Case {
  const char* clauses;
  const char* demands;
};

void expect(std::initializer_list<Case> cases) {
  for (const Case& c : cases)
    EXPECT_EQ(demands(c.clauses), c.demands) << c.clauses;
}

TEST(Lowering, Periods) {
  expect({
      {"clause c\n  report must happen at least once every fortnight from 2016-07-04\n",
       "c: count\n  pattern report\n  times at least 1\n  period fortnight from 2016-07-04\n  starts 2016-07-04\n"},
      {"clause c\n  report must happen at most 3 times every 2 weeks\n",
       "c: count\n  pattern report\n  times at most 3\n  period 2 week from 2016-06-01\n  "
       "period_of_term yes\n"},
      {"clause c\n  report must happen exactly twice every 3 months except July, August\n",
       "c: count\n  pattern report\n  times exactly 2\n  period 3 months in 1 2 3 4 5 6 9 10 11 "
       "12\n"},
      {"clause c\n  report must happen at least once every 18 months\n",
       "c: count\n  pattern report\n  times at least 1\n  period 18 months from 2016-06-01\n  "
       "period_of_term yes\n"},
      {"clause c\n  report must happen at least once every quarter counted from 2016-02-01\n",
       "c: count\n  pattern report\n  times at least 1\n  period quarter from 2016-02-01\n"},
  });
}

TEST(Lowering, DueDays) {
  expect({
      {"clause c\n  report must happen by 31 December, 30 June every year\n",
       "c: deadline\n  pattern report\n  due yearly 6-30 12-31\n"},
      {"clause c\n  report must happen by day 15 every month\n",
       "c: deadline\n  pattern report\n  due monthly 15\n"},
      {"clause c\n  report must happen by the last day of every quarter\n",
       "c: deadline\n  pattern report\n  due last_day quarter\n"},
      {"clause c\n  report must happen by 20 days after the end of every half-year\n",
       "c: deadline\n  pattern report\n  due after_end 20 days half-year\n"},
      {"clause c\n  report must happen by 6 months before expiry\n",
       "c: deadline\n  pattern report\n  due before_expiry 6 months\n"},
  });
}

TEST(Lowering, DueDaysThatTheEventGives) {
  expect({
      {"clause c\n  after order as o, report must happen by wanted of o\n",
       "c: response\n  pattern order\n  answer report\n  within date\n  until_day field1.0\n"},
      {"clause c\n  after order as o, report must happen by wanted of o + 2 weeks\n",
       "c: response\n  pattern order\n  answer report\n  within date\n  until_day field1.0 2 weeks +\n"},
      {"clause c\n  after order, report must happen by 2017-11-30\n",
       "c: response\n  pattern order\n  answer report\n  within date\n  until_day 2017-11-30\n"},
  });
}

TEST(Lowering, Subjects) {
  expect({
      // The only kind an event can be of restricts nothing; one of several does, by its members or by those of the others.
      {"clause c\n  meeting of forum must happen at least once every year\n",
       "c: count\n  pattern meeting\n  times at least 1\n  period year\n"},
      {"clause c\n  meeting of board or panel must happen at least once every year\n",
       "c: count\n  pattern meeting of board or panel\n  times at least 1\n  period year\n"},
      {"clause c\n  visit of area must happen at least once every year\n",
       "c: count\n  pattern visit of youth or crime\n  times at least 1\n  period year\n"},
      {"clause c\n  visit of place must happen at least once every year\n",
       "c: count\n  pattern visit where (subject0 youth crime one_of:2 not)\n  times at least 1\n  "
       "period year\n"},
      {"clause c\n  visit of north_square must happen at least once every year\n",
       "c: count\n  pattern visit of north_square\n  times at least 1\n  period year\n"},
  });
}

TEST(Lowering, TheSameSubject) {
  expect({
      {"clause c\n  after meeting, minutes must happen within 3 days\n",
       "c: response\n  pattern meeting\n  answer minutes where (subject0 subject1 =)\n  within "
       "duration\n  duration 3 days\n"},
      {"clause c\n  after meeting of board, minutes of panel must happen\n",
       "c: response\n  pattern meeting of board\n  answer minutes of panel\n"},
      {"clause c\n  after meeting, report must happen on the same day\n",
       "c: response\n  pattern meeting\n  answer report\n  within same_day\n"},
      {"clause c\n  before filing as f, decision of the same document where written must have "
       "happened within 30 days before\n",
       "c: precedence\n  pattern filing\n  answer decision where (subject0 subject1 = field0.2 "
       "true? and)\n  within_before 30 days\n"},
      {"clause c\n  after opening, visit must happen within 1 month\n",
       "c: response\n  pattern opening\n  answer visit where (subject0 subject1 =)\n  within "
       "duration\n  duration 1 months\n"},
      // Not every visit is of a place, so that nothing is implied.
      {"clause c\n  after visit, opening must happen within 1 month\n",
       "c: response\n  pattern visit\n  answer opening\n  within duration\n  duration 1 months\n"},
  });
}

TEST(Lowering, ForEach) {
  expect({
      {"clause c\n  for each area as x, visit of x must happen at least once every year\n",
       "c: count\n  key \"youth\"\n  pattern visit of youth\n  times at least 1\n  period year\n"
       "c: count\n  key \"crime\"\n  pattern visit of crime\n  times at least 1\n  period year\n"},
      {"clause c\n  for each area in (crime), visit of area must not happen in July\n",
       "c: prohibition\n  key \"crime\"\n  pattern visit of crime\n  limit months\n  months 64\n"},
      {"clause c\n  for each place while open, visit of place must happen at least once every "
       "month\n",
       "c: count\n  instances open#0\n  pattern visit where (subject0 key =)\n  times at least 1\n "
       " period month\n"},
      {"clause c\n  for each place in (square), open of place must hold\n",
       "c: standing\n  key \"square\"\n  fact open#0\n  fact_key \"square\"\n"},
  });
}

TEST(Lowering, Conditions) {
  expect({
      {"clause c\n  every meeting of board as m must have chair of m = chief and not attendees "
       "missing\n",
       "c: constraint\n  pattern meeting of board\n  condition field1.0 chief = present0.1 not not "
       "and\n"},
      {"clause c\n  every meeting must have attendees including at least 2 of (chief, clerk) or "
       "agenda including \"x\"\n",
       "c: constraint\n  pattern meeting\n  condition field0.1 chief clerk includes:at_least2:2 "
       "field0.2 \"x\" includes:one:1 or\n"},
      {"clause c\n  every decision must have cost * 2 <= 12.5 SEK / 25%\n",
       "c: constraint\n  pattern decision\n  condition field0.1 2 * 25/2 SEK 1/4 / <=\n"},
      {"clause c\n  every decision must ready and day - start <= 2 weeks\n",
       "c: constraint\n  pattern decision\n  condition holds:ready#1 day0 start - 14 <= and\n"},
      {"clause c\n  every meeting of board as m must have number of meeting of board in a row "
       "where (chair = chair of m) < 3\n",
       "c: constraint\n  pattern meeting of board\n  condition in_a_row{meeting of board ever that "
       "(field0.0 field1.0 =)} 3 <\n"},
      {"clause c\n  every report must decision of plan happened at least 2 weeks before day and no "
       "filing happened since the last report\n",
       "c: constraint\n  pattern report\n  condition happened"
       "count{decision of plan at_least_before 2 weeks before day} happenedcount{filing since_last "
       "report} not and\n"},
      {"clause c\n  every visit as v must open of subject\n",
       "c: constraint\n  pattern visit\n  condition subject0 holds:open#0:key\n"},
  });
}

TEST(Lowering, WhoMay) {
  expect({
      {"clause c\n  only chief may make report\n",
       "c: power\n  pattern report\n  members chief\n  slot 0\n"},
      {"clause c\n  only chief, clerk may be attendees of meeting of board\n",
       "c: power\n  pattern meeting of board\n  members chief, clerk\n  slot 1\n"},
      {"clause c\n  chair of meeting must rotate among chief, clerk\n",
       "c: rotation\n  pattern meeting\n  members chief, clerk\n  slot 0\n"},
  });
}

TEST(Lowering, Procedures) {
  expect({{"procedure c \"Change\"\n  starts with decision of plan, annex\n"
           "  step sent report by chief within 30 days\n"
           "  step filed filing within 14 days of start\n"
           "  step fresh filing counts only if ready\n",
           "c: step\n  step \"sent\"\n  title \"Change\"\n  pattern decision of plan or annex\n  "
           "answer report where (field0.0 chief =)\n"
           "  within duration\n  duration 30 days\n  procedure \"c\"\n  step_number 0\n"
           "c: step\n  step \"filed\"\n  title \"Change\"\n  pattern decision of plan or annex\n"
           "  answer filing where (subject0 subject1 =)\n  within duration\n  duration 14 days\n  "
           "of_start yes\n"
           "  procedure \"c\"\n  step_number 1\n"
           "c: validity\n  step \"fresh\"\n  title \"Change\"\n  pattern filing\n  condition "
           "holds:ready#1\n  procedure \"c\"\n"}});
}

TEST(Lowering, MeasuresAndConsequences) {
  expect({
      {"measure m\n  unit \"percent\"\n  target at least 85\n  must be measured every year\n",
       "m_target: constraint\n  pattern measurement of m where (present0.0)\n  condition field0.0 "
       "85 >=\n"
       "m: count\n  pattern measurement of m\n  times at least 1\n  period year\n"},
      {"clause c\n  owner chief\n  after report as r, decision of plan must happen within 8 hours, "
       "otherwise meeting of board must happen within 2 working days\n",
       "c: response\n  owners chief\n  pattern report\n  answer decision of plan\n  within "
       "duration\n  duration 8 hours\n  otherwise yes\n"
       "c: response\n  owners chief\n  answer meeting of board\n  within duration\n  duration 2 "
       "working days\n  is_otherwise yes\n"},
  });
}

TEST(Lowering, ExtensionListsItsDatedConditions) {
  expect({{"clause c\n  term may be extended by 2 years\n    if report happened at least 3 months "
           "before expiry\n"
           "    and decision of plan happened at least 6 months before expiry and ready\n",
           "c: extension\n  pattern extension\n  duration 2 years\n"
           "  condition happenedcount{report at_least_before 3 months before expiry} "
           "happenedcount{decision of plan "
           "at_least_before 6 months before expiry} and holds:ready#1 and\n  dated 6 months, 3 "
           "months\n"}});
}

TEST(Lowering, TheSentenceIsTheSourceOnOneLine) {
  const std::string text =
      std::string(head) +
      "clause c\n  every meeting # of any forum\n    must have   agenda including \"a  # b\"\n";
  const rules::Source source{"t.samrad", text};
  const rules::Compiled c = rules::compile({&source, 1});
  ASSERT_TRUE(c.program);
  EXPECT_EQ(c.program->text(c.program->rules[0].sentence),
            "every meeting must have agenda including \"a  # b\"");
}

}  // namespace
}  // namespace samrad::tests
