// Aim: which words of a source cite which rows, what ids look like, how well a row is covered by what cites it, and that nothing
// unrecorded covers it.

#include "service/reports/coverage.h"

#include <gmock/gmock.h>

#include "rules/compile.h"

namespace samrad::reports {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Catalogue, what_a_source_cites) {
  EXPECT_THAT(cited_in("§5 st 3 (M5-7, X1); bilaga 5 (S-3)"), ElementsAre("M5-7", "X1", "S-3"));
  EXPECT_THAT(cited_in("Article 3, para 2; M5-7"), IsEmpty());
  EXPECT_THAT(cited_in("§1 ( 2 ;see 3, M5-7 and M5-8,4)"), ElementsAre("2", "4"));
  EXPECT_THAT(cited_in("(M5-7-extra, xM5-7, M5-7., -M5-7)"), ElementsAre("M5-7-extra", "xM5-7"));
  EXPECT_THAT(cited_in("(A-1 (A-2), A-3), A-4 (5.1.2)"), ElementsAre("A-1", "A-2", "A-3", "5.1.2"));
  EXPECT_THAT(cited_in("(Ärende-3, ; )) x"), ElementsAre("Ärende-3"));
}

TEST(Catalogue, an_id_is_one_word) {
  record::CsvReader csv("ref,id\nx,T 4\nx,\"F-1, T 5\"\nx,\"F-2,\"\nx,F-3\n");
  EXPECT_EQ(read_catalogue(csv).size(), 1U);
  ASSERT_EQ(csv.faults().size(), 3U);
  EXPECT_EQ(csv.faults()[0].message, "`T 4` is no id");
  EXPECT_EQ(csv.faults()[0].line, 2U);
  EXPECT_EQ(csv.faults()[0].column, 3U);
  EXPECT_EQ(csv.faults()[1].message, "`T 5` is no id");
  EXPECT_EQ(csv.faults()[2].message, "`F-2,` is no id");
}

TEST(Catalogue, shapes) {
  EXPECT_EQ(shape_of("M5-7"), "a9-9");
  EXPECT_EQ(shape_of("TB-12"), "a-9");
  EXPECT_EQ(shape_of("X1"), "a9");
  EXPECT_EQ(shape_of("5.1"), "9.9");
  EXPECT_EQ(shape_of("ÅÄ-1"), shape_of("a-99"));
}

TEST(Catalogue, rows) {
  record::CsvReader csv("duty,id,other\nA.,\"F-1, F-2\",x\nB.,G-1,y\n");
  const auto rows = read_catalogue(csv);
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].id, "F-1, F-2");
  EXPECT_THAT(rows[0].ids, ElementsAre("F-1", "F-2"));
  EXPECT_EQ(rows[0].duty, "A.");
  EXPECT_EQ(rows[0].ref + rows[0].reason, "");
  EXPECT_THAT(csv.faults(), IsEmpty());
}

class Coverage_of : public testing::Test {
 protected:
  // One clause an entry of `sources`, by events or not, cites what it says.
  void clause(const std::string& source, const std::string& sentence,
              const std::string& items = "") {
    text += "clause c" + std::to_string(++clauses) + "\n  source \"" + source + "\"\n" + items +
            "  " + sentence + "\n";
  }
  Coverage cover_rows(std::vector<CatalogueRow> rows) {
    const rules::Source source{"t.samrad", text, 0};
    return cover(std::move(rows), "t.csv", {&source, 1}, program);
  }
  How how_of(CatalogueRow row) { return cover_rows({std::move(row)}).rows[0].how; }

  static CatalogueRow row(std::vector<std::string> ids, std::string reason = "") {
    return {ids.front(), std::move(ids), "", "", std::move(reason)};
  }
  const std::string by_events = "meeting must happen at least once every year";
  const std::string by_person = "\"Andan är god\" must hold, judged by chef";
  std::string text;
  program::Program program;  // no rules: nothing is known to be unrecorded
  int clauses = 0;
};

