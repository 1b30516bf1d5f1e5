// Amendments (docs/language.md §9): what goes on, what ends on the eve, what begins, and where two versions clash.
#include "rules/compile.h"
#include "rules/diagnostics/render.h"
#include "rules/program/decode.h"
#include "rules/program/dump.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace samrad::tests {
namespace {

using rules::Source;

const std::string head = R"(agreement a "A"
  term 2016-06-01 to 2020-05-31
)";
const std::string head_2 = head + "  in force from 2018-01-01\n  open occurrences lapse\n";
const std::string head_3 = head + "  in force from 2019-01-01\n";
const std::string vocabulary = R"(party p
role chief of p
forum board
document plan
event meeting of forum
  chair role optional
event signing of document
fact valid
  holds from signing of plan
)";

rules::Compiled compiled(const std::vector<std::string>& texts) {
  std::vector<Source> sources;
  for (std::size_t i = 0; i < texts.size(); ++i)
    sources.push_back(
        {"v" + std::to_string(i + 1) + ".samrad", texts[i], static_cast<unsigned>(i)});
  rules::Compiled out = rules::compile(sources);
  EXPECT_EQ(out.program ? program::verify(*out.program) : "", "");
  return out;
}

// "NAME FROM..TO flags" for each rule.
std::vector<std::string> intervals(const program::Program& p) {
  std::vector<std::string> out;
  for (const program::Rule& r : p.rules) {
    std::string line(p.text(r.clause));
    if (r.step != 0) line += "/" + std::string(p.text(r.step));
    if (r.from != calendar::day_min) line += " from " + calendar::iso(r.from);
    if (r.to != calendar::day_max) line += " to " + calendar::iso(r.to);
    if (r.amends) line += " amends";
    if (r.amended) line += " amended";
    if (r.tail == program::Tail::lapse) line += " lapse";
    out.push_back(line);
  }
  return out;
}

using Lines = std::vector<std::string>;

const std::string monthly =
    "clause m \"Monthly\"\n  meeting of board must happen at least once every month\n";

TEST(Versions, TheSameClauseGoesOn) {
  const std::string laid_out_otherwise = "clause m   \"Monthly\" # as before\n  meeting of board\n "
                                         "   must happen at least once every month\n";
  const auto c = compiled({head + vocabulary + monthly, head_2 + vocabulary + laid_out_otherwise});
  ASSERT_TRUE(c.program);
  EXPECT_EQ(intervals(*c.program), Lines{"m"});
  ASSERT_EQ(c.program->versions.size(), 2U);
  EXPECT_EQ(calendar::iso(c.program->versions[0].in_force), "2016-06-01");
  EXPECT_EQ(calendar::iso(c.program->versions[1].in_force), "2018-01-01");
}

TEST(Versions, ChangedDroppedAndNewClauses) {
  const std::string quarterly =
      "clause m \"Monthly\"\n  meeting of board must happen at least once every quarter\n";
  const std::string dropped = "clause d\n  valid must hold\n";
  const std::string fresh = "clause f\n  every meeting must have chair = chief\n";
  const auto c =
      compiled({head + vocabulary + monthly + dropped, head_2 + vocabulary + quarterly + fresh});
  ASSERT_TRUE(c.program);
  EXPECT_EQ(intervals(*c.program),
            (Lines{"m to 2017-12-31 amended lapse", "d to 2017-12-31 amended lapse",
                   "m from 2018-01-01 amends", "f from 2018-01-01 amends"}));
}

TEST(Versions, AClauseThatNamesAChangedFactIsChanged) {
  const std::string clause = "clause v\n  valid must hold\n";
  std::string other = vocabulary;
  other += "event revocation of document\n";
  other.replace(other.find("signing of plan\n"), 16, "signing of plan until revocation of plan\n");
  const auto c = compiled({head + vocabulary + clause, head_2 + other + clause});
  ASSERT_TRUE(c.program);
  EXPECT_EQ(intervals(*c.program),
            (Lines{"v to 2017-12-31 amended lapse", "v from 2018-01-01 amends"}));
  EXPECT_EQ(c.program->facts.size(), 2U);
}

