// Foreign characters to advice: one table for quotes, one for the rest.
#include "rules/syntax/stray.h"

#include <algorithm>

namespace samrad::rules {
namespace {

constexpr std::array quotes{
    Curly{U'“', {"”", "“", "\""}}, Curly{U'”', {"”", "“", "\""}}, Curly{U'„', {"“", "”", "\""}},
    Curly{U'»', {"»", "«", "\""}}, Curly{U'«', {"»", "«", "\""}}, Curly{U'‘', {"’", "‘", "'"}},
    Curly{U'’', {"’", "‘", "'"}},  Curly{U'\'', {"'", "’", ""}},  Curly{U'`', {"`", "'", ""}},
};

struct Advice {
  char32_t code;
  std::string_view help;
  std::string_view replacement;  // empty: none that is certain
};

constexpr std::array advices{
    Advice{U'{', "no braces, no semicolons: a block ends where the next one begins", ""},
    Advice{U'}', "no braces, no semicolons: a block ends where the next one begins", ""},
    Advice{U';', "no braces, no semicolons: a sentence ends where the next item or block begins", ""},
    Advice{U'[', "a list stands in parentheses: `(A, B)`", ""},
    Advice{U']', "a list stands in parentheses: `(A, B)`", ""},
    Advice{U'–', "leave it out, or write a hyphen `-`", ""},
    Advice{U'—', "leave it out, or write a hyphen `-`", ""},
    Advice{U'−', "write a hyphen `-`", "-"},
    Advice{U'§', "a reference to the agreement is a text: `source \"§5 st 3\"`", ""},
    Advice{U'&', "write `and`", "and"},
    Advice{U'|', "write `or`", "or"},
    Advice{U'!', "write `not`, or `!=` for different", ""},
    Advice{U'≤', "write `<=` or `is at most`", "<="},
    Advice{U'≥', "write `>=` or `is at least`", ">="},
    Advice{U'≠', "write `!=` or `is not`", "!="},
    Advice{U'×', "write `*`", "*"},
    Advice{U'÷', "write `/`", "/"},
    Advice{U'½', "write `1/2`", "1/2"},
    Advice{U'¼', "write `1/4`", "1/4"},
    Advice{U'¾', "write `3/4`", "3/4"},
    Advice{U'…', "leave it out, or write what it stands for", ""},
    Advice{U'•', "no bullets: each item begins a line of its own", ""},
    Advice{U'€', "an amount is a number followed by a currency code: `5000 EUR`", ""},
    Advice{U'$', "an amount is a number followed by a currency code: `5000 USD`", ""},
    Advice{U'_', "a name begins with a letter", ""},
    Advice{U'\\', "a backslash stands only within a text", ""},
    Advice{U'\x00AD', "an invisible soft hyphen; delete it", ""},
    Advice{U'\x200B', "an invisible space of no width; delete it", ""},
    Advice{U'\xFEFF', "an invisible byte order mark; delete it", ""},
};

const Advice* advice(char32_t code) {
  const auto* found = std::find_if(advices.begin(), advices.end(), [code](const Advice& a) { return a.code == code; });
  return found == advices.end() ? nullptr : found;
}

}  // namespace

const Curly* curly(char32_t open) {
  const auto* found = std::find_if(quotes.begin(), quotes.end(), [open](const Curly& c) { return c.open == open; });
  return found == quotes.end() ? nullptr : found;
}

bool is_left_out(char32_t code) { return code == U'{' || code == U'}' || code == U';'; }

std::string stray_help(char32_t code) {
  const Advice* found = advice(code);
  return found ? std::string(found->help) : "delete it, or put it in a text: `\"…\"`";
}

std::optional<std::string_view> stray_replacement(char32_t code) {
  const Advice* found = advice(code);
  if (!found || found->replacement.empty()) return std::nullopt;
  return found->replacement;
}

}  // namespace samrad::rules
