// Text to Program: parse, check, lower, with all that there is to say about the text.
#pragma once

#include "rules/diagnostics/diagnostic.h"
#include "rules/diagnostics/source.h"
#include "rules/program/program.h"

#include <optional>
#include <span>

namespace samrad::rules {

struct Compiled {
  std::optional<program::Program>
      program;              // if and only if there is no error among the diagnostics
  Diagnostics diagnostics;  // sorted and limited; warnings and notes survive success
};

// Sources with the same `version` are one text, split over files; texts with growing versions are amendments, each from
// the second on with `in force from` (docs/language.md §9). Spans count the sources as they are handed in. Pure: the
// same sources give the same Program, byte by byte; nothing that is returned refers to their memory. Time n log n.
[[nodiscard]] Compiled compile(std::span<const Source> sources);

}  // namespace samrad::rules
