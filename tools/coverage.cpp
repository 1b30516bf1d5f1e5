// `samrad coverage`: a catalogue of duties against rule files. Status 1 when a duty is missing.

#include "service/reports/coverage.h"
#include "tools/files.h"
#include "tools/inquiry.h"

namespace samrad::tools {

namespace {

std::string shown(const std::string& file) { return file == "-" ? "standard input" : file; }

// Nothing, and all of it told, when the catalogue cannot be used.
tl::expected<std::vector<reports::CatalogueRow>, Stop> read_rows(const std::string& file,
                                                                 Console& console) {
  const auto text = read_file(file);
  if (!text) {
    console.complain(text.error());
    return tl::unexpected(Stop{exit_unreadable});
  }
  record::CsvReader csv(*text);
  auto rows = reports::read_catalogue(csv);
  if (csv.faults().empty()) return rows;
  console.err(record::text_of(csv, shown(file)));
  return tl::unexpected(Stop{exit_unreadable});
}

std::string rendered(const reports::Coverage& coverage, const std::string& format,
                     calendar::Language language) {
  if (format == "json") return reports::coverage_json(coverage);
  if (format == "csv") return reports::coverage_csv(coverage);
  if (format == "markdown") return reports::coverage_markdown(coverage, language);
  return reports::coverage_text(coverage, language);
}

}  // namespace

int coverage(const CoverageArguments& arguments, Console& console) {
  const Inputs inputs = sort_inputs(arguments.files);
  if (!inputs.events.empty()) {
    console.complain("`" + inputs.events.front() +
                     "` is no rule file; the catalogue is named after `--catalogue`");
    return exit_usage;
  }
  if (!inputs.fault.empty()) {
    console.complain(inputs.fault);
    return inputs.unreadable ? exit_unreadable : exit_usage;
  }
  const Loaded loaded = load(inputs.rules);
  const auto program = compile_or_tell(loaded, console);
  auto rows = read_rows(arguments.catalogue, console);
  if (!program) return program.error().status;
  if (!rows) return rows.error().status;
  const reports::Coverage coverage = reports::cover(std::move(*rows), shown(arguments.catalogue),
                                                    one_agreement(loaded).sources, *program);
  console.err(reports::coverage_warnings(coverage));
  console.out(rendered(coverage, arguments.format, language_of(arguments.lang)));
  return coverage.count(reports::How::missing) > 0 ? exit_violations : exit_fine;
}

}  // namespace samrad::tools
