// `samrad backup`, `samrad restore` and `samrad fsck`: the service's store from the outside.

#include <filesystem>

#include <fmt/format.h>

#include "service/registry/check.h"
#include "service/store/copies.h"
#include "service/store/sqlite.h"
#include "tools/commands.h"

namespace samrad::tools {

namespace {

std::string store_in(const std::string& folder) { return folder + "/samrad.db"; }

int failed(const store::Failure& failure, Console& console) {
  console.complain(failure.message);
  return exit_unreadable;
}

}  // namespace

int backup(const BackupArguments& arguments, Console& console) {
  const auto done = store::copy_store(store_in(arguments.data), "", arguments.output);
  if (!done) return failed(done.error(), console);
  const auto size = std::filesystem::file_size(arguments.output);
  console.out(fmt::format("`{}` holds one committed whole of `{}`: {} bytes\n", arguments.output,
                          arguments.data, size));
  return exit_fine;
}

int restore(const RestoreArguments& arguments, Console& console) {
  std::error_code ignored;
  std::filesystem::create_directories(arguments.data, ignored);
  const auto done = store::restore(arguments.backup, store_in(arguments.data), arguments.overwrite);
  if (!done) return failed(done.error(), console);
  console.out(fmt::format("`{}` is back in `{}`\n", arguments.backup, arguments.data));
  return exit_fine;
}

int fsck(const FsckArguments& arguments, Console& console) {
  Progress progress(console);
  progress.at("looking at the rows");
  const auto rows = store::check_file(store_in(arguments.data));
  if (!rows) return failed(rows.error(), console);
  std::vector<std::string> faults = rows->faults;
  store::Options options;
  options.create = false;
  auto opened = store::open_sqlite(store_in(arguments.data), options);
  if (!opened) return failed(opened.error(), console);
  progress.at("judging every log again");
  registry::Rulebooks rulebooks;
  const auto counted = registry::recount(**opened, rulebooks, SystemClock().now());
  if (!counted) return failed(counted.error(), console);
  faults.insert(faults.end(), counted->faults.begin(), counted->faults.end());
  for (const std::string& fault : faults)
    console.complain(fault);
  console.out(fmt::format("{} agreements, {} events, {} verdicts: {}\n", counted->agreements,
                          counted->events, counted->verdicts,
                          faults.empty() ? "all is as the events say"
                                         : fmt::format("{} faults", faults.size())));
  return faults.empty() ? exit_fine : exit_violations;
}

}  // namespace samrad::tools
