// Aim: every way of judging that the comparison shows says what an audit by those readings says, and no way that matters is left out.

#include "service/reports/readings.h"

#include <gmock/gmock.h>

#include <map>
#include <set>

#include "rules/compile.h"
#include "tests/service/golden.h"

namespace samrad::reports {
namespace {

using testing::ElementsAre;

const std::string folder = std::string(SAMRAD_SOURCE_DIR) + "/tests/tools/material/readings/";

class Readings : public testing::Test {
 protected:
  Readings() : program(compiled()), history(read()) {}

  static program::Program compiled() {
    const std::string text = tests::read_file(folder + "pact.samrad");
    const rules::Source source{"pact.samrad", text, 0};
    return *rules::compile({&source, 1}).program;
  }
  record::History read() {
    record::Records records;
    records.read(tests::read_file(folder + "history.ndjson"), "history.ndjson");
    return record::History(program, std::move(records));
  }
  AuditRequest question(std::vector<program::Choice> readings = {}) const {
    AuditRequest request;
    request.as_of = *record::parse_asked("2017-07-15", history.zone());
    request.readings = std::move(readings);
    return request;
  }
  ReadingsResult judged(AuditRequest request, bool together = true) const {
    auto result = judge_readings(history, {std::move(request), together});
    EXPECT_TRUE(result) << result.error().message;
    return std::move(*result);
  }

  using Verdicts = std::map<std::string, Status>;
  Verdicts audited(const std::vector<program::Choice>& readings, const Ambiguity& of) const {
    const AuditResult result = *audit(history, question(readings));
    Verdicts verdicts;
    for (const Occurrence* o : result.listed)
      if (of.concerns(result.program().text(result.rule(*o).clause)))
        verdicts[o->id] = o->finding.status;
    return verdicts;
  }
  static Verdicts shown(const Comparison& comparison, std::size_t column) {
    Verdicts verdicts;
    for (const ComparedOccurrence& row : comparison.own)
      if (row.verdicts[column]) verdicts[row.id] = row.verdicts[column]->status;
    return verdicts;
  }
  const Comparison& of(const ReadingsResult& result, const std::string& name) const {
    for (const Comparison& one : result.comparisons)
      if (result.ambiguities[one.ambiguity].name == name) return one;
    ADD_FAILURE() << name;
    return result.comparisons.front();
  }