TEST_F(Coverage_of, one_id) {
  clause("§1 (A-1)", by_events);
  clause("§2 (A-2)", by_person);
  clause("§3 (A-3)", by_events, "  judged by chef\n");
  clause("§4 (A-4)",
         "after meeting, visit must happen as soon as possible, presumed late after 9 days",
         "  judged by chef\n");
  EXPECT_EQ(how_of(row({"A-1"})), How::checked);
  EXPECT_EQ(how_of(row({"A-1"}, "för säkerhets skull")), How::checked);
  EXPECT_EQ(how_of(row({"A-2"})), How::attested);
  EXPECT_EQ(how_of(row({"A-3"})), How::attested);
  EXPECT_EQ(how_of(row({"A-4"})), How::checked);
  EXPECT_EQ(how_of(row({"A-5"})), How::missing);
  EXPECT_EQ(how_of(row({"A-5"}, "går inte")), How::not_checkable);
  EXPECT_EQ(how_of(row({"A"})), How::missing);
  EXPECT_EQ(how_of(row({"a-1"})), How::missing);
}

TEST_F(Coverage_of, numbers_of_paragraphs_are_no_ids) {
  clause("Article 3, para 2", by_events);
  clause("Article 4 (1)", by_events);
  EXPECT_EQ(how_of(row({"1"})), How::checked);
  EXPECT_EQ(how_of(row({"2"})), How::missing);
  EXPECT_EQ(how_of(row({"3"})), How::missing);
}

TEST_F(Coverage_of, several_clauses_the_best_counts) {
  clause("§1 (A-1)", by_person);
  clause("§2 (A-1)", by_events);
  const Coverage coverage = cover_rows({row({"A-1"})});
  EXPECT_EQ(coverage.rows[0].how, How::checked);
  EXPECT_THAT(coverage.rows[0].provisions, ElementsAre(0U, 1U));
  EXPECT_EQ(coverage.provisions[1].name, "c2");
  EXPECT_EQ(coverage.provisions[1].line, 4U);
}

TEST_F(Coverage_of, several_ids_the_worst_counts) {
  clause("§1 (A-1)", by_events);
  clause("§2 (A-2)", by_person);
  EXPECT_EQ(how_of(row({"A-1", "A-2"})), How::attested);
  EXPECT_EQ(how_of(row({"A-1", "A-3"})), How::missing);
  EXPECT_EQ(how_of(row({"A-1", "A-3"}, "går inte")), How::not_checkable);
  EXPECT_THAT(cover_rows({row({"A-1", "A-3"})}).rows[0].unjudged, ElementsAre("A-3"));
}

TEST_F(Coverage_of, readings_the_best_counts) {
  clause("§1 (A-1)",
         "reading a \"A\" default\n    " + by_person + "\n  reading b \"B\"\n    " + by_events);
  EXPECT_EQ(how_of(row({"A-1"})), How::checked);
}

TEST_F(Coverage_of, procedures_and_measures) {
  text = "procedure p\n  source \"(A-1)\"\n  starts with meeting\n  step s visit\n"
         "measure m\n  source \"(A-2)\"\n  must be measured every year\n"
         "measure n\n  source \"(A-3)\"\n  baseline 1 in 2015\n"
         "measure o\n  source \"(A-4)\"\n  target at least 2\n";
  EXPECT_EQ(how_of(row({"A-1"})), How::checked);
  EXPECT_EQ(how_of(row({"A-2"})), How::checked);
  EXPECT_EQ(how_of(row({"A-3"})), How::missing);
  EXPECT_EQ(how_of(row({"A-4"})), How::checked);
}

TEST_F(Coverage_of, unknown_ids_are_words_in_parentheses_of_a_known_shape) {
  clause("§1 (A-1, X1, A-9, BB-2, A1-1); se A-8", by_events);
  const Coverage coverage = cover_rows({row({"A-1"}), row({"BB-1"})});
  ASSERT_EQ(coverage.unknown.size(), 2U);
  EXPECT_EQ(coverage.unknown[0].word, "A-9");
  EXPECT_EQ(coverage.unknown[1].word, "BB-2");
  EXPECT_EQ(coverage.unknown[1].near, "BB-1");
}

