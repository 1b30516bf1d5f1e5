// What is fixed when the program is built: cmake makes the source of it from built.cpp.in.
#pragma once

#include <string_view>

namespace samrad::tools {

extern const std::string_view built_version;          // "0.1.0"
extern const std::string_view built_bash_completion;  // tools/completion/samrad.bash, whole

}  // namespace samrad::tools