  program::Program program;
  record::History history;
};

TEST_F(Readings, each_column_is_an_audit_by_its_readings) {
  const ReadingsResult result = judged(question());
  std::size_t columns = 0;
  for (const Comparison& comparison : result.comparisons) {
    const Ambiguity& ambiguity = result.ambiguities[comparison.ambiguity];
    for (std::size_t i = 0; i < comparison.columns.size(); ++i, ++columns) {
      const Column& column = comparison.columns[i];
      auto readings = ambiguity.alternatives[column.alternative].choices;
      if (column.beside) {
        const auto& more = result.ambiguities[column.beside->ambiguity]
                               .alternatives[column.beside->alternative]
                               .choices;
        readings.insert(readings.end(), more.begin(), more.end());
      }
      EXPECT_EQ(shown(comparison, i), audited(readings, ambiguity))
          << heading(result, comparison, column);
    }
  }
  EXPECT_GT(columns, 2 * result.comparisons.size());
}

// All 64 combinations, each by an audit of its own: a clause fares in none of them as it does in no column.
TEST_F(Readings, no_combination_says_what_no_column_says) {
  const ReadingsResult result = judged(question());
  ASSERT_EQ(result.possible, 64U);
  std::map<std::string, std::set<Verdicts>> told;
  for (const Comparison& comparison : result.comparisons)
    for (std::size_t i = 0; i < comparison.columns.size(); ++i)
      told[result.ambiguities[comparison.ambiguity].name].insert(shown(comparison, i));
  for (unsigned mask = 0; mask < 64; ++mask) {
    std::vector<program::Choice> readings;
    for (std::size_t i = 0; i < 6; ++i)
      readings.push_back(result.ambiguities[i].alternatives[mask >> i & 1U].choices.front());
    for (const Ambiguity& ambiguity : result.ambiguities)
      EXPECT_TRUE(told[ambiguity.name].contains(audited(readings, ambiguity)))
          << ambiguity.name << " " << mask;
  }
  EXPECT_LT(result.run, 16U);
}

TEST_F(Readings, together_only_where_one_touches_the_other) {
  const ReadingsResult result = judged(question());
  const auto headings = [&](const std::string& name) {
    std::vector<std::string> list;
    for (const Column& column : of(result, name).columns)
      list.push_back(heading(result, of(result, name), column));
    return list;
  };
  EXPECT_THAT(headings("moten"),
              ElementsAre("halvar", "ar", "halvar+forlangning=chefer", "ar+forlangning=chefer"));
  EXPECT_THAT(headings("inkop"),
              ElementsAre("alla", "dyra", "alla+stora_inkop=tio", "dyra+stora_inkop=tio"));
  EXPECT_THAT(headings("stora_inkop"), ElementsAre("hundra", "tio"));
  EXPECT_THAT(headings("oppen"), ElementsAre("ett", "tidigt"));
}

TEST_F(Readings, the_base_is_what_the_question_chose) {
  const ReadingsResult by_default = judged(question());
  const ReadingsResult chosen = judged(question({{"stora_inkop", "tio"}}));
  EXPECT_TRUE(of(by_default, "stora_inkop").columns[0].base);
  EXPECT_FALSE(of(chosen, "stora_inkop").columns[0].base);
  EXPECT_TRUE(of(chosen, "stora_inkop").columns[1].base);
  EXPECT_EQ(by_default.violations, violations(*audit(history, question())));
  EXPECT_EQ(chosen.violations, violations(*audit(history, question({{"stora_inkop", "tio"}}))));
  EXPECT_NE(by_default.violations, chosen.violations);
}

TEST_F(Readings, decided_is_breach_under_some_and_not_under_others) {
  const ReadingsResult result = judged(question());
  EXPECT_TRUE(of(result, "moten").decides());
  EXPECT_FALSE(of(result, "oppen").decides());
  const Comparison& form = of(result, "beslutsform");
  EXPECT_TRUE(form.decides());
  ASSERT_EQ(form.outcomes.size(), 2U);
  EXPECT_FALSE(form.outcomes[0].decided());
  EXPECT_EQ(form.outcomes[1].clause, "planen");
  EXPECT_TRUE(form.outcomes[1].decided());
}

TEST_F(Readings, alone_there_is_one_run_for_each_reading_that_is_not_the_base) {
  AuditRequest request = question();
  EXPECT_EQ(judged(request, false).run, 7U);
  request.clauses = {"moten"};
  const ReadingsResult one = judged(request, false);
  EXPECT_EQ(one.run, 2U);
  ASSERT_EQ(one.comparisons.size(), 1U);
  EXPECT_EQ(one.possible, 64U);
}

// X2 is answered by two clauses, X1 by one of them, whose default is an answer to X2; `c` has readings of its own.
TEST(Ambiguities, are_what_readings_name_or_a_clause) {
  const std::string rule = "\n    meeting of rad must happen at least once every ";
  const std::string text =
      "agreement pact\n  term 2016-01-01 to 2016-12-31\nforum rad\nevent meeting of forum\n"
      "ambiguity X1 \"Hur ofta?\"\n  source \"§1\"\nambiguity X2 \"Vilket?\"\n"
      "clause a\n  reading kalender of X2 \"K\" default" +
      rule + "year\n  reading avtal of X2 \"A\"" + rule + "month\n  reading bilaga of X1 \"B\"" +
      rule +
      "week\n"
      "clause b\n  reading avtal of X2 \"A\"" +
      rule + "month\n  reading kalender of X2 \"K\" default" + rule +
      "year\n"
      "clause c\n  reading en \"En\" default" +
      rule + "year\n  reading annan \"Annan\"" + rule + "month\n";
  const rules::Source source{"t.samrad", text, 0};
  const rules::Compiled compiled = rules::compile({&source, 1});
  ASSERT_TRUE(compiled.program);
  const std::vector<Ambiguity> all = ambiguities_of(*compiled.program);
  std::vector<std::string> said;
  for (const Ambiguity& one : all)
    for (const Alternative& alternative : one.alternatives) {
      said.push_back(one.name + ": " + alternative.name + (alternative.by_default ? "*" : ""));
      for (const program::Choice& choice : alternative.choices)
        said.back() += " " + choice.clause + "=" + choice.reading;
    }
  EXPECT_THAT(said, ElementsAre("X2: kalender* a=kalender b=kalender", "X2: avtal a=avtal b=avtal",
                                "X1: kalender* a=kalender", "X1: bilaga a=bilaga", "c: en* c=en",
                                "c: annan c=annan"));
  EXPECT_EQ(all[1].title, "Hur ofta?");
  EXPECT_EQ(all[1].source, "§1");
  EXPECT_TRUE(exclude(all[0], all[1]));
  EXPECT_FALSE(exclude(all[0], all[2]));
}

TEST_F(Readings, refuses_a_clause_without_readings) {
  AuditRequest request = question();
  request.clauses = {"mote"};
  const auto result = judge_readings(history, {request, true});
  ASSERT_FALSE(result);
  EXPECT_TRUE(result.error().usage);
  EXPECT_EQ(result.error().message, "no clause `mote` with readings; did you mean `moten`?");
}

// An ambiguity kept as two clauses over the same meetings, and one on clauses of different duties.
class Unsettled_of : public testing::Test {
 protected:
  static ReadingsResult judged(const std::string& sentence, const std::string& source,
                               std::vector<std::string> clauses = {}) {
    const std::string text =
        "agreement t \"T\"\n  term 2016-01-01 to 2016-12-31\nparty city \"City\"\n"
        "role chef of city \"Chef\"\nforum board \"Board\"\nforum prep \"Prep\"\n"
        "event meeting of forum\n  room text optional\n"
        "ambiguity X1 \"How often?\"\n  source \"§1; §2\"\n"
        "clause often \"Often\"\n  source \"§1 (A-1, X1)\"\n  owner chef\n"
        "  meeting of board must happen at least once every half-year\n"
        "clause seldom \"Seldom\"\n  source \"" +
        source + "\"\n  owner chef\n  " + sentence + "\n";
    const rules::Source file{"t.samrad", text, 0};
    const rules::Compiled compiled = rules::compile({&file, 1});
    record::Records records;
    records.read(
        "{\"specversion\":\"1.0\",\"id\":\"m1\",\"source\":\"/x\",\"type\":\"meeting\",\"subject\":"
        "\"board\",\"time\":\"2016-02-01T10:00:00Z\",\"data\":{}}\n",
        "t.ndjson");
    const record::History history(*compiled.program, std::move(records));
    AuditRequest request;
    request.as_of = *record::parse_asked("2017-02-01", history.zone());
    request.clauses = std::move(clauses);
    auto result = judge_readings(history, {request, true});
    EXPECT_TRUE(result) << result.error().message;
    return std::move(*result);
  }
  const std::string yearly = "meeting of board must happen at least once every year";
};

TEST_F(Unsettled_of, two_clauses_that_disagree) {
  const ReadingsResult result = judged(yearly, "§2 (X1)");
  ASSERT_EQ(result.unsettled.size(), 1U);
  const Unsettled& one = result.unsettled[0];
  EXPECT_THAT(one.ambiguity.clauses, ElementsAre("often", "seldom"));
  EXPECT_EQ(one.outcomes[0].by_column[0], (Outcome{2, 1, 0, 1, 0, 0}));
  EXPECT_EQ(one.outcomes[1].by_column[0], (Outcome{1, 0, 0, 1, 0, 0}));
  EXPECT_TRUE(one.disagree());
  EXPECT_THAT(readings_text(result, Language::en),
              testing::HasSubstr("X1: by `often` in breach (1 missed), by `seldom` not\n"));
  EXPECT_THAT(readings_text(result, Language::sv),
              testing::HasSubstr("X1: båda klausulerna prövas\n  How often?\n  §1; §2\n"
                                 "  `often`: 1 uppfylld, 1 försummad\n  `seldom`: 1 uppfylld\n"
                                 "  Svaret avgör: enligt `often` ett brott (1 försummad), enligt "
                                 "`seldom` inte.\n"));
  EXPECT_THAT(readings_markdown(result, Language::en),
              testing::HasSubstr("\n## X1: both clauses are checked\n"));
  EXPECT_THAT(readings_csv(result, Language::en), testing::HasSubstr("2016-H2"));
  EXPECT_EQ(judged(yearly, "§2 (X1)", {"seldom"}).unsettled.size(), 1U);
}

TEST_F(Unsettled_of, two_clauses_that_agree) {
  const ReadingsResult result =
      judged("meeting of board must happen at least 2 times every year", "§2 (B-1; X1)");
  ASSERT_EQ(result.unsettled.size(), 1U);
  EXPECT_FALSE(result.unsettled[0].disagree());
  EXPECT_THAT(readings_text(result, Language::en),
              testing::EndsWith("The answer does not decide: each of them is in breach.\n"));
}

TEST_F(Unsettled_of, only_clauses_that_cite_it_and_ask_of_the_same) {
  EXPECT_THAT(judged(yearly, "§2, X1").unsettled, testing::IsEmpty());
  EXPECT_THAT(judged(yearly, "§2 (X11, see X1)").unsettled, testing::IsEmpty());
  for (const std::string other :
       {"meeting of prep must happen at least once every year",
        "every meeting of board must have room present",
        "meeting of board must happen by 2016-06-01",
        "reading a of X1 \"A\" default\n    meeting of board must happen at "
        "least once every year\n  reading b of X1 \"B\"\n    meeting of "
        "board must happen at least 2 times every year"})
    EXPECT_THAT(judged(other, "§2 (X1)").unsettled, testing::IsEmpty()) << other;
}

}  // namespace
}  // namespace samrad::reports
