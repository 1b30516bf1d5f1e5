// The canonical layout: what it changes, what it keeps, and that it proves itself.
#include "rules/format/format.h"
#include "tests/rules/reading.h"

#include <gtest/gtest.h>
#include <string>

namespace samrad::tests {
namespace {

std::string laid_out(const std::string& text) {
  const auto result = rules::format({"test.samrad", text});
  return result ? *result : messages(text);
}

struct Row {
  const char* aim;
  const char* before;
  const char* after;
};

TEST(Format, Layout) {
  const std::initializer_list<Row> rows{
      {"nothing stays nothing", "", ""},
      {"one blank line between blocks", "forum a\n\n\n\nrole b", "forum a\n\nrole b\n"},
      {"declarations of a kind stand together in columns", "party a \"A\"\n\nparty bcd \"B\"\nrole e of a \"E\"\nrole fgh deputy of e",
       "party a   \"A\"\nparty bcd \"B\"\n\nrole e   of a             \"E\"\nrole fgh      deputy of e\n"},
      {"columns count letters, not bytes", "forum å \"A\"\nforum bb \"B\"", "forum å  \"A\"\nforum bb \"B\"\n"},
      {"two spaces inside a block", "clause a\n\tp   must\n  not happen", "clause a\n  p must not happen\n"},
      {"fields and steps in columns", "event e\n  a role\n  bcd text optional", "event e\n  a   role\n  bcd text optional\n"},
      {"signs stand as they are written", "clause a\n  every p must x=1/4+( y -3 )*25 % or z in(b ,c)",
       "clause a\n  every p must x = 1/4 + (y -3) * 25% or z in (b, c)\n"},
      {"Windows line ends go", "party a\r\nparty b\r\n", "party a\nparty b\n"},
      {"words stay as they were chosen", "clause a\n  p must happen at least two times per half-year",
       "clause a\n  p must happen at least two times per half-year\n"},
  };
  for (const Row& row : rows) EXPECT_EQ(laid_out(row.before), row.after) << row.aim;
}

TEST(Format, CommentsKeepTheirPlace) {
  const std::initializer_list<Row> rows{
      {"before a block", "# a\n\n# b\nparty a", "# a\n\n# b\nparty a\n"},
      {"after a line", "party a # b\nparty cc \"d\" #e  ", "party a  # b\nparty cc \"d\"  #e\n"},
      {"before an item", "clause a\n# s\n  source \"b\"\n  p must not happen", "clause a\n  # s\n  source \"b\"\n  p must not happen\n"},
      {"within a sentence", "clause a\n  p must # one\n   not happen", "clause a\n  p must  # one\n    not happen\n"},
      {"after the last line", "clause a\n  p must not happen\n  # end\n# file", "clause a\n  p must not happen\n  # end\n\n# file\n"},
      {"alone", "\n# a\n", "# a\n"},
  };
  for (const Row& row : rows) EXPECT_EQ(laid_out(row.before), row.after) << row.aim;
}

TEST(Format, LongLinesBreakBeforeTheirJoints) {
  const std::string name(40, 'x');
  const std::string before = "clause a\n  term may be extended by 2 years if " + name + " happened at least 6 months before expiry and " +
                             name + " and " + name + "\n";
  EXPECT_EQ(laid_out(before), "clause a\n  term may be extended by 2 years\n    if " + name +
                                  " happened at least 6 months before expiry\n    and " + name + "\n    and " + name + "\n");
  const std::string list = "clause a\n  owner " + name + ", " + name + ", " + name + ", " + name + "\n  p must not happen\n";
  EXPECT_EQ(laid_out(list), "clause a\n  owner " + name + ", " + name + ",\n    " + name + ", " + name + "\n  p must not happen\n");
}

TEST(Format, AFaultyTextComesBackAsItsFaults) {
  const std::string text = "clause a\n  p shall happen\n";
  const auto result = rules::format({"test.samrad", text});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().front().code, rules::Code::unexpected);
}

}  // namespace
}  // namespace samrad::tests
