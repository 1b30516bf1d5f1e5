// `samrad backup`, `samrad restore`, `samrad fsck` and `samrad token`: the service's store from the outside.

#include <filesystem>

#include <fmt/format.h>
#include <sys/stat.h>

#include "service/access/gate.h"
#include "service/api/kept.h"
#include "service/registry/check.h"
#include "service/store/copies.h"
#include "service/store/sqlite.h"
#include "tools/commands.h"

namespace samrad::tools {

namespace {

std::string store_in(const std::string& folder) { return folder + "/samrad.db"; }

// What is written holds addresses and secrets: nobody else's, as the service makes its own folder.
void keep_to_oneself() { ::umask(077); }

int failed(const store::Failure& failure, Console& console) {
  console.complain(failure.message);
  return exit_unreadable;
}

}  // namespace

int backup(const BackupArguments& arguments, Console& console) {
  keep_to_oneself();
  const auto done = store::copy_store(store_in(arguments.data), "", arguments.output);
  if (!done) return failed(done.error(), console);
  const auto size = std::filesystem::file_size(arguments.output);
  console.out(fmt::format("`{}` holds one committed whole of `{}`: {} bytes\n", arguments.output,
                          arguments.data, size));
  return exit_fine;
}

int restore(const RestoreArguments& arguments, Console& console) {
  keep_to_oneself();
  std::error_code ignored;
  std::filesystem::create_directories(arguments.data, ignored);
  const auto done = store::restore(arguments.backup, store_in(arguments.data), arguments.overwrite);
  if (!done && done.error().kind == store::Failure::Kind::conflict) {
    console.complain(done.error().message +
                     "; `--overwrite` puts it aside as `samrad.db.replaced`");
    return exit_unreadable;
  }
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

int token(const TokenArguments& arguments, Console& console) {
  keep_to_oneself();
  std::error_code failed_to_make;
  std::filesystem::create_directories(arguments.data, failed_to_make);
  if (failed_to_make) {
    console.complain("the data folder `" + arguments.data +
                     "` cannot be made: " + failed_to_make.message());
    return exit_unreadable;
  }
  auto opened = store::open_sqlite(store_in(arguments.data));
  if (!opened) return failed(opened.error(), console);
  const access::NewToken made = access::first_token(SystemClock().now());
  store::Batch batch;
  batch.documents.push_back(
      {std::string(api::kind_of_token), made.record.id, access::stored_json(made.record)});
  if (const auto kept = (*opened)->commit(batch); !kept) return failed(kept.error(), console);
  console.out("token of an administrator, shown this once: " + made.secret + "\n");
  return exit_fine;
}

}  // namespace samrad::tools
