// The tree under test as values: every text file with its path from the root, and views of a file's text in which
// comments or literals are blanked. The rules (rules.h) see nothing else, so that a wrong tree for a test of a rule is a
// few strings.

#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace samrad::tidy {

struct File {
  std::string path;  // from the root, with `/`
  std::string text;

  bool is_code() const;   // .h, .cpp, and .def or .inc, which are included
  bool is_cmake() const;  // CMakeLists.txt or *.cmake
  bool in(std::string_view folder) const { return path.starts_with(folder); }
};

// Sorted by path.
using Tree = std::vector<File>;

// Reads every text file below root but for `.git`, `build` and `.cache` at the root. A file with a null byte is not text
// and is left out. Throws std::filesystem::filesystem_error when something cannot be read.
Tree read_tree(const std::filesystem::path& root);

const File* find(const Tree& tree, std::string_view path);

// C++ text of the same length, with the same line ends, in which comments (and, for `code_only`, the insides of string and
// character literals too) are spaces.
std::string without_comments(std::string_view text);
std::string code_only(std::string_view text);

// Line of an offset, counted from 1.
int line_of(std::string_view text, std::size_t offset);

// The lines, without their ends.
std::vector<std::string_view> lines_of(std::string_view text);

// Words of letters, digits and `_`, each with its place. A number keeps its point and exponent: `1.5e3` is one word.
struct Word {
  std::string_view text;
  std::size_t offset;
};
std::vector<Word> words_of(std::string_view code);

struct Include {
  std::string_view target;
  bool ours;  // written with quotes
  int line;
};

// The targets are views into `text`, which must have its comments blanked already.
std::vector<Include> includes_of(std::string_view text);

bool is_word_character(char c);
bool is_digit(char c);

}  // namespace samrad::tidy
