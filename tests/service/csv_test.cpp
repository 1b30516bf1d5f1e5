// Aim: tables are read strictly and a row at a time; what is wrong is told with line and column, and all of it.

#include "service/record/csv.h"

#include <gmock/gmock.h>

#include "service/record/limits.h"

namespace samrad::record {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

using Rows = std::vector<std::vector<std::string>>;

Rows rows_of(CsvReader& csv) {
  Rows rows;
  while (const auto* row = csv.next()) {
    rows.emplace_back();
    for (const CsvCell& cell : *row)
      rows.back().push_back(cell.text);
  }
  return rows;
}

std::vector<std::string> places(const CsvReader& csv) {
  std::vector<std::string> list;
  for (const CsvFault& fault : csv.faults())
    list.push_back(std::to_string(fault.line) + ":" + std::to_string(fault.column));
  return list;
}

TEST(Csv, sound_tables) {
  struct Case {
    const char* aim;
    std::string_view text;
    Rows rows;
  };
  const std::vector<Case> table = {
      {"rows", "a,b\n1,2\n3,4\n", {{"1", "2"}, {"3", "4"}}},
      {"no line break at the end", "a,b\n1,2", {{"1", "2"}}},
      {"an empty last field at the end", "a,b\n1,", {{"1", ""}}},
      {"CR LF", "a,b\r\n1,2\r\n", {{"1", "2"}}},
      {"a byte order mark", "\xEF\xBB\xBF\"a\",b\n1,2\n", {{"1", "2"}}},
      {"empty lines", "\n\na,b\n\n1,2\r\n\r\n3,4\n\n", {{"1", "2"}, {"3", "4"}}},
      {"quotes", "a,b\n\"1,\"\"x\"\"\",\"2\n3\"\n", {{"1,\"x\"", "2\n3"}}},
      {"empty fields", "a,b\n,\n\"\",\"\"\n", {{"", ""}, {"", ""}}},
      {"blanks belong to the field", "a,b\n 1 , 2\n", {{" 1 ", " 2"}}},
      {"letters beyond ASCII", "a,b\nå,ö\n", {{"å", "ö"}}},
      {"only a header", "a,b\n", {}},
      {"one column", "a\n1\n\n2\n", {{"1"}, {"2"}}},
  };
  for (const Case& one : table) {
    CsvReader csv(one.text);
    EXPECT_EQ(rows_of(csv), one.rows) << one.aim;
    EXPECT_THAT(csv.faults(), IsEmpty()) << one.aim << text_of(csv, "t.csv");
  }
}

TEST(Csv, faults_are_told_where_they_stand_and_the_other_rows_are_read) {
  struct Case {
    const char* aim;
    std::string_view text;
    std::vector<std::string> places;
    Rows rows;
  };
  const std::vector<Case> table = {
      {"too many fields, at the first of them", "a,b\n1,ö,3,4\n5,6\n", {"2:5"}, {{"5", "6"}}},
      {"too few fields", "a,b\n1\n5,6\n", {"2:1"}, {{"5", "6"}}},
      {"text after a quote", "a,b\n\"1\" x,2\n5,6\n", {"2:4"}, {{"5", "6"}}},
      {"a quote inside", "a,b\n1,å\"2\"\n5,6\n", {"2:4"}, {{"5", "6"}}},
      {"a carriage return alone", "a,b\n1,2\r3\n5,6\n", {"2:4"}, {{"5", "6"}}},
      {"not UTF-8", "a,b\n1,\xFF\n5,6\n", {"2:3"}, {{"5", "6"}}},
      {"a quote that stays open", "a,b\n5,6\n1,\"2\n3,4\n", {"3:3"}, {{"5", "6"}}},
      {"after a field over two lines", "a,b\n\"1\n2\",3\n4\n", {"4:1"}, {{"1\n2", "3"}}},
      {"several", "a,b\n1\n2,3,4\n\"x\"y,1\n5,6\n", {"2:1", "3:5", "4:4"}, {{"5", "6"}}},
      {"no header", "", {"1:1"}, {}},
      {"a header that cannot be read", "a,b\"\n1,2\n", {"1:4"}, {}},
      {"the same column twice", "a,b,a\n1,2,3\n", {"1:5"}, {{"1", "2", "3"}}},
  };
  for (const Case& one : table) {
    CsvReader csv(one.text);
    EXPECT_EQ(rows_of(csv), one.rows) << one.aim;
    EXPECT_EQ(places(csv), one.places) << one.aim << "\n" << text_of(csv, "t.csv");
  }
}

TEST(Csv, bytes_may_come_in_any_pieces) {
  const std::string text = "\xEF\xBB\xBF"
                           "a,b\r\n\"1\r\n\"\"x\",å\r\n3,\xC3\n5,6";
  for (const std::size_t piece : {1U, 2U, 3U, 7U, 100U}) {
    std::size_t at = 0;
    CsvReader csv([&](char* room, std::size_t bytes) {
      const std::size_t n = text.copy(room, std::min(piece, bytes), at);
      at += n;
      return n;
    });
    EXPECT_EQ(rows_of(csv), (Rows{{"1\r\n\"x", "å"}, {"5", "6"}})) << piece;
    EXPECT_THAT(places(csv), ElementsAre("4:3")) << piece;
  }
}

// A row beyond the limit ends the reading, however long the text goes on.
TEST(Csv, a_row_has_a_limit) {
  std::size_t given = 0;
  CsvReader csv([&](char* room, std::size_t bytes) {
    const std::string begin = given == 0 ? "a\n\"" : "";
    std::fill_n(room, bytes, 'x');
    begin.copy(room, bytes);
    given += bytes;
    return bytes;
  });
  EXPECT_EQ(csv.next(), nullptr);
  EXPECT_THAT(places(csv), ElementsAre("2:1"));
  EXPECT_LT(given, 2 * csv_row_bytes_max);
}

TEST(Csv, faults_beyond_the_limit_are_counted) {
  std::string text = "a,b\n";
  for (std::size_t i = 0; i < faults_max + 7; ++i)
    text += "1\n";
  CsvReader csv(text);
  EXPECT_EQ(csv.next(), nullptr);
  EXPECT_THAT(csv.faults(), SizeIs(faults_max));
  EXPECT_EQ(csv.faults_not_listed(), 7U);
}

TEST(Csv, columns_by_name) {
  CsvReader csv("ref,id\n§1,x\n");
  EXPECT_EQ(csv.column("id"), 1U);
  EXPECT_EQ(csv.column("duty"), std::nullopt);
  EXPECT_EQ(csv.required_column("id"), 1U);
  EXPECT_THAT(csv.faults(), IsEmpty());
  EXPECT_EQ(csv.required_column("reff"), std::nullopt);
  EXPECT_EQ(text_of(csv, "t.csv"),
            "t.csv:1:1: error: there is no column `reff`\n  help: did you mean `ref`?\n");
}

}  // namespace
}  // namespace samrad::record
