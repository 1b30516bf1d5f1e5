#include "tests/bench/micro/sample.h"

#include <cstdlib>

#include <fmt/format.h>

#include "rules/compile.h"

namespace samrad::bench {

program::Program compiled(const std::string& text) {
  const rules::Source source{"prov.samrad", text};
  auto result = rules::compile({&source, 1});
  if (result.program) return std::move(*result.program);
  for (const rules::Diagnostic& diagnostic : result.diagnostics)
    fmt::print(stderr, "{}\n", diagnostic.message);
  std::abort();
}

Recorded::Recorded(const std::string& rules, const std::string& lines)
    : program(compiled(rules)),
      history(program,
              [&] {
                record::Records records;
                records.read(lines, "events.ndjson");
                return records;
              }()),
      events(history.all().events) {
  if (history.faults().any_error()) std::abort();
}

}  // namespace samrad::bench
