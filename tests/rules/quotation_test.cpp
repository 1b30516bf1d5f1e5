// Aim: what a program quotes of its text is spaced as the formatter spaces it, so that laying out a file changes neither its program nor
// the states that are bound to it; what is too long to quote is cut between characters.

#include <gtest/gtest.h>

#include "rules/compile.h"
#include "rules/diagnostics/render.h"
#include "rules/limits.h"
#include "rules/program/decode.h"

namespace samrad::rules {
namespace {

constexpr std::string_view head =
    "agreement a\n  term 2016-06-01 to 2018-05-31\nparty town\nrole chief of town\nrole mayor of town\nforum council\n"
    "event meeting of forum\n  cost money optional\n  chair role optional\n  pause duration optional\nevent minutes\nclause c\n  ";

program::Program compiled(const std::string& sentence) {
  const std::string text = std::string(head) + sentence + "\n";
  const Source source{"quotation.samrad", text};
  Compiled result = compile({&source, 1});
  EXPECT_TRUE(result.program) << render_text(result.diagnostics, {&source, 1});
  return result.program.value_or(program::Program{});
}

std::string quoted(const std::string& sentence) {
  const program::Program program = compiled(sentence);
  return program.rules.empty() ? std::string() : std::string(program.text(program.rules[0].sentence));
}

TEST(Quotation, is_spaced_as_the_formatter_spaces_it) {
  struct Case {
    const char* written;
    const char* quoted;
  };
  for (const Case& c : {
           Case{"every meeting must cost<=1000 SEK", "every meeting must cost <= 1000 SEK"},
           Case{"every   meeting\n    must cost <= 1000   SEK", "every meeting must cost <= 1000 SEK"},
           Case{"chair of meeting must alternate between chief ,mayor", "chair of meeting must alternate between chief, mayor"},
           Case{"after meeting as m ,minutes must happen by ( day of m+pause of m )", "after meeting as m, minutes must happen by (day of m + pause of m)"},
           Case{"every meeting must have chair in(chief,mayor)", "every meeting must have chair in (chief, mayor)"},
       }) {
    EXPECT_EQ(quoted(c.written), c.quoted);
    EXPECT_EQ(encode(compiled(c.written)), encode(compiled(c.quoted))) << c.written;
  }
}

TEST(Quotation, leaves_remarks_out) {
  EXPECT_EQ(quoted("every meeting must # a remark, \"so\"\n    cost <= 1000 SEK"), "every meeting must cost <= 1000 SEK");
}

// Letters of two bytes, shifted by one byte at a time, so that the limit falls within one of them.
TEST(Quotation, is_cut_between_characters) {
  const std::string words = "\" must hold every year, judged by chief";
  for (const std::size_t letters : {quotation_bytes_max / 2 - 20, quotation_bytes_max / 2, quotation_bytes_max}) {
    for (const char* shift : {"", "a"}) {
      std::string attested = shift;
      for (std::size_t i = 0; i < letters; ++i)
        attested += "å";
      const std::string whole = "\"" + attested + words;
      const std::string quote = quoted("\"" + attested + words);
      if (whole.size() <= quotation_bytes_max) {
        EXPECT_EQ(quote, whole);
        continue;
      }
      ASSERT_TRUE(quote.ends_with("…")) << quote.substr(quote.size() - 10);
      const std::string kept = quote.substr(0, quote.size() - std::string_view("…").size());
      EXPECT_LE(kept.size(), quotation_bytes_max);
      EXPECT_GE(kept.size(), quotation_bytes_max - 1);
      EXPECT_TRUE(whole.starts_with(kept));
      EXPECT_EQ(kept.size() % 2, std::string_view(shift).size() == 1 ? 0U : 1U) << "cut within a letter";
    }
  }
}

}  // namespace
}  // namespace samrad::rules
