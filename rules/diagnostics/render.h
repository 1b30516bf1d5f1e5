// Diagnostics as text for people, as JSON and as SARIF 2.1.0 for programs. Pure functions; the sources must be those
// that the spans speak of, in the same order. A span outside its source is drawn at the source's end.
#pragma once

#include "rules/diagnostics/diagnostic.h"
#include "rules/diagnostics/source.h"

#include <cstddef>
#include <span>
#include <string>

namespace samrad::rules {

struct TextStyle {
  bool colour = false;      // ANSI colours
  std::size_t width = 110;  // source lines wider than this are trimmed around the fault
};

// Each message with its source lines, the fault underlined by ^^^^ and other places by ----, help apart, then one line
// that counts them. Empty for no diagnostics.
std::string render_text(const Diagnostics& diagnostics, std::span<const Source> sources, TextStyle style = {});

// {"diagnostics": [...], "summary": {...}}; lines and columns begin at 1, columns count characters, offsets bytes.
std::string render_json(const Diagnostics& diagnostics, std::span<const Source> sources);

std::string render_sarif(const Diagnostics& diagnostics, std::span<const Source> sources);

}  // namespace samrad::rules
