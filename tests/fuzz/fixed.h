// A program compiled once from a text that is known to be right, for targets that need one.
#pragma once

#include <cstdlib>
#include <string_view>

#include "rules/compile.h"

namespace samrad::fuzz {

inline program::Program compiled(std::string_view text) {
  const rules::Source source{"fuzz.samrad", text};
  rules::Compiled result = rules::compile({&source, 1});
  if (!result.program) std::abort();
  return std::move(*result.program);
}

}  // namespace samrad::fuzz
