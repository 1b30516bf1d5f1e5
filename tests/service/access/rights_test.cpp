// Aim: a right opens what it says and what it implies, for the agreements named and no others; nobody gives away what he has not.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "service/access/rights.h"

namespace samrad::access {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Agreements of(std::vector<std::string> patterns) {
  return Agreements::of(std::move(patterns)).value();
}

TEST(Rights, matrix_of_what_implies_what) {
  // Rows: the right that is held; columns in the order of the enum.
  const struct {
    Right held;
    bool read, record, decide, audit, administer;
  } table[] = {
      {Right::read, true, false, false, false, false},
      {Right::record, true, true, false, false, false},
      {Right::decide, true, false, true, false, false},
      {Right::audit, true, false, false, true, false},
      {Right::administer, true, true, true, true, true},
  };
  for (const auto& row : table) {
    const Principal principal{"token:x", PrincipalKind::token, {row.held}, of({"a"})};
    const bool expected[] = {row.read, row.record, row.decide, row.audit, row.administer};
    for (const Right right : all_rights) {
      EXPECT_EQ(may(principal, right, "a"), expected[static_cast<int>(right)])
          << word(row.held) << " / " << word(right);
      EXPECT_FALSE(may(principal, right, "b")) << word(row.held);
      EXPECT_FALSE(may_everywhere(principal, right)) << word(row.held);
    }
  }
}

TEST(Rights, words_are_the_fewest_and_are_read_again) {
  const struct {
    Rights rights;
    std::vector<std::string_view> words;
  } table[] = {
      {{}, {}},
      {{Right::read}, {"read"}},
      {{Right::record}, {"record"}},
      {{Right::read, Right::audit, Right::record}, {"record", "audit"}},
      {{Right::administer, Right::read}, {"administer"}},
  };
  for (const auto& row : table) {
    EXPECT_EQ(row.rights.words(), row.words);
    Rights again;
    for (const auto word : row.words)
      again.add(*parse_right(word));
    EXPECT_EQ(again, row.rights);
  }
  EXPECT_FALSE(parse_right("write"));
  EXPECT_FALSE(parse_right("Read"));
  EXPECT_FALSE(parse_right(""));
}

TEST(Agreements, cover_what_their_patterns_say) {
  const struct {
    std::vector<std::string> patterns;
    std::vector<const char*> covered;
    std::vector<const char*> not_covered;
  } table[] = {
      {{}, {}, {"", "a"}},
      {{"a"}, {"a"}, {"", "ab", "A", "b"}},
      {{"b", "a", "c"}, {"a", "b", "c"}, {"d", "ab"}},
      {{"norrmalm-*"}, {"norrmalm-", "norrmalm-2026"}, {"norrmalm", "sodermalm-1"}},
      {{"n-*", "m"}, {"n-1", "m"}, {"m-1", "n"}},
      {{"*"}, {"", "a", "whatever"}, {}},
      {{"a", "*"}, {"a", "b"}, {}},
  };
  for (const auto& row : table) {
    const Agreements agreements = of(row.patterns);
    for (const char* id : row.covered)
      EXPECT_TRUE(agreements.cover(id)) << testing::PrintToString(row.patterns) << id;
    for (const char* id : row.not_covered)
      EXPECT_FALSE(agreements.cover(id)) << testing::PrintToString(row.patterns) << id;
    EXPECT_EQ(of(agreements.patterns()), agreements);
  }
}

TEST(Agreements, patterns_are_kept_in_their_shortest_form) {
  EXPECT_THAT(of({"ab*", "a*", "abc", "b", "b"}).patterns(), ElementsAre("a*", "b"));
  EXPECT_THAT(of({"x", "*"}).patterns(), ElementsAre("*"));
}

TEST(Agreements, patterns_that_are_none) {
  const struct {
    std::string pattern;
    const char* says;
  } table[] = {
      {"", "empty"},
      {"a*b", "in the middle"},
      {"**", "in the middle"},
      {"a\nb", "control character"},
      {std::string(agreement_pattern_bytes_max + 1, 'a'), "at most"},
  };
  for (const auto& row : table) {
    const auto agreements = Agreements::of({"good", row.pattern});
    ASSERT_FALSE(agreements) << row.pattern;
    EXPECT_THAT(agreements.error(), HasSubstr(row.says));
  }
  EXPECT_FALSE(Agreements::of(std::vector<std::string>(agreement_patterns_max + 1, "a")));
  EXPECT_TRUE(Agreements::of(std::vector<std::string>(agreement_patterns_max, "a")));
}

TEST(Rights, nobody_gives_away_what_he_has_not) {
  const Rights administer = {Right::administer};
  const struct {
    Rights held;
    std::vector<std::string> where;
    Rights given;
    std::vector<std::string> given_where;
    bool granted;
  } table[] = {
      {administer, {"*"}, administer, {"*"}, true},
      {administer, {"*"}, {Right::read}, {"a", "b*"}, true},
      {administer, {"a*"}, administer, {"*"}, false},
      {administer, {"a*"}, administer, {"a"}, true},
      {administer, {"a*"}, administer, {"ab*", "a-1"}, true},
      {administer, {"ab*"}, {Right::read}, {"a*"}, false},
      {administer, {"a", "b"}, {Right::read}, {"a", "c"}, false},
      {administer, {"a"}, {Right::read}, {"a*"}, false},
      {{Right::record, Right::audit}, {"*"}, {Right::read}, {"a"}, false},
  };
  for (const auto& row : table) {
    const Principal giver{"token:x", PrincipalKind::token, row.held, of(row.where)};
    EXPECT_EQ(may_grant(giver, row.given, of(row.given_where)), row.granted)
        << testing::PrintToString(row.where) << testing::PrintToString(row.given_where);
  }
}

}  // namespace
}  // namespace samrad::access
