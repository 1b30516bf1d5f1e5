// `samrad check`: every fault and lint of rule files, one agreement at a time, as text, JSON or
// SARIF.

#include "rules/compile.h"
#include "rules/diagnostics/render.h"
#include "service/record/zone.h"
#include "tools/commands.h"
#include "tools/load.h"

#include <algorithm>

namespace samrad::tools {

namespace {

// The compiler knows how a time zone is written; which ones exist is known only here, beside the time zone database.
void check_zone(rules::Compiled& compiled, const Agreement& agreement) {
  if (!compiled.program) return;
  const std::string_view name = compiled.program->text(compiled.program->timezone);
  const auto zone = record::Zone::open(name);
  if (zone) return;
  for (std::size_t file = 0; file < agreement.sources.size(); ++file) {
    const std::string_view text = agreement.sources[file].text;
    const std::size_t item = text.find("timezone");
    const std::size_t at = item == std::string_view::npos ? item : text.find(name, item);
    if (at == std::string_view::npos) continue;
    const rules::Span span{static_cast<std::uint32_t>(file), static_cast<std::uint32_t>(at),
                           static_cast<std::uint32_t>(at + name.size())};
    compiled.diagnostics.push_back(rules::diagnostic(rules::Code::unknown_timezone, span, zone.error(),
                                                     "a time zone is an area and a city, such as Europe/Stockholm"));
    return;
  }
}

rules::Diagnostics check_all(const Loaded& loaded) {
  rules::Diagnostics all = loaded.diagnostics;
  for (const Agreement& agreement : agreements(loaded)) {
    rules::Compiled compiled = rules::compile(agreement.sources);
    check_zone(compiled, agreement);
    const rules::Diagnostics some = placed(compiled.diagnostics, loaded, agreement);
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
