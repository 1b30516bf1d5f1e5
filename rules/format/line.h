// Tokens to lines: what stands between two of them, where a line breaks, and columns.
#pragma once

#include "rules/syntax/token.h"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace samrad::rules::layout {

inline constexpr std::size_t line_columns_max = 110;

// One item, field, step or sentence, or the head of a block, as it is to be laid out.
struct Unit {
  std::span<const Token> tokens;
  std::span<const Comment> inside;  // between its first and its last token
  std::size_t indent = 0;
  const std::vector<std::uint32_t>* joints = nullptr;  // offsets of tokens before which a long line breaks first; sorted
};

// Whether a space stands between two neighbours.
bool spaced(std::string_view text, const Token& before, const Token& next);

// The tokens in a row, each joined to the one before as the language writes them.
std::string joined(std::string_view text, std::span<const Token> tokens);

// The unit's lines, indented; a comment within it ends its line.
std::vector<std::string> lines(std::string_view text, const Unit& unit);

// The comment without the spaces at its end.
std::string_view comment_text(std::string_view text, const Comment& comment);

// Rows of cells with every column as wide as its widest cell; empty cells keep their column, nothing is padded at the
// end of a row.
std::vector<std::string> columns(const std::vector<std::vector<std::string>>& rows);

}  // namespace samrad::rules::layout
