// Aim: a line fits a shape only if it differs in plain values, and the values come out as they stand.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "service/record/shape.h"

namespace samrad::record {
namespace {

using testing::ElementsAre;

constexpr std::string_view first =
    R"({"specversion": "1.0", "id": "a-1", "source": "s", "type": "meeting", "time": "2017-05-10", "agreement": "norr", "data": {"n": 5, "open": true, "who": null, "all": ["x", "y"]}})";

std::string padded(std::string_view text) {
  return std::string(text) + std::string(ShapeReader::padding, '"');
}

// The values of the line, or nothing where it is declined. What the reader says of the line holds until the next.
std::optional<std::vector<std::string>> values(ShapeReader& shapes, std::string_view line) {
  static std::string text;
  text = padded(line);
  const char* at = text.data();
  if (!shapes.read(at, text.data() + line.size())) {
    EXPECT_EQ(at, text.data());
    return std::nullopt;
  }
  EXPECT_EQ(at, text.data() + line.size());
  return std::vector<std::string>(shapes.values().begin(), shapes.values().end());
}

TEST(Shape, what_a_line_looks_like) {
  Shape shape;
  ASSERT_TRUE(shape_of(first, shape));
  EXPECT_THAT(shape.literals,
              ElementsAre(R"({"specversion": "1.0", "id": ")", R"(", "source": ")",
                          R"(", "type": "meeting", "time": ")", R"(", "agreement": ")",
                          R"(", "data": {"n": )", R"(, "open": )", R"(, "who": null, "all": [")",
                          R"(", ")", R"("]}})"));
  EXPECT_THAT(shape.slots,
              ElementsAre(SlotKind::text, SlotKind::text, SlotKind::text, SlotKind::text,
                          SlotKind::number, SlotKind::yes_no, SlotKind::text, SlotKind::text));
  EXPECT_EQ(shape.id, 0u);
  EXPECT_EQ(shape.source, 1u);
  EXPECT_EQ(shape.agreement, 3u);
  std::string again;
  const std::string_view slots[] = {"a-1", "s", "2017-05-10", "norr", "5", "true", "x", "y"};
  shape.write(slots, again);
  EXPECT_EQ(again, first);
  const Json json = shape.skeleton();
  EXPECT_EQ(json.find("type")->text, "meeting");
  EXPECT_EQ(json.find("time")->text, "2");
  EXPECT_EQ(json.find("data")->find("open")->text, "5");
  EXPECT_EQ(json.find("data")->find("all")->items[1].text, "7");
}

TEST(Shape, lines_without_one) {
  for (const std::string_view line :
       {R"({"id": "a\"b"})", R"({"n": 1e3})", R"({"n": 123456789012345678})", "{\"id\": \"\x7F\"}",
        R"([1])", R"("a")", "", "{", R"({"a": tru})", R"({"a": 1}{)"}) {
    Shape shape;
    EXPECT_FALSE(shape_of(line, shape)) << line;
  }
}

TEST(Shape, lines_that_fit) {
  ShapeReader shapes;
  EXPECT_FALSE(values(shapes, first));
  ASSERT_EQ(shapes.learn(first), 0u);
  EXPECT_EQ(shapes.learn(first), 0u);
  EXPECT_THAT(
      values(
          shapes,
          R"({"specversion": "1.0", "id": "", "source": "å", "type": "meeting", "time": "?", "agreement": "a name that is longer than a chunk", "data": {"n": -12.50, "open": false, "who": null, "all": ["", "z"]}})"
          "\r\n"),
      testing::Optional(ElementsAre("", "å", "?", "a name that is longer than a chunk", "-12.50",
                                    "false", "", "z")));
  EXPECT_EQ(shapes.agreement(), "a name that is longer than a chunk");
  EXPECT_EQ(shapes.source(), "å");
}

TEST(Shape, lines_that_do_not) {
  ShapeReader shapes;
  shapes.learn(first);
  struct {
    std::string_view from, to;
  } const changes[] = {{"\"1.0\"", "\"1.1\""},
                       {"meeting", "meetinG"},
                       {"\"a-1\"", "\"a\\u0031\""},
                       {"a-1", "a\x01"},
                       {"a-1", "a\xC3"},
                       {"a-1", "\xED\xA0\x80"},
                       {"a-1", "\xC0\x80"},
                       {"a-1", "\xF5\x80\x80\x80"},
                       {"a-1", "\x7F"},
                       {"norr", "norr\n"},
                       {": 5", ": 05"},
                       {": 5", ": 5e1"},
                       {": 5", ": -"},
                       {": 5", ": \"5\""},
                       {": 5", ": 5."},
                       {"true", "null"},
                       {"true", "tru"},
                       {"null", "1"},
                       {"\"y\"]", "\"y\", 1]"},
                       {"}}", "} }"},
                       {"}}", "}"},
                       {"}}", "}}}"},
                       {"}}", "}} "},
                       {"}}", "}}\r\r\n"},
                       {"{\"s", " {\"s"},
                       {": 5", ": 123456789012345678"}};
  for (const auto& [from, to] : changes) {
    std::string line(first);
    line.replace(line.find(from), from.size(), to);
    EXPECT_FALSE(values(shapes, line)) << line;
  }
  for (std::size_t size = 0; size < first.size(); ++size)
    EXPECT_FALSE(values(shapes, first.substr(0, size))) << size;
}

TEST(Shape, many_with_one_beginning) {
  // Literals that begin alike, one of which begins another, and slots of two kinds behind the same literal.
  std::vector<std::string> lines;
  for (const std::string_view tail :
       {R"("})", R"(", "n": 1})", R"(", "n": "x"})", R"(", "n": true})", R"(", "n": [1]})",
        R"(", "n": [1, 2]})", R"(" })"})
    for (int type = 0; type < 20; ++type)
      lines.push_back(R"({"id": "i", "type": "t)" + std::to_string(type * type) +
                      R"(", "subject": "s)" + std::string(tail));
  ShapeReader shapes;
  for (std::size_t i = 0; i < lines.size(); ++i)
    EXPECT_EQ(shapes.learn(lines[i]), i);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    EXPECT_TRUE(values(shapes, lines[i])) << lines[i];
    EXPECT_EQ(shapes.number(), i);
  }
}

TEST(Shape, there_is_an_end_to_learning) {
  ShapeReader shapes;
  for (std::size_t i = 0; i < shapes_max + 10; ++i) {
    std::string line = R"({"a)" + std::to_string(i % 7) + R"(": 1)";
    for (std::size_t k = 0; k < i / 7; ++k)
      line += k < 50 ? R"(, "b": 2)" : R"(,"c":null)";
    shapes.learn(line + "}");
  }
  EXPECT_LE(shapes.size(), shapes_max);
  EXPECT_GT(shapes.size(), 100u);
}

}  // namespace
}  // namespace samrad::record
