// `samrad fmt`: each file in canonical layout, in place. A file with a fault of syntax is left as
// it is.

#include "rules/diagnostics/render.h"
#include "rules/format/format.h"
#include "rules/limits.h"
#include "tools/commands.h"
#include "tools/files.h"

#include <algorithm>

namespace samrad::tools {

namespace {

// The status of one file.
int format_one(const std::string& name, bool only_check, Console& console) {
  const auto text = read_file(name, rules::source_bytes_max);
  if (!text) {
    console.complain(text.error());
    return exit_unreadable;
  }
  const rules::Source source{name == "-" ? "standard input" : name, *text};
  const auto formatted = rules::format(source);
  if (!formatted) {
    console.err(
        rules::render_text(formatted.error(), {&source, 1}, {.colour = console.err_colour()}));
    return exit_violations;
  }
  const bool same = *formatted == *text;
  if (only_check) {
    if (!same) console.out(source.name + "\n");
    return same ? exit_fine : exit_violations;
  }
  if (name == "-") {
    console.out(*formatted);
    return exit_fine;
  }
  const std::string failed = same ? std::string() : replace_file(name, *formatted);
  if (failed.empty()) return exit_fine;
  console.complain(failed);
  return exit_unreadable;
}

}  // namespace

int format(const FormatArguments& arguments, Console& console) {
  int status = exit_fine;
  for (const std::string& name : arguments.files)
    status = std::max(status, format_one(name, arguments.check, console));
  return status;
}

}  // namespace samrad::tools
