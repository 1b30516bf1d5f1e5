// What `samrad check` says about sources, in the one place where the tests ask for it.
#pragma once

#include "rules/diagnostics/diagnostic.h"
#include "rules/diagnostics/source.h"

#include <span>

namespace samrad::tests {

rules::Diagnostics diagnose(std::span<const rules::Source> sources);

}  // namespace samrad::tests
