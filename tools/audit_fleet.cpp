// `samrad audit --instances`: a template, the agreements made of it, and one stream of events for them all.

#include "service/fleet/instances.h"
#include "service/fleet/report.h"
#include "tools/inputs.h"
#include "tools/inquiry.h"

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace samrad::tools {

namespace {

// Options of the audit of one agreement that say nothing about a fleet.
std::string out_of_place(const AuditArguments& arguments) {
  if (!arguments.clauses.empty()) return "--clause";
  if (!arguments.statuses.empty()) return "--status";
  if (!arguments.all_readings.empty()) return "--readings";
  const std::string& format = arguments.question.format;
  return format == "markdown" || format == "junit" ? "--format " + format : "";
}

// The template with its readings chosen, or why there is none, told.
tl::expected<program::Program, Stop> template_or_tell(const Question& question,
                                                      const Inputs& inputs, Console& console) {
  const auto readings = choices(question.readings, console);
  if (!readings) return tl::unexpected(readings.error());
  auto program = compile_or_tell(load(inputs.rules), console);
  if (!program) return program;
  if (program->parameters.empty()) {
    console.complain(
        "`" + inputs.rules.front() +
        "` is an agreement and leaves nothing to be filled in by instances; write it as "
        "a `template` with parameters");
    return tl::unexpected(Stop{exit_usage});
  }
  std::string unknown;
  if (!program::choose_readings(*program, *readings, unknown)) {
    const std::size_t equals = unknown.find('=');
    console.complain(equals == std::string::npos
                         ? "the template has no clause `" + unknown + "` with readings"
                         : "the clause `" + unknown.substr(0, equals) + "` has no reading `" +
                               unknown.substr(equals + 1) + "`");
    return tl::unexpected(Stop{exit_usage});
  }
  return program;
}

// Reads the instances; false, with everything that is wrong with them told, where they cannot be used.
bool read_roster(const std::string& name, fleet::Roster& roster, Console& console) {
  auto input = open_input(name);
  if (!input) {
    console.complain(input.error());
    return false;
  }
  record::Faults faults;
  fleet::read_instances(**input, name == "-" ? "standard input" : name, roster, faults);
  faults.sort();
  console.err(record::text_of(faults));
  return !faults.any_error();
}

void report(const fleet::Result& result, const Question& question, Console& console) {
  const fleet::Write write = [&](std::string_view text) { console.out(text); };
  if (question.format == "csv") return fleet::write_csv(result, write);
  if (question.format == "ndjson") return fleet::write_ndjson(result, write);
  if (question.format == "json") return fleet::write_json(result, write);
  fleet::write_text(result, style_of(console, language_of(question.lang)), write);
}

// False, and told, when the file could not be written.
bool write_violations(const fleet::Result& result, const std::string& name, Console& console) {
  std::FILE* file = std::fopen(name.c_str(), "wb");
  bool written = file != nullptr;
  if (written)
    fleet::write_violations(result, [&](std::string_view text) {
      written = written && std::fwrite(text.data(), 1, text.size(), file) == text.size();
    });
  int why = errno;
  if (file != nullptr && std::fclose(file) != 0) {
    if (written) why = errno;
    written = false;
  }
  if (!written) console.complain("cannot write `" + name + "`: " + std::strerror(why));
  return written;
}

}  // namespace

int audit_fleet(const AuditArguments& arguments, Console& console) {
  const Question& question = arguments.question;
  if (const std::string option = out_of_place(arguments); !option.empty()) {
    console.complain("`" + option + "` does not go with `--instances`");
    return exit_usage;
  }
  const Inputs inputs = sort_inputs(question.inputs);
  if (!inputs.fault.empty()) {
    console.complain(inputs.fault);
    return inputs.rules.empty() && !inputs.unreadable ? exit_usage : exit_unreadable;
  }
  const auto program = template_or_tell(question, inputs, console);
  if (!program) return program.error().status;
  const auto zone = record::Zone::open(program->text(program->timezone));
  if (!zone) {
    console.complain(zone.error());
    return exit_unreadable;
  }
  const auto as_of = moment_or_now(question.as_of, *zone, console);
  if (!as_of) return as_of.error().status;
  fleet::Question asked{*as_of, std::nullopt};
  asked.named = !arguments.violations.empty() || (!arguments.quiet && question.format.find("json") != std::string::npos);
  asked.threads = arguments.threads;
  if (!question.known_at.empty()) {
    const auto known_at = moment(question.known_at, "--known-at", *zone, console);
    if (!known_at) return known_at.error().status;
    asked.known_at = *known_at;
  }

  fleet::Roster roster(*program, *zone);
  fleet::Result result;
  {
    Progress progress(console);
    progress.at("reading instances");
    if (!read_roster(arguments.instances, roster, console)) return exit_unreadable;
    std::vector<std::string> unreadable;
    progress.at("reading events");
    FileInputs files(inputs.events, unreadable);
    for (const std::string& sentence : unreadable)
      console.complain(sentence);
    if (!unreadable.empty()) return exit_unreadable;
    result = fleet::audit(roster, files, asked,
                          [&](std::string_view what, std::uint64_t done, std::uint64_t of) {
                            progress.at(std::string(what), Share{done, of});
                          });
  }
  console.err(record::text_of(result.faults));
  if (result.faults.any_error()) return exit_unreadable;
  if (!arguments.violations.empty() && !write_violations(result, arguments.violations, console))
    return exit_unreadable;
  if (!arguments.quiet) report(result, question, console);
  return result.violations() > 0 ? exit_violations : exit_fine;
}

}  // namespace samrad::tools
