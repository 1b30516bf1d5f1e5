// From byte offsets to lines and columns.
#pragma once

#include "rules/diagnostics/source.h"
#include "rules/tree/tree.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace samrad::rules {

struct Place {
  std::size_t line = 1;    // from 1
  std::size_t column = 1;  // from 1, in characters
};

// Where the lines of one text begin: built in one pass, then each question costs a binary search and the length of a
// line. Lines end with LF, CR LF or CR. Views the text it was made from.
class Lines {
 public:
  explicit Lines(std::string_view text);

  // An offset beyond the end is the end.
  [[nodiscard]] Place place(std::size_t offset) const;
  // Without the line break. Precondition: 1 <= line <= count().
  [[nodiscard]] std::string_view line(std::size_t line) const;
  [[nodiscard]] std::size_t begin(std::size_t line) const { return begins_[line - 1]; }
  [[nodiscard]] std::size_t count() const { return begins_.size(); }

 private:
  std::string_view text_;
  std::vector<std::uint32_t> begins_;
};

// The lines of each source that is asked about, made when first asked for.
class Places {
 public:
  explicit Places(std::span<const Source> sources) : sources_(sources), lines_(sources.size()) {}

  // Precondition: file < number of sources.
  const Lines& lines(std::uint32_t file);
  Place begin(const Span& span) { return lines(span.file).place(span.begin); }
  Place end(const Span& span) { return lines(span.file).place(span.end); }
  [[nodiscard]] bool knows(const Span& span) const { return span.file < sources_.size(); }
  [[nodiscard]] std::string_view name(const Span& span) const { return sources_[span.file].name; }

 private:
  std::span<const Source> sources_;
  std::vector<std::vector<Lines>> lines_;  // one or none for each source
};

}  // namespace samrad::rules
