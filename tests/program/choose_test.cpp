// The choice of readings: which rules stay, what points past those that go, and what is answered to a wrong name.
#include "rules/compile.h"
#include "rules/program/decode.h"

#include <gtest/gtest.h>

namespace samrad::program {
namespace {

constexpr std::string_view text = R"(agreement a "A"
  term 2016-06-01 to 2020-05-31
party p
role chief of p
forum board
event meeting of forum
event report
clause report
  report must happen by 31 January every year, otherwise meeting of board must happen within 30 days
clause meetings "Meetings"
  overrides report
  reading calendar "By the calendar" default
    meeting of board must happen at least 2 times every half-year, otherwise report must happen within 30 days
  reading term "By the term"
    meeting of board must happen at least 2 times every half-year of the term
)";

Program program() {
  const rules::Source source{"a.samrad", text};
  return *rules::compile({&source, 1}).program;
}

TEST(Choose, KeepsTheDefaultWhenNothingIsSaid) {
  Program p = program();
  ASSERT_EQ(p.rules.size(), 5U);
  EXPECT_EQ(p.rules[0].overridden_by.count, 2U);
  std::string unknown;
  ASSERT_TRUE(choose_readings(p, {}, unknown));
  ASSERT_EQ(p.rules.size(), 4U);
  EXPECT_EQ(p.text(p.rules[2].reading), "calendar");
  EXPECT_EQ(p.rules[2].otherwise, 3U);
  EXPECT_EQ(p.rules[0].overridden_by.count, 1U);
  EXPECT_EQ(p.indices[p.rules[0].overridden_by.first], 2U);
  EXPECT_EQ(verify(p), "");
}

TEST(Choose, KeepsTheReadingThatIsNamed) {
  Program p = program();
  std::string unknown;
  const Choice choice{"meetings", "term"};
  ASSERT_TRUE(choose_readings(p, {&choice, 1}, unknown));
  ASSERT_EQ(p.rules.size(), 3U);
  EXPECT_EQ(p.text(p.rules[2].reading), "term");
  EXPECT_TRUE(p.rules[2].period_of_term);
  EXPECT_EQ(p.indices[p.rules[0].overridden_by.first], 2U);
  EXPECT_EQ(verify(p), "");
}

constexpr std::string_view ambiguous = R"(agreement a "A"
  term 2016-06-01 to 2020-05-31
party p
forum board
event meeting of forum
event report
ambiguity X2 "Which half-years?"
ambiguity X3 "Nobody asked"
  settled "It makes no difference"
clause meetings
  reading calendar of X2 default
    meeting of board must happen at least once every half-year
  reading term of X2
    meeting of board must happen at least once every half-year of the term
clause reports
  reading calendar of X2 default
    report must happen at least once every half-year
  reading term of X2
    report must happen at least once every half-year of the term
  reading yearly
    report must happen at least once every year
clause others
  reading calendar of X2 default
    meeting must happen at least once every half-year
  reading yearly
    meeting must happen at least once every year
)";

// "meetings=term reports=term …", or what is unknown.
std::string taken(const std::vector<Choice>& choices) {
  const rules::Source source{"a.samrad", ambiguous};
  Program p = *rules::compile({&source, 1}).program;
  std::string out;
  if (!choose_readings(p, choices, out)) return out;
  EXPECT_EQ(verify(p), "");
  for (const Rule& rule : p.rules)
    out += (out.empty() ? "" : " ") + std::string(p.text(rule.clause)) + "=" + std::string(p.text(rule.reading));
  return out;
}

// A reading of an ambiguity is taken in every clause that has it, unless the clause is named itself.
TEST(Choose, AnAmbiguityIsOneChoice) {
  struct Case {
    std::vector<Choice> choices;
    const char* taken;
  };
  for (const Case& c : {
           Case{{}, "meetings=calendar reports=calendar others=calendar"},
           Case{{{"X2", "term"}}, "meetings=term reports=term others=calendar"},
           Case{{{"X2", "term"}, {"reports", "yearly"}}, "meetings=term reports=yearly others=calendar"},
           Case{{{"reports", "yearly"}, {"X2", "term"}}, "meetings=term reports=yearly others=calendar"},
           Case{{{"others", "yearly"}, {"X2", "calendar"}}, "meetings=calendar reports=calendar others=yearly"},
           Case{{{"X2", "term"}, {"X2", "calendar"}}, "meetings=calendar reports=calendar others=calendar"},
           Case{{{"X2", "yearly"}}, "X2=yearly"},
           Case{{{"X3", "term"}}, "X3"},
           Case{{{"X4", "term"}, {"X2", "no"}}, "X4"},
       })
    EXPECT_EQ(taken(c.choices), c.taken);
}

TEST(Choose, NamesWhatItDoesNotKnow) {
  struct Case {
    Choice choice;
    const char* unknown;
  };
  for (const Case& c :
       {Case{{"meeting", "term"}, "meeting"}, Case{{"meetings", "year"}, "meetings=year"},
        Case{{"report", "term"}, "report"}}) {
    Program p = program();
    const std::vector<std::uint8_t> before = encode(p);
    std::string unknown;
    EXPECT_FALSE(choose_readings(p, {&c.choice, 1}, unknown));
    EXPECT_EQ(unknown, c.unknown);
    EXPECT_EQ(encode(p), before);
  }
}

}  // namespace
}  // namespace samrad::program
