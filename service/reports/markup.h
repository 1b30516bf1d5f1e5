// Text as a cell of a table: escaped as Markdown and as CSV want it; and as the text of XML and HTML.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace samrad::reports {

// No bars, no line breaks, nothing that begins markup.
[[nodiscard]] std::string markdown_cell(std::string_view text);

// For text and for values in double quotes. Control characters, for which XML 1.0 has no place, become blanks; line breaks stay.
[[nodiscard]] std::string xml_text(std::string_view text);

// RFC 4180, every cell in quotes; what a spreadsheet would run as a formula gets an apostrophe before. Ends in CR LF.
[[nodiscard]] std::string csv_line(const std::vector<std::string>& cells);

}  // namespace samrad::reports