TEST(Versions, AClauseThatComesBackBeginsAnew) {
  const std::string other = "clause o\n  valid must hold\n";
  const auto c = compiled({head + vocabulary + monthly, head_2 + vocabulary + other,
                           head_3 + vocabulary + monthly + other});
  ASSERT_TRUE(c.program);
  EXPECT_EQ(intervals(*c.program), (Lines{"m to 2017-12-31 amended lapse",
                                          "o from 2018-01-01 amends", "m from 2019-01-01 amends"}));
}

TEST(Versions, AClauseKeepsItsOwnInterval) {
  const std::string early =
      "clause e\n  until 2017-06-30\n  meeting of board must happen at least once every month\n";
  const std::string late =
      "clause l\n  in force from 2019-07-01\n  meeting must happen at least once every year\n";
  const std::string late_2 =
      "clause l\n  in force from 2019-07-01\n  meeting must happen at least twice every year\n";
  const auto c = compiled({head + vocabulary + early + late, head_2 + vocabulary + late_2});
  ASSERT_TRUE(c.program);
  EXPECT_EQ(intervals(*c.program), (Lines{"e to 2017-06-30", "l from 2019-07-01"}));
  EXPECT_EQ(c.program->rules[1].times, 2U);
}

TEST(Versions, ADutyThatBeginsOnAnotherDayIsChanged) {
  const std::string from = "clause m \"Monthly\"\n  meeting of board must happen at least once "
                           "every month from 2017-03-01\n";
  const std::string later = "clause m \"Monthly\"\n  meeting of board must happen at least once "
                            "every month from 2018-03-01\n";
  const auto c = compiled({head + vocabulary + from, head_2 + vocabulary + later});
  ASSERT_TRUE(c.program);
  EXPECT_EQ(c.program->rules.size(), 2U);
}

TEST(Versions, OverridesMeetOnlyWhereBothAreInForce) {
  const std::string over =
      "clause o\n  overrides m\n  meeting of board must happen at least once every year\n";
  const std::string quarterly =
      "clause m \"Monthly\"\n  meeting of board must happen at least once every quarter\n";
  const auto c = compiled({head + vocabulary + monthly, head_2 + vocabulary + quarterly + over});
  ASSERT_TRUE(c.program);
  ASSERT_EQ(c.program->rules.size(), 3U);
  EXPECT_EQ(c.program->rules[0].overridden_by.count, 0U);
  EXPECT_EQ(c.program->rules[1].overridden_by.count, 1U);
}

TEST(Versions, AnOverrideThatIsDroppedBeforeItIsInForceIsGone) {
  const std::string late = "clause o\n  in force from 2018-06-01\n  overrides m while valid\n"
                           "  meeting of board must happen at least once every year\n";
  const auto c = compiled({head + vocabulary + monthly + late, head_2 + vocabulary + monthly});
  ASSERT_TRUE(c.program);
  ASSERT_EQ(c.program->rules.size(), 1U);
  EXPECT_EQ(c.program->rules[0].overridden_by.count, 0U);
  EXPECT_EQ(c.program->rules[0].override_conditions.count, 0U);
}

TEST(Versions, AProcedureGoesOnOrEndsAsAWhole) {
  const std::string steps = R"(procedure c
  starts with signing of plan
  step first meeting of board within 30 days
  step second meeting of board within 60 days
)";
  std::string changed = steps;
  changed.replace(changed.find("60"), 2, "90");
  const auto same = compiled({head + vocabulary + steps, head_2 + vocabulary + steps});
  ASSERT_TRUE(same.program);
  EXPECT_EQ(intervals(*same.program), (Lines{"c/first", "c/second"}));
  const auto c = compiled({head + vocabulary + steps, head_2 + vocabulary + changed});
  ASSERT_TRUE(c.program);
  EXPECT_EQ(c.program->procedures.size(), 2U);
  EXPECT_EQ(intervals(*c.program),
            (Lines{"c/first to 2017-12-31 amended lapse", "c/second to 2017-12-31 amended lapse",
                   "c/first from 2018-01-01 amends", "c/second from 2018-01-01 amends"}));
}

