// `samrad check`: every fault and lint of rule files, one agreement at a time, as text, JSON or
// SARIF.

#include "rules/compile.h"
#include "rules/diagnostics/render.h"
#include "tools/commands.h"
#include "tools/load.h"

#include <algorithm>

namespace samrad::tools {

namespace {

rules::Diagnostics check_all(const Loaded& loaded) {
  rules::Diagnostics all = loaded.diagnostics;
  for (const Agreement& agreement : agreements(loaded)) {
    const rules::Diagnostics some =
        placed(rules::compile(agreement.sources).diagnostics, loaded, agreement);
    all.insert(all.end(), some.begin(), some.end());
  }
  rules::sort(all);
  return all;
}

}  // namespace

int check(const CheckArguments& arguments, Console& console) {
  const Inputs inputs = sort_inputs(arguments.files);
  if (inputs.unreadable) {
    console.complain(inputs.fault);
    return exit_unreadable;
  }
  std::vector<std::string> files =
      inputs.rules;  // whatever its name, each file here is one of rules
  files.insert(files.end(), inputs.events.begin(), inputs.events.end());

  Loaded loaded;
  rules::Diagnostics all;
  {
    Progress progress(console);
    progress.at("reading rules");
    loaded = load(files);
    progress.at("checking rules");
    all = check_all(loaded);
  }
  for (const std::string& sentence : loaded.unreadable)
    console.complain(sentence);
  if (arguments.format == "json")
    console.out(rules::render_json(all, loaded.sources));
  else if (arguments.format == "sarif")
    console.out(rules::render_sarif(all, loaded.sources));
  else
    console.out(rules::render_text(all, loaded.sources, {.colour = console.out_colour()}));
  if (!loaded.unreadable.empty()) return exit_unreadable;
  return rules::any_error(all) ? exit_violations : exit_fine;
}

}  // namespace samrad::tools
