// Whatever comes in ends in a tree or a diagnostic: in time that grows with the text, within bounds, without a crash.
#include "rules/diagnostics/render.h"
#include "rules/limits.h"
#include "tests/rules/reading.h"

#include <algorithm>
#include <chrono>
#include <gtest/gtest.h>
#include <random>
#include <string>

namespace samrad::tests {
namespace {

std::string times(std::size_t count, const std::string& part) {
  std::string out;
  out.reserve(count * part.size());
  for (std::size_t i = 0; i < count; ++i) out += part;
  return out;
}

// Reads it, renders what there is to say, and returns the codes met.
std::string codes(const std::string& text) {
  const rules::Source source{"hostile.samrad", text};
  const rules::Parsed parsed = rules::parse({&source, 1});
  EXPECT_LE(parsed.diagnostics.size(), rules::diagnostics_max + 1);
  EXPECT_FALSE(parsed.tree.rows.empty());
  EXPECT_FALSE(rules::render_json(parsed.diagnostics, {&source, 1}).empty());
  (void)rules::render_text(parsed.diagnostics, {&source, 1});
  std::string out;
  for (const rules::Diagnostic& d : parsed.diagnostics) {
    const std::string id(rules::id(d.code));
    if (out.find(id) == std::string::npos) out += (out.empty() ? "" : " ") + id;
  }
  return out;
}

TEST(Hostile, AFileOf100Megabytes) { EXPECT_EQ(codes(times(100'000'000 / 9, "clause a\n")), "I0701"); }

TEST(Hostile, Nesting) {
  const std::string head = "clause a\n  every p must ";
  EXPECT_EQ(codes(head + times(1'000'000, "(")), "I0705");
  EXPECT_EQ(codes(head + times(20'000, "(") + "x" + times(20'000, ")")), "I0704");
  EXPECT_EQ(codes(head + times(90, "(") + "x" + times(90, ")")), "");
  EXPECT_EQ(codes(head + times(5'000, "number of p where ")), "I0704");
  EXPECT_EQ(codes(head + times(20'000, "not ")), "S0101");
  EXPECT_EQ(codes(head + times(20'000, "- ") + "1"), "S0101");
}

TEST(Hostile, LongChainsAreTrees) {
  EXPECT_EQ(codes("clause a\n  every p must x" + times(20'000, " and x")), "");
  EXPECT_EQ(codes("clause a\n  every p must a of b" + times(9'000, " or a of b")), "");
  EXPECT_EQ(codes("clause a\n  every p must s including all of a" + times(20'000, ", a")), "");
}

TEST(Hostile, Bytes) {
  EXPECT_EQ(codes(std::string(100'000, '\0')), "I0703");
  EXPECT_EQ(codes("\xFF\xFE" "a"), "I0702");
  EXPECT_EQ(codes("party \xC3"), "I0702");
  EXPECT_EQ(codes("party \xED\xA0\x80"), "I0702");  // a surrogate
  EXPECT_EQ(codes("party \xC0\xAF"), "I0702");      // an overlong slash
  EXPECT_EQ(codes("\xEF\xBB\xBFparty a\r\nparty b\rparty c"), "");
  EXPECT_EQ(codes("clause a\n  every p must x < " + times(1'000'000, "9")), "I0707");
  EXPECT_EQ(codes("party " + times(1'000'000, "a")), "I0708");
  EXPECT_EQ(codes(times(1'000'001, "\"")), "S0106 S0102");
  EXPECT_EQ(codes(times(500'000, ";{}@")), "S0104 I0709");
}

TEST(Hostile, AMillionClauses) {
  EXPECT_EQ(codes(times(1'000'000, "clause a\n")), "S0109 I0709");
  EXPECT_EQ(codes(times(300'000, "clause a\n  p must not happen\n")), "");
}

TEST(Hostile, EveryPrefixOfASoundTextIsRead) {
  const std::string text =
      "agreement a \"ö\"\n  term 2016-06-01 to 2018-05-31\nclause b\n  for each area as x in (c, d) while e, after p of x as y,"
      " q by r where not (s = 5 SEK or t including all of (u, v)) must happen within 3 days, otherwise \"w\"\n"
      "procedure k\n  starts with p\n  step l q within 2 weeks of start\n"
      "ambiguity m \"n\"\n  settled \"o\"\n"
      "clause x\n  reading y of m default\n    after p as z, q must happen by f of z + 3 days\n  reading w\n    p must not happen\n";
  for (std::size_t length = 0; length <= text.size(); ++length) (void)codes(text.substr(0, length));
}

TEST(Hostile, WordsInAnyOrderAreRead) {
  const std::vector<std::string> words{
      "clause", "a", "must", "happen", "every", "month", "\n", "\n  ", "at", "least", "2", "times", "after", ",", "before", "of",
      "the", "same", "(", ")", "and", "or", "not", "where", "number", "in", "by", "31", "January", "year", "2016-06-01", "\"x\"",
      "if", "within", "days", "happened", "event", "procedure", "step", "starts", "with", "for", "each", "is", "one", "including",
      "all", "source", "owner", "reading", "default", "only", "may", "be", "hold", "term", "extended", "-", "+", "=", "%", "SEK",
      "share", "that", "are", "row", "since", "last", "otherwise", "while", "expiry", "“", "§", "#", "half", "§5", "5_x", "1.5"};
  std::mt19937 random(20160601);
  for (int round = 0; round < 3'000; ++round) {
    std::string text = round % 2 == 0 ? "clause a\n  " : "";
    for (int i = 0; i < 40; ++i) text += words[random() % words.size()] + (random() % 5 == 0 ? "" : " ");
    (void)codes(text);
  }
}

// Twice the text takes about twice the time; a generous bound, since machines are busy.
TEST(Hostile, TimeGrowsWithTheText) {
  const auto seconds = [](const std::string& text) {
    double best = 1e9;
    for (int i = 0; i < 3; ++i) {
      const auto begin = std::chrono::steady_clock::now();
      (void)codes(text);
      best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
    }
    return best;
  };
  const std::string clause = "clause a\n  meeting of b must happen at least once every month except July\n";
  EXPECT_LT(seconds(times(40'000, clause)), 16 * (seconds(times(10'000, clause)) + 0.01));
  const std::string chain = "clause a\n  every p must x";
  EXPECT_LT(seconds(chain + times(20'000, " and x")), 16 * (seconds(chain + times(5'000, " and x")) + 0.01));
}

}  // namespace
}  // namespace samrad::tests
