// Text to tokens. Knows what a word, a number, a date and a text look like, and no keyword.
#pragma once

#include "rules/syntax/report.h"
#include "rules/syntax/token.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace samrad::rules {

struct Lexed {
  std::vector<Token> tokens;
  std::vector<Comment> comments;
  bool usable = true;  // false: too long or not UTF-8, and nothing was read
};

// Reports each fault it meets and goes on: a text in curly quotes is a text, braces and semicolons are left out, what
// else is not used becomes a faulty token. At most `tokens_left` tokens. Linear in the text. Pure.
Lexed lex(std::string_view text, std::uint32_t file, std::size_t tokens_left, Report& report);

// What a text token says: without its quotes, escapes resolved, letters composed.
std::string text_content(std::string_view token);

}  // namespace samrad::rules
