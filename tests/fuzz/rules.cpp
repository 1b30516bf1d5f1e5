// Any text as a rule file: lexer, parser, checks, lowering, messages, formatter.
#include "rules/compile.h"
#include "rules/diagnostics/render.h"
#include "rules/format/format.h"
#include "rules/program/decode.h"
#include "tests/fuzz/target.h"

namespace samrad::fuzz {

namespace {

using samrad::rules::Source;

std::vector<std::uint8_t> encoded(const samrad::rules::Compiled& compiled) {
  return compiled.program ? program::encode(*compiled.program) : std::vector<std::uint8_t>();
}

}  // namespace

void rules(std::string_view text) {
  const Source source{"fuzz.samrad", text};
  const samrad::rules::Compiled compiled = samrad::rules::compile({&source, 1});
  require(compiled.program.has_value() != any_error(compiled.diagnostics), "there is a program or an error, never both");
  (void)render_text(compiled.diagnostics, {&source, 1});
  (void)render_json(compiled.diagnostics, {&source, 1});

  const std::vector<std::uint8_t> bytes = encoded(compiled);
  if (compiled.program) {
    const program::Decoded decoded = program::decode(bytes);
    require(decoded.program && program::encode(*decoded.program) == bytes, "a program is what its bytes say");
  }
  const auto once = samrad::rules::format(source);
  require(once || !compiled.program, "what compiles can be formatted");
  if (!once) return;
  const Source laid_out{"fuzz.samrad", *once};
  const auto twice = samrad::rules::format(laid_out);
  require(twice && *twice == *once, "formatting twice is formatting once");
  require(encoded(samrad::rules::compile({&laid_out, 1})) == bytes, "formatting changes no program");
}

}  // namespace samrad::fuzz
