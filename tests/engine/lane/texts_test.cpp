// Texts as words: equal for equal texts and only for them, before and after a sweep.
#include <gtest/gtest.h>

#include <map>
#include <random>

#include "engine/lane/row.h"

namespace samrad::engine::lane {
namespace {

TEST(Texts, ShortOnesStandInTheWord) {
  EXPECT_EQ(short_word("chief"), Texts().word("chief"));
  EXPECT_NE(short_word(""), short_word(std::string_view("\0", 1)));
  EXPECT_NE(short_word("ab"), short_word(std::string_view("ab\0", 3)));
  EXPECT_EQ(short_word("1234567") & long_text, 0U);
  EXPECT_NE(Texts().word("12345678") & long_text, 0U);
}

TEST(Texts, WordsAreEqualWhereTextsAre) {
  std::mt19937 random(7);
  Texts texts;
  const Word kept = texts.word("a name of the program");
  texts.keep_all();
  std::map<std::string, Word> held;
  for (int round = 0; round < 30; ++round) {
    for (int i = 0; i < 400; ++i) {
      const std::string text = std::string(random() % 12, 'x') + std::to_string(random() % 900);
      const auto [at, fresh] = held.emplace(text, texts.word(text));
      EXPECT_EQ(at->second, texts.word(text)) << text;
    }
    std::map<Word, std::string> back;
    for (const auto& [text, word] : held) EXPECT_TRUE(back.emplace(word, text).second) << text << " and " << back[word];
    std::erase_if(held, [&](const auto&) { return random() % 3 == 0; });
    std::vector<Word> live;
    std::size_t longs = 0;
    for (const auto& [text, word] : held) {
      live.push_back(word);
      longs += text.size() > short_text_max ? 1 : 0;
    }
    texts.sweep(live);
    EXPECT_EQ(texts.brought_along(), longs);
  }
  EXPECT_EQ(kept, texts.word("a name of the program"));
}

}  // namespace
}  // namespace samrad::engine::lane
