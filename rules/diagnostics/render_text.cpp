// Diagnostics to text, in the manner of rustc: a head line, the place, each source line that the message concerns with
// its labels drawn underneath, help apart. A line is drawn through a window of at most `width` columns around the
// fault, so that a file of one line of megabytes costs no more to show than a short one.
#include "rules/diagnostics/render.h"

#include "rules/diagnostics/place.h"
#include "rules/diagnostics/unicode.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <string_view>
#include <utility>
#include <vector>

namespace samrad::rules {
namespace {

constexpr std::size_t tab_columns = 4;
constexpr std::string_view ellipsis = "…";

enum class Ink : std::uint8_t { plain, error, warning, note, frame, bold };

std::string inked(std::string_view text, Ink ink, const TextStyle& style) {
  if (!style.colour || text.empty()) return std::string(text);
  std::string_view code = "0";
  switch (ink) {
    case Ink::plain: return std::string(text);
    case Ink::error: code = "1;31"; break;
    case Ink::warning: code = "1;33"; break;
    case Ink::note: code = "1;36"; break;
    case Ink::frame: code = "1;34"; break;
    case Ink::bold: code = "1"; break;
  }
  return fmt::format("\x1B[{}m{}\x1B[0m", code, text);
}

Ink ink_of(Severity severity) {
  switch (severity) {
    case Severity::error: return Ink::error;
    case Severity::warning: return Ink::warning;
    case Severity::note: return Ink::note;
  }
  return Ink::note;
}

// A part of a line as it is shown, and how many columns lie before it.
struct Shown {
  std::string text;
  std::size_t width = 0;
};

// What can be drawn of `text`: tabs become spaces, other control characters and malformed bytes a replacement sign.
Shown shown(std::string_view text, std::size_t column) {
  Shown result;
  for (std::size_t at = 0; at < text.size();) {
    const unicode::Point point = unicode::decode(text, at);
    if (point.code == '\t') {
      const std::size_t blanks = tab_columns - (column + result.width) % tab_columns;
      result.text.append(blanks, ' ');
      result.width += blanks;
    } else if (unicode::is_control(point.code) || unicode::is_invisible(point.code) || !point.valid) {
      result.text += "\xEF\xBF\xBD";
      result.width += 1;
    } else {
      result.text += text.substr(at, point.bytes);
      result.width += unicode::display_width(text.substr(at, point.bytes));
    }
    at += point.bytes;
  }
  return result;
}

std::size_t character_start(std::string_view text, std::size_t at) {
  while (at > 0 && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) --at;
  return at;
}

// One mark under a line: the primary place or a label.
struct Mark {
  Span span;
  bool primary = false;
  std::string text;
};

// The bytes [from, to) of a line that are drawn, so that the fault is among them.
std::pair<std::size_t, std::size_t> window(std::string_view line, std::size_t fault, std::size_t width) {
  if (line.size() <= 4 * width && unicode::display_width(line) <= width) return {0, line.size()};
  const std::size_t before = width / 3;
  std::size_t from = fault > before ? fault - before : 0;
  if (fault < width / 2) from = 0;
  from = character_start(line, from);
  const std::size_t to = character_start(line, std::min(line.size(), from + width));
  return {from, to};
}

class Drawing {
 public:
  Drawing(std::string& out, Places& places, const TextStyle& style) : out_(out), places_(places), style_(style) {}

  void draw(const Diagnostic& d);

 private:
  void draw_file(std::vector<Mark>& marks, std::size_t first, std::size_t last);
  void draw_line(const std::vector<Mark>& marks, std::size_t line_number);
  void margin(std::string_view content, std::string_view rule) {
    out_ += inked(fmt::format("{:>{}} {}", content, gutter_, rule), Ink::frame, style_);
  }

