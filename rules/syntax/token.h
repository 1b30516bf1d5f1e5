// What the lexer makes of a text: tokens, and comments apart from them.
#pragma once

#include "rules/tree/tree.h"

#include <cstdint>
#include <string_view>

namespace samrad::rules {

enum class TokenKind : std::uint8_t {
  word,    // letters, digits, `_`, `-`: a name or a word of the language, which only the grammar tells apart
  number,  // digits, perhaps a point and more digits
  date,    // YYYY-MM-DD, a day of the calendar
  text,    // from quote to quote
  sign,    // one of , : ( ) < <= > >= = != + - * / % .
  stray,   // something that the language does not use; reported by the lexer
};

// Sixteen bytes, since there may be millions. The bytes are those of the file that the tokens were made from.
struct Token {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  TokenKind kind = TokenKind::stray;
  bool first_on_line = false;
  bool first_column = false;  // at the very start of its line: here a word begins a block
  bool faulty = false;        // reported by the lexer; the block that holds it does not come into the tree

  [[nodiscard]] std::string_view of(std::string_view text) const { return text.substr(begin, end - begin); }
};

struct Comment {
  Span span;              // from the # to the end of the line, the line break not included
  bool own_line = false;  // nothing but spaces before it
  bool operator==(const Comment&) const = default;
};

}  // namespace samrad::rules
