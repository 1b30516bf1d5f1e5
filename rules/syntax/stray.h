// What users type in place of the characters of the language, and what to tell them.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace samrad::rules {

// A typographic opening quote and the signs that may close it.
struct Curly {
  char32_t open;
  std::array<std::string_view, 3> closes;
};

// The pair that begins with that sign, or null. Valid for ever.
const Curly* curly(char32_t open);

// Braces and semicolons: reported once, and the text is read as if they were not there.
bool is_left_out(char32_t code);

std::string stray_help(char32_t code);
std::optional<std::string_view> stray_replacement(char32_t code);

}  // namespace samrad::rules
