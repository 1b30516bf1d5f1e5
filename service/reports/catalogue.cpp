// A table to the rows of a catalogue. Entry point: read_catalogue.

#include "service/reports/catalogue.h"

#include <algorithm>
#include <map>
#include <optional>

#include <fmt/format.h>

#include "rules/diagnostics/unicode.h"

namespace samrad::reports {

namespace {

namespace unicode = rules::unicode;

bool is_digit(char32_t code) { return code >= U'0' && code <= U'9'; }
bool is_inner(char32_t code) { return code == U'-' || code == U'_' || code == U'.'; }

std::string at_or_empty(const std::vector<record::CsvCell>& row,
                        std::optional<std::size_t> column) {
  return column ? row[*column].text : std::string();
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

// What stands between the commas of a cell.
std::vector<std::string_view> listed_in(std::string_view cell) {
  std::vector<std::string_view> items;
  for (std::size_t begin = 0; begin <= cell.size();) {
    const std::size_t end = std::min(cell.find(',', begin), cell.size());
    items.push_back(trimmed(cell.substr(begin, end - begin)));
    begin = end + 1;
  }
  return items;
}

}  // namespace

bool is_word(std::string_view text) {
  bool ended = false;  // on a letter or digit, as it must begin and end
  for (std::size_t at = 0; at < text.size();) {
    const unicode::Point point = unicode::decode(text, at);
    const bool outer = unicode::is_letter(point.code) || is_digit(point.code);
    if (!outer && !(is_inner(point.code) && ended)) return false;
    ended = outer;
    at += point.bytes;
  }
  return ended;
}

std::vector<std::string_view> cited_in(std::string_view source) {
  std::vector<std::string_view> cited;
  std::size_t depth = 0, begin = 0;
  for (std::size_t at = source.find_first_of("(),;"); at != std::string_view::npos;
       at = source.find_first_of("(),;", begin)) {
    const std::string_view item = trimmed(source.substr(begin, at - begin));
    if (depth > 0 && is_word(item)) cited.push_back(item);
    if (source[at] == '(') ++depth;
    if (source[at] == ')' && depth > 0) --depth;
    begin = at + 1;
  }
  return cited;
}

std::string shape_of(std::string_view word) {
  std::string shape;
  for (std::size_t at = 0; at < word.size();) {
    const unicode::Point point = unicode::decode(word, at);
    const char kind = is_digit(point.code) ? '9' : unicode::is_letter(point.code) ? 'a' : word[at];
    if (is_inner(point.code) || shape.empty() || shape.back() != kind) shape += kind;
    at += point.bytes;
  }
  return shape;
}

std::vector<CatalogueRow> read_catalogue(record::CsvReader& csv) {
  const auto id = csv.required_column("id");
  const auto ref = csv.column("ref"), duty = csv.column("duty"), reason = csv.column("reason");
  std::vector<CatalogueRow> rows;
  std::map<std::string, std::size_t, std::less<>> line_of;
  while (const std::vector<record::CsvCell>* cells = csv.next()) {
    if (!id) continue;
    const record::CsvCell& cell = (*cells)[*id];
    const std::vector<std::string_view> words = listed_in(cell.text);
    if (cell.text.empty()) {
      csv.complain(cell, "this row has no id");
      continue;
    }
    const auto wrong = std::find_if_not(words.begin(), words.end(), is_word);
    if (wrong != words.end()) {
      csv.complain(cell, fmt::format("`{}` is no id", wrong->empty() ? cell.text : *wrong),
                   "an id is one word of letters, digits, `-`, `_` and `.`; several stand with "
                   "commas between them");
      continue;
    }
    for (const std::string_view word : words) {
      const auto [before, fresh] = line_of.emplace(word, cell.line);
      if (!fresh)
        csv.complain(cell, fmt::format("`{}` is the id of line {} already", word, before->second));
    }
    rows.push_back({cell.text,
                    {words.begin(), words.end()},
                    at_or_empty(*cells, ref),
                    at_or_empty(*cells, duty),
                    at_or_empty(*cells, reason)});
  }
  return rows;
}

}  // namespace samrad::reports
