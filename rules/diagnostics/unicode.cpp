// UTF-8 to code points and the few properties of them that the rules need. Tables cover Latin; other letters are letters
// without case. A full Unicode library would weigh more than the rest of the compiler and answer no question asked here.
#include "rules/diagnostics/unicode.h"

#include <algorithm>
#include <array>

namespace samrad::rules::unicode {
namespace {

unsigned char byte(std::string_view text, std::size_t at) { return static_cast<unsigned char>(text[at]); }

bool is_continuation(std::string_view text, std::size_t at) {
  return at < text.size() && (byte(text, at) & 0xC0U) == 0x80U;
}

// U+00C0 to U+017F without case and marks.
constexpr std::string_view plain_latin = "aaaaaaaceeeeiiiidnooooo ouuuuyts"
                                         "aaaaaaaceeeeiiiidnooooo ouuuuyty"
                                         "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii"
                                         "iijjkkkllllllllllnnnnnnnnnoooooooorrrrrrsssssssstttttt"
                                         "uuuuuuuuuuuuwwyyyzzzzzzs";
static_assert(plain_latin.size() == 0x180 - 0xC0);

struct Composition {
  char32_t letter;
  char32_t mark;
  char32_t result;
};

constexpr std::array compositions{
    Composition{U'a', 0x30A, U'å'}, Composition{U'a', 0x308, U'ä'}, Composition{U'o', 0x308, U'ö'},
    Composition{U'A', 0x30A, U'Å'}, Composition{U'A', 0x308, U'Ä'}, Composition{U'O', 0x308, U'Ö'},
    Composition{U'e', 0x301, U'é'}, Composition{U'E', 0x301, U'É'}, Composition{U'u', 0x308, U'ü'},
    Composition{U'U', 0x308, U'Ü'}, Composition{U'a', 0x300, U'à'}, Composition{U'e', 0x300, U'è'},
    Composition{U'a', 0x301, U'á'}, Composition{U'i', 0x301, U'í'}, Composition{U'o', 0x301, U'ó'},
    Composition{U'u', 0x301, U'ú'}, Composition{U'e', 0x308, U'ë'}, Composition{U'i', 0x308, U'ï'},
    Composition{U'a', 0x302, U'â'}, Composition{U'e', 0x302, U'ê'}, Composition{U'i', 0x302, U'î'},
    Composition{U'o', 0x302, U'ô'}, Composition{U'u', 0x302, U'û'}, Composition{U'n', 0x303, U'ñ'},
    Composition{U'c', 0x327, U'ç'}, Composition{U'y', 0x301, U'ý'}, Composition{U'a', 0x303, U'ã'},
    Composition{U'o', 0x303, U'õ'}};

bool between(char32_t code, char32_t low, char32_t high) { return code >= low && code <= high; }

bool is_wide(char32_t code) {
  return between(code, 0x1100, 0x115F) || between(code, 0x2E80, 0xA4CF) || between(code, 0xAC00, 0xD7A3) ||
         between(code, 0xF900, 0xFAFF) || between(code, 0xFE30, 0xFE6F) || between(code, 0xFF00, 0xFF60) ||
         between(code, 0x1F300, 0x1FAFF) || between(code, 0x20000, 0x3FFFD);
}

}  // namespace

Point decode(std::string_view text, std::size_t at) {
  const unsigned char first = byte(text, at);
  if (first < 0x80) return {first, 1, true};
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  const Point malformed{replacement, 1, false};
  if (first < 0xC2 || first > 0xF4) return malformed;
  char32_t code = first & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if (!is_continuation(text, at + i)) return malformed;
    code = code << 6U | (byte(text, at + i) & 0x3FU);
  }
  constexpr std::array<char32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
  if (code < least[length] || code > 0x10FFFF || between(code, 0xD800, 0xDFFF)) return malformed;
  return {code, length, true};
}

