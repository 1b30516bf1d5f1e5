// The table of codes and the small operations on rows of diagnostics.
#include "rules/diagnostics/diagnostic.h"

#include "rules/diagnostics/unicode.h"
#include "rules/limits.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <tuple>
#include <utility>

namespace samrad::rules {
namespace {

constexpr std::array code_rows{
#define SAMRAD_CODE(id, name, severity, title) CodeRow{Code::name, #id, #name, Severity::severity, title},
#include "rules/diagnostics/codes.def"
#undef SAMRAD_CODE
};

constexpr std::size_t quoted_letters_max = 40;

}  // namespace

std::span<const CodeRow> all_codes() { return code_rows; }

const CodeRow& row(Code code) { return code_rows[static_cast<std::size_t>(code)]; }

std::string_view id(Code code) { return row(code).id; }

std::string_view word(Severity severity) {
  switch (severity) {
    case Severity::error: return "error";
    case Severity::warning: return "warning";
    case Severity::note: return "note";
  }
  return "note";
}

Diagnostic diagnostic(Code code, Span primary, std::string message, std::string help) {
  return {.code = code,
          .severity = row(code).severity,
          .primary = primary,
          .message = std::move(message),
          .help = std::move(help)};
}

bool any_error(const Diagnostics& diagnostics) {
  return std::any_of(diagnostics.begin(), diagnostics.end(),
                     [](const Diagnostic& d) { return d.severity == Severity::error; });
}

void sort(Diagnostics& diagnostics) {
  const auto key = [](const Diagnostic& d) {
    return std::tuple(d.primary.file, d.primary.begin, d.primary.end, d.code);
  };
  std::stable_sort(diagnostics.begin(), diagnostics.end(),
                   [&key](const Diagnostic& a, const Diagnostic& b) { return key(a) < key(b); });
  diagnostics.erase(std::unique(diagnostics.begin(), diagnostics.end()), diagnostics.end());
}

namespace {

// How many more a note of and_more speaks of; 0 for any other diagnostic.
std::size_t more(const Diagnostic& d) {
  if (d.code != Code::and_more) return 0;
  std::size_t count = 0;
  for (const char c : d.message)
    if (c >= '0' && c <= '9') count = count * 10 + static_cast<std::size_t>(c - '0');
  return count;
}

}  // namespace

Diagnostic and_more(Span last, std::size_t count) {
  return diagnostic(Code::and_more, last,
                    fmt::format("and {}{} more in this file", count, count >= faults_counted_max ? " or" : ""));
}

void limit(Diagnostics& diagnostics) {
  Diagnostics kept;
  for (std::size_t i = 0; i < diagnostics.size();) {
    const std::uint32_t file = diagnostics[i].primary.file;
    std::size_t end = i;
    std::size_t beyond = 0;
    std::size_t shown = 0;
    Span last = diagnostics[i].primary;
    for (; end < diagnostics.size() && diagnostics[end].primary.file == file; ++end) {
      Diagnostic& d = diagnostics[end];
      if (d.code == Code::and_more) {
        beyond += more(d);
      } else if (shown < diagnostics_max) {
        last = d.primary;
        kept.push_back(std::move(d));
        ++shown;
      } else {
        ++beyond;
      }
    }
    if (beyond > 0) kept.push_back(and_more(last, beyond));
    i = end;
  }
  diagnostics = std::move(kept);
}

std::string quoted(std::string_view text) {
  std::string result = "`";
  std::size_t letters = 0;
  for (std::size_t at = 0; at < text.size(); ++letters) {
    if (letters == quoted_letters_max) {
      result += "…";
      break;
    }
    const unicode::Point point = unicode::decode(text, at);
    at += point.bytes;
    if (unicode::is_control(point.code) || unicode::is_invisible(point.code) || point.code < 0x20)
      result += fmt::format("U+{:04X}", static_cast<std::uint32_t>(point.code));
    else
      unicode::append(result, point.code);
  }
  return result + "`";
}

std::string listed(std::span<const std::string> items, std::string_view joint) {
  std::string result;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) result += i + 1 == items.size() ? fmt::format(" {} ", joint) : std::string(", ");
    result += items[i];
  }
  return result;
}

}  // namespace samrad::rules
