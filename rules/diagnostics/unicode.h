// The little of Unicode that reading and showing a rule file needs: decoding, letters, the width of a text on screen,
// and letters without their case and marks. Pure functions over UTF-8; a malformed byte reads as U+FFFD of length 1.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace samrad::rules::unicode {

inline constexpr char32_t replacement = 0xFFFD;

struct Point {
  char32_t code = 0;
  std::size_t bytes = 1;
  bool valid = true;
};

// Precondition: at < text.size().
Point decode(std::string_view text, std::size_t at);

// The offset of the first malformed byte (overlong forms, surrogates and codes beyond U+10FFFF included), or npos.
std::size_t first_invalid(std::string_view text);

void append(std::string& text, char32_t code);

bool is_letter(char32_t code);     // may begin a name
bool is_combining(char32_t code);  // a mark that belongs to the letter before it
bool is_space(char32_t code);      // blank, tab, no-break and typographic spaces; no line breaks
// Shows nothing and could make a text look like another: C0 and C1 controls but tab and line breaks, bidi overrides.
bool is_control(char32_t code);
bool is_invisible(char32_t code);  // zero-width spaces, soft hyphen, byte order mark

std::size_t count(std::string_view text);          // characters
std::size_t display_width(std::string_view text);  // columns on a screen; a tab counts as one

// With each Latin letter and the mark after it as one character, as a Swedish keyboard types it (`a` + ring: `å`).
std::string composed(std::string_view text);

// Lower case, without diacritics, `_` and `-`, at most `letters_max` letters: what two near names have in common.
std::u32string folded(std::string_view text, std::size_t letters_max);

}  // namespace samrad::rules::unicode
