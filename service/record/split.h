// Where the events of a file lie: the pieces of text that are one JSON value each, found without reading them.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace samrad::record {

// What JSON allows between its values.
[[nodiscard]] constexpr bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

// Where in the nesting of brackets and texts a reader of JSON stands.
struct Nesting {
  int depth = 0;
  bool in_text = false;
  bool escaped = false;

  void take(char c) {
    if (in_text) {
      if (!escaped && c == '"') in_text = false;
      escaped = !escaped && c == '\\';
    } else if (c == '"') {
      in_text = true;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if (c == '}' || c == ']') {
      --depth;
    }
  }
  [[nodiscard]] bool even() const { return depth == 0 && !in_text; }
};

struct Piece {
  std::string_view text;  // into the text given
  std::size_t line = 1;   // on which it begins
};

// A text that begins with `[` is a list and gives its elements; any other gives its lines that are not blank, or itself where it
// is one value over several lines. A byte order mark is passed over. A list that does not end, or has something after it, is
// told by `broken_line` (else 0) and gives the pieces up to there. Whoever takes no more than `most` of them gets one more at most, and
// nothing is looked at behind it.
struct Pieces {
  std::vector<Piece> list;
  std::size_t broken_line = 0;
  std::string_view broken;  // what is wrong there, a sentence
};
[[nodiscard]] Pieces split(std::string_view text, std::size_t most = SIZE_MAX);

}  // namespace samrad::record
