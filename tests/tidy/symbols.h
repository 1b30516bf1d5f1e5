// What the deterministic core may not ask of the system, read from its compiled form: a second look at the same promise
// as the rule `core`, which no macro and no transitive include can get around.

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace samrad::tidy {

// From the output of `nm --undefined-only --demangle`: the imported names, sorted and without doubles.
std::vector<std::string> imports_of(std::string_view nm_output);

// The kind of thing an import asks for (`clock`, `file`, `socket`, `thread`, `locale`, `random`, `process`), or empty when
// the core may use it.
std::string_view kind_of_import(std::string_view name);

}  // namespace samrad::tidy
