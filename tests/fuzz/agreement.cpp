#include "tests/fuzz/agreement.h"

#include "rules/compile.h"
#include "rules/diagnostics/render.h"
#include "tests/fuzz/target.h"

namespace samrad::fuzz {

program::Program compiled(std::string_view text) {
  const samrad::rules::Source source{"fuzz.samrad", text};
  samrad::rules::Compiled result = samrad::rules::compile({&source, 1});
  require(result.program.has_value(), samrad::rules::render_text(result.diagnostics, {&source, 1}).c_str());
  return std::move(*result.program);
}

const program::Program& agreement() {
  static const program::Program program = compiled(agreement_text);
  return program;
}

}  // namespace samrad::fuzz
