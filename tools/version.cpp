// `samrad version` and `samrad completion`: texts fixed when the program was built.

#include "tools/built.h"
#include "tools/commands.h"

namespace samrad::tools {

int version(Console& console) {
  console.out("samrad " + std::string(built_version) + "\n");
  return exit_fine;
}

int completion(const std::string&, Console& console) {
  console.out(built_bash_completion);
  return exit_fine;
}

}  // namespace samrad::tools
