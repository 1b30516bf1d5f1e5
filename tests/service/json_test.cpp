// Aim: JSON is read with its digits, and every way in which it can be wrong ends in a sentence.

#include <gtest/gtest.h>

#include "service/record/json.h"
#include "service/record/split.h"

namespace samrad::record {
namespace {

TEST(Json, decimal_texts_become_exact_fractions) {
  const struct {
    const char* text;
    std::int64_t over;
    std::int64_t under;
  } table[] = {{"0", 0, 1},
               {"-0.0", 0, 1},
               {"12.50", 25, 2},
               {"0.1", 1, 10},
               {"-3.25", -13, 4},
               {"1e3", 1000, 1},
               {"12e-1", 6, 5},
               {"1.0", 1, 1},
               {"100000", 100000, 1},
               {"1.000000000000000000000", 1, 1},
               {"0.3", 3, 10},
               {"2E+2", 200, 1},
               {"123456789012345678", 123456789012345678, 1}};
  for (const auto& row : table) {
    const auto found = parse_fraction(row.text);
    ASSERT_TRUE(found) << row.text;
    EXPECT_EQ(found->over, row.over) << row.text;
    EXPECT_EQ(found->under, row.under) << row.text;
  }
  for (const char* text : {"", "-", "01", "1.", ".5", "1e", "1 000", "0x1", "1,5", "NaN", "1e400",
                           "1234567890123456789", "0.0000000000000000001"})
    EXPECT_FALSE(parse_fraction(text)) << text;
}

TEST(Json, digits_are_kept) {
  const auto json = parse_json(R"({"a": 0.1, "b": [1, -2, 1.50e2, 98765432109876543210]})");
  ASSERT_TRUE(json);
  EXPECT_EQ(json->find("a")->text, "0.1");
  EXPECT_EQ(json->find("b")->items[2].text, "1.50e2");
  EXPECT_EQ(json->find("b")->items[3].text, "98765432109876543210");
}

TEST(Json, faults_are_sentences) {
  const struct {
    std::string text;
    const char* message;
  } table[] = {
      {"{\"a\": 1,}", "this is not JSON: unexpected `}` at byte 9, after `{\"a\": 1,`"},
      {"{\"a\": ", "this is not JSON: it ends too early"},
      {"", "this is not JSON: it ends too early"},
      {"{\"a\": 1} x", "this is not JSON: unexpected `x` at byte 10, after `{\"a\": 1} `"},
      {"{\"a\": 1, \"a\": 2}", "`a` is given twice"},
      {"{\"a\": \"\xff\"}", "byte 8 is not valid UTF-8, or stands outside a text"},
      {"{\"a\": 1e999}", "a number is too large"},
      {std::string(40, '[') + std::string(40, ']'),
       "objects and lists lie more than 32 deep within each other"},
  };
  for (const auto& row : table) {
    const auto json = parse_json(row.text);
    ASSERT_FALSE(json) << row.text;
    EXPECT_EQ(json.error(), row.message);
  }
  EXPECT_FALSE(parse_json(std::string(1'000'000, '[')));
}

TEST(Json, same_tells_content_not_writing) {
  const auto same_text = [](const char* a, const char* b) {
    return same(*parse_json(a), *parse_json(b));
  };
  EXPECT_TRUE(same_text(R"({"a": 1, "b": [2, "x"]})", R"({"b":[2.0,"x"],"a":1})"));
  EXPECT_FALSE(same_text(R"({"a": 1})", R"({"a": "1"})"));
  EXPECT_FALSE(same_text(R"([1, 2])", R"([2, 1])"));
  EXPECT_FALSE(same_text(R"({"a": 1})", R"({"a": 1, "b": null})"));
}

TEST(Split, finds_the_pieces_of_a_file) {
  const auto pieces = [](std::string_view text) {
    std::string found;
    const Pieces all = split(text);
    for (const Piece& piece : all.list)
      found += std::to_string(piece.line) + ":" + std::string(piece.text) + "|";
    if (all.broken_line) found += "broken " + std::to_string(all.broken_line);
    return found;
  };
  EXPECT_EQ(pieces("{\"a\":1}\n\n{\"a\":2}\r\n"), "1:{\"a\":1}|3:{\"a\":2}|");
  EXPECT_EQ(pieces("\xEF\xBB\xBF{}\n"), "1:{}|");
  EXPECT_EQ(pieces(""), "");
  for (const char* many : {"1\n2\n3\n4\n", "[1,2,3,4"}) {
    EXPECT_EQ(split(many, 2).list.size(), 3U) << "one more than were asked for, and no further";
    EXPECT_EQ(split(many, 2).broken_line, 0U);
  }
  EXPECT_EQ(pieces("[]"), "");
  EXPECT_EQ(pieces("\n[ {\"a\":\"],\"},\n {\"b\":[1,2]} ]\n"), "2:{\"a\":\"],\"}|3:{\"b\":[1,2]}|");
  EXPECT_EQ(pieces("[1,,2,]"), "1:1|1:|1:2|1:|");
  EXPECT_EQ(pieces("[1\n"), "1:1|broken 2");
  EXPECT_EQ(pieces("[1]\n\nx"), "1:1|broken 3");
  EXPECT_EQ(pieces("{\n\"a\": 1\n}\n"), "1:{\n\"a\": 1\n}|");
  EXPECT_EQ(pieces("{\n\"a\": 1\n}\n{}\n"), "1:{|2:\"a\": 1|3:}|4:{}|");
}

}  // namespace
}  // namespace samrad::record