TEST(Versions, FieldsAreMerged) {
  const std::string first = "event visit\n  length number\n  by role\n";
  const std::string second = "event visit\n  by role\n  place text\n";
  const std::string clause = "clause v\n  visit by chief must happen at least once every year\n";
  const auto c =
      compiled({head + vocabulary + first + clause, head_2 + vocabulary + second + clause});
  ASSERT_TRUE(c.program);
  EXPECT_EQ(intervals(*c.program), Lines{"v"});
  const std::string all = program::dump(*c.program);
  EXPECT_NE(
      all.find("event visit \"\"\n  length number optional\n  by role\n  place text optional\n"),
      std::string::npos)
      << all;
}

TEST(Versions, ClashesNameBothEnds) {
  struct Case {
    const char* name;
    std::string first, second, message;
  };
  const Case cases[] = {
      {"a field of another type", "event visit\n  cost number\n", "event visit\n  cost money\n",
       "the field `cost` of `visit` has another type than in an earlier version"},
      {"a member of another kind", "forum group\n", "document group\n",
       "`group` is a document, and was a forum in an earlier version"},
      {"a kind that opens", "kind place\n", "kind place\n  members appear in events\n",
       "the members of `place` now appear in events"},
  };
  for (const Case& k : cases) {
    const auto c =
        compiled({head + vocabulary + k.first + monthly, head_2 + vocabulary + k.second + monthly});
    EXPECT_FALSE(c.program) << k.name;
    const auto at =
        std::find_if(c.diagnostics.begin(), c.diagnostics.end(), [](const rules::Diagnostic& d) {
          return d.code == rules::Code::versions_clash;
        });
    ASSERT_NE(at, c.diagnostics.end()) << k.name;
    EXPECT_EQ(at->message, k.message);
    EXPECT_EQ(at->primary.file, 1U);
    ASSERT_EQ(at->labels.size(), 1U);
    EXPECT_EQ(at->labels[0].span.file, 0U);
  }
}

TEST(Versions, TheirOrderAndTermAreChecked) {
  struct Case {
    std::string second, message;
  };
  const std::string other_term =
      "agreement a \"A\"\n  term 2017-06-01 to 2020-05-31\n  in force from 2018-01-01\n";
  const std::string other_name =
      "agreement b \"A\"\n  term 2016-06-01 to 2020-05-31\n  in force from 2018-01-01\n";
  const std::string early = head + "  in force from 2016-06-01\n";
  for (const Case& k :
       {Case{head, "this version does not say from when it applies"},
        Case{early,
             "this version applies from 2016-06-01, but the one before it applies from 2016-06-01"},
        Case{other_term, "the term begins on another day than in the first version"},
        Case{other_name, "this is a version of another agreement, `b`"}}) {
    const auto c = compiled({head + vocabulary + monthly, k.second + vocabulary + monthly});
    EXPECT_FALSE(c.program);
    const bool said =
        std::any_of(c.diagnostics.begin(), c.diagnostics.end(),
                    [&](const rules::Diagnostic& d) { return d.message == k.message; });
    EXPECT_TRUE(said) << k.message;
  }
}

TEST(Versions, FilesOfOneVersionAreOneText) {
  const std::string texts[] = {head, vocabulary + monthly};
  const Source sources[] = {{"a.samrad", texts[0]}, {"b.samrad", texts[1]}};
  const auto c = rules::compile(sources);
  ASSERT_TRUE(c.program) << rules::render_text(c.diagnostics, sources);
  EXPECT_EQ(c.program->rules.size(), 1U);
  for (const rules::Diagnostic& d : c.diagnostics)
    EXPECT_EQ(d.primary.file, 1U) << d.message;
}

}  // namespace
}  // namespace samrad::tests
