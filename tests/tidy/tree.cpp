// Reads the tree and blanks what a rule must not see. The C++ scanner knows just enough of the language to tell code from
// comments and literals: raw strings, prefixes, and the `'` that separates digits.

#include "tests/tidy/tree.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace samrad::tidy {

namespace fs = std::filesystem;

namespace {

bool ends_with_any(std::string_view path, std::initializer_list<std::string_view> ends) {
  return std::any_of(ends.begin(), ends.end(), [&](auto end) { return path.ends_with(end); });
}

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(in), {}};
}

void blank(std::string& out, std::size_t from, std::size_t to) {
  for (std::size_t i = from; i < to; ++i)
    if (out[i] != '\n') out[i] = ' ';
}

// The offset after a literal that begins with the quote at `at`.
std::size_t literal_end(std::string_view text, std::size_t at) {
  const char quote = text[at];
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    if (text[i] == '\\')
      ++i;
    else if (text[i] == quote || text[i] == '\n')
      return i + 1;
  }
  return text.size();
}

// As literal_end, for R"delimiter(…)delimiter" with the quote at `at`.
std::size_t raw_literal_end(std::string_view text, std::size_t at) {
  const std::size_t open = text.find('(', at);
  if (open == std::string_view::npos) return text.size();
  const std::string close = ")" + std::string(text.substr(at + 1, open - at - 1)) + "\"";
  const std::size_t end = text.find(close, open);
  return end == std::string_view::npos ? text.size() : end + close.size();
}

// The offset after the number that begins at `at`: digits, letters, `.`, digit separators, signed exponents.
std::size_t number_end(std::string_view text, std::size_t at) {
  const bool hex = text.substr(at).starts_with("0x") || text.substr(at).starts_with("0X");
  std::size_t i = at;
  while (i < text.size()) {
    const char c = text[i];
    const bool exponent = !hex && (c == 'e' || c == 'E');
    if (exponent && i + 1 < text.size() && (text[i + 1] == '+' || text[i + 1] == '-'))
      i += 2;
    else if (is_word_character(c) || c == '.')
      ++i;
    else if (c == '\'' && i + 1 < text.size() && is_word_character(text[i + 1]))
      ++i;
    else
      break;
  }
  return i;
}

std::size_t word_end(std::string_view text, std::size_t at) {
  while (at < text.size() && is_word_character(text[at]))
    ++at;
  return at;
}

std::string scan(std::string_view text, bool keep_literals) {
  std::string out(text);
  std::size_t i = 0;
  while (i < text.size()) {
    const char c = text[i];
    if (text.substr(i).starts_with("//")) {
      const std::size_t end = std::min(text.find('\n', i), text.size());
      blank(out, i, end);
      i = end;
    } else if (text.substr(i).starts_with("/*")) {
      const std::size_t close = text.find("*/", i + 2);
      const std::size_t end = close == std::string_view::npos ? text.size() : close + 2;
      blank(out, i, end);
      i = end;
    } else if (is_digit(c)) {
      i = number_end(text, i);
    } else if (is_word_character(c)) {
      const std::size_t end = word_end(text, i);
      if (end < text.size() && text[end] == '"' && text[end - 1] == 'R') {
        const std::size_t after = raw_literal_end(text, end);
        if (!keep_literals) blank(out, end + 1, after - 1);
        i = after;
      } else {
        i = end;
      }
    } else if (c == '"' || c == '\'') {
      const std::size_t end = literal_end(text, i);
      if (!keep_literals && end > i + 1) blank(out, i + 1, end - 1);
      i = end;
    } else {
      ++i;
    }
  }
  return out;
}

}  // namespace

bool File::is_code() const { return ends_with_any(path, {".h", ".cpp", ".def", ".inc"}); }

bool File::is_cmake() const { return ends_with_any(path, {"CMakeLists.txt", ".cmake"}); }

Tree read_tree(const fs::path& root) {
  Tree tree;
  for (fs::recursive_directory_iterator it(root), end; it != end; ++it) {
    const std::string name = it->path().filename().string();
    if (it.depth() == 0 && (name == ".git" || name == "build" || name == ".cache")) {
      it.disable_recursion_pending();
      continue;
    }
    if (!it->is_regular_file()) continue;
    std::string text = read_file(it->path());
    if (text.find('\0') != std::string::npos) continue;
    tree.push_back({fs::relative(it->path(), root).generic_string(), std::move(text)});
  }
  std::sort(tree.begin(), tree.end(), [](const File& a, const File& b) { return a.path < b.path; });
  return tree;
}

const File* find(const Tree& tree, std::string_view path) {
  const auto it =
      std::lower_bound(tree.begin(), tree.end(), path,
                       [](const File& file, std::string_view p) { return file.path < p; });
  return it != tree.end() && it->path == path ? &*it : nullptr;
}

std::string without_comments(std::string_view text) { return scan(text, true); }

std::string code_only(std::string_view text) { return scan(text, false); }

int line_of(std::string_view text, std::size_t offset) {
  const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min(offset, text.size()));
  return 1 + static_cast<int>(std::count(text.begin(), end, '\n'));
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back(line);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

std::vector<Word> words_of(std::string_view code) {
  std::vector<Word> words;
  std::size_t i = 0;
  while (i < code.size()) {
    if (!is_word_character(code[i])) {
      ++i;
      continue;
    }
    const std::size_t end = is_digit(code[i]) ? number_end(code, i) : word_end(code, i);
    words.push_back({code.substr(i, end - i), i});
    i = end;
  }
  return words;
}

std::vector<Include> includes_of(std::string_view text) {
  std::vector<Include> found;
  int number = 0;
  for (std::string_view line : lines_of(text)) {
    ++number;
    const auto skip = [&] {
      line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    };
    skip();
    if (!line.starts_with('#')) continue;
    line.remove_prefix(1);
    skip();
    if (!line.starts_with("include")) continue;
    line.remove_prefix(7);
    skip();
    if (line.empty() || (line[0] != '"' && line[0] != '<')) continue;
    const std::size_t end = line.find(line[0] == '"' ? '"' : '>', 1);
    if (end != std::string_view::npos)
      found.push_back({line.substr(1, end - 1), line[0] == '"', number});
  }
  return found;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_word_character(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

}  // namespace samrad::tidy
