// Any text: compiles or is refused with at least one error; what compiles is formatted without a change of meaning, twice alike.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "rules/compile.h"
#include "rules/format/format.h"

using namespace samrad;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const rules::Source source{"fuzz.samrad", text};
  const rules::Compiled compiled = rules::compile({&source, 1});
  if (!compiled.program) return 0;
  const auto once = rules::format(source);
  if (!once) return 0;  // refused with a diagnostic, never changed in meaning
  const rules::Source again{"fuzz.samrad", *once};
  const auto twice = rules::format(again);
  if (!twice || *twice != *once) std::abort();
  return 0;
}
