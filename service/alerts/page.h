// A message laid out: blocks in the order of reading, written as plain text and as HTML.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rules/calendar/holidays.h"

namespace samrad::alerts {

struct Block {
  enum class Form : std::uint8_t {
    heading,  // of a part: an agreement
    group,    // a heading within it
    paragraph,
    statement,  // what it is all about: stands out
    rows,       // pairs of a label and what stands behind it
    item,       // of a list: the text, and its details as pairs
    links,      // pairs of what is found there and the address
    small,      // at the end, apart
  };
  Form form = Form::paragraph;
  std::string text;
  std::vector<std::pair<std::string, std::string>> pairs;
};

// `heading`, …; and back.
[[nodiscard]] std::string_view word(Block::Form form);
[[nodiscard]] std::optional<Block::Form> form_of(std::string_view word);

struct Page {
  calendar::Language language = calendar::Language::sv;
  std::string title;
  std::vector<Block> blocks;
};

// Folded between words at text_columns; addresses stand on lines of their own and are never folded. Ends with a line break.
[[nodiscard]] std::string plain_page(const Page& page);

// A whole document in UTF-8 that needs nothing fetched and no colours seen: headings in order, tables with row heads.
[[nodiscard]] std::string html_page(const Page& page);

// Characters, not bytes.
[[nodiscard]] std::size_t width_of(std::string_view text);

}  // namespace samrad::alerts
