// Sizes, names, and files that nobody uses.

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

#include "tests/tidy/rules.h"

namespace samrad::tidy {

namespace {

constexpr std::size_t file_lines_max = 500;

constexpr std::array<std::string_view, 10> empty_words = {
    "manager", "managers", "helper",    "helpers", "util",
    "utils",   "utility",  "utilities", "data",    "info"};

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

// The words of an identifier: `EventStore`, `event_store` and `event-store` have two.
std::vector<std::string> parts_of(std::string_view name) {
  std::vector<std::string> parts(1);
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    if (!is_word_character(c) || c == '_') {
      parts.emplace_back();
      continue;
    }
    const bool hump = is_upper(c) && i > 0 &&
                      (!is_upper(name[i - 1]) || (i + 1 < name.size() && !is_upper(name[i + 1])));
    if (hump) parts.emplace_back();
    parts.back() += is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return parts;
}

// The word of the name that says nothing, or empty.
std::string empty_word_of(std::string_view name) {
  for (const std::string& part : parts_of(name))
    if (std::find(empty_words.begin(), empty_words.end(), part) != empty_words.end()) return part;
  return {};
}

Finding empty_name(const File& file, int line, const std::string& what, const std::string& word) {
  return {file.path, line, what + " says `" + word + "`",
          "every type keeps or helps something: the word tells nothing",
          "a word of the agreement: clause, party, role, period, occurrence, evidence, finding"};
}

std::string_view file_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

bool is_listed_code(const File& file) {
  return file.is_code() && file.path.find('/') != std::string::npos;
}

// Whether the text names the path as a whole word, or after a variable: `${folder}/path`.
bool names_path(std::string_view text, std::string_view path) {
  for (std::size_t i = text.find(path); i != std::string_view::npos; i = text.find(path, i + 1)) {
    const char before = i == 0 ? ' ' : text[i - 1];
    const bool part = is_word_character(before) || before == '-' || before == '.' || before == '/';
    if (!part || text.substr(0, i).ends_with("}/")) return true;
  }
  return false;
}

// Whether a CMake file in the file's folder or above it names the file, by its path from there or from a folder between, or
// takes files by pattern.
bool is_built(const Tree& tree, const File& file) {
  for (const File& list : tree) {
    const std::string_view folder = std::string_view(list.path).substr(0, list.path.rfind('/') + 1);
    if (!list.is_cmake() || !file.in(folder)) continue;
    if (!folder.empty() && list.text.find("GLOB") != std::string::npos) return true;
    for (std::string_view rest = file.path; !rest.empty();) {
      if (names_path(list.text, rest)) return true;
      const std::size_t slash = rest.find('/');
      rest = slash == std::string_view::npos ? std::string_view() : rest.substr(slash + 1);
    }
  }
  return false;
}

}  // namespace

Findings sizes(const Tree& tree) {
  Findings out;
  for (const File& file : tree) {
    if (file.in("tests/") || file.in("examples/") || file.in("docs/")) continue;
    if (!file.is_code() && !file.is_cmake()) continue;
    const std::size_t count = lines_of(file.text).size();
    if (count > file_lines_max)
      out.push_back({file.path, static_cast<int>(file_lines_max) + 1,
                     std::to_string(count) + " lines",
                     "a file is read in one sitting: about 400 lines, at most " +
                         std::to_string(file_lines_max),
                     "split it where its opening comment needs an `and`"});
  }
  return out;
}

Findings names(const Tree& tree) {
  static const std::set<std::string_view> introducers = {"class", "struct", "enum",
                                                         "union", "using",  "concept"};
  Findings out;
  for (const File& file : tree) {
    if (!file.is_code()) continue;
    const std::string_view name = file_name(file.path);
    if (const std::string word = empty_word_of(name.substr(0, name.find('.'))); !word.empty())
      out.push_back(empty_name(file, 1, "the name of the file", word));
    const std::string code = code_only(file.text);
    const std::vector<Word> words = words_of(code);
    for (std::size_t i = 1; i < words.size(); ++i) {
      if (introducers.count(words[i - 1].text) == 0) continue;
      // `using a::Data;` and `struct a::Data x;` name a type of somebody else.
      const std::size_t end = words[i].offset + words[i].text.size();
      if (std::string_view(code).substr(end).starts_with("::")) continue;
      if (const std::string word = empty_word_of(words[i].text); !word.empty())
        out.push_back(empty_name(file, line_of(code, words[i].offset),
                                 "the type `" + std::string(words[i].text) + "`", word));
    }
  }
  return out;
}

Findings dead_files(const Tree& tree) {
  std::set<std::string> included;
  for (const File& file : tree) {
    if (!file.is_code()) continue;
    const std::string text = without_comments(file.text);
    for (const Include& include : includes_of(text)) {
      const std::string target(include.target);
      const bool own_source =
          target.substr(0, target.rfind('.')) == file.path.substr(0, file.path.rfind('.'));
      if (!own_source) included.insert(target);
    }
  }
  Findings out;
  for (const File& file : tree) {
    if (!is_listed_code(file) || file.in("tests/corpus/")) continue;
    const bool source = file.path.ends_with(".cpp");
    if (source ? is_built(tree, file) : included.count(file.path) > 0) continue;
    out.push_back(
        {file.path, 1,
         source ? "no CMake file names this file" : "nobody but its own source includes this file",
         "what is not used rots unseen",
         source ? "list it in its room's CMakeLists.txt, or remove it"
                : "use it, fold it into its source, or remove it"});
  }
  return out;
}

}  // namespace samrad::tidy
