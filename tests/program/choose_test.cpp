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