std::size_t first_invalid(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (byte(text, at) < 0x80) {
      ++at;
      continue;
    }
    const Point point = decode(text, at);
    if (!point.valid) return at;
    at += point.bytes;
  }
  return std::string_view::npos;
}

void append(std::string& text, char32_t code) {
  const auto put = [&text](char32_t bits) { text += static_cast<char>(static_cast<unsigned char>(bits)); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0U | code >> 6U);
    put(0x80U | (code & 0x3FU));
  } else if (code < 0x10000) {
    put(0xE0U | code >> 12U);
    put(0x80U | (code >> 6U & 0x3FU));
    put(0x80U | (code & 0x3FU));
  } else {
    put(0xF0U | code >> 18U);
    put(0x80U | (code >> 12U & 0x3FU));
    put(0x80U | (code >> 6U & 0x3FU));
    put(0x80U | (code & 0x3FU));
  }
}

bool is_letter(char32_t code) {
  if (code < 0x80) return between(code, 'a', 'z') || between(code, 'A', 'Z');
  if (code < 0xC0) return code == 0xAA || code == 0xB5 || code == 0xBA;
  if (code == 0xD7 || code == 0xF7 || is_combining(code) || is_space(code) || is_control(code)) return false;
  if (code == 0x37E || code == 0x387 || code == 0x180E) return false;
  return code < 0x2000 || between(code, 0x2C00, 0x2DFF) || between(code, 0x3040, 0xD7FF) ||
         between(code, 0xF900, 0xFDFF) || between(code, 0x10000, 0x1EFFF) || between(code, 0x20000, 0x3FFFD);
}

bool is_combining(char32_t code) {
  return between(code, 0x300, 0x36F) || between(code, 0x1AB0, 0x1AFF) || between(code, 0x1DC0, 0x1DFF);
}

bool is_space(char32_t code) {
  return code == ' ' || code == '\t' || code == 0xA0 || code == 0x1680 || between(code, 0x2000, 0x200A) ||
         code == 0x202F || code == 0x205F || code == 0x3000;
}

bool is_control(char32_t code) {
  if (code < 0x20) return code != '\t' && code != '\n' && code != '\r';
  return between(code, 0x7F, 0x9F) || code == 0x61C || code == 0x200E || code == 0x200F ||
         between(code, 0x2028, 0x202E) || between(code, 0x2066, 0x2069);
}

bool is_invisible(char32_t code) {
  return code == 0xAD || between(code, 0x200B, 0x200D) || between(code, 0x2060, 0x2064) || code == 0xFEFF;
}

std::size_t count(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const Point point = decode(text, at);
    at += point.bytes;
    if (is_combining(point.code) || is_invisible(point.code)) continue;
    width += is_wide(point.code) ? 2 : 1;
  }
  return width;
}

std::string composed(std::string_view text) {
  if (text.find_first_of("\xCC\xCD") == std::string_view::npos) return std::string(text);
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const Point letter = decode(text, at);
    at += letter.bytes;
    char32_t code = letter.code;
    if (at < text.size()) {
      const Point mark = decode(text, at);
      const auto found = std::find_if(compositions.begin(), compositions.end(), [&](const Composition& c) {
        return c.letter == letter.code && c.mark == mark.code;
      });
      if (found != compositions.end()) {
        code = found->result;
        at += mark.bytes;
      }
    }
    append(result, code);
  }
  return result;
}

std::u32string folded(std::string_view text, std::size_t letters_max) {
  std::u32string result;
  for (std::size_t at = 0; at < text.size() && result.size() < letters_max;) {
    const Point point = decode(text, at);
    at += point.bytes;
    char32_t code = point.code;
    if (is_combining(code) || code == '_' || code == '-') continue;
    if (between(code, 'A', 'Z')) code += 'a' - 'A';
    if (between(code, 0xC0, 0x17F)) code = static_cast<char32_t>(plain_latin[code - 0xC0]);
    result += code;
  }
  return result;
}

}  // namespace samrad::rules::unicode
