#include "service/alerts/page.h"

#include <algorithm>
#include <array>

#include "service/alerts/text.h"
#include "service/reports/markup.h"

namespace samrad::alerts {

using reports::xml_text;

namespace {

using Form = Block::Form;

constexpr std::array<std::string_view, 8> form_words = {
    "heading", "group", "paragraph", "statement", "rows", "item", "links", "small"};

// Words of `text` on lines of at most text_columns; the first line goes on after what `out` ends with, which is `at` columns wide.
void fold(std::string& out, std::string_view text, std::size_t at, std::size_t indent) {
  std::size_t column = at;
  bool first = true;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t begin = text.find_first_not_of(" \n\t", i);
    if (begin == std::string_view::npos) break;
    i = std::min(text.find_first_of(" \n\t", begin), text.size());
    const std::string_view word = text.substr(begin, i - begin);
    if (!first && column + 1 + width_of(word) > text_columns) {
      out += "\n" + std::string(indent, ' ');
      column = indent;
      first = true;
    }
    if (!first) out += " ", ++column;
    out += word;
    column += width_of(word);
    first = false;
  }
  out += "\n";
}

void plain_rows(std::string& out, const Block& block, std::size_t indent) {
  std::size_t widest = 0;
  for (const auto& [label, value] : block.pairs)
    widest = std::max(widest, width_of(label));
  for (const auto& [label, value] : block.pairs) {
    const std::size_t column = indent + widest + 3;
    out += std::string(indent, ' ') + label + ":" + std::string(widest + 2 - width_of(label), ' ');
    fold(out, value, column, column);
  }
}

void plain_block(std::string& out, const Block& block) {
  switch (block.form) {
  case Form::heading:
    fold(out, block.text, 0, 0);
    out += std::string(std::min(width_of(block.text), text_columns), '=') + "\n";
    break;
  case Form::group:
  case Form::paragraph:
  case Form::statement: fold(out, block.text, 0, 0); break;
  case Form::rows: plain_rows(out, block, 0); break;
  case Form::item:
    out += "- ";
    fold(out, block.text, 2, 2);
    plain_rows(out, block, 2);
    break;
  case Form::links:
    for (const auto& [label, address] : block.pairs)
      out += label + ":\n" + address + "\n";
    break;
  case Form::small:
    out += "-- \n";
    fold(out, block.text, 0, 0);
    break;
  }
}

constexpr std::string_view head = R"(<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>)";
constexpr std::string_view body_style =
    "font: 16px/1.45 sans-serif; color: #111; background: #fff; max-width: 40em; margin: 0 auto; "
    "padding: 1em";

std::string tag(std::string_view name, std::string_view text) {
  return "<" + std::string(name) + ">" + xml_text(text) + "</" + std::string(name) + ">\n";
}

std::string html_rows(const Block& block) {
  if (block.pairs.empty()) return {};
  std::string out = "<table style=\"border-collapse: collapse\">\n";
  for (const auto& [label, value] : block.pairs)
    out += "<tr><th scope=\"row\" style=\"text-align: left; vertical-align: top; "
           "padding: 2px 16px 2px 0\">" +
           xml_text(label) + "</th><td style=\"padding: 2px 0\">" + xml_text(value) +
           "</td></tr>\n";
  return out + "</table>\n";
}

std::string html_block(const Block& block) {
  switch (block.form) {
  case Form::heading: return tag("h2", block.text);
  case Form::group: return tag("h3", block.text);
  case Form::paragraph: return tag("p", block.text);
  case Form::statement: return "<p><strong>" + xml_text(block.text) + "</strong></p>\n";
  case Form::rows: return html_rows(block);
  case Form::item: return "<li>" + xml_text(block.text) + "\n" + html_rows(block) + "</li>\n";
  case Form::links: break;
  case Form::small:
    return "<hr>\n<p style=\"font-size: 14px; color: #444\">" + xml_text(block.text) + "</p>\n";
  }
  std::string out;
  for (const auto& [label, address] : block.pairs)
    out += "<p><a href=\"" + xml_text(address) + "\">" + xml_text(label) + "</a></p>\n";
  return out;
}

}  // namespace

std::string_view word(Form form) { return form_words[static_cast<std::size_t>(form)]; }

std::optional<Form> form_of(std::string_view word) {
  const auto it = std::find(form_words.begin(), form_words.end(), word);
  if (it == form_words.end()) return std::nullopt;
  return static_cast<Form>(it - form_words.begin());
}

std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

std::string plain_page(const Page& page) {
  std::string out;
  const Block* before = nullptr;
  for (const Block& block : page.blocks) {
    const bool close = before && block.form == Form::item &&
                       (before->form == Form::item || before->form == Form::group);
    if (before && !close) out += "\n";
    plain_block(out, block);
    before = &block;
  }
  return out;
}

std::string html_page(const Page& page) {
  const bool sv = page.language == calendar::Language::sv;
  std::string out = "<!doctype html>\n<html lang=\"" + std::string(sv ? "sv" : "en") + "\">\n";
  out += std::string(head) + xml_text(page.title) + "</title>\n</head>\n<body style=\"" +
         std::string(body_style) + "\">\n" + tag("h1", page.title);
  bool list = false;
  for (const Block& block : page.blocks) {
    const bool item = block.form == Form::item;
    if (item != list) out += item ? "<ul>\n" : "</ul>\n";
    list = item;
    out += html_block(block);
  }
  return out + (list ? "</ul>\n" : "") + "</body>\n</html>\n";
}

}  // namespace samrad::alerts