// What nobody records decides nothing, whether asked for directly or through a fact.
class Unrecorded : public Coverage_of {
 protected:
  Unrecorded() {
    text = "agreement t \"T\"\n  term 2016-01-01 to 2016-12-31\n"
           "party city \"City\"\nrole chef of city \"Chef\"\n"
           "event meeting\n  minutes text optional\nevent visit\nevent rumour\n  not recorded\n"
           "event tip\n  not recorded before 2017-01-01\n"
           "event call\n  not recorded before 2016-12-31\n"
           "fact begun\n  holds from rumour until visit\n"
           "fact ended\n  holds from visit until rumour\n"
           "fact opened\n  holds from start until rumour\n";
  }
  CoverageRow judged(const std::string& sentence, const std::string& reason = "",
                     const std::string& more = "") {
    const std::string before = text;
    clause("§1 (A-1)", sentence, "  owner chef\n");
    if (!more.empty()) clause("§2 (A-1)", more, "  owner chef\n");
    const rules::Source source{"t.samrad", text, 0};
    const rules::Compiled compiled = rules::compile({&source, 1});
    EXPECT_TRUE(compiled.program) << sentence;
    if (compiled.program) program = *compiled.program;
    CoverageRow made = cover_rows({row({"A-1"}, reason)}).rows[0];
    text = before;
    return made;
  }
};

TEST_F(Unrecorded, is_not_checkable) {
  for (const std::string sentence :
       {"rumour must happen at least once every year", "rumour must happen by 2016-05-01",
        "after meeting, rumour must happen within 9 days", "begun must hold", "opened must hold",
        "every meeting must have rumour happened", "every meeting must have begun"}) {
    const CoverageRow made = judged(sentence);
    EXPECT_EQ(made.how, How::not_checkable) << sentence;
    EXPECT_THAT(made.unrecorded, ElementsAre("rumour")) << sentence;
    EXPECT_EQ(made.provisions.size(), 1U);
  }
  EXPECT_THAT(judged("tip must happen by 2016-05-01").unrecorded, ElementsAre("tip"));
}

TEST_F(Unrecorded, what_can_be_judged_is_checked) {
  for (const std::string sentence :
       {"call must happen by 2016-05-01", "visit must happen by 2016-05-01", "ended must hold",
        "every meeting must have minutes present or rumour happened",
        "reading a \"A\" default\n    rumour must happen by 2016-05-01\n  reading b \"B\"\n    "
        "visit must happen by 2016-05-01"}) {
    const CoverageRow made = judged(sentence);
    EXPECT_EQ(made.how, How::checked) << sentence;
    EXPECT_THAT(made.unrecorded, IsEmpty()) << sentence;
  }
  EXPECT_EQ(judged("begun must hold", "", "visit must happen by 2016-05-01").how, How::checked);
}

TEST_F(Unrecorded, is_said_with_the_reason_of_the_catalogue) {
  EXPECT_THAT(judged("begun must hold", "bilagan saknas").unrecorded, ElementsAre("rumour"));
  clause("§1 (A-1)", "begun must hold", "  owner chef\n");
  const rules::Source source{"t.samrad", text, 0};
  program = *rules::compile({&source, 1}).program;
  const Coverage coverage = cover_rows({row({"A-1"}, "bilagan saknas")});
  EXPECT_THAT(coverage_text(coverage, calendar::Language::sv),
              testing::HasSubstr("skäl: bilagan saknas\n     skäl: ingen registrerar `rumour`\n"));
  EXPECT_THAT(coverage_csv(coverage),
              testing::HasSubstr("\"notCheckable\",\"bilagan saknas; nobody records `rumour`\","));
}

TEST_F(Coverage_of, the_last_line_counts) {
  clause("§1 (A-1, A-2)", by_events);
  const Coverage all = cover_rows({row({"A-1"}), row({"A-2"}), row({"A-3"}, "går inte")});
  EXPECT_THAT(
      coverage_text(all, calendar::Language::en),
      testing::EndsWith("\n\n3 rows: 2 checked, 0 attested, 1 not checkable, none missing\n"));
  EXPECT_THAT(
      coverage_text(all, calendar::Language::sv),
      testing::EndsWith("\n\n3 rader: 2 prövas, 0 intygas, 1 kan inte prövas, ingen saknas\n"));
  EXPECT_THAT(coverage_text(cover_rows({row({"A-7"})}), calendar::Language::en),
              testing::EndsWith("\n\n1 row: 0 checked, 0 attested, 0 not checkable, 1 missing\n"));
}

}  // namespace
}  // namespace samrad::reports
