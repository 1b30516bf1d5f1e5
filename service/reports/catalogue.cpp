// A table to the rows of a catalogue. Entry point: read_catalogue.

#include "service/reports/catalogue.h"

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

// Only words, and blanks and commas between them.
bool only_words(std::string_view text, const std::vector<std::string_view>& words) {
  std::size_t letters = 0;
  for (const std::string_view word : words)
    letters += word.size();
  for (const char c : text)
    letters += c == ' ' || c == ',' ? 1 : 0;
  return letters == text.size() && !words.empty();
}

}  // namespace

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  std::size_t begin = 0, end = 0;  // of the word at hand, without what may not end it
  for (std::size_t at = 0; at < text.size();) {
    const unicode::Point point = unicode::decode(text, at);
    if (unicode::is_letter(point.code) || is_digit(point.code)) {
      if (end == 0) begin = at;
      end = at + point.bytes;
    } else if (end != 0 && !(is_inner(point.code) && end == at)) {
      words.push_back(text.substr(begin, end - begin));
      end = 0;
    }
    at += point.bytes;
  }
  if (end != 0) words.push_back(text.substr(begin, end - begin));
  return words;
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
    const std::vector<std::string_view> words = words_of(cell.text);
    if (cell.text.empty()) {
      csv.complain(cell, "this row has no id");
      continue;
    }
    if (!only_words(cell.text, words)) {
      csv.complain(cell, fmt::format("`{}` is no id", cell.text),
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
