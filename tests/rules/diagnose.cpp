// The stage that the corpus is held to: the whole way from text to program.
#include "tests/rules/diagnose.h"

#include "rules/compile.h"

namespace samrad::tests {

rules::Diagnostics diagnose(std::span<const rules::Source> sources) { return rules::compile(sources).diagnostics; }

}  // namespace samrad::tests
