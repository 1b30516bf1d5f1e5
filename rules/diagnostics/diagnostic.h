// What the compiler has to say about a text: a message with a code, a place, the other places it concerns, and help.
//
// Every message is written for the person who wrote the rule: lower case, names in backticks, the found and the
// expected, never a type or a rule of the compiler. Diagnostics are values; nothing here fails or does I/O.
#pragma once

#include "rules/tree/tree.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace samrad::rules {

enum class Severity : std::uint8_t {
  error,    // the text cannot be used until it is mended
  warning,  // legal and probably wrong: a lint
  note,     // worth knowing
};

// One per line of codes.def.
enum class Code : std::uint16_t {
#define SAMRAD_CODE(id, name, severity, title) name,
#include "rules/diagnostics/codes.def"
#undef SAMRAD_CODE
};

struct CodeRow {
  Code code;
  std::string_view id;    // "S0101"
  std::string_view name;  // "unexpected"
  Severity severity;
  std::string_view title;
};

// All codes in the order of codes.def; the index of a row is the number of its code.
std::span<const CodeRow> all_codes();
const CodeRow& row(Code code);
std::string_view id(Code code);
std::string_view word(Severity severity);  // "error", "warning", "note"

// Another place that the message concerns, such as the other end of a conflict.
struct Label {
  Span span;
  std::string text;
  bool operator==(const Label&) const = default;
};

// Put `replacement` in place of the bytes of `span`, and this fault is mended.
struct Fix {
  Span span;
  std::string replacement;
  bool operator==(const Fix&) const = default;
};

struct Diagnostic {
  Code code{};
  Severity severity = Severity::error;
  Span primary;
  std::string message;
  std::vector<Label> labels = {};
  std::string help = {};  // empty: none; several pieces of advice stand on lines of their own
  std::vector<Fix> fixes = {};
  bool operator==(const Diagnostic&) const = default;
};

using Diagnostics = std::vector<Diagnostic>;

// With the severity that codes.def gives the code.
Diagnostic diagnostic(Code code, Span primary, std::string message, std::string help = {});

bool any_error(const Diagnostics& diagnostics);

// By place (file, begin), then code; equal ones keep their order. Exact repetitions are removed.
void sort(Diagnostics& diagnostics);

// The note at the end of a file's diagnostics that says how many are not shown.
Diagnostic and_more(Span last, std::size_t count);

// Keeps the first diagnostics_max of each file (of a sorted row) and says in one note how many more there are; notes of
// that kind that are there already are added up.
void limit(Diagnostics& diagnostics);

// `word` in backticks; what cannot be shown on one line (line breaks, control characters) is made visible, and more
// than 40 characters are cut.
std::string quoted(std::string_view word);

// "a", "a or b", "a, b or c".
std::string listed(std::span<const std::string> items, std::string_view joint = "or");

}  // namespace samrad::rules
