// The sheet as plain text and as Markdown.

#include <algorithm>

#include "service/reports/brief_sheet.h"

namespace samrad::reports {

namespace {

std::size_t letters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

// Folded between words, each line behind `indent` blanks.
std::string folded(std::string_view text, std::size_t indent, std::size_t width) {
  std::string out, line;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!line.empty() && indent + letters(line) + 1 + letters(word) > width) {
      out += std::string(indent, ' ') + line + "\n";
      line.clear();
    }
    line += (line.empty() ? "" : " ") + std::string(word);
  }
  return line.empty() ? out : out + std::string(indent, ' ') + line + "\n";
}

std::string painted(const SheetLine& line, bool colour) {
  if (!colour || line.tone == Tone::plain) return line.verdict;
  const char* code = line.tone == Tone::bad    ? "\033[31m"
                     : line.tone == Tone::good ? "\033[32m"
                                               : "\033[33m";
  return code + line.verdict + "\033[0m";
}

std::string line_text(const SheetLine& line, std::size_t width, bool colour) {
  std::string text =
      "  " + line.title + (line.source.empty() ? "" : " (" + line.source + ")") + "\n";
  text += "    " + line.id + ": " + painted(line, colour) + "; " + line.dates + "\n";
  if (!line.owners.empty()) text += folded(line.owners, 4, width);
  return text + folded(line.reason, 4, width);
}

// What Markdown would read as marks of its own.
std::string plain(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (std::string_view("\\`*_[]<>|#").find(c) != std::string_view::npos) out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out;
}

}  // namespace

std::string brief_text(const Brief& brief, const TextStyle& style) {
  const Sheet page = sheet(brief, style.language);
  const std::size_t width = static_cast<std::size_t>(std::max(style.width, 40));
  const std::string bold = style.colour ? "\033[1m" : "", off = style.colour ? "\033[0m" : "";
  std::string text = bold + page.title + off + "\n" + page.subtitle + "\n";
  for (const auto& [name, value] : page.facts)
    text += name + ": " + value + "\n";
  for (const SheetSection& section : page.sections) {
    text += "\n" + bold + section.heading + off + "\n" +
            std::string(letters(section.heading), '-') + "\n";
    for (const std::string& note : section.notes)
      text += folded(note, 0, width);
    for (const SheetGroup& group : section.groups) {
      text += group.heading.empty() ? "" : "\n" + group.heading + "\n";
      for (const SheetLine& line : group.lines)
        text += "\n" + line_text(line, width, style.colour);
    }
  }
  return text;
}

std::string brief_markdown(const Brief& brief, Language language) {
  const Sheet page = sheet(brief, language);
  std::string text = "# " + plain(page.title) + "\n\n" + plain(page.subtitle) + "\n\n";
  for (const auto& [name, value] : page.facts)
    text += "- " + plain(name) + ": " + plain(value) + "\n";
  for (const SheetSection& section : page.sections) {
    text += "\n## " + plain(section.heading) + "\n";
    for (const std::string& note : section.notes)
      text += "\n" + plain(note) + "\n";
    for (const SheetGroup& group : section.groups) {
      text += group.heading.empty() ? "\n" : "\n### " + plain(group.heading) + "\n\n";
      for (const SheetLine& line : group.lines) {
        text += "- **" + plain(line.title) + "**" +
                (line.source.empty() ? "" : " (" + plain(line.source) + ")") + ": **" +
                plain(line.verdict) + "**; " + plain(line.dates) +
                (line.owners.empty() ? "" : "; " + plain(line.owners)) + "; `" + line.id +
                "`  \n  " + plain(line.reason) + "\n";
      }
    }
  }
  return text;
}

}  // namespace samrad::reports