  std::string& out_;
  Places& places_;
  TextStyle style_;
  std::size_t gutter_ = 1;
  Ink ink_ = Ink::error;
};

void Drawing::draw(const Diagnostic& d) {
  ink_ = ink_of(d.severity);
  out_ += inked(fmt::format("{}[{}]", word(d.severity), id(d.code)), ink_, style_);
  out_ += inked(fmt::format(": {}\n", d.message), Ink::bold, style_);
  std::vector<Mark> marks;
  if (places_.knows(d.primary)) marks.push_back({d.primary, true, {}});
  for (const Label& label : d.labels)
    if (places_.knows(label.span)) marks.push_back({label.span, false, label.text});
  gutter_ = 1;
  for (const Mark& mark : marks)
    gutter_ = std::max(gutter_, fmt::formatted_size("{}", places_.begin(mark.span).line));
  // The file of the fault first, then the others; in a file from the top.
  std::stable_sort(marks.begin(), marks.end(), [&d](const Mark& a, const Mark& b) {
    const auto key = [&d](const Mark& m) { return std::pair(m.span.file != d.primary.file, m.span.file); };
    return key(a) < key(b);
  });
  for (std::size_t first = 0; first < marks.size();) {
    std::size_t last = first;
    while (last < marks.size() && marks[last].span.file == marks[first].span.file) ++last;
    draw_file(marks, first, last);
    first = last;
  }
  for (std::size_t from = 0; from < d.help.size();) {
    const std::size_t end = std::min(d.help.find('\n', from), d.help.size());
    margin("", "=");
    out_ += fmt::format(" {}: {}\n", inked("help", Ink::bold, style_), d.help.substr(from, end - from));
    from = end + 1;
  }
  out_ += '\n';
}

void Drawing::draw_file(std::vector<Mark>& marks, std::size_t first, std::size_t last) {
  const Mark& head = marks[first];
  const Place place = places_.begin(head.span);
  out_ += inked(fmt::format("{:>{}}{} ", "", gutter_, head.primary ? "-->" : ":::"), Ink::frame, style_);
  out_ += fmt::format("{}:{}:{}\n", places_.name(head.span), place.line, place.column);
  margin("", "|");
  out_ += '\n';
  std::vector<std::pair<std::size_t, Mark>> by_line;
  for (std::size_t i = first; i < last; ++i) by_line.emplace_back(places_.begin(marks[i].span).line, marks[i]);
  std::stable_sort(by_line.begin(), by_line.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (std::size_t i = 0; i < by_line.size();) {
    std::vector<Mark> here;
    const std::size_t number = by_line[i].first;
    if (i > 0 && number > by_line[i - 1].first + 1) out_ += inked("...\n", Ink::frame, style_);
    for (; i < by_line.size() && by_line[i].first == number; ++i) here.push_back(by_line[i].second);
    draw_line(here, number);
  }
}

void Drawing::draw_line(const std::vector<Mark>& marks, std::size_t line_number) {
  const Lines& lines = places_.lines(marks.front().span.file);
  const std::string_view line = lines.line(line_number);
  const std::size_t start = lines.begin(line_number);
  const auto offset = [&](std::uint32_t at) { return at < start ? 0 : std::min<std::size_t>(at - start, line.size()); };
  const auto [from, to] = window(line, offset(marks.front().span.begin), style_.width);
  const std::size_t lead = from > 0 ? 1 : 0;
  margin(fmt::format("{}", line_number), "|");
  const std::string drawn_line = shown(line.substr(from, to - from), lead).text;
  out_ += fmt::format("{}{}{}{}\n", drawn_line.empty() ? "" : " ", lead > 0 ? ellipsis : "", drawn_line,
                      to < line.size() ? ellipsis : "");
  for (const Mark& mark : marks) {
    const std::size_t begin = std::clamp(offset(mark.span.begin), from, to);
    const std::size_t end = std::clamp(offset(mark.span.end), begin, to);
    const std::size_t before = lead + shown(line.substr(from, begin - from), lead).width;
    const std::size_t width = std::max<std::size_t>(1, shown(line.substr(begin, end - begin), before).width);
    margin("", "|");
    out_ += fmt::format(" {:>{}}", "", before);
    std::string drawn(width, mark.primary ? '^' : '-');
    if (!mark.text.empty()) drawn += " " + mark.text;
    out_ += inked(drawn, mark.primary ? ink_ : Ink::frame, style_) + "\n";
  }
}

std::string counted(std::size_t count, std::string_view word) {
  return fmt::format("{} {}{}", count, word, count == 1 ? "" : "s");
}

}  // namespace

std::string render_text(const Diagnostics& diagnostics, std::span<const Source> sources, TextStyle style) {
  std::string out;
  style.width = std::max<std::size_t>(style.width, 20);
  Places places(sources);
  Drawing drawing(out, places, style);
  std::array<std::size_t, 3> counts{};
  for (const Diagnostic& d : diagnostics) {
    drawing.draw(d);
    if (d.code != Code::and_more) ++counts[static_cast<std::size_t>(d.severity)];
  }
  std::vector<std::string> parts;
  if (counts[0] > 0) parts.push_back(counted(counts[0], "error"));
  if (counts[1] > 0) parts.push_back(counted(counts[1], "warning"));
  if (counts[2] > 0) parts.push_back(counted(counts[2], "note"));
  if (!parts.empty()) out += listed(parts, "and") + "\n";
  return out;
}

}  // namespace samrad::rules
