// Offsets to places through the beginnings of the lines.
#include "rules/diagnostics/place.h"

#include "rules/diagnostics/unicode.h"

#include <algorithm>

namespace samrad::rules {

Lines::Lines(std::string_view text) : text_(text), begins_{0} {
  for (std::size_t at = text.find_first_of("\r\n"); at != std::string_view::npos;
       at = text.find_first_of("\r\n", at)) {
    at += text.substr(at, 2) == "\r\n" ? 2 : 1;
    begins_.push_back(static_cast<std::uint32_t>(at));
  }
}

Place Lines::place(std::size_t offset) const {
  offset = std::min(offset, text_.size());
  const auto after = std::upper_bound(begins_.begin(), begins_.end(), offset);
  const auto line = static_cast<std::size_t>(after - begins_.begin());
  const std::size_t start = begins_[line - 1];
  std::string_view before = text_.substr(start, offset - start);
  if (start == 0 && before.starts_with("\xEF\xBB\xBF")) before.remove_prefix(3);
  return {line, unicode::count(before) + 1};
}

std::string_view Lines::line(std::size_t line) const {
  const std::size_t start = begins_[line - 1];
  const std::size_t end = line < begins_.size() ? begins_[line] : text_.size();
  std::string_view result = text_.substr(start, end - start);
  while (!result.empty() && (result.back() == '\n' || result.back() == '\r')) result.remove_suffix(1);
  return result;
}

const Lines& Places::lines(std::uint32_t file) {
  if (lines_[file].empty()) lines_[file].emplace_back(sources_[file].text);
  return lines_[file].front();
}

}  // namespace samrad::rules
