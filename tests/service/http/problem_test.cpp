// Aim: a problem document is valid JSON whatever it quotes, with the members of RFC 9457; and each refusal has a name and a status of its
// own kind.

#include "service/http/problem.h"

#include <gtest/gtest.h>

#include <set>

#include "service/http/refusal.h"

namespace samrad::http {
namespace {

TEST(Problem, all_members) {
  const Problem problem{"not-in-the-agreement",
                        "the event does not fit",
                        422,
                        "2 faults",
                        {{.pointer = "/data/chair",
                          .message = "no role `ordf`",
                          .help = "did you mean `ordförande`?"},
                         {.parameter = "asOf", .message = "no date"},
                         {.header = "if-match", .message = "missing"},
                         {.message = "as a whole"}},
                        {{"version", "7"}}};
  EXPECT_EQ(
      json_of(problem),
      R"({"type":"/problems/not-in-the-agreement","title":"the event does not fit","status":422,"detail":"2 faults",)"
      R"("version":7,"errors":[{"pointer":"/data/chair","message":"no role `ordf`","help":"did you mean `ordförande`?"},)"
      R"({"parameter":"asOf","message":"no date"},{"header":"if-match","message":"missing"},{"message":"as a whole"}]})"
      "\n");
  const Response response = response_of(problem);
  EXPECT_EQ(response.status, 422);
  EXPECT_EQ(response.fields.find("content-type"), "application/problem+json");
  EXPECT_EQ(response.body, json_of(problem));
}

TEST(Problem, what_it_quotes) {
  const std::pair<std::string, std::string> table[] = {
      {"a\"b\\c\nd\te", R"("a\"b\\c\nd\u0009e")"},
      {std::string("\0\x7F", 2), R"("\u0000\u007f")"},
      {"å\xF0\x9F\x8E\x89", "\"å\xF0\x9F\x8E\x89\""},
      {"\xC3", "\"\uFFFD\""},
      {"a\xE2\x82", "\"a\uFFFD\uFFFD\""},
      {"\xFF\xC0\xAF", "\"\uFFFD\uFFFD\uFFFD\""},
  };
  for (const auto& [text, json] : table)
    EXPECT_EQ(json_quoted(text), json);
}

TEST(Problem, refusals_are_told_apart) {
  std::set<std::string_view> names, titles;
  for (const RefusalKind& kind : refusal::all) {
    EXPECT_TRUE(names.insert(kind.name).second) << kind.name;
    EXPECT_TRUE(titles.insert(kind.title).second) << kind.title;
    EXPECT_GE(kind.status, 400);
  }
}

}  // namespace
}  // namespace samrad::http
