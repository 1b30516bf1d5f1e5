// Finds the borders of values by counting brackets outside texts; linear, no recursion.

#include "service/record/split.h"

#include <algorithm>

namespace samrad::record {

namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front()))
    text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back()))
    text.remove_suffix(1);
  return text;
}

Pieces elements(std::string_view text, std::size_t first_line, std::size_t most) {
  Pieces pieces;
  Nesting nesting;
  std::size_t line = first_line;
  std::size_t begin = 1;
  std::size_t begin_line = line;
  bool started = false;  // a character of the element at `begin` was seen
  const auto end_piece = [&](std::size_t end) {
    pieces.list.push_back({trimmed(text.substr(begin, end - begin)), begin_line});
    begin = end + 1;
    started = false;
  };
  for (std::size_t i = 1; i < text.size(); ++i) {
    const char c = text[i];
    if (nesting.even() && (c == ',' || c == ']')) {
      if (c == ',' || started || !pieces.list.empty()) end_piece(i);
      if (pieces.list.size() > most) return pieces;
      if (c == ',') {
        begin_line = line;
        continue;
      }
      if (const auto rest = text.substr(i + 1); !trimmed(rest).empty()) {
        const auto skipped = rest.find_first_not_of(" \t\r\n");
        pieces.broken_line =
            line + static_cast<std::size_t>(std::count(
                       rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(skipped), '\n'));
        pieces.broken = "something stands after the end of the list";
      }
      return pieces;
    }
    if (!started && !is_blank(c)) started = true, begin_line = line;
    if (c == '\n') ++line;
    nesting.take(c);
  }
  if (started) end_piece(text.size());
  pieces.broken_line = line;
  pieces.broken = "the list is not ended by `]`";
  return pieces;
}

}  // namespace

Pieces split(std::string_view text, std::size_t most) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::size_t line = 1;
  while (!text.empty() && is_blank(text.front())) {
    line += text.front() == '\n' ? 1 : 0;
    text.remove_prefix(1);
  }
  if (text.starts_with('[')) return elements(text, line, most);

  Pieces pieces;
  const std::size_t first_line = line;
  bool first_even = true;
  for (std::size_t begin = 0; begin < text.size(); ++line) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view piece = trimmed(text.substr(begin, end - begin));
    if (!piece.empty()) {
      if (pieces.list.empty()) {
        Nesting nesting;
        for (const char c : piece)
          nesting.take(c);
        first_even = nesting.even();
      }
      pieces.list.push_back({piece, line});
      if (pieces.list.size() > most) return pieces;
    }
    begin = end + 1;
  }
  if (first_even || pieces.list.size() < 2) return pieces;
  // One event written over several lines: even only at the very end.
  Nesting nesting;
  const std::string_view all = trimmed(text);
  for (std::size_t i = 0; i < all.size(); ++i) {
    nesting.take(all[i]);
    if (nesting.even() && i + 1 < all.size()) return pieces;
  }
  if (nesting.even()) return {{{all, first_line}}, 0, {}};
  return pieces;
}

}  // namespace samrad::record
