#include "service/store/connection.h"

#include <cerrno>

#include <fmt/format.h>

namespace samrad::store {

namespace {

constexpr int busy_milliseconds =
    5000;  // another connection of ours recovers the log, or a backup is read

// The operating system's reason tells more than SQLite's code: a sync may fail for want of room. It is what the last system call that
// failed has left, which need not be the one that this code is about: only what fits is believed.
Failure::Kind kind_of(int code, int reason) {
  using Kind = Failure::Kind;
  const bool disk = (code & 0xFF) == SQLITE_IOERR || (code & 0xFF) == SQLITE_CANTOPEN;
  if (disk && (reason == ENOSPC || reason == EDQUOT)) return Kind::full;
  if (disk && (reason == EROFS || reason == EACCES || reason == EPERM)) return Kind::read_only;
  if ((code & 0xFF) == SQLITE_CANTOPEN && reason == ENOENT) return Kind::absent;
  switch (code & 0xFF) {
  case SQLITE_FULL: return Kind::full;
  case SQLITE_READONLY:
  case SQLITE_PERM:
  case SQLITE_AUTH: return Kind::read_only;
  case SQLITE_CORRUPT:
  case SQLITE_NOTADB: return Kind::corrupt;
  case SQLITE_BUSY:
  case SQLITE_LOCKED: return Kind::locked;
  case SQLITE_CONSTRAINT: return Kind::conflict;
  default: return Kind::io;
  }
}

std::string_view remedy_of(Failure::Kind kind) {
  using Kind = Failure::Kind;
  switch (kind) {
  case Kind::full: return "no room is left on the disk; make room, and writing goes on by itself";
  case Kind::read_only:
    return "it may not be written; give this user the right to write it and its folder";
  case Kind::io: return "the disk failed; look at the disk, then run `samrad fsck`";
  case Kind::corrupt: return "it is not what was written; run `samrad fsck`, or restore a backup";
  case Kind::newer_schema: return "a later version of the program wrote it; use that version";
  case Kind::locked: return "another process uses it; stop that one first";
  case Kind::absent: return "it is not there";
  case Kind::conflict: return "a key exists already; nothing was written";
  }
  return {};
}

}  // namespace

Failure failure_of(sqlite3* db, int code, const std::string& path) {
  const int extended = db != nullptr && (code & ~0xFF) == 0 && sqlite3_errcode(db) == code
                           ? sqlite3_extended_errcode(db)
                           : code;
  const Failure::Kind kind = kind_of(extended, errno);
  const char* said = db == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(db);
  const std::string_view remedy =
      code == SQLITE_ERROR ? "its tables are not those that this program makes; run `samrad fsck`"
                           : remedy_of(kind);
  return {kind, fmt::format("`{}`: {} (SQLite: {}, {})", path, remedy, said, extended)};
}

std::string Statement::text(int at) const {
  const void* bytes = sqlite3_column_blob(it_.get(), at);
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(it_.get(), at));
  return bytes == nullptr ? std::string() : std::string(static_cast<const char*>(bytes), size);
}

Result<bool> Statement::next() {
  errno = 0;
  const int code = sqlite3_step(it_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) {
    reset();
    return false;
  }
  Failure failure = failure_of(sqlite3_db_handle(it_.get()), code, *path_);
  reset();
  return tl::unexpected(std::move(failure));
}

Result<void> Statement::run() {
  auto row = next();
  if (!row) return tl::unexpected(std::move(row.error()));
  if (*row) reset();
  return {};
}

Result<Connection> Connection::open(const std::string& path, Mode mode, const std::string& vfs) {
  Connection made;
  made.path_ = std::make_unique<std::string>(path);
  const int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
                    (mode == Mode::read     ? SQLITE_OPEN_READONLY
                     : mode == Mode::create ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                                            : SQLITE_OPEN_READWRITE);
  sqlite3* db = nullptr;
  errno = 0;
  const int code = sqlite3_open_v2(path.c_str(), &db, flags, vfs.empty() ? nullptr : vfs.c_str());
  made.db_.reset(db);
  if (code != SQLITE_OK) return tl::unexpected(made.failure(code));
  sqlite3_busy_timeout(db, busy_milliseconds);
  sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  return made;
}

Result<void> Connection::run(const char* sql) {
  errno = 0;
  const int code = sqlite3_exec(db_.get(), sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return tl::unexpected(failure(code));
  return {};
}

Result<Statement> Connection::prepare(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(db_.get(), sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (code != SQLITE_OK) return tl::unexpected(failure(code));
  return Statement(statement, path_.get());
}

Result<std::int64_t> Connection::integer(const char* sql) {
  auto statement = prepare(sql);
  if (!statement) return tl::unexpected(std::move(statement.error()));
  auto row = statement->next();
  if (!row) return tl::unexpected(std::move(row.error()));
  return *row ? statement->integer(0) : 0;
}

Result<std::string> Connection::text(const char* sql) {
  auto statement = prepare(sql);
  if (!statement) return tl::unexpected(std::move(statement.error()));
  auto row = statement->next();
  if (!row) return tl::unexpected(std::move(row.error()));
  return *row ? statement->text(0) : std::string();
}

}  // namespace samrad::store
