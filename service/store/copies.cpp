// Both ways a copy is made under another name, synced, checked, and then renamed: a name never stands for half a file.

#include "service/store/copies.h"

#include <fmt/format.h>

#include "service/store/connection.h"
#include "service/store/files.h"
#include "service/store/migrations.h"
#include "service/store/sqlite.h"

namespace samrad::store {

namespace {

constexpr int pages_at_once = 1000;

std::string restoring(const std::string& path) { return path + ".restoring"; }

Failure taken(const std::string& path, std::string_view advice) {
  return {Failure::Kind::conflict, fmt::format("`{}`: is there already; {}", path, advice)};
}

// All pages of one commit, while others go on.
Result<void> copy_pages(Connection& from, Connection& to) {
  if (auto begun = from.run("BEGIN"); !begun) return begun;
  if (auto pinned = from.integer("SELECT count(*) FROM sqlite_schema"); !pinned)
    return tl::unexpected(std::move(pinned.error()));
  sqlite3_backup* const backup = sqlite3_backup_init(to.get(), "main", from.get(), "main");
  if (backup == nullptr) return tl::unexpected(to.failure(sqlite3_errcode(to.get())));
  int code = SQLITE_OK;
  while (code == SQLITE_OK)
    code = sqlite3_backup_step(backup, pages_at_once);
  sqlite3_backup_finish(backup);
  Result<void> done;
  if (code != SQLITE_DONE) done = tl::unexpected(to.failure(code));
  (void)from.run("ROLLBACK");
  return done;
}

// Whether a file is whole, and a store that this program knows.
Result<void> sound(Connection& connection) {
  if (auto schema = schema_of(connection); !schema)
    return tl::unexpected(std::move(schema.error()));
  else if (*schema == 0)
    return tl::unexpected(Failure{
        Failure::Kind::corrupt,
        fmt::format("`{}`: is empty; name a backup made by `samrad backup`", connection.path())});
  auto said = connection.text("PRAGMA quick_check(1)");
  if (!said) return tl::unexpected(std::move(said.error()));
  if (*said != "ok")
    return tl::unexpected(
        Failure{Failure::Kind::corrupt, fmt::format("`{}`: is damaged ({}); use another backup",
                                                    connection.path(), *said)});
  return {};
}

// `to` is a single file when this returns, synced; what was begun is removed after a failure.
Result<void> copy_and_check(const std::string& from_path, const std::string& vfs,
                            const std::string& to_path) {
  if (auto gone = remove_file(to_path); !gone) return gone;
  const auto copy = [&]() -> Result<void> {
    auto from = Connection::open(from_path, Connection::Mode::read, vfs);
    if (!from) return tl::unexpected(std::move(from.error()));
    auto to = Connection::open(to_path, Connection::Mode::create, vfs);
    if (!to) return tl::unexpected(std::move(to.error()));
    if (auto copied = copy_pages(*from, *to); !copied) return copied;
    // Off the write-ahead log, so that one file is all.
    if (auto single = to->run("PRAGMA journal_mode = DELETE"); !single) return single;
    return sound(*to);
  };
  auto done = copy();
  if (done) done = sync_file(to_path);
  if (!done)
    for (const char* end : {"", "-journal", "-wal", "-shm"})
      (void)remove_file(to_path + end);
  return done;
}

// The store that is there goes aside with its log, to be found again: each of the two, as one may have gone in a run that was cut off.
Result<void> set_aside(const std::string& path) {
  const std::string aside = path + ".replaced";
  const auto move = [&](const char* end) -> Result<void> {
    if (auto gone = remove_file(aside + end); !gone) return gone;
    return rename_file(path + end, aside + end);
  };
  if (exists(path)) {
    if (auto gone = remove_file(aside + "-wal"); !gone) return gone;
    if (auto moved = move(""); !moved) return moved;
  }
  if (exists(path + "-wal"))
    if (auto moved = move("-wal"); !moved) return moved;
  return remove_file(path + "-shm");
}

}  // namespace

Result<void> copy_store(const std::string& path, const std::string& vfs, const std::string& copy) {
  if (exists(copy)) return tl::unexpected(taken(copy, "name a file that is not there"));
  const std::string part = copy + ".part";
  if (auto done = copy_and_check(path, vfs, part); !done) return done;
  return rename_file(part, copy);
}

Result<void> no_restore_unfinished(const std::string& path) {
  if (!exists(restoring(path))) return {};
  return tl::unexpected(
      taken(restoring(path), "`samrad restore` did not come to its end: run it again"));
}

Result<void> restore(const std::string& backup, const std::string& path, bool overwrite) {
  if (!exists(backup)) return tl::unexpected(file_failure(backup, ENOENT));
  if (auto made = make_folder(folder_of(path)); !made) return made;
  const auto lock = FolderLock::take(folder_of(path));
  if (!lock) return tl::unexpected(lock.error());
  const bool unfinished = exists(restoring(path));
  if (exists(path) && !overwrite && !unfinished)
    return tl::unexpected(taken(path, "name another place"));
  if (auto done = copy_and_check(backup, "", restoring(path)); !done) return done;
  if (auto done = set_aside(path); !done) return done;
  return rename_file(restoring(path), path);
}

}  // namespace samrad::store
