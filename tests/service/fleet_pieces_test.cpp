// The parts that a fleet is read with: values out of a stream wherever its blocks end, ids that come again, texts that are forgotten.

#include <gtest/gtest.h>

#include "engine/symbols.h"
#include "service/fleet/pieces.h"
#include "service/fleet/seen.h"
#include "service/record/limits.h"
#include "service/record/split.h"
#include "tests/service/fleet_memory.h"

namespace samrad::tests {
namespace {

struct Read {
  std::vector<std::pair<std::size_t, std::string>> pieces;
  std::size_t broken_line = 0;
};

Read read(const std::string& text, std::size_t most) {
  MemoryInput input(text, most);
  fleet::PieceReader reader(input);
  Read all;
  fleet::StreamPiece piece;
  while (reader.next(piece))
    all.pieces.emplace_back(piece.line, std::string(piece.text));
  all.broken_line = reader.broken_line();
  return all;
}

// Whatever the size of the blocks, the pieces are those of the whole text.
TEST(FleetPieces, AreThoseOfTheWholeText) {
  const std::string texts[] = {
      "",
      "\n\n",
      "{\"a\":1}\n{\"b\":2}\n",
      "\xEF\xBB\xBF{\"a\":1}\r\n\r\n  {\"b\":2}  ",
      "[]",
      " [ ] ",
      "[{\"a\":[1,2]},\n {\"b\":\"],\\\"}\"}\n,3]",
      "[1,,2]",
      "[1,2",
      "[1,2] 3",
      "[{\"a\": \"\\\\\"}, {\"b\": 2}]\n",
  };
  for (const std::string& text : texts) {
    const record::Pieces whole = record::split(text);
    for (const std::size_t most : {1U, 2U, 3U, 7U, 1000U}) {
      const Read stream = read(text, most);
      ASSERT_EQ(stream.pieces.size(), whole.list.size()) << text << " by " << most;
      for (std::size_t i = 0; i < whole.list.size(); ++i) {
        EXPECT_EQ(stream.pieces[i].second, whole.list[i].text) << text << " by " << most;
        EXPECT_EQ(stream.pieces[i].first, whole.list[i].line) << text << " by " << most;
      }
      if (most == 1000U) {
        EXPECT_EQ(stream.broken_line, whole.broken_line) << text;
      }
    }
  }
}

// A line without end is cut off beyond the limit of an event, and the line after it is read.
TEST(FleetPieces, CutOffWhatIsTooLong) {
  const std::string text = std::string(5 * record::event_bytes_max, 'x') + "\n{}\n";
  const Read stream = read(text, 100000);
  ASSERT_EQ(stream.pieces.size(), 2U);
  EXPECT_GT(stream.pieces[0].second.size(), record::event_bytes_max);
  EXPECT_LT(stream.pieces[0].second.size(), 3 * record::event_bytes_max);
  EXPECT_EQ(stream.pieces[1], (std::pair<std::size_t, std::string>(2, "{}")));
}

TEST(FleetSeen, ForgetsNoIdAndTakesFewNewOnesForOld) {
  fleet::Seen seen(100 * 100000);
  int mistaken = 0;
  for (int i = 0; i < 100000; ++i)
    mistaken += seen.again(fleet::Seen::key(static_cast<std::uint32_t>(i % 1000), "e-" + std::to_string(i))) ? 1 : 0;
  for (int i = 0; i < 100000; ++i)
    ASSERT_TRUE(seen.again(fleet::Seen::key(static_cast<std::uint32_t>(i % 1000), "e-" + std::to_string(i))));
  EXPECT_LT(mistaken, 100);
  EXPECT_FALSE(seen.again(fleet::Seen::key(1000, "e-1")));
}

TEST(FleetTexts, AreForgottenAndTheirNumbersUsedAgain) {
  program::Program program;
  program.symbols = {"", "party", "forum"};
  engine::Symbols symbols(program);
  std::vector<program::Symbol> numbers;
  for (int i = 0; i < 1000; ++i)
    numbers.push_back(symbols.intern("e-" + std::to_string(i)));
  std::vector<bool> live(symbols.size());
  for (int i = 0; i < 1000; i += 10)
    live[numbers[static_cast<std::size_t>(i)]] = true;
  symbols.sweep(live);
  EXPECT_EQ(symbols.brought_along(), 100U);
  EXPECT_EQ(symbols.find("e-1"), program::none);
  for (int i = 0; i < 1000; i += 10)
    EXPECT_EQ(symbols.find("e-" + std::to_string(i)), numbers[static_cast<std::size_t>(i)]);
  EXPECT_EQ(symbols.find("forum"), 2U);
  const std::size_t size = symbols.size();
  for (int i = 0; i < 900; ++i)
    symbols.intern("f-" + std::to_string(i));
  EXPECT_EQ(symbols.size(), size);
  for (int i = 0; i < 900; ++i)
    EXPECT_EQ(symbols.text(symbols.find("f-" + std::to_string(i))), "f-" + std::to_string(i));
}

}  // namespace
}  // namespace samrad::tests
