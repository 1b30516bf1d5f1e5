// `samrad pack`: event files to a packed log, or back. The log is written beside its name and takes it when it is whole.

#include "service/pack/log.h"
#include "service/pack/writer.h"
#include "tools/commands.h"
#include "tools/inputs.h"
#include "tools/written_file.h"

#include <optional>

namespace samrad::tools {

namespace {

std::string shown(const std::string& name) {
  return name == "-" ? "standard input" : "`" + name + "`";
}

// Where the bytes go: a file, or standard output.
class Output {
 public:
  Output(const std::string& name, Console& console) : console_(console) {
    if (!name.empty() && name != "-") file_.emplace(name);
  }

  void write(std::string_view bytes) {
    if (file_)
      file_->write(bytes);
    else
      console_.out(bytes);
  }

  // The status, where it is not fine told.
  int finish() {
    const std::string why = file_ ? file_->finish() : std::string();
    if (why.empty()) return exit_fine;
    console_.complain(why);
    return exit_unreadable;
  }

 private:
  Console& console_;
  std::optional<WrittenFile> file_;
};

int pack_files(const PackArguments& arguments, Console& console) {
  Output log(arguments.output, console);
  Progress progress(console);
  pack::Writer writer([&](std::string_view bytes) { log.write(bytes); });
  for (std::size_t i = 0; i < arguments.files.size(); ++i) {
    const std::string& name = arguments.files[i];
    auto input = open_input(name);
    if (!input) {
      console.complain(input.error());
      return exit_unreadable;
    }
    progress.at("packing " + shown(name));
    const bool last = i + 1 == arguments.files.size();
    if (const std::string why =
            pack::add_all(std::move(*input), !last, arguments.files.size() == 1, writer);
        !why.empty()) {
      console.complain("cannot pack " + shown(name) + ": " + why);
      return exit_unreadable;
    }
  }
  writer.finish();
  return log.finish();
}

int unpack_file(const PackArguments& arguments, Console& console) {
  const std::string& name = arguments.files.front();
  auto input = open_input(name);
  if (!input) {
    console.complain(input.error());
    return exit_unreadable;
  }
  Output lines(arguments.output, console);
  Progress progress(console);
  progress.at("unpacking " + shown(name));
  pack::Log log(**input);
  pack::Block block;
  pack::Events events(log);
  std::string text;
  while (log.next(block) && events.open(block)) {
    text.clear();
    while (events.next())
      events.write(text);
    lines.write(text);
  }
  if (const std::string& fault = log.fault().empty() ? events.fault() : log.fault();
      !fault.empty()) {
    console.complain("cannot unpack " + shown(name) + ": " + fault);
    return exit_unreadable;
  }
  return lines.finish();
}

}  // namespace

int pack(const PackArguments& arguments, Console& console) {
  if (arguments.unpack) {
    if (arguments.files.size() == 1) return unpack_file(arguments, console);
    console.complain("`--unpack` takes one log");
    return exit_usage;
  }
  if (!arguments.output.empty()) return pack_files(arguments, console);
  console.complain("`--output` is missing: the log to be written, or - for standard output");
  return exit_usage;
}

}  // namespace samrad::tools
