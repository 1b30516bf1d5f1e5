// Aim: which words of a source cite which rows, what ids look like, and how well a row is covered by what cites it.

#include "service/reports/coverage.h"

#include <gmock/gmock.h>

namespace samrad::reports {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Catalogue, words_of_a_source) {
  EXPECT_THAT(words_of("§5 st 3 (M5-7, X1); bilaga 5 (S-3)"),
              ElementsAre("5", "st", "3", "M5-7", "X1", "bilaga", "5", "S-3"));
  EXPECT_THAT(words_of("M5-7-extra, xM5-7 och M5-7."),
              ElementsAre("M5-7-extra", "xM5-7", "och", "M5-7"));
  EXPECT_THAT(words_of("5.1.2 – 5.1; a--b -c d_"), ElementsAre("5.1.2", "5.1", "a", "b", "c", "d"));
  EXPECT_THAT(words_of("Ärende-3…"), ElementsAre("Ärende-3"));
  EXPECT_THAT(words_of("; –"), IsEmpty());
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
    return cover(std::move(rows), "t.csv", {&source, 1});
  }
  How how_of(CatalogueRow row) { return cover_rows({std::move(row)}).rows[0].how; }

  static CatalogueRow row(std::vector<std::string> ids, std::string reason = "") {
    return {ids.front(), std::move(ids), "", "", std::move(reason)};
  }
  const std::string by_events = "meeting must happen at least once every year";
  const std::string by_person = "\"Andan är god\" must hold, judged by chef";
  std::string text;
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
