// Templates as trees, as laid out text, and in several versions.
#include "rules/check/check.h"
#include "rules/compile.h"
#include "rules/format/format.h"
#include "rules/program/dump.h"
#include "tests/rules/reading.h"

#include <gtest/gtest.h>

namespace samrad::tests {
namespace {

std::string first_block(std::string_view text) {
  const rules::Parsed parsed = read(text);
  const auto blocks = parsed.tree.of(parsed.tree.root());
  return blocks.empty() ? messages(text) : shown(parsed.tree, blocks[0]);
}

TEST(Templates, Blocks) {
  struct Row {
    const char* text;
    const char* tree;
  };
  for (const Row& row : {
           Row{"template a \"b\"\n  term from 2016-06-01",
               "agreement(a label(b) is_template term(date(2016-06-01)))"},
           Row{"parameter a date", "parameter(a name(date))"},
           Row{"parameter a role default 2 \"b\" optional of c",
               "parameter(a name(role) name(c) optional label(b) default_value(number(2)))"},
           Row{"parameter a list of role of c \"b\"",
               "parameter(a name(role) name(c) list_of label(b))"},
           Row{"parameter a yes/no default no", "parameter(a name(yes/no) default_value(no))"},
           Row{"parameter a duration default two weeks",
               "parameter(a name(duration) default_value(duration(week number(2))))"},
           Row{"parameter a number default 25%",
               "parameter(a name(number) default_value(percent(25)))"},
           Row{"parameter a money default 5 SEK",
               "parameter(a name(money) default_value(money(5 SEK)))"},
           Row{"parameter a text default \"b\"", "parameter(a name(text) default_value(text(b)))"},
       })
    EXPECT_EQ(first_block(row.text), row.tree) << row.text;
}

// Where a literal stands, a name is a parameter's only if it is declared: else the fault is what it was.
TEST(Templates, PlacesOfLiterals) {
  const std::string head = "agreement a\n  term from 2016-06-01\nevent meeting of forum\nclause "
                           "c\n  meeting must happen ";
  const auto sentence_of = [&](const std::string& text) {
    const rules::Parsed parsed = read(text);
    const auto blocks = parsed.tree.of(parsed.tree.root());
    return blocks.size() < 3
               ? messages(text)
               : shown(parsed.tree, parsed.tree.child(blocks[2], rules::Node::sentence));
  };
  const std::string frist = "\nparameter frist duration\n";
  EXPECT_EQ(sentence_of(head + "by frist before expiry" + frist),
            "sentence(deadline(pattern(meeting) due_before_expiry(v(frist))))");
  EXPECT_EQ(sentence_of(head + "by frist" + frist),
            "sentence(deadline(pattern(meeting) due_date(v(frist))))");
  EXPECT_EQ(sentence_of(head + "at least frist times every year" + frist),
            "sentence(count(pattern(meeting) times(at_least v(frist)) period(year)))");
  EXPECT_EQ(sentence_of(head + "at least frist before expiry" + frist),
            "sentence(deadline(pattern(meeting) due_before_expiry(v(frist))))");
  EXPECT_EQ(messages(head + "by frits before expiry" + frist).substr(0, 6), "S0101 ");
  EXPECT_EQ(messages(head + "at least frist times every year\n").substr(0, 6), "S0101 ");
}

TEST(Templates, AFileThatIsPartOfATextIsLaidOutByItself) {
  const std::string part = "clause c\n  source \"1\"\n  meeting must happen at least often times "
                           "every year from first_day\n";
  const auto laid_out = rules::format({"part.samrad", part});
  ASSERT_TRUE(laid_out);
  EXPECT_EQ(*laid_out, part);
  EXPECT_FALSE(rules::format({"part.samrad", "clause c\n  meeting must happen by juni\n"}));
  EXPECT_FALSE(rules::format(
      {"part.samrad", "clause c\n  after meeting, meeting must happen within thirty days\n"}));
}

TEST(Templates, ParametersStandInColumns) {
  const auto laid_out =
      rules::format({"a.samrad", "parameter a date optional \"A\" # one\nparameter bcd list of "
                                 "role of x\nparameter e number \"E\" default 2\n"
                                 "parameter f number \"F\" optional\n"});
  ASSERT_TRUE(laid_out);
  EXPECT_EQ(*laid_out, "parameter a   date optional     \"A\"  # one\nparameter bcd list of role "
                       "of x\nparameter e   number            \"E\" default 2\n"
                       "parameter f   number            \"F\" optional\n");
}

// -- versions -------------------------------------------------------------------------------------------------------------

constexpr std::string_view first = R"(template a
  term first_day to last_day
  part periods in full
parameter first_day date
parameter last_day date
parameter often number
party p
role chief of p
event meeting
event report
clause meetings
  source "1"
  owner chief
  meeting must happen at least often times every year
clause reports
  source "2"
  owner chief
  report must happen at least often times every year
)";

std::string second(std::string_view type, std::string_view often) {
  return "template a\n  term first_day to last_day\n  in force from 2017-03-01\n  part periods in "
         "full\nparameter first_day date\nparameter last_day date\n"
         "parameter often " +
         std::string(type) +
         "\nparameter seldom number default 1\nparty p\nrole chief of p\nevent meeting\nevent "
         "report\n"
         "clause meetings\n  source \"1\"\n  owner chief\n  meeting must happen at least " +
         std::string(often) +
         " times every year\n"
         "clause reports\n  source \"2\"\n  owner chief\n  report must happen at least often times "
         "every year\n";
}

rules::Compiled both(const std::string& later) {
  const std::vector<rules::Source> sources{{"first.samrad", first, 1}, {"second.samrad", later, 2}};
  return rules::compile(sources);
}

TEST(Templates, VersionsShareTheirParameters) {
  const rules::Compiled compiled = both(second("number", "seldom"));
  ASSERT_TRUE(compiled.program);
  const program::Program& p = *compiled.program;
  EXPECT_EQ(p.parameters.size(), 4U);
  ASSERT_EQ(p.rules.size(), 3U) << "what demands the same by the same parameters goes on\n"
                                << program::dump(p);
  EXPECT_TRUE(p.rules[0].amended);
  EXPECT_TRUE(p.rules[2].amends);
  EXPECT_NE(program::dump_demand(p, 0), program::dump_demand(p, 2))
      << "a place filled by another parameter is another demand";
}

TEST(Templates, AParameterOfAnotherTypeClashes) {
  const rules::Compiled compiled = both(second("date", "seldom"));
  EXPECT_FALSE(compiled.program);
}

}  // namespace
}  // namespace samrad::tests
