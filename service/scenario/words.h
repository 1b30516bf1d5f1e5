// A line of a scenario as words: separated by blanks, with quoted texts whole and `,` `;` `:`
// apart.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "service/scenario/scenario.h"

namespace samrad::scenario {

struct Word {
  enum class Kind : std::uint8_t { word, text, sign };
  Kind kind = Kind::word;
  std::string text;
  std::size_t line = 0;
  std::size_t column = 0;
};

// The words of one statement, which may have run over several lines.
using Words = std::vector<Word>;

// The file cut into statements: a line that begins with a blank goes on with the one above, unless
// its first word is `expect`.
[[nodiscard]] std::vector<Words> statements(std::string_view text, std::vector<Fault>& faults);

// Walks over the words of one statement. Functions that take something answer whether it was there.
class Reader {
 public:
  Reader(const Words& words, std::vector<Fault>& faults) : words_(words), faults_(faults) {}

  [[nodiscard]] bool done() const { return at_ >= words_.size(); }
  [[nodiscard]] bool at_word(std::string_view text) const;  // an unquoted word
  [[nodiscard]] bool at_text() const;
  [[nodiscard]] bool at_sign(char sign) const;
  [[nodiscard]] const Word& here() const { return words_[at_]; }
  [[nodiscard]] bool failed() const { return failed_; }

  bool take_word(std::string_view text);
  bool take_sign(char sign);

  // A word or quoted text; a fault with what was expected when there is none.
  std::string name(std::string_view expected);
  std::vector<std::string> names(std::string_view expected);  // separated by commas
  std::string text(std::string_view expected);                // quoted
  std::string moment();                                       // a date, perhaps with a time

  void fault(std::string message, std::string help = {});
  void expect_end();

 private:
  const Words& words_;
  std::vector<Fault>& faults_;
  std::size_t at_ = 0;
  bool failed_ = false;
};

[[nodiscard]] bool looks_like_date(std::string_view word);
[[nodiscard]] bool looks_like_number(std::string_view word);

}  // namespace samrad::scenario
